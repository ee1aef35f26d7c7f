"""Restore of a backup."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine

from interviewrelay import migrations
from interviewrelay.backups import database_copy, manifest, workspace
from interviewrelay.backups.database_copy import ReportProgress
from interviewrelay.backups.manifest import BackupError, Manifest
from interviewrelay.backups.tar_archive import ArchiveReader
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.file_lock import FileLock
from interviewrelay.core.ports.storage import Storage
from interviewrelay.core.security import key_file

NOT_EMPTY: Final = (
    "This instance already has accounts, and a restore replaces everything. Restore into an "
    "empty INSTANCE_DIR or database, or use --force."
)
WORK: Final = ".restore."
"""Prefix of the folder that holds the database copy until it is loaded."""
ENDED: Final = (
    "The restore was interrupted. Run it again. If the database was not replaced yet, the previous "
    "data is unchanged."
)
SERVED: Final = "A server is running on this INSTANCE_DIR. Stop it before you restore."
IN_USE: Final = (
    "Servers or workers are using this database ({} connections). Stop all of them before you "
    "restore, because anything they save during the restore would be lost."
)


@dataclass(frozen=True, slots=True)
class RestoreTarget:
    """Restore target."""

    settings: Settings
    engine: Engine
    storage: Storage


def check_archive(reader: ArchiveReader) -> None:
    """Check the whole backup before the target is created, so that a failure leaves no new folder
    with keys and an empty database. Raises BackupError, SchemaTooNew.
    """
    told = reader.manifest
    if told.revision is not None and told.revision not in migrations.list_revisions():
        raise migrations.SchemaTooNew(
            f"This backup was created by a newer version of InterviewRelay ({told.version}). "
            "Install that version, then restore."
        )
    reader.check()


def check_target(reader: ArchiveReader, place: RestoreTarget, *, force: bool) -> None:
    """Check that the backup may be restored here, before anything is changed. Raises BackupError."""
    told = reader.manifest
    if told.database != place.engine.dialect.name:
        raise BackupError(
            f"The backup is from {_KINDS[told.database]}, but DATABASE_URL is for "
            f"{_KINDS[place.engine.dialect.name]}. Set DATABASE_URL to a database of the same kind."
        )
    if not force and not database_copy.is_empty_database(place.engine):
        raise BackupError(NOT_EMPTY)


_KINDS: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@contextmanager
def exclusive_access(settings: Settings, engine: Engine) -> Iterator[None]:
    """Make sure that no server runs on this folder or database. Raises BackupError."""
    lock = FileLock(settings.instance_dir / "rounds.lock")
    if not lock.acquire(0):
        raise BackupError(SERVED)
    try:
        if engine.dialect.name == "postgresql":
            from interviewrelay.core.db import postgresql  # loads the driver too

            if others := postgresql.count_other_connections(engine):
                raise BackupError(IN_USE.format(others))
        yield
    finally:
        lock.release()


def restore_backup(reader: ArchiveReader, place: RestoreTarget, tell: ReportProgress) -> None:
    """Restore in place of the existing data. The database then has the backup's own revision.

    Files with new names are stored first: until the database is replaced, the old data is unharmed,
    and a sweep removes files of a failed restore. Raises BackupError.
    """
    before, stored = set(place.storage.list_names()), reader.manifest.stored
    _put(reader, place, [name for name in stored if name not in before], tell)
    tell("database")
    _load(reader, place)
    _put(reader, place, [name for name in stored if name in before], tell)
    for name in sorted(before - set(stored)):
        place.storage.delete(name)


def _put(
    reader: ArchiveReader, place: RestoreTarget, names: Sequence[str], tell: ReportProgress
) -> None:
    for number, name in enumerate(names, 1):
        place.storage.put(name, reader.chunks(f"{manifest.FILES}{name}"))
        tell(f"files {number}")


def _load(reader: ArchiveReader, place: RestoreTarget) -> None:
    copier, folder = database_copy.get_copier(place.engine), place.settings.instance_dir
    try:
        with workspace.working_folder(folder, WORK) as work:
            copy = work / manifest.DATABASE[reader.manifest.database]
            reader.copy(copy.name, copy)
            copier.load(copy)
    except OSError as fault:
        raise BackupError(
            f"The backup could not be copied to {folder}: {fault.strerror}."
        ) from fault
    with place.engine.connect() as connection:
        _compare(reader.manifest, database_copy.count_rows(connection))


def _compare(told: Manifest, found: dict[str, int]) -> None:
    for table, count in told.counts.items():
        if found.get(table) != count:
            raise BackupError(
                f"After restoring, {table} has {found.get(table, 0)} rows, but the backup has "
                f"{count}. Do not use this database. Restore again, or use another backup."
            )


def restore_keys(reader: ArchiveReader, place: RestoreTarget, *, empty: bool) -> None:
    """Put the backup's secret keys in front of the folder's own.

    Keys that an `empty` target created have encrypted nothing and are dropped. Raises BackupError.
    """
    settings = place.settings
    if not reader.manifest.with_keys:
        return
    brought = reader.content(manifest.KEYS).decode().strip().split(",")
    if settings.secret_keys_at is None:
        return  # set elsewhere, so the operator has them
    old: Sequence[str] = () if empty else settings.secret_keys
    key_file.write_keys(settings.secret_keys_at, list(dict.fromkeys([*brought, *old])))
