"""Verification of stored interviews against the chains over their turns."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import func, select

from interviewrelay.core import ids
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.integrity import chain_check
from interviewrelay.integrity.chain_check import (
    Finding,
    SealedEvent,
    SealedInterview,
    SealedTurn,
)
from interviewrelay.models import Interview, TurnEvent, TurnRow
from interviewrelay.organizations import retired_keys

BATCH: Final = 200
UPGRADE: Final = timedelta(hours=1)
"""Time in which servers of an older version may still start interviews, beside newer ones."""


@dataclass(slots=True)
class Report:
    """Result of a verification; the counts grow while it runs."""

    interviews: int = 0
    turns: int = 0
    findings: int = 0
    waiting: int = 0
    """Interviews of an older version that aren't sealed yet."""
    found: list[tuple[str, datetime]] = field(default_factory=list)
    """Interviews that were sealed as found, and when."""


def verify_interviews(
    ring: KeyRing,
    report: Report,
    *,
    campaign_id: str | None = None,
    session_id: str | None = None,
) -> Iterator[Finding]:
    """Differences between stored interviews and their chains, in order of their ids. Reads in
    batches, each from one snapshot; changes nothing.
    """
    derived = retired_keys.list_derived_keys(ring)
    keys = {one.name: one.keys["chain"] for one in derived if "chain" in one.keys}
    since = _find_limit()
    query: Any = select(Interview.id, Interview.status, Interview.chain_head)
    if campaign_id is not None:
        query = query.where(Interview.campaign_id == campaign_id)
    if session_id is not None:
        query = query.where(Interview.id == session_id)
    for interview in _read_all(query):
        report.interviews += 1
        report.turns += len(interview.turns)
        for finding in _check(keys, interview, since, report):
            report.findings += 1
            yield finding


def read_interview(interview: Interview) -> SealedInterview:
    """An interview with its turns and their seals, inside `one_snapshot`."""
    turns = _group(SealedTurn, TurnRow, TurnRow.number, [interview.id])
    events = _group(SealedEvent, TurnEvent, TurnEvent.position, [interview.id])
    told = turns.get(interview.id, []), events.get(interview.id, [])
    return SealedInterview(interview.id, interview.status, interview.chain_head, *told)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Read everything inside the block as of one moment."""
    release_connection()
    if db.engine.dialect.name != "sqlite":  # already so on other databases
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        release_connection()


def _check(
    keys: dict[str, bytes], interview: SealedInterview, since: str | None, report: Report
) -> Iterator[Finding]:
    late = since is not None and interview.id > since
    if not interview.is_sealed and not late:
        report.waiting += 1
        return
    if interview.found_at is not None:
        report.found.append((interview.id, interview.found_at))
    if late and (not interview.is_sealed or interview.found_at is not None):
        yield Finding(
            interview.id, None, "unsealed"
        )  # others of its time were sealed from the start
    else:
        yield from chain_check.check_interview(keys, interview)


def _find_limit() -> str | None:
    """Lower bound of the ids of interviews that must be sealed from the start: those created well
    after the first one that is. None if there is none.
    """
    query = select(func.min(TurnRow.interview_id)).where(
        TurnRow.number == 1, TurnRow.link.is_not(None)
    )
    first: str | None = db.session.execute(query).scalar_one()
    return first and ids.min_id_at(ids.get_time(first) + UPGRADE)


def _read_all(query: Any) -> Iterator[SealedInterview]:
    after = ""
    while True:
        with one_snapshot():
            rows = db.session.execute(
                query.where(Interview.id > after).order_by(Interview.id).limit(BATCH)
            ).all()
            some = [row.id for row in rows]
            turns = _group(SealedTurn, TurnRow, TurnRow.number, some)
            events = _group(SealedEvent, TurnEvent, TurnEvent.position, some)
        for row in rows:
            yield SealedInterview(
                row.id,
                row.status,
                row.chain_head,
                turns.get(row.id, []),
                events.get(row.id, []),
            )
        if len(rows) < BATCH:
            return
        after = some[-1]


def _group(shape: Any, kind: Any, order: Any, wanted: Sequence[str]) -> dict[str, list[Any]]:
    """Rows of interviews, by interview, as `shape`."""
    query = (
        select(*(getattr(kind, name) for name in shape.__slots__))
        .where(kind.interview_id.in_(wanted))
        .order_by(kind.interview_id, order)
    )
    rows = (shape(*row) for row in db.session.execute(query))
    return {one: list(some) for one, some in groupby(rows, attrgetter("interview_id"))}
