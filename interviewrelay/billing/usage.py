"""Usage in a period: by campaign, by day, and every ledger entry.

Interviews count when they are charged. Their cost is stored with the hold and in the daily
counters, so erasing an interview does not change usage. Whole days are read from the counters,
however many interviews they hold; between two moments the holds are summed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from interviewrelay.billing import daily_counts
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.models import Campaign, CreditEntry, CreditHold, DayCount

PeriodEdge = date | datetime
MONTHS_BACK: Final = 12
MOST_MOVEMENTS: Final = 10_000
"""Default maximum of entries in one response, since they should add up to the totals."""


@dataclass(frozen=True, slots=True)
class Period:
    """Period; a bare date covers the whole UTC day at both ends."""

    first: PeriodEdge
    last: PeriodEdge

    @property
    def since(self) -> datetime:
        return clock.start_of(self.first)

    @property
    def before(self) -> datetime:
        return clock.end_of(self.last)

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day if the period is whole days, which have counters; otherwise None."""
        if isinstance(self.first, datetime) or isinstance(self.last, datetime):
            return None
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class CampaignUsage:
    campaign_id: str | None
    name: str
    sessions: int
    minutes: int
    credits: int


@dataclass(frozen=True, slots=True)
class DayUsage:
    day: str
    sessions: int
    credits: int


@dataclass(frozen=True, slots=True)
class Usage:
    period: Period
    by_campaign: Sequence[CampaignUsage]
    by_day: Sequence[DayUsage]
    movements: pagination.Page[CreditEntry]

    @property
    def credits(self) -> int:
        return sum(part.credits for part in self.by_campaign)

    @property
    def sessions(self) -> int:
        return sum(part.sessions for part in self.by_campaign)

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.by_campaign)


def parse_period(first: PeriodEdge | None = None, last: PeriodEdge | None = None) -> Period:
    """Period from its optional edges; by default the current month.

    A missing end is the last day of this month, or of the start's month if that lies ahead; a
    missing start is the first day of the end's month. Raises InvalidParameter when it ends before
    it begins.
    """
    if first is None:
        first = clock.start_of(last or clock.now()).date().replace(day=1)
    if last is None:
        last = _last_day_of_month(max(clock.now(), clock.start_of(first)))
    wanted = Period(first, last)
    if wanted.before <= wanted.since:
        words = "The 'end_date' must not be before the 'start_date'"
        raise InvalidParameter.field("end_date", "ISO 8601 date", words)
    return wanted


def list_months() -> list[date]:
    """First days of this month and of the twelve before it, newest first."""
    found = [clock.now().date().replace(day=1)]
    while len(found) <= MONTHS_BACK:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def month_period(first: date) -> Period:
    """The whole month that begins on this day."""
    return Period(first, _last_day_of_month(clock.start_of(first)))


def get_usage(
    actor: Actor, wanted: Period, window: pagination.Window = pagination.Window()
) -> Usage:
    """Usage of an organization. `window` pages the entries; the totals cover the whole period."""
    movements = select(CreditEntry).where(
        CreditEntry.org_id == actor.org_id,
        CreditEntry.created_at >= wanted.since,
        CreditEntry.created_at < wanted.before,
    )
    return Usage(
        wanted,
        _by_campaign(actor, wanted),
        _by_day(actor, wanted),
        pagination.fetch_page(movements, CreditEntry.created_at, CreditEntry.id, window),
    )


def _by_campaign(actor: Actor, wanted: Period) -> list[CampaignUsage]:
    if wanted.days:
        sums, rows_of = daily_counts.SUMS, daily_counts.filter_days(actor.org_id, *wanted.days)
        place: Any = DayCount.campaign_id
    else:
        sums, rows_of = _SUMS, _settled(actor, wanted)
        place = CreditHold.campaign_id
    number, minutes, cost = sums
    used = (  # summed before joining the names, since a campaign has many days
        select(place.label("place"), number.label("n"), minutes.label("m"), cost.label("c"))
        .where(*rows_of)
        .group_by(place)
        .having(number > 0)
        .subquery()
    )
    rows = db.session.execute(
        select(used, Campaign.name)
        .outerjoin(Campaign, Campaign.id == used.c.place)
        .order_by(used.c.c.desc(), used.c.place)
    )
    return [
        CampaignUsage(
            None if campaign_id == daily_counts.UNKNOWN else campaign_id,
            name or "Deleted campaigns",
            n,
            int(m or 0),
            int(c or 0),
        )
        for campaign_id, n, m, c, name in rows
    ]


def _by_day(actor: Actor, wanted: Period) -> list[DayUsage]:
    """Usage by day from the organization's own counters, independent of the number of campaigns."""
    if wanted.days:
        whole = daily_counts.list_charged_days(actor.org_id, *wanted.days)
        return [DayUsage(*told) for told in whole]
    day = daily_counts.utc_day(CreditHold.resolved_at)
    number, _, cost = _SUMS
    rows = db.session.execute(
        select(day, number, cost)
        .where(*_settled(actor, wanted))
        .group_by(day)
        .having(number > 0)
        .order_by(day)
    )
    return [DayUsage(text, n, int(cost or 0)) for text, n, cost in rows]


_SUMS: Final[tuple[Any, Any, Any]] = (
    func.count(),
    func.coalesce(func.sum(CreditHold.minutes), 0),
    func.coalesce(func.sum(CreditHold.charged), 0),
)


def _settled(actor: Actor, wanted: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        CreditHold.org_id == actor.org_id,
        CreditHold.state == "posted",
        CreditHold.resolved_at >= wanted.since,
        CreditHold.resolved_at < wanted.before,
    )


def _last_day_of_month(moment: datetime) -> date:
    return (clock.next_month(moment) - timedelta(days=1)).date()
