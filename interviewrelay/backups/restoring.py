"""Going back to a backup."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from interviewrelay import keyfile, migrations
from interviewrelay.backups import copies, manifest
from interviewrelay.backups.archive import Reader
from interviewrelay.backups.copies import Tell
from interviewrelay.backups.manifest import BackupFault, Manifest
from interviewrelay.locks import FileLock
from interviewrelay.ports import Storage
from interviewrelay.settings import Settings

NOT_EMPTY: Final = (
    "Somebody has an account here already, and a restore replaces everything. Restore into an "
    "empty INSTANCE_DIR or database, or say --force."
)
SERVED: Final = "A server is running on this INSTANCE_DIR: stop it first, then restore."


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
    if not force and not copies.empty(place.engine):
        raise BackupFault(NOT_EMPTY)


_KINDS: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """While no server runs on this folder. Raises BackupFault."""
    lock = FileLock(settings.instance_dir / "rounds.lock")
    if not lock.acquire(0):
        raise BackupFault(SERVED)
    try:
        yield
    finally:
        lock.release()


def restore(reader: Reader, place: Place, tell: Tell) -> None:
    """Put it in the place of what is there. The database then has the backup's own revision.

    The files come before the rows that name them. Raises BackupFault; until the database is in its
    place, what was there before is unharmed.
    """
    before = list(place.storage.names())
    for number, name in enumerate(reader.manifest.stored, 1):
        place.storage.put(name, reader.content(f"{manifest.FILES}{name}"))
        tell(f"files {number}")
    tell("database")
    _load(reader, place)
    for name in sorted(set(before) - set(reader.manifest.stored)):
        place.storage.delete(name)


def _load(reader: Reader, place: Place) -> None:
    copier, folder = copies.of(place.engine), place.settings.instance_dir
    work = Path(tempfile.mkdtemp(prefix=".restore.", dir=folder))
    try:
        copy = work / manifest.DATABASE[reader.manifest.database]
        reader.copy(copy.name, copy)
        copier.load(copy)
    except OSError as fault:
        raise BackupFault(
            f"The backup could not be put into {folder}: {fault.strerror}."
        ) from fault
    finally:
        shutil.rmtree(work, ignore_errors=True)
    with place.engine.connect() as connection:
        _compare(reader.manifest, copies.counts(connection))


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
    keyfile.write(settings.secret_keys_at, list(dict.fromkeys([*brought, *old])))
