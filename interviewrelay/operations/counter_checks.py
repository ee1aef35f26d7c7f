"""Counter checks: the campaigns' counters against the rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Executable, false, func, select

from interviewrelay.core.db.session import db
from interviewrelay.models import Campaign, Erasure, Interview, Invite, Mail
from interviewrelay.models.invites import ERASED

CounterValues = dict[tuple[str, str], int]


class Discrepancy(NamedTuple):
    """Difference between a counter or balance and its rows, of a campaign or an organization."""

    place: str
    what: str
    real: int
    told: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows by campaign and status, without tests."""

    invites: CounterValues
    interviews: CounterValues
    seconds: CounterValues
    early: CounterValues
    noted: CounterValues
    opened: CounterValues
    mails: CounterValues
    erased: CounterValues


def check_counters() -> Iterator[str]:
    """Check the campaign counters. Erased interviews still count, through their rows in `erasure`;
    only their emails cannot be counted.
    """
    for place, name, real, told in find_discrepancies():
        yield f"{place}: {real} {name}, but the counter shows {told}"


def find_discrepancies(some: Sequence[str] | None = None) -> Iterator[Discrepancy]:
    """Differences of all campaigns, or of those with these ids."""
    found = _found(some)
    # Read again, independent of what this session has loaded.
    anew = _among(select(Campaign), Campaign.id, some).execution_options(populate_existing=True)
    for campaign in db.session.execute(anew).scalars():
        for name, real, told in _compared(campaign, found):
            if real != told:
                yield Discrepancy(campaign.id, name, real, told)


def _compared(campaign: Campaign, found: _Found) -> Iterator[tuple[str, int, int]]:
    """Counter name, rows found, and the counter's value."""

    def number(counts: CounterValues, *states: str) -> int:
        return sum(counts.get((campaign.id, state), 0) for state in states)

    invited = number(found.invites, "pending", "started", "completed", "cancelled")
    yield "invites", invited, campaign.invites_sent
    # Each invite is pending, has started, or was cancelled before that.
    gone = campaign.started + campaign.cancelled
    yield "not started", number(found.invites, "pending"), campaign.invites_sent - gone
    yield "expired", number(found.noted, "pending"), campaign.expired
    opened = number(found.opened, "pending", "started", "completed", "cancelled")
    yield "opened but not started", opened, campaign.opened_only
    held = number(found.interviews, "in_progress", "completed", "abandoned", "failed")
    yield "started", held, campaign.started
    for state in ("completed", "abandoned"):
        yield state, number(found.interviews, state), getattr(campaign, state)
    yield "ended early", number(found.early, "completed"), campaign.ended_early
    yield "seconds", number(found.seconds, "completed"), campaign.completed_seconds
    failed = number(found.mails, "failed")
    erased = number(found.erased, "cancelled")
    yield "failed emails", max(failed, campaign.failed) if erased else failed, campaign.failed


def _found(some: Sequence[str] | None) -> _Found:
    by_invite = Invite.campaign_id, Invite.status
    invites = (
        select(*by_invite, func.count()).where(Invite.test == false()).group_by(*by_invite)
    )
    invites = _among(invites, Invite.campaign_id, some)
    mails = (
        select(Invite.campaign_id, Mail.state, func.count())
        .join(Invite, Invite.id == Mail.invite_id)
        .group_by(Invite.campaign_id, Mail.state)
    )
    return _Found(
        invites=_counts(invites),
        interviews=_held(func.count(), func.count(), some),
        seconds=_held(func.sum(Interview.duration_seconds), func.sum(Erasure.seconds), some),
        early=_held(
            func.count().filter(Interview.complete.is_(false())),
            func.count().filter(Erasure.ended_early),
            some,
        ),
        noted=_counts(invites.where(Invite.expired_at.is_not(None))),
        opened=_counts(invites.where(Invite.opened_at.is_not(None))),
        mails=_counts(_among(mails, Invite.campaign_id, some)),
        erased=_counts(invites.where(Invite.email.endswith(ERASED))),
    )


def _held(here: Any, erased: Any, some: Sequence[str] | None) -> CounterValues:
    """Interviews by campaign and status, including erased ones."""
    counts: CounterValues = {}
    for kind, what in ((Interview, here), (Erasure, erased)):
        place = kind.campaign_id, kind.status
        query = select(*place, func.coalesce(what, 0)).where(kind.test == false())
        query = _among(query.group_by(*place), kind.campaign_id, some)
        for key, number in _counts(query).items():
            counts[key] = counts.get(key, 0) + number
    return counts


def _among(query: Any, column: Any, some: Sequence[str] | None) -> Any:
    return query if some is None else query.where(column.in_(some))


def _counts(query: Executable) -> CounterValues:
    return {(place, state): int(n) for place, state, n in db.session.execute(query)}
