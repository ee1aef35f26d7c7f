"""How PostgreSQL is reached: nobody waits without end for one that hangs.

A server that is stopped still has its kernel answer for it, so neither keepalives nor
`tcp_user_timeout` see anything; those are for a network that is gone. The wait itself is bounded.
"""

from contextlib import suppress
from typing import Any, Final

import psycopg
from flask import has_request_context
from sqlalchemy import Engine, event, make_url, text

ASKED: Final = 3.0
"""Seconds that a connection has to show that it is alive, and a new one to be made for a request."""
UNHURRIED: Final = 15.0
"""Seconds for a new connection of anybody else: a backup at night does not fail on a machine that is
busy for a moment.
"""
STATEMENT: Final = 10.0
"""Seconds for a statement of a request; workers, migrations and backups may take theirs."""
NAME: Final = "interviewrelay"
"""By which PostgreSQL knows us."""
_OPTIONS: Final = {
    "application_name": NAME,
    "tcp_user_timeout": 10_000,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


def options(url: str) -> dict[str, Any]:
    """What libpq is told, as far as the address itself does not say it."""
    said = make_url(url).query
    return {name: value for name, value in _OPTIONS.items() if name not in said}


def others(engine: Engine) -> int:
    """How many connections of servers and workers the database has beside the one that asks. Those of
    other roles are not seen by a role that may not read them.
    """
    engine.dispose()  # our own would be counted too
    with engine.connect() as connection:
        query = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND application_name = :name"
        )
        return int(connection.execute(query, {"name": NAME}).scalar_one())


def bound(engine: Engine) -> None:
    """Let the engine's connections be `Patient`, and more so when they are asked for a sign of life."""
    dialect: Any = engine.dialect
    ping = dialect.do_ping

    def ping_soon(connection: Patient) -> bool:
        connection.seconds = ASKED
        try:
            alive: bool = ping(connection)
            return alive
        finally:
            connection.seconds = None

    dialect.do_ping = ping_soon
    event.listen(engine, "do_connect", connect)


def connect(_dialect: Any, _record: Any, given: Any, named: Any) -> "Patient":
    """For SQLAlchemy's `do_connect`. The address has the last word about the time it may take."""
    seconds = ASKED if has_request_context() else UNHURRIED
    return Patient.connect(*given, **{"connect_timeout": int(seconds), **named})


class Patient(psycopg.Connection[Any]):
    """Whose waits end: what does not answer in time is closed, as one that has been lost."""

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
                with suppress(psycopg.Error):  # it may be alive, and only slow
                    self.cancel_safe(timeout=ASKED)
            self.pgconn.finish()
            raise psycopg.OperationalError("the database does not answer in time") from None
