"""Last visit: new interviews since a member was last here, from counters."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import LastVisit, Membership
from interviewrelay.organizations import access

AWAY: Final = timedelta(hours=1)
"""Absence after which a new visit begins."""
NOTED_EVERY: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewSinceVisit:
    """New interviews since the end of the previous visit, including ones erased meanwhile."""

    since: datetime
    started: int
    completed: int


def get_new_since_visit(actor: Actor, started: int, completed: int) -> NewSinceVisit | None:
    """New interviews, given the current totals; None on the first visit. Records the visit, at most
    every five minutes.
    """
    row = _found(actor)
    if row is None or clock.now() - row.at >= NOTED_EVERY:
        row = _note(actor, started, completed)
    if row.since is None:
        return None
    return NewSinceVisit(
        row.since, started - row.since_started, completed - row.since_completed
    )


def _note(actor: Actor, started: int, completed: int) -> LastVisit:
    now = clock.now()
    with transaction():
        # Of two pages opened at once, the second sees the first.
        access.lock_row(Membership, actor.membership_id)
        row = _found(actor)
        if row is None:
            row = LastVisit(membership_id=actor.membership_id, since=None)
            db.session.add(row)
        elif now - row.at > AWAY:
            row.since, row.since_started, row.since_completed = (
                row.at,
                row.started,
                row.completed,
            )
        row.at, row.started, row.completed = now, started, completed
    return row


def _found(actor: Actor) -> LastVisit | None:
    query = select(LastVisit).where(LastVisit.membership_id == actor.membership_id)
    return db.session.execute(
        query.execution_options(populate_existing=True)
    ).scalar_one_or_none()
