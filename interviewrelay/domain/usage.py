"""What was used in a stretch of time: by campaign, by day, and every movement of credits.

Interviews count when they are charged. What they cost stands beside their hold, so that erasing an
interview takes nothing out of the reckoning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal_column, select

from interviewrelay import clock
from interviewrelay.database import db
from interviewrelay.domain import paging
from interviewrelay.domain.actors import Actor
from interviewrelay.errors import InvalidParameter
from interviewrelay.models import Campaign, CreditEntry, CreditHold

Edge = date | datetime
MOST_MOVEMENTS: Final = 10_000
"""So many movements are told at once where nobody asks for fewer: they are to add up to the sums."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time; a bare date means the whole day, in UTC, at both ends."""

    first: Edge
    last: Edge

    @property
    def since(self) -> datetime:
        return clock.start_of(self.first)

    @property
    def before(self) -> datetime:
        return clock.end_of(self.last)


@dataclass(frozen=True, slots=True)
class OfCampaign:
    campaign_id: str | None
    name: str
    sessions: int
    minutes: int
    credits: int


@dataclass(frozen=True, slots=True)
class OfDay:
    day: str
    sessions: int
    credits: int


@dataclass(frozen=True, slots=True)
class Usage:
    period: Period
    by_campaign: Sequence[OfCampaign]
    by_day: Sequence[OfDay]
    movements: paging.Page[CreditEntry]

    @property
    def credits(self) -> int:
        return sum(part.credits for part in self.by_campaign)

    @property
    def sessions(self) -> int:
        return sum(part.sessions for part in self.by_campaign)

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.by_campaign)


def period(first: Edge | None = None, last: Edge | None = None) -> Period:
    """A period from what is given of it: by default the current month.

    A missing end is the last day of this month, or of the first edge's when that lies ahead; a
    missing beginning is the first day of the end's month. Raises InvalidParameter when it ends
    before it begins.
    """
    if first is None:
        first = clock.start_of(last or clock.now()).date().replace(day=1)
    if last is None:
        last = _last_day_of_month(max(clock.now(), clock.start_of(first)))
    wanted = Period(first, last)
    if wanted.before <= wanted.since:
        words = "The 'end_date' must not lie before the 'start_date'"
        raise InvalidParameter.field("end_date", "ISO 8601 date", words)
    return wanted


def of(actor: Actor, wanted: Period, window: paging.Window = paging.Window()) -> Usage:
    """What an organization used. `window` is for the movements; the sums are of the whole period."""
    movements = select(CreditEntry).where(
        CreditEntry.org_id == actor.org_id,
        CreditEntry.created_at >= wanted.since,
        CreditEntry.created_at < wanted.before,
    )
    return Usage(
        wanted,
        _by_campaign(actor, wanted),
        _by_day(actor, wanted),
        paging.page(movements, CreditEntry.created_at, CreditEntry.id, window),
    )


def _by_campaign(actor: Actor, wanted: Period) -> list[OfCampaign]:
    credits = func.coalesce(func.sum(CreditHold.charged), 0)
    rows = db.session.execute(
        select(
            CreditHold.campaign_id,
            Campaign.name,
            func.count(),
            func.coalesce(func.sum(CreditHold.minutes), 0),
            credits,
        )
        .outerjoin(Campaign, Campaign.id == CreditHold.campaign_id)
        .where(*_settled(actor, wanted))
        .group_by(CreditHold.campaign_id, Campaign.name)
        .order_by(credits.desc(), CreditHold.campaign_id)
    )
    return [
        OfCampaign(
            campaign_id, name or "Deleted campaigns", n, int(minutes or 0), int(cost or 0)
        )
        for campaign_id, name, n, minutes, cost in rows
    ]


def _by_day(actor: Actor, wanted: Period) -> list[OfDay]:
    day = _day(CreditHold.resolved_at)
    rows = db.session.execute(
        select(day, func.count(), func.coalesce(func.sum(CreditHold.charged), 0))
        .where(*_settled(actor, wanted))
        .group_by(day)
        .order_by(day)
    )
    return [OfDay(text, n, int(cost or 0)) for text, n, cost in rows]


def _settled(actor: Actor, wanted: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        CreditHold.org_id == actor.org_id,
        CreditHold.state == "posted",
        CreditHold.resolved_at >= wanted.since,
        CreditHold.resolved_at < wanted.before,
    )


def _day(moment: Any) -> ColumnElement[str]:
    """The day of a moment in UTC. Written out, as PostgreSQL groups only by what is the same text."""
    if db.engine.dialect.name == "sqlite":
        return func.substr(moment, literal_column("1"), literal_column("10"))
    utc = func.timezone(literal_column("'UTC'"), moment)
    return func.to_char(utc, literal_column("'YYYY-MM-DD'"))


def _last_day_of_month(moment: datetime) -> date:
    return (clock.next_month(moment) - timedelta(days=1)).date()
