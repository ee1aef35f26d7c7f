"""Bringing a database to the form that this version needs (Alembic; SQLite and PostgreSQL)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from interviewrelay.database import writing_by_hand


class SchemaTooNew(Exception):
    """The database was made by a newer version; the text says what to do."""


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> bool:
    """Bring the database up to a revision; True when something was done.

    Several processes may try at once: they take turns. Raises SchemaTooNew.
    """
    if revision == "head" and current(engine) == head():
        return False
    return _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> bool:
    """Take the database down to a revision."""
    return _run(engine, lambda config: command.downgrade(config, revision))


def head() -> str:
    """The newest revision that this version knows."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    assert newest is not None  # noqa: S101 - there is always a first revision
    return newest


def current(engine: Engine) -> str | None:
    """The revision of a database; None when it is empty. Raises SchemaTooNew."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    known = {s.revision for s in ScriptDirectory.from_config(configuration()).walk_revisions()}
    if found is not None and found not in known:
        raise SchemaTooNew(
            "This database was made by a newer version of InterviewRelay: "
            "install that version again, or restore a backup from before."
        )
    return found


def _run(engine: Engine, act: Callable[[Config], None]) -> bool:
    with engine.connect() as connection, writing_by_hand():
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            # With foreign keys on, rebuilding a table in batch mode would delete its children;
            # the pragma is deaf inside a transaction, so the driver is told before it begins.
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(7316492051)"))
                act(configuration(connection))
        finally:
            if sqlite:
                driver.execute("PRAGMA foreign_keys = ON")
    return True
