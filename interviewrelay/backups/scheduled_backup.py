"""Scheduled backups into a folder or a bucket, and an alert to the administrators when one fails."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from interviewrelay.adapters.storage import folder as storage_folder
from interviewrelay.backups import create
from interviewrelay.backups.manifest import BackupError
from interviewrelay.core import clock
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import OperatorError, StorageUnreachable
from interviewrelay.core.ports.storage import CHUNK, Storage
from interviewrelay.mail import outbox
from interviewrelay.runtime import backup_schedule
from interviewrelay.runtime.services import Services

log = logging.getLogger("interviewrelay.backups")

RENEWED: Final = timedelta(minutes=5).total_seconds()
"""Seconds between two extensions of the lease."""


class ScheduledBackupFailed(OperatorError):
    """The scheduled backup failed; the text says why."""


def back_up_if_due(services: Services, settings: Settings) -> int:
    """Create the backup that is due, unless another server or worker does; returns 1 if there was
    one.

    A failure is logged, told to the administrators by email at most once a day, and tried again an
    hour later.
    """
    times = settings.backup_schedule
    if not times:
        return 0
    slot = backup_schedule.find_latest_slot(times, clock.now())
    if not backup_schedule.claim_backup(slot):
        return 0
    began = clock.now()
    try:
        name, size = _back_up(services, settings)
    except (OperatorError, StorageUnreachable, OSError) as fault:
        _report_failure(_describe(fault, settings))
        return 0
    backup_schedule.record_success(began)
    seconds = round((clock.now() - began).total_seconds(), 1)
    log.info("backup_created", extra={"file": name, "bytes": size, "seconds": seconds})
    return 1


def _back_up(services: Services, settings: Settings) -> tuple[str, int]:
    """Create, send on, and prune; returns the name and the size in bytes."""
    folder, lease = settings.backup_folder, _Lease()
    if not settings.backup_target or settings.backs_up_to_bucket:
        create.create_own_folder(folder)
    path = folder / create.build_file_name()
    create.create_backup(
        create.BackupSource(db.engine, services.storage, services.ring), path, lease.extend
    )
    size = path.stat().st_size
    if settings.backs_up_to_bucket:
        bucket = storage_folder.open_storage(settings, settings.backup_target)
        try:
            _send(path, bucket, lease)
        finally:
            path.unlink()
        for name in create.select_outdated(bucket.list_names(), settings.backup_keep):
            bucket.delete(name)
    else:
        create.prune_backups(folder, settings.backup_keep)
    return path.name, size


def _send(path: Path, bucket: Storage, lease: "_Lease") -> None:
    bucket.put(path.name, _chunks(path, lease))
    stored, size = bucket.size(path.name), path.stat().st_size
    if stored != size:
        raise BackupError(f"The bucket has {stored or 0} of {size} bytes of {path.name}.")


def _chunks(path: Path, lease: "_Lease") -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            lease.extend("")
            yield chunk


class _Lease:
    """Lease that a running backup extends from time to time."""

    def __init__(self) -> None:
        self._extended = time.monotonic()

    def extend(self, _progress: str) -> None:
        if time.monotonic() - self._extended > RENEWED:
            self._extended = time.monotonic()
            backup_schedule.extend_lease()


def _describe(fault: Exception, settings: Settings) -> str:
    if isinstance(fault, StorageUnreachable):
        where = settings.backup_target if settings.backs_up_to_bucket else "the file storage"
        return f"{where} cannot be used: {fault.why}."
    if isinstance(fault, OSError):
        return f"{settings.backup_folder} cannot be used: {fault.strerror or fault}."
    return str(fault)


def _report_failure(why: str) -> None:
    log.error("backup_failed", extra={"reason": why})
    last = backup_schedule.get_last_success()
    ago = f"The last one is from {clock.format_iso(last)}." if last else "There is none yet."
    facts = {
        "subject": "The scheduled backup failed",
        "sentence": f"{why} {ago}",
        "path": "/admin/health",
    }
    with transaction():
        outbox.enqueue_admin_notice("backup", facts, f"backup:{clock.now():%Y-%m-%d}")
    backup_schedule.extend_lease()
