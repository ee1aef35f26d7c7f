"""PostgreSQL connections with bounded waits, so that a hanging server cannot block callers for
ever.

The kernel of a stopped server still acknowledges packets, so keepalives and `tcp_user_timeout` only
detect a lost network. Each wait therefore has its own limit.
"""

from contextlib import suppress
from typing import Any, Final

import psycopg
from flask import has_request_context
from sqlalchemy import Engine, event, make_url, text

ASKED: Final = 3.0
"""Timeout in seconds for liveness checks, and for new connections of a request."""
UNHURRIED: Final = 15.0
"""Timeout in seconds for other new connections: a nightly backup must not fail on a briefly busy
machine.
"""
STATEMENT: Final = 10.0
"""Statement timeout in seconds for requests; workers, migrations and backups have none."""
NAME: Final = "interviewrelay"
"""Application name that PostgreSQL shows."""
_OPTIONS: Final = {
    "application_name": NAME,
    "tcp_user_timeout": 10_000,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


def build_connect_options(url: str) -> dict[str, Any]:
    """Options for libpq, except those that the URL sets itself."""
    said = make_url(url).query
    return {name: value for name, value in _OPTIONS.items() if name not in said}


def count_other_connections(engine: Engine) -> int:
    """Number of other server and worker connections to the database.

    Connections of other roles are counted only if this role may see them.
    """
    engine.dispose()  # otherwise our own would be counted
    with engine.connect() as connection:
        query = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND application_name = :name"
        )
        return int(connection.execute(query, {"name": NAME}).scalar_one())


def limit_waits(engine: Engine) -> None:
    """Make the engine's connections `BoundedConnection`, with a shorter wait for liveness checks."""
    dialect: Any = engine.dialect
    ping = dialect.do_ping

    def ping_soon(connection: BoundedConnection) -> bool:
        connection.seconds = ASKED
        try:
            alive: bool = ping(connection)
            return alive
        finally:
            connection.seconds = None

    dialect.do_ping = ping_soon
    event.listen(engine, "do_connect", connect)


def connect(_dialect: Any, _record: Any, given: Any, named: Any) -> "BoundedConnection":
    """Handler of SQLAlchemy's `do_connect`. A timeout in the URL takes precedence."""
    seconds = ASKED if has_request_context() else UNHURRIED
    return BoundedConnection.connect(*given, **{"connect_timeout": int(seconds), **named})


class BoundedConnection(psycopg.Connection[Any]):
    """Connection with bounded waits: one that does not answer in time is closed as lost."""

    seconds: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        asked = self.seconds
        seconds = asked or (STATEMENT if has_request_context() else None)
        try:
            return super().wait(gen, interval, seconds)
        except psycopg.errors._WaitTimeout:  # noqa: SLF001 - it has no public name
            if not asked:
                with suppress(psycopg.Error):  # it may be alive but slow
                    self.cancel_safe(timeout=ASKED)
            self.pgconn.finish()
            raise psycopg.OperationalError("the database did not respond in time") from None
