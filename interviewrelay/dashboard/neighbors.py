"""Neighbors of an interview in its campaign's list, which is sorted newest first."""

from dataclasses import dataclass

from sqlalchemy import literal, select, tuple_

from interviewrelay.core.db.session import db
from interviewrelay.models import Interview


@dataclass(frozen=True, slots=True)
class Neighbors:
    """Ids of the interviews before and after; None at the ends of the list."""

    previous: str | None
    next: str | None


def find_neighbors(interview: Interview) -> Neighbors:
    """The next newer and the next older interview of the same campaign."""
    place = tuple_(Interview.started_at, Interview.id)
    own = tuple_(
        literal(interview.started_at, Interview.started_at.type), literal(interview.id)
    )
    mine = select(Interview.id).where(Interview.campaign_id == interview.campaign_id).limit(1)
    newer = mine.where(place > own).order_by(Interview.started_at, Interview.id)
    older = mine.where(place < own).order_by(Interview.started_at.desc(), Interview.id.desc())
    both = select(newer.scalar_subquery(), older.scalar_subquery())
    return Neighbors(*db.session.execute(both).one())
