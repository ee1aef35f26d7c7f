"""Backup of an existing database before a new version changes its schema."""

import re
import shutil
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, text

from interviewrelay import migrations
from interviewrelay.backups import create
from interviewrelay.backups.manifest import BackupError
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.core.file_lock import FileLock
from interviewrelay.runtime.services import Services

STEM: Final = "before-upgrade"
OWN_NAME: Final = re.compile(STEM + r"-\d{8}T\d{6}Z\.tar", re.ASCII)
KEPT: Final = 2
"""Number of these backups that are kept."""
SPARE: Final = 50_000_000
"""Bytes that stay free beside the backup."""
LONGEST: Final = 3600.0
"""Seconds to wait for another process of this folder that is backing up."""
REFUSED: Final = (
    "This version has to change the database, and the backup that comes first failed. {} The database "
    "was not changed. Solve this and start again, or set BACKUP_BEFORE_UPGRADE=0 if you have a backup "
    "of your own."
)


def upgrade_database(
    engine: Engine, services: Services, settings: Settings, *, back_up: bool = True
) -> Path | None:
    """Upgrade to this version's schema, after a backup into `INSTANCE_DIR/backups`; returns the
    backup.

    There is none for a new database, or if the setting turns it off. Processes of one folder take
    turns, and only the first one has something to do. Raises BackupError, SchemaUnusable.
    """
    lock, made = FileLock(settings.instance_dir / "upgrade.lock"), None
    if not lock.acquire(LONGEST):
        raise BackupError(REFUSED.format("Another process is still backing up."))
    try:
        wanted = back_up and settings.backup_before_upgrade
        if wanted and migrations.get_current(engine) not in (None, migrations.get_head()):
            made = _back_up(engine, services, settings)
        migrations.upgrade(engine)
    except BackupError as fault:
        raise BackupError(REFUSED.format(fault)) from fault
    except StorageUnreachable as fault:
        words = f"The file storage cannot be used: {fault.why}."
        raise BackupError(REFUSED.format(words)) from fault
    finally:
        lock.release()
    return made


def _back_up(engine: Engine, services: Services, settings: Settings) -> Path:
    folder = settings.instance_dir / "backups"
    create.create_own_folder(folder)
    needed = SPARE + _measure(engine, settings)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(
            f"It needs {needed / 1e6:,.0f} MB in {folder}, and {free / 1e6:,.0f} MB are free."
        )
    target = folder / create.build_file_name(STEM)
    source = create.BackupSource(engine, services.storage, services.ring)
    create.create_backup(source, target, lambda _words: None)
    create.prune_backups(folder, KEPT, OWN_NAME)
    return target


def _measure(engine: Engine, settings: Settings) -> int:
    """Most bytes that a backup takes while it is created, without files that are in a bucket: the
    database is copied, and the copy is then put into the backup.
    """
    size = _measure_files(settings.instance_dir / "files") if not settings.storage_url else 0
    if settings.database_file is not None:
        log = settings.database_file.with_name(f"{settings.database_file.name}-wal")
        parts = [path.stat().st_size for path in (settings.database_file, log) if path.exists()]
        return size + 2 * sum(parts)
    with engine.connect() as connection:  # a dump is compressed, so it is smaller
        query = text("SELECT pg_database_size(current_database())")
        return size + int(connection.execute(query).scalar_one())


def _measure_files(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
