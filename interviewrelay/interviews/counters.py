"""How many interviews there are: counted where one begins, ends or is forgotten."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, literal_column, select, text

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.models import Interview, InterviewCount

WHOLE: Final = ""
"""In place of a campaign: the whole organization."""

# The organization first, everywhere: so nobody waits for one who waits for them.
_ADD: Final = text(
    "INSERT INTO interview_count (org_id, campaign_id, status, number)"
    " VALUES (:org, '', :status, :change), (:org, :campaign, :status, :change)"
    " ON CONFLICT (org_id, campaign_id, status)"
    " DO UPDATE SET number = interview_count.number + excluded.number"
)


def began(interview: Interview) -> None:
    """A building block, as all of these: the last thing that locks anything in its transaction."""
    _add(interview, interview.status, 1)


def ended(interview: Interview, before: str) -> None:
    """It had the status `before`, and has another one now."""
    _add(interview, before, -1)
    _add(interview, interview.status, 1)


def forgotten(interview: Interview) -> None:
    _add(interview, interview.status, -1)


def total(given: Collection[str]) -> Select[Any]:
    """How many there are in the organization `:org`, or of them in `:campaign_id`, or of `:status`,
    as far as these are given.
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


def of(actor: Actor, campaign_id: str | None, status: str | None) -> int:
    """How many an organization has, with these filters."""
    given = {"org": actor.org_id, "campaign_id": campaign_id, "status": status}
    given = {name: value for name, value in given.items() if value is not None}
    return int(db.session.execute(total(given), given).scalar_one())


def wrong() -> Iterator[str]:
    """In sentences, which counts are not what is there."""
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
                f"{place or org_id}: {real.get(key, 0)} sessions {status},"
                f" the counter says {told.get(key, 0)}"
            )


def _add(interview: Interview, status: str, change: int) -> None:
    require_transaction()
    place = {"org": interview.org_id, "campaign": interview.campaign_id}
    db.session.execute(_ADD, {**place, "status": status, "change": change})
