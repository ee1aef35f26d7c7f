"""Server checks: files, keys, email, settings, disk and clock."""

import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import func, select, text

from interviewrelay.core import clock
from interviewrelay.core.config import settings as config_settings
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.integrity import verification
from interviewrelay.models import CreditEntry, Delivery, Interview, Mail
from interviewrelay.operations import encrypted_columns, filesystem
from interviewrelay.runtime import backup_schedule, session_files, stored_files
from interviewrelay.runtime.services import Services

LATE: Final = timedelta(hours=1)
"""Delay after which something due counts as stuck."""
SLACK: Final = timedelta(minutes=2)
"""Tolerated difference of two clocks."""
LITTLE: Final = 200_000_000
"""Free bytes required, in addition to the size of the database."""


@dataclass(frozen=True, slots=True)
class CheckedServer:
    services: Services
    settings: Settings

    @property
    def database(self) -> Path | None:
        """Path of the SQLite file."""
        return self.settings.database_file


EMAILS: Final = "emails"
NOT_SET_UP: Final = "no email server set up"
BACKUPS: Final = "scheduled backups"
NO_SCHEDULE: Final = "BACKUP_SCHEDULE is not set"


def not_set_up(server: CheckedServer) -> dict[str, str]:
    """Skipped checks, each with the reason."""
    off = {} if server.settings.smtp_url else {EMAILS: NOT_SET_UP}
    return off if server.settings.backup_schedule else {**off, BACKUPS: NO_SCHEDULE}


ServerCheck = Callable[[CheckedServer], Iterable[str]]


def _sound(server: CheckedServer) -> Iterator[str]:
    if server.database:
        for check in ("PRAGMA integrity_check(10)", "PRAGMA foreign_key_check"):
            rows = db.session.execute(text(check)).all()
            yield from (" ".join(map(str, row)) for row in rows if tuple(row) != ("ok",))
    else:
        broken = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
        for name in db.session.execute(text(broken)).scalars():
            yield f"the index {name} is not valid. Run REINDEX INDEX {name}"


def _every_file_belongs_to_a_row(server: CheckedServer) -> Iterator[str]:
    try:
        for name in stored_files.list_stray_files(server.services.storage):
            yield f"{name}: its interview was erased. The server removes the file within an hour"
        for name in stored_files.list_unknown_files(server.services.storage):
            yield f"{name}: not an InterviewRelay file. Remove it"
    except StorageUnreachable as fault:
        yield f"files cannot be listed: {fault.why}"


def _every_recording_has_its_files(server: CheckedServer) -> Iterator[str]:
    with suppress(StorageUnreachable):  # other checks say so
        for name in session_files.list_missing_files(server.services.storage):
            yield f"{name}: the file is missing. Restore it from a backup"


def _what_is_sealed_can_be_opened(server: CheckedServer) -> Iterator[str]:
    for column in encrypted_columns.COLUMNS:
        count = encrypted_columns.count_unreadable(server.services.ring, column)
        if count:
            yield (
                f"{count} {column.what}: no key in SECRET_KEYS can decrypt them. Add the key they "
                "were encrypted with to the end of SECRET_KEYS"
            )


def _overdue(what: str, kind: type[Mail] | type[Delivery]) -> Iterator[str]:
    due = kind.state.in_(kind.ON_THE_WAY), kind.next_at < clock.now() - LATE
    count, oldest = db.session.execute(
        select(func.count(), func.min(kind.next_at)).where(*due)
    ).one()
    if count:
        yield (
            f"{count} {what} have been due since {clock.format_iso(oldest)}. Check that the server is "
            "running and look for task_failed in its log"
        )


def _room_on_the_disk(server: CheckedServer) -> Iterator[str]:
    place = server.settings.instance_dir
    size = server.database.stat().st_size if server.database else 0
    free = shutil.disk_usage(place).free
    if free < LITTLE + size:
        yield (
            f"{free / 1e6:.0f} MB are free at {place}. Free up space until at least "
            f"{(LITTLE + size) / 1e6:.0f} MB are available"
        )


def _backups_are_recent(server: CheckedServer) -> Iterator[str]:
    times = server.settings.backup_schedule
    if times and backup_schedule.is_overdue(times):
        last = backup_schedule.get_last_success()
        when = (
            f"the last one is from {clock.format_iso(last)}"
            if last
            else "none has succeeded yet"
        )
        yield f"{when}. Check that the server is running and look for backup_failed in its log"


def _the_clock_is_right(_server: CheckedServer) -> Iterator[str]:
    now = clock.now()
    newest: list[Any] = [
        db.session.execute(select(func.max(column))).scalar_one()
        for column in (Interview.last_at, CreditEntry.created_at)
    ]
    for moment in newest:
        if moment is not None and moment > now + SLACK:
            yield (
                f"this machine's clock shows {clock.format_iso(now)}, "
                f"but data was stored at {clock.format_iso(moment)}. Set the clock"
            )
    if db.engine.dialect.name == "postgresql":
        theirs = db.session.execute(text("SELECT clock_timestamp()")).scalar_one()
        if abs(theirs - now) > SLACK:
            yield (
                f"this machine's clock shows {clock.format_iso(now)}, the database server's "
                f"{clock.format_iso(theirs)}. Set the wrong one"
            )


def _private(server: CheckedServer) -> Iterator[str]:
    for path in (server.settings.secret_keys_at, server.database):
        if path and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} can be read by other users of this machine. Run chmod 600 on it"


def _on_a_disk_of_its_own(server: CheckedServer) -> Iterator[str]:
    if problem := filesystem.describe_shared_disk(server.database):
        yield problem


def _settings_fit_each_other(server: CheckedServer) -> Iterator[str]:
    settings = server.settings
    host = urlsplit(settings.base_url).hostname or ""
    here = config_settings.is_loopback(host)
    if here and not config_settings.is_loopback(settings.host):
        yield f"HOST accepts outside connections, but links point to {settings.base_url}. Set BASE_URL"
    if not here and not settings.secure:
        yield "BASE_URL starts with http://, so passwords and answers are sent unencrypted. Use https"
    if settings.secure and not settings.trusted_proxies:
        yield (
            "BASE_URL is https but TRUSTED_PROXIES is 0, so rate limits count everyone as one "
            "address. Set it to the number of proxies"
        )
    if settings.smtp_url and settings.mail_from.endswith("@localhost>"):
        yield "SMTP_URL is set but MAIL_FROM is not. Email servers reject senders at localhost"
    if settings.crowded:
        yield config_settings.CROWDED.format(settings.processes)
    if settings.ir_testing and settings.secure:
        yield "IR_TESTING lets callers set the clock. Use it for tests only"


def _turns_are_as_stored(server: CheckedServer) -> Iterator[str]:
    for finding in verification.verify_interviews(server.services.ring, verification.Report()):
        yield str(finding)


LOOKS: Final[dict[str, ServerCheck]] = {
    "database integrity": _sound,
    "no orphaned files": _every_file_belongs_to_a_row,
    "no missing recordings": _every_recording_has_its_files,
    "file storage is writable": lambda server: stored_files.check_storage(
        server.services.storage
    ),
    "encrypted data can be decrypted": _what_is_sealed_can_be_opened,
    "turns are as they were stored": _turns_are_as_stored,
    EMAILS: lambda _server: _overdue("emails", Mail),
    "webhook delivery": lambda _server: _overdue("deliveries", Delivery),
    BACKUPS: _backups_are_recent,
    "disk space": _room_on_the_disk,
    "system clock": _the_clock_is_right,
    "secrets are private": _private,
    "database is on a local disk": _on_a_disk_of_its_own,
    "settings are consistent": _settings_fit_each_other,
}
