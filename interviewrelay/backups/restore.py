"""Going back to a backup."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine

from interviewrelay import migrations
from interviewrelay.backups import database_copy, manifest, workspace
from interviewrelay.backups.archive import Reader
from interviewrelay.backups.database_copy import Tell
from interviewrelay.backups.manifest import BackupFault, Manifest
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.file_lock import FileLock
from interviewrelay.core.ports.storage import Storage
from interviewrelay.core.security import key_file

NOT_EMPTY: Final = (
    "Somebody has an account here already, and a restore replaces everything. Restore into an "
    "empty INSTANCE_DIR or database, or say --force."
)
WORK: Final = ".restore."
"""How the folders begin in which a copy of the database lies until it is loaded."""
ENDED: Final = (
    "The restore was told to end before it was done: run it again. Until the database is in its "
    "place, what was there before is unharmed."
)
SERVED: Final = "A server is running on this INSTANCE_DIR: stop it first, then restore."
IN_USE: Final = (
    "Servers or workers are at work on this database ({} connections): stop all of them first, then "
    "restore. What they took in meanwhile would be lost."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it goes."""

    settings: Settings
    engine: Engine
    storage: Storage


def check_whole(reader: Reader) -> None:
    """Whether the backup can be used at all: known before there is a place, so that one that cannot
    leaves no new folder with keys and an empty database. Raises BackupFault, SchemaTooNew.
    """
    told = reader.manifest
    if told.revision is not None and told.revision not in migrations.revisions():
        raise migrations.SchemaTooNew(
            f"This backup was made by a newer version of InterviewRelay ({told.version}): "
            "install that version, then restore."
        )
    reader.check()


def check(reader: Reader, place: Place, *, force: bool) -> None:
    """Whether it may go into this place, before anything there is changed. Raises BackupFault."""
    told = reader.manifest
    if told.database != place.engine.dialect.name:
        raise BackupFault(
            f"The backup is of {_KINDS[told.database]}, and DATABASE_URL names "
            f"{_KINDS[place.engine.dialect.name]}: it can be restored into its own kind only."
        )
    if not force and not database_copy.empty(place.engine):
        raise BackupFault(NOT_EMPTY)


_KINDS: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@contextmanager
def alone(settings: Settings, engine: Engine) -> Iterator[None]:
    """While no server runs on this folder, nor on this database. Raises BackupFault."""
    lock = FileLock(settings.instance_dir / "rounds.lock")
    if not lock.acquire(0):
        raise BackupFault(SERVED)
    try:
        if engine.dialect.name == "postgresql":
            from interviewrelay.core.db import postgresql  # and its driver

            if others := postgresql.others(engine):
                raise BackupFault(IN_USE.format(others))
        yield
    finally:
        lock.release()


def restore(reader: Reader, place: Place, tell: Tell) -> None:
    """Put it in the place of what is there. The database then has the backup's own revision.

    Files that nothing here has the name of come first: until the database is in its place, what was
    there before is unharmed, and a sweep takes away what came in vain. Raises BackupFault.
    """
    before, stored = set(place.storage.names()), reader.manifest.stored
    _put(reader, place, [name for name in stored if name not in before], tell)
    tell("database")
    _load(reader, place)
    _put(reader, place, [name for name in stored if name in before], tell)
    for name in sorted(before - set(stored)):
        place.storage.delete(name)


def _put(reader: Reader, place: Place, names: Sequence[str], tell: Tell) -> None:
    for number, name in enumerate(names, 1):
        place.storage.put(name, reader.content(f"{manifest.FILES}{name}"))
        tell(f"files {number}")


def _load(reader: Reader, place: Place) -> None:
    copier, folder = database_copy.of(place.engine), place.settings.instance_dir
    try:
        with workspace.folder(folder, WORK) as work:
            copy = work / manifest.DATABASE[reader.manifest.database]
            reader.copy(copy.name, copy)
            copier.load(copy)
    except OSError as fault:
        raise BackupFault(
            f"The backup could not be put into {folder}: {fault.strerror}."
        ) from fault
    with place.engine.connect() as connection:
        _compare(reader.manifest, database_copy.counts(connection))


def _compare(told: Manifest, found: dict[str, int]) -> None:
    for table, count in told.counts.items():
        if found.get(table) != count:
            raise BackupFault(
                f"After restoring, {table} has {found.get(table, 0)} rows, and the backup had "
                f"{count}: do not use this database."
            )


def keys(reader: Reader, place: Place, *, empty: bool) -> None:
    """Put the secret keys that the backup brings in front of those that this folder has.

    Those that an `empty` one made for itself have sealed nothing. Raises BackupFault.
    """
    settings = place.settings
    if not reader.manifest.with_keys:
        return
    brought = reader.content(manifest.KEYS).decode().strip().split(",")
    if settings.secret_keys_at is None:
        return  # they are set elsewhere: whoever did so has them
    old: Sequence[str] = () if empty else settings.secret_keys
    key_file.write(settings.secret_keys_at, list(dict.fromkeys([*brought, *old])))
