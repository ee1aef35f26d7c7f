"""How long an organization keeps what was said: for ever, unless it says otherwise."""

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, func, select, update

from interviewrelay import clock
from interviewrelay.database import db, end_reading, transaction
from interviewrelay.domain import privacy
from interviewrelay.domain.office import Office
from interviewrelay.errors import InvalidParameter
from interviewrelay.models import Interview, Invite, Organization

log = logging.getLogger(__name__)

BATCH: Final = 500
MOST_DAYS: Final = 3_650


def keep(organization: Organization, days: int | None) -> None:
    """Transcripts go so many days after their interview has ended; None keeps them.

    Raises InvalidParameter.
    """
    if days is not None and not 1 <= days <= MOST_DAYS:
        words = f"Transcripts are kept for 1 to {MOST_DAYS} days, or for ever."
        raise InvalidParameter.field("days", f"whole number from 1 to {MOST_DAYS}", words)
    with transaction():
        change = update(Organization).where(Organization.id == organization.id)
        db.session.execute(change.values(transcript_days=days))


def over(organization: Organization, days: int | None) -> int:
    """How many interviews a sweep erases when they are kept for so long; nothing is changed."""
    if days is None:
        return 0
    due = select(func.count()).select_from(_over(organization.id, days).subquery())
    count: int = db.session.execute(due).scalar_one()
    return count


def sweep(office: Office) -> int:
    """Erase what has been kept for as long as it may be, with the person; how many interviews.

    What remains is what remains of every erasure: the ledger and the counters. Killed in between,
    or called again, it goes on with what is left.
    """
    limited = select(Organization).where(Organization.transcript_days.is_not(None))
    swept = 0
    for organization in db.session.execute(limited).scalars().all():
        count = 0
        for invites in _batches(organization.id, organization.transcript_days or MOST_DAYS):
            privacy.forget(office, organization.id, invites)
            count += len(invites)
        if count:
            log.info("retention", extra={"org": organization.id, "count": count})
        swept += count
    return swept


def _batches(org_id: str, days: int) -> Iterator[Sequence[Invite]]:
    while True:
        rows = db.session.execute(_over(org_id, days).limit(BATCH)).scalars().all()
        end_reading()
        if not rows:
            return
        yield rows


def _over(org_id: str, days: int) -> Select[Invite]:
    since = clock.now() - timedelta(days=min(days, MOST_DAYS))
    return (
        select(Invite)
        .join(Interview, Interview.invite_id == Invite.id)
        .where(Interview.org_id == org_id, Interview.ended_at <= since)
        .order_by(Interview.ended_at, Interview.id)
    )
