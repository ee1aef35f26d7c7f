"""Migrations of the database to this version's schema (Alembic; SQLite and PostgreSQL).

A revision is a file in `versions/`, named by its number. The next number is the one after the newest
file, and at least 0040: databases from before the first release have the numbers 0001 to 0039
(`BEFORE`), and are refused. Its `revision` is the number alone.

Alembic is loaded only when there is something to do: with an up-to-date database, a start reads one
row.
"""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, inspect, text

from interviewrelay.core.db.session import allow_raw_writes
from interviewrelay.core.errors import OperatorError

FOLDER = Path(__file__).parent


BEFORE: Final = frozenset(f"{number:04}" for number in range(1, 40))
"""Revisions from before the first release, whose `0001` created fewer tables than today's."""
TOO_OLD: Final = (
    "{} was created before the first release of InterviewRelay and cannot be upgraded. Export what "
    "you need with the version that created it, or start with a new INSTANCE_DIR and an empty "
    "database."
)


class SchemaUnusable(OperatorError):
    """The database has a schema that this version cannot work with."""


class SchemaTooNew(SchemaUnusable):
    """The schema was created by a newer version."""


class SchemaTooOld(SchemaUnusable):
    """The schema predates the first release."""


def needs_upgrade(engine: Engine) -> bool:
    """True if migrations are pending. Raises SchemaUnusable."""
    return get_current(engine) != get_head()


def upgrade(engine: Engine, revision: str = "head") -> bool:
    """Upgrade to this version's schema, or an older one; True when anything was done.

    Several processes may try at once: they take turns. Raises SchemaUnusable.
    """
    if not needs_upgrade(engine):
        return False
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.connect() as connection, allow_raw_writes():
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            # With foreign keys on, rebuilding a table in batch mode would delete its children.
            # The pragma has no effect inside a transaction, so it is set on the driver before.
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(7316492051)"))
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
        finally:
            if sqlite:
                driver.execute("PRAGMA foreign_keys = ON")
    return True


def include_in_comparison(_thing: object, name: str | None, *_: object) -> bool:
    """Filter for Alembic's comparison with the models: skips the search index, which differs by
    database.
    """
    return not (name or "").startswith("said_words")


def get_head() -> str:
    """Newest revision of this version."""
    return list_revisions()[-1]


def list_revisions() -> list[str]:
    """All revisions, oldest first: their files are named by number (`0001_first_release.py`)."""
    return sorted(path.name.partition("_")[0] for path in FOLDER.glob("versions/[0-9]*.py"))


def get_next_number() -> str:
    """Number of the next revision to write."""
    return f"{max(*map(int, BEFORE), int(get_head())) + 1:04}"


def get_current(engine: Engine) -> str | None:
    """The revision of a database; None when it is empty. Raises SchemaUnusable."""
    with engine.connect() as connection:
        tables = inspect(connection)
        if not tables.has_table("alembic_version"):
            return None
        query = text("SELECT version_num FROM alembic_version")
        found: str | None = connection.execute(query).scalar_one_or_none()
        known = found is None or found in list_revisions()
        if found in BEFORE and not (known and tables.has_table("server_model")):
            raise SchemaTooOld(TOO_OLD.format("This database"))
    if not known:
        raise SchemaTooNew(
            "This database was upgraded by a newer version of InterviewRelay. Install that version "
            "again, or restore a backup from before the upgrade."
        )
    return found
