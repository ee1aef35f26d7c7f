"""Interview counters, updated when an interview starts, ends or is erased."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, literal_column, select, text

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.models import Interview, InterviewCount

WHOLE: Final = ""
"""Campaign key of the whole organization."""

# The organization's row first, everywhere, to avoid deadlocks.
_ADD: Final = text(
    "INSERT INTO interview_count (org_id, campaign_id, status, number)"
    " VALUES (:org, '', :status, :change), (:org, :campaign, :status, :change)"
    " ON CONFLICT (org_id, campaign_id, status)"
    " DO UPDATE SET number = interview_count.number + excluded.number"
)


def count_started(interview: Interview) -> None:
    """Building block, like all here: take this lock last in the transaction."""
    _add(interview, interview.status, 1)


def count_ended(interview: Interview, before: str) -> None:
    """Count the change from status `before` to the current one."""
    _add(interview, before, -1)
    _add(interview, interview.status, 1)


def count_erased(interview: Interview) -> None:
    _add(interview, interview.status, -1)


def build_count_query(given: Collection[str]) -> Select[Any]:
    """Query for the number of interviews of `:org`, narrowed by `:campaign_id` and `:status` if
    given.
    """
    place: Any = bindparam("campaign_id") if "campaign_id" in given else literal_column("''")
    counted = select(func.coalesce(func.sum(InterviewCount.number), 0)).where(
        InterviewCount.org_id == bindparam("org"), InterviewCount.campaign_id == place
    )
    if "campaign_id" in given:
        counted = counted.where(InterviewCount.campaign_id != WHOLE)
    if "status" in given:
        counted = counted.where(InterviewCount.status == bindparam("status"))
    return counted


def count_interviews(actor: Actor, campaign_id: str | None, status: str | None) -> int:
    """Number of interviews of the organization with these filters."""
    given = {"org": actor.org_id, "campaign_id": campaign_id, "status": status}
    given = {name: value for name, value in given.items() if value is not None}
    return int(db.session.execute(build_count_query(given), given).scalar_one())


def find_discrepancies() -> Iterator[str]:
    """Consistency check: sentences about counters that differ from the rows."""
    real: dict[tuple[str, str, str], int] = {}
    rows = db.session.execute(
        select(
            Interview.org_id, Interview.campaign_id, Interview.status, func.count()
        ).group_by(Interview.org_id, Interview.campaign_id, Interview.status)
    )
    for org_id, campaign_id, status, number in rows:
        for place in (WHOLE, campaign_id):
            key = org_id, place, status
            real[key] = real.get(key, 0) + number
    told = {
        (org_id, place, status): number
        for org_id, place, status, number in db.session.execute(
            select(
                InterviewCount.org_id,
                InterviewCount.campaign_id,
                InterviewCount.status,
                InterviewCount.number,
            )
        )
    }
    for key in sorted(real.keys() | told.keys()):
        if real.get(key, 0) != told.get(key, 0):
            org_id, place, status = key
            yield (
                f"{place or org_id}: {real.get(key, 0)} interviews {status},"
                f" but the counter shows {told.get(key, 0)}"
            )


def _add(interview: Interview, status: str, change: int) -> None:
    require_transaction()
    place = {"org": interview.org_id, "campaign": interview.campaign_id}
    db.session.execute(_ADD, {**place, "status": status, "change": change})
