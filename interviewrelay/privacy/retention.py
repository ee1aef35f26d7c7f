"""Retention of transcripts and addresses, unlimited unless the organization sets a period, and of
recordings.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, or_, select, text, update

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.models import Interview, Invite, Organization
from interviewrelay.models.invites import UNUSED
from interviewrelay.organizations import audit_log
from interviewrelay.privacy import erasure
from interviewrelay.recordings import audio_retention
from interviewrelay.runtime.services import Services

log = logging.getLogger(__name__)

BATCH: Final = 500
AUDIO_DAYS: Final = 90
"""Days that recordings are kept unless the organization decides otherwise."""
MOST_DAYS: Final = audio_retention.MOST_DAYS

RetentionKind = Callable[[str, int], Select[Invite]]
"""Query for the invites of an organization whose retention of so many days is over."""


@dataclass(frozen=True, slots=True)
class RetentionTerms:
    """Retention terms: days for transcripts and recordings after the interview ended, and for
    addresses after an unused link ended; None means no limit.
    """

    transcripts: int | None
    addresses: int | None
    audio: int | None = AUDIO_DAYS


@dataclass(frozen=True, slots=True)
class DueErasure:
    """Effect of a sweep: what it erases. `recordings` counts interviews whose sound is deleted."""

    interviews: int
    addresses: int
    recordings: int = 0

    @property
    def all(self) -> int:
        return self.interviews + self.addresses + self.recordings


def describe_terms(wanted: RetentionTerms) -> str:
    """In a few words: `transcripts erased after 30 days, unused addresses kept indefinitely, …`."""
    parts = (
        ("transcripts", wanted.transcripts),
        ("unused addresses", wanted.addresses),
        ("recordings", wanted.audio),
    )
    return ", ".join(
        f"{what} {'kept indefinitely' if days is None else f'erased after {days} days'}"
        for what, days in parts
    )


def get_terms(organization: Organization) -> RetentionTerms:
    """Current terms."""
    return RetentionTerms(
        organization.transcript_days, organization.address_days, organization.audio_days
    )


def set_transcript_days(organization: Organization, days: int | None) -> None:
    """Set the retention of transcripts only, for the server's command. Raises InvalidParameter."""
    _keep(organization, replace(get_terms(organization), transcripts=days))


def set_audio_days(organization: Organization, days: int | None) -> None:
    """The same for recordings. Raises InvalidParameter."""
    _keep(organization, replace(get_terms(organization), audio=days))


def set_terms(
    by: Actor, organization: Organization, wanted: RetentionTerms, erases: int
) -> DueErasure:
    """Set the retention; `erases` is the number of erasures that the person has confirmed.

    Returns what will be erased. Raises Forbidden without `sessions:write`, since it erases, and
    InvalidParameter, also if more would be erased than confirmed; then nothing changes.
    """
    by.require("sessions:write")
    _check(wanted)
    gone = count_due(organization, wanted)
    if gone.all > erases:
        words = f"This would erase data. To confirm, enter the number {gone.all}."
        raise InvalidParameter.field("agreed", f"the number {gone.all}", words)
    _keep(organization, wanted)
    return gone


def count_due(organization: Organization, wanted: RetentionTerms) -> DueErasure:
    """Dry run: what a sweep would erase under these terms."""
    return DueErasure(
        count_due_interviews(organization, wanted.transcripts),
        _count(_unused, organization, wanted.addresses),
        count_due_recordings(organization, wanted.audio),
    )


def count_due_interviews(organization: Organization, days: int | None) -> int:
    """Number of interviews that a sweep would erase with this period; changes nothing."""
    return _count(_over, organization, days)


def count_due_recordings(organization: Organization, days: int | None) -> int:
    """Number of interviews whose recordings a sweep would delete; changes nothing."""
    return audio_retention.count_due_interviews(organization.id, days)


def erase_due(services: Services) -> int:
    """Erase expired data together with the person; returns the number of people.

    The ledger and the counters remain, as with every erasure. Safe to repeat or to resume after a
    crash.
    """
    limited = select(Organization.id, Organization.transcript_days, Organization.address_days)
    limited = limited.where(
        or_(Organization.transcript_days.is_not(None), Organization.address_days.is_not(None))
    )
    swept = 0
    for org_id, transcripts, addresses in db.session.execute(limited).all():
        swept += _sweep(services, org_id, _over, transcripts)
        swept += _sweep(services, org_id, _unused, addresses)
    return swept


def _keep(organization: Organization, wanted: RetentionTerms) -> None:
    _check(wanted)
    with transaction():
        change = update(Organization).where(Organization.id == organization.id)
        audit_log.add_entry(organization.id, "settings_retention", describe_terms(wanted))
        db.session.execute(
            change.values(
                transcript_days=wanted.transcripts,
                address_days=wanted.addresses,
                audio_days=wanted.audio,
            )
        )


def _check(wanted: RetentionTerms) -> None:
    """Raises InvalidParameter."""
    fields = (
        ("days", "Transcripts", wanted.transcripts),
        ("addresses", "Addresses", wanted.addresses),
        ("audio", "Recordings", wanted.audio),
    )
    wrong = [
        {
            "field": field,
            "expected": f"whole number from 1 to {MOST_DAYS}",
            "message": f"{what} can be kept for 1 to {MOST_DAYS} days, or indefinitely.",
        }
        for field, what, days in fields
        if days is not None and not 1 <= days <= MOST_DAYS
    ]
    if wrong:
        raise InvalidParameter.several(wrong)


def _count(which: RetentionKind, organization: Organization, days: int | None) -> int:
    if days is None:
        return 0
    due = which(organization.id, days).with_only_columns(Invite.id, maintain_column_froms=True)
    return pagination.count_rows(due.order_by(None))


def _sweep(services: Services, org_id: str, which: RetentionKind, days: int | None) -> int:
    count = 0
    for invites in _batches(which(org_id, days)) if days is not None else ():
        erasure.erase_invites(services, org_id, invites)
        count += len(invites)
    if count:
        log.info("retention", extra={"org": org_id, "count": count})
    return count


def _batches(due: Select[Invite]) -> Iterator[Sequence[Invite]]:
    while True:
        rows = db.session.execute(due.limit(BATCH)).scalars().all()
        release_connection()
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


def _unused(org_id: str, days: int) -> Select[Invite]:
    """Invites whose link ended so many days ago without a start."""
    since = clock.now() - timedelta(days=min(days, MOST_DAYS))
    return (
        select(Invite)
        .where(text(UNUSED), Invite.org_id == org_id, Invite.expires_at <= since)
        .order_by(Invite.expires_at, Invite.id)
    )
