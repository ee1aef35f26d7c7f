"""Schedule of backups: when one is due, which process makes it, and when the last one succeeded.

All servers and workers on a database share this state, a row beside those of background checks: its
`after` is the time of the last backup that succeeded, its `due_at` the end of a lease.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.models import BackgroundCheck

NAME: Final = "scheduled backup"
LEASE: Final = timedelta(hours=1)
"""Lease of a backup without progress, and the wait after a failed one."""
GRACE: Final = timedelta(hours=3)
"""Delay after which a due backup counts as missing."""

_ROW: Final = BackgroundCheck.name == NAME


def find_latest_slot(times: Iterable[time], moment: datetime) -> datetime:
    """Newest time of the schedule at or before this moment; `times` are in UTC."""
    today = moment.astimezone(UTC).date()
    slots = (
        datetime.combine(day, at, UTC)
        for day in (today, today - timedelta(days=1))
        for at in times
    )
    return max(slot for slot in slots if slot <= moment)


def get_last_success() -> datetime | None:
    """Time of the last scheduled backup that succeeded; None if there is none."""
    found = db.session.execute(select(BackgroundCheck.after).where(_ROW)).scalar_one_or_none()
    release_connection()
    return datetime.fromisoformat(found) if found else None


def is_overdue(times: Iterable[time]) -> bool:
    """True if a backup of the schedule should have succeeded hours ago, and none has since."""
    last, slot = get_last_success(), find_latest_slot(times, clock.now() - GRACE)
    return last is None or last < slot


def claim_backup(slot: datetime) -> bool:
    """Claim the backup of this time of the schedule; True for one caller, and only if it is due."""
    now = clock.now()
    row = select(BackgroundCheck.due_at, BackgroundCheck.after).where(_ROW)
    found = db.session.execute(row).one_or_none()
    release_connection()
    if found is not None and not _is_due(*found, slot, now):
        return False
    with transaction():
        if found is None:
            sqlite = db.engine.dialect.name == "sqlite"
            insert = (insert_on_sqlite if sqlite else insert_on_postgresql)(BackgroundCheck)
            first = {"name": NAME, "after": "", "due_at": now, "wrong": 0, "wrong_before": 0}
            db.session.execute(insert.on_conflict_do_nothing(), [first])
        # A lease that ends later than any does was written before the clock was set back.
        free = or_(BackgroundCheck.due_at <= now, BackgroundCheck.due_at > now + LEASE)
        claim = update(BackgroundCheck).where(_ROW, free).values(due_at=now + LEASE)
        claimed = claim.returning(BackgroundCheck.name)
        options = {"synchronize_session": False}
        return db.session.execute(claimed, execution_options=options).first() is not None


def _is_due(leased: datetime, after: str, slot: datetime, now: datetime) -> bool:
    last = datetime.fromisoformat(after) if after else None
    wanted = last is None or last < slot or last > now
    return wanted and not now < leased <= now + LEASE


def extend_lease() -> None:
    """Extend the lease of a running backup, or make a failed one wait."""
    _write(due_at=clock.now() + LEASE)


def record_success(began: datetime) -> None:
    """Record that the backup of this moment succeeded, and end the lease."""
    _write(after=clock.format_iso_millis(began), due_at=clock.now())


def _write(**values: object) -> None:
    change = update(BackgroundCheck).where(_ROW).values(**values)
    with transaction():
        db.session.execute(change, execution_options={"synchronize_session": False})
