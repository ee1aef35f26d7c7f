"""Job queue: work that follows a change, stored with its cause and done afterwards, once."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from interviewrelay.core import clock
from interviewrelay.core.config import failpoints
from interviewrelay.core.db.session import (
    count_affected,
    db,
    require_transaction,
    transaction,
    wake_on_commit,
)
from interviewrelay.core.ids import new_id
from interviewrelay.core.observability import correlation
from interviewrelay.models import Job
from interviewrelay.runtime.services import Services

log = logging.getLogger("interviewrelay.jobs")

LEASE: Final = timedelta(minutes=1)
"""Lease of a job, which takes a second at most. It doubles after each attempt that did not finish,
since that may have killed its process.
"""
LONGEST_WAIT: Final = timedelta(hours=6)
"""Longest wait. A job due later than that was written before the clock was set back, so it is due
now.
"""

JobHandler = Callable[[Services, str, str], None]
"""Handler of a job: gets its id and subject, and calls `finish_job` in its own transaction."""


def enqueue_job(org_id: str, kind: str, subject: str) -> None:
    """Building block: enqueue a job that runs after the commit.

    It takes the place of one that waits. One that is already running has not seen this change: it
    no longer finishes the job, which runs once more.
    """
    require_transaction()
    now = clock.now()
    row = {"id": new_id(), "tries": 0, "next_at": now, "created_at": now}
    whole = {**row, "org_id": org_id, "kind": kind, "subject": subject}
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    db.session.execute(
        insert(Job).on_conflict_do_update(index_elements=["kind", "subject"], set_=row), [whole]
    )
    wake_on_commit()


def finish_job(job_id: str) -> bool:
    """Building block: mark the job as done; False when another worker already did it."""
    require_transaction()
    return count_affected(delete(Job).where(Job.id == job_id)) > 0


def extend_lease(job_id: str, seconds: float) -> None:
    """Building block: keep a job that takes long from running twice."""
    require_transaction()
    later = clock.now() + timedelta(seconds=seconds)
    db.session.execute(update(Job).where(Job.id == job_id).values(next_at=later))


def hasten_jobs(kind: str) -> None:
    """Building block: make all jobs of a kind due now, because what they waited for has happened."""
    require_transaction()
    db.session.execute(update(Job).where(Job.kind == kind).values(next_at=clock.now()))
    wake_on_commit()


def run_due_jobs(services: Services, handlers: Mapping[str, JobHandler], most: int = 20) -> int:
    """Run the due jobs of these kinds; returns how many. A failed job is retried after growing
    waits.
    """
    mine = select(Job.id, Job.tries).where(_due(clock.now()), Job.kind.in_(handlers))
    query = mine.order_by(Job.next_at).limit(most)
    due = db.session.execute(query).all()
    return sum(_run(services, handlers, job_id, tries) for job_id, tries in due)


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(Job.next_at <= now, Job.next_at > now + LONGEST_WAIT)


def _run(
    services: Services, handlers: Mapping[str, JobHandler], job_id: str, before: int
) -> bool:
    now = clock.now()
    with transaction():
        row = db.session.execute(
            update(Job)
            .where(Job.id == job_id, _due(now))
            .values(next_at=now + _wait(before + 1), tries=Job.tries + 1)
            .returning(Job.kind, Job.subject, Job.tries, Job.request_id)
        ).first()
    if row is None:
        return False
    failpoints.reach_failpoint("job hangs")
    kind, subject, tries, request_id = row
    with correlation.with_request_id(request_id):
        try:
            handlers[kind](services, job_id, subject)
        except Exception:  # a failed job must not stop the others
            log.exception("job_failed", extra={"job": kind, "tries": tries})
            _put_off(job_id, tries, now)
        else:
            log.info("job_done", extra={"job": kind})
    return True


def _put_off(job_id: str, tries: int, now: datetime) -> None:
    db.session.rollback()
    with transaction():
        later = now + _wait(tries)
        db.session.execute(update(Job).where(Job.id == job_id).values(next_at=later))


def _wait(tries: int) -> timedelta:
    doubled: timedelta = LEASE * 2 ** min(tries - 1, 10)
    return min(doubled, LONGEST_WAIT)
