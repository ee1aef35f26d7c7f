"""Proving that the campaigns' counters say what is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Executable, false, func, select

from interviewrelay.database import db
from interviewrelay.models import Campaign, Interview, Invite, Mail

Counts = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows by campaign and state, tests left out."""

    invites: Counts
    interviews: Counts
    seconds: Counts
    noted: Counts
    mails: Counts
    erased: Counts


def counters_are_right() -> Iterator[str]:
    """What was erased is still counted: a counter may be ahead of the rows by no more than that."""
    found = _found()
    # As the database has it, whatever this session has read before.
    anew = select(Campaign).execution_options(populate_existing=True)
    for campaign in db.session.execute(anew).scalars():
        for name, low, high, told in _bounds(campaign, found):
            if not low <= told <= high:
                span = str(low) if low == high else f"{low} to {high}"
                yield f"{campaign.id}: {span} {name}, the counter says {told}"


def _bounds(campaign: Campaign, found: _Found) -> Iterator[tuple[str, int, int, int]]:
    """What is counted, how many there are at least and at most, and what the counter says."""

    def number(counts: Counts, *states: str) -> int:
        return sum(counts.get((campaign.id, state), 0) for state in states)

    gone = number(found.erased, "cancelled")
    states = ("pending", "started", "completed", "cancelled")
    invited, waiting = number(found.invites, *states), number(found.invites, "pending")
    held = number(found.interviews, "in_progress", "completed", "abandoned", "failed")
    completed, abandoned = (
        number(found.interviews, state) for state in ("completed", "abandoned")
    )
    failed, noted = number(found.mails, "failed"), number(found.noted, "pending")
    seconds = number(found.seconds, "completed")
    yield "invites", invited, invited, campaign.invites_sent
    # Every invite waits, has led to a start, or was cancelled before one.
    yield (
        "waiting",
        waiting,
        waiting,
        campaign.invites_sent - campaign.started - campaign.cancelled,
    )
    yield "expired", noted, noted, campaign.expired
    yield "started", held, held + gone, campaign.started
    yield "completed", completed, completed + gone, campaign.completed
    yield "abandoned", abandoned, abandoned + gone, campaign.abandoned
    yield "mails failed", failed, failed + (campaign.failed if gone else 0), campaign.failed
    more = campaign.completed_seconds if campaign.completed > completed else 0
    yield "seconds", seconds, seconds + more, campaign.completed_seconds


def _found() -> _Found:
    live, held = Invite.test == false(), Interview.test == false()
    by_invite, by_interview = (
        (Invite.campaign_id, Invite.status),
        (
            Interview.campaign_id,
            Interview.status,
        ),
    )
    invites = select(*by_invite, func.count()).where(live).group_by(*by_invite)
    interviews = select(*by_interview, func.count()).where(held).group_by(*by_interview)
    seconds = func.coalesce(func.sum(Interview.duration_seconds), 0)
    mails = (
        select(Invite.campaign_id, Mail.state, func.count())
        .join(Invite, Invite.id == Mail.invite_id)
        .group_by(Invite.campaign_id, Mail.state)
    )
    return _Found(
        invites=_counts(invites),
        interviews=_counts(interviews),
        seconds=_counts(select(*by_interview, seconds).where(held).group_by(*by_interview)),
        noted=_counts(invites.where(Invite.expired_at.is_not(None))),
        mails=_counts(mails),
        erased=_counts(invites.where(Invite.email.endswith("@erased.invalid"))),
    )


def _counts(query: Executable) -> Counts:
    return {(place, state): int(n) for place, state, n in db.session.execute(query)}
