"""Daily counters of completed and charged interviews, updated with their cause and read by charts."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, false, func, literal_column, select, text, true

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.models import Campaign, CreditHold, DayCount, Interview

WHOLE: Final = ""
"""Campaign key of the whole organization."""
UNKNOWN: Final = "-"
"""Campaign key for holds without a campaign."""
SHOWN: Final = 30
"""Days, including today, that a chart shows."""

# Lock the organization's row first, as everywhere, to avoid deadlocks. The caller that ends a
# counted interview has already locked the account.
_ADD: Final = text(
    "INSERT INTO day_count"
    " (org_id, campaign_id, day, completed, ended_early, charged, minutes, credits)"
    " VALUES (:org, '', :day, :completed, :ended_early, :charged, :minutes, :credits),"
    " (:org, :campaign, :day, :completed, :ended_early, :charged, :minutes, :credits)"
    " ON CONFLICT (org_id, campaign_id, day) DO UPDATE SET"
    " completed = day_count.completed + excluded.completed,"
    " ended_early = day_count.ended_early + excluded.ended_early,"
    " charged = day_count.charged + excluded.charged,"
    " minutes = day_count.minutes + excluded.minutes,"
    " credits = day_count.credits + excluded.credits"
)

_COUNTED: Final = ("completed", "ended_early", "charged", "minutes", "credits")

DailyCounts = Sequence[tuple[date, int]]


def count_completed(interview: Interview) -> None:
    """Building block: count a completed interview; not for test interviews."""
    ended = interview.ended_at or clock.now()
    early = interview.complete is False
    _add(interview.org_id, interview.campaign_id, ended, completed=1, ended_early=int(early))


def withdrawn(interview: Interview) -> None:
    """Building block: uncount an early-ended interview that was withdrawn; not for test interviews."""
    ended = interview.ended_at or clock.now()
    _add(interview.org_id, interview.campaign_id, ended, completed=-1, ended_early=-1)


def count_charged(org_id: str, campaign_id: str | None, minutes: int, credits: int) -> None:
    """Building block: count an interview of the campaign that was just charged."""
    _add(
        org_id,
        campaign_id or UNKNOWN,
        clock.now(),
        charged=1,
        minutes=minutes,
        credits=credits,
    )


def list_completions(org_id: str, campaign_id: str = WHOLE) -> tuple[DailyCounts, DailyCounts]:
    """Completed interviews, and those that ended early, on each of the last days, oldest first."""
    complete, early = _by_day(
        org_id, campaign_id, DayCount.completed - DayCount.ended_early, DayCount.ended_early
    )
    return complete, early


def list_credits(org_id: str, campaign_id: str = WHOLE) -> DailyCounts:
    """Credits charged on each of the last days, oldest first."""
    (counts,) = _by_day(org_id, campaign_id, DayCount.credits)
    return counts


SUMS: Final[tuple[Any, Any, Any]] = (
    func.sum(DayCount.charged),
    func.sum(DayCount.minutes),
    func.sum(DayCount.credits),
)


def filter_days(org_id: str, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions for an organization's campaigns between two days, both included."""
    return (
        DayCount.org_id == org_id,
        DayCount.day >= first.isoformat(),
        DayCount.day <= last.isoformat(),
        DayCount.campaign_id != WHOLE,
    )


def list_charged_days(org_id: str, first: date, last: date) -> list[tuple[str, int, int]]:
    """Days with charged interviews: date, number of interviews and credits."""
    rows = db.session.execute(
        select(DayCount.day, DayCount.charged, DayCount.credits)
        .where(
            DayCount.org_id == org_id,
            DayCount.campaign_id == WHOLE,
            DayCount.day >= first.isoformat(),
            DayCount.day <= last.isoformat(),
            DayCount.charged > 0,
        )
        .order_by(DayCount.day)
    )
    return [(day, charged, credits) for day, charged, credits in rows]


def utc_day(moment: Any) -> ColumnElement[str]:
    """The UTC day of a moment. Written as literal SQL, because PostgreSQL groups only by identical
    text.
    """
    if db.engine.dialect.name == "sqlite":
        return func.substr(moment, literal_column("1"), literal_column("10"))
    utc = func.timezone(literal_column("'UTC'"), moment)
    return func.to_char(utc, literal_column("'YYYY-MM-DD'"))


def find_discrepancies() -> Iterator[str]:
    """Consistency check: sentences about days that differ from the interviews and holds.

    The completion day of an erased interview is unknown; it counts in the campaign's total.
    """
    told = {
        (row.org_id, row.campaign_id, row.day): row
        for row in db.session.execute(
            select(DayCount).execution_options(populate_existing=True)
        ).scalars()
    }
    yield from _sums_wrong(told)
    for name in ("completed", "ended_early"):
        yield from _ends_wrong(told, name)
    yield from _charged_wrong(told)


def _add(org_id: str, campaign_id: str, moment: datetime, **more: int) -> None:
    require_transaction()
    day = moment.astimezone(UTC).date().isoformat()
    nothing = dict.fromkeys(_COUNTED, 0)
    given = {"org": org_id, "campaign": campaign_id, "day": day, **nothing, **more}
    db.session.execute(_ADD, given)


def _by_day(org_id: str, campaign_id: str, *columns: Any) -> list[DailyCounts]:
    """Both series by day."""
    today = clock.now().date()
    days = [today - timedelta(days=back) for back in reversed(range(SHOWN))]
    rows = db.session.execute(
        select(DayCount.day, *columns).where(
            DayCount.org_id == org_id,
            DayCount.campaign_id == campaign_id,
            DayCount.day >= days[0].isoformat(),
        )
    )
    known = {row[0]: row[1:] for row in rows}
    nothing = (0,) * len(columns)
    return [
        [(day, known.get(day.isoformat(), nothing)[at]) for day in days]
        for at in range(len(columns))
    ]


def _sums_wrong(told: dict[Any, DayCount]) -> Iterator[str]:
    """Days whose organization counter differs from the sum of its campaigns."""
    sums: dict[tuple[str, str], list[int]] = {}
    for (org_id, campaign_id, day), row in told.items():
        part = sums.setdefault((org_id, day), [0] * len(_COUNTED))
        sign = -1 if campaign_id == WHOLE else 1
        for at, name in enumerate(_COUNTED):
            part[at] += sign * getattr(row, name)
    for (org_id, day), rest in sorted(sums.items()):
        if any(rest):
            yield f"{org_id}, {day}: its campaigns don't add up to the organization's total"


def _ends_wrong(told: dict[Any, DayCount], name: str) -> Iterator[str]:
    counted: dict[str, int] = {}
    for (_, campaign_id, _), row in told.items():
        counted[campaign_id] = counted.get(campaign_id, 0) + getattr(row, name)
    word = name.replace("_", " ")
    query = select(Campaign.id, getattr(Campaign, name)).order_by(Campaign.id)
    for campaign_id, number in db.session.execute(query):
        if counted.get(campaign_id, 0) != number:
            yield f"{campaign_id}: {number} {word}, but its days total {counted.get(campaign_id, 0)}"
    day = utc_day(Interview.ended_at)
    early = Interview.complete.is_(false()) if name == "ended_early" else true()
    held = (
        select(Interview.org_id, Interview.campaign_id, day, func.count())
        .where(Interview.status == "completed", early, Interview.test == false())
        .group_by(Interview.org_id, Interview.campaign_id, day)
    )
    for *key, number in db.session.execute(held):
        known = told.get(tuple(key))
        if known is None or getattr(known, name) < number:
            yield f"{key[1]}, {key[2]}: {number} {word}, but the daily count is lower"


def _charged_wrong(told: dict[Any, DayCount]) -> Iterator[str]:
    day, campaign = (
        utc_day(CreditHold.resolved_at),
        func.coalesce(CreditHold.campaign_id, UNKNOWN),
    )
    sums = (
        func.sum(func.coalesce(CreditHold.minutes, 0)),
        func.sum(func.coalesce(CreditHold.charged, 0)),
    )
    real = {
        (org_id, campaign_id, on): (n, int(minutes), int(cost))
        for org_id, campaign_id, on, n, minutes, cost in db.session.execute(
            select(CreditHold.org_id, campaign, day, func.count(), *sums)
            .where(CreditHold.state == "posted")
            .group_by(literal_column("1"), literal_column("2"), literal_column("3"))
        )
    }
    said = {
        key: (row.charged, row.minutes, row.credits)
        for key, row in told.items()
        if key[1] != WHOLE
    }
    for key in sorted(real.keys() | said.keys()):
        if real.get(key, (0, 0, 0)) != said.get(key, (0, 0, 0)):
            yield f"{key[1]}, {key[2]}: charged {real.get(key)}, but the daily count is {said.get(key)}"
