"""Consistency check of all stored data."""

from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy import case, false, func, or_, select

from interviewrelay.billing import daily_counts
from interviewrelay.core.db.session import db
from interviewrelay.evidence import evidence
from interviewrelay.interviews import interview_counts
from interviewrelay.models import (
    Consent,
    CreditHold,
    Erasure,
    Event,
    Interview,
    SearchEntry,
    TurnRow,
)
from interviewrelay.notes import notes
from interviewrelay.operations import counter_checks
from interviewrelay.operations.ledger_checks import LEDGER
from interviewrelay.operations.server_checks import LOOKS, CheckedServer

Check = Callable[[], Iterator[str]]


def run_checks(server: CheckedServer | None = None) -> dict[str, list[str]]:
    """Problems that each check found, as sentences; all empty when everything is fine.

    Without a server, only rows are checked.
    """
    findings = {name: list(check()) for name, check in CHECKS.items()}
    if server is not None:
        findings |= {name: list(look(server)) for name, look in LOOKS.items()}
    return findings


def _ended_interviews_are_settled() -> Iterator[str]:
    ended = select(Interview.id).where(
        Interview.status != "in_progress", Interview.test == false()
    )
    rows = db.session.execute(
        select(CreditHold.session_id).where(
            CreditHold.state == "open", CreditHold.session_id.in_(ended)
        )
    )
    for session_id in rows.scalars():
        yield f"{session_id}: ended, but its credits are still reserved"


def _ends_are_told() -> Iterator[str]:
    """Each ended interview has exactly one end event. Interviews of an older version, which have no
    start event, are skipped.
    """
    ends = ("session.completed", "session.abandoned")
    begun = select(Event.session_id).where(Event.kind == "session.started")
    told = (
        select(Event.session_id, func.count().label("count"))
        .where(Event.kind.in_(ends))
        .group_by(Event.session_id)
        .subquery()
    )
    count = func.coalesce(told.c.count, 0)
    rows = db.session.execute(
        select(Interview.id, Interview.status, count)
        .outerjoin(told, told.c.session_id == Interview.id)
        .where(
            Interview.id.in_(begun),
            count != case((Interview.status == "in_progress", 0), else_=1),
        )
    )
    for interview_id, status, times in rows:
        yield f"{interview_id}: {status}, but has {times} end events"


def _no_interview_without_consent() -> Iterator[str]:
    rows = db.session.execute(
        select(Interview.id)
        .outerjoin(Consent, Consent.id == Interview.consent_id)
        .where(or_(Consent.id.is_(None), Consent.agreed_at > Interview.started_at))
    )
    for interview_id in rows.scalars():
        yield f"{interview_id}: started without consent, or before it was given"


def _no_turn_without_consent() -> Iterator[str]:
    rows = db.session.execute(
        select(TurnRow.interview_id)
        .join(Interview, Interview.id == TurnRow.interview_id)
        .join(Consent, Consent.id == Interview.consent_id)
        .where(TurnRow.at < Consent.agreed_at)
        .distinct()
    )
    for interview_id in rows.scalars():
        yield f"{interview_id}: has a turn from before consent was given"


def _turns_without_a_gap() -> Iterator[str]:
    rows = db.session.execute(
        select(TurnRow.interview_id, func.count(TurnRow.id), func.max(TurnRow.number))
        .group_by(TurnRow.interview_id)
        .having(func.count(TurnRow.id) != func.max(TurnRow.number))
    )
    for interview_id, count, last in rows:
        yield f"{interview_id}: has {count} turns, but the last is number {last}"


def _what_is_erased_is_gone() -> Iterator[str]:
    for kind in (Interview, CreditHold):
        column = Interview.id if kind is Interview else CreditHold.session_id
        query = select(Erasure.session_id).join(kind, column == Erasure.session_id)
        if kind is CreditHold:
            query = query.where(CreditHold.state == "open")
        for session_id in db.session.execute(query).scalars():
            yield f"{session_id}: erased, but still in {kind.__tablename__}"


def _every_answer_can_be_found() -> Iterator[str]:
    answers = (
        select(TurnRow.interview_id, func.count().label("count"))
        .where(TurnRow.speaker == "participant", TurnRow.text != "")
        .group_by(TurnRow.interview_id)
        .subquery()
    )
    kept = (
        select(SearchEntry.interview_id, func.count().label("count"))
        .group_by(SearchEntry.interview_id)
        .subquery()
    )
    rows = db.session.execute(
        select(answers.c.interview_id, answers.c.count, func.coalesce(kept.c.count, 0))
        .outerjoin(kept, kept.c.interview_id == answers.c.interview_id)
        .where(answers.c.count != func.coalesce(kept.c.count, 0))
    )
    for interview_id, said, count in rows:
        yield f"{interview_id}: has {said} answers, but {count} in the search index"


CHECKS: Final[dict[str, Check]] = {
    **LEDGER,
    "ended interviews are settled": _ended_interviews_are_settled,
    "completion events exist": _ends_are_told,
    "no interview without consent": _no_interview_without_consent,
    "no turn without consent": _no_turn_without_consent,
    "turn numbers have no gaps": _turns_without_a_gap,
    "counters are correct": counter_checks.check_counters,
    "interviews are counted": interview_counts.find_discrepancies,
    "daily counts are correct": daily_counts.find_discrepancies,
    "erased data is gone": _what_is_erased_is_gone,
    "every answer is searchable": _every_answer_can_be_found,
    "notes quote the transcript": notes.find_misplaced,
    "evidence is in its answer": evidence.find_misplaced,
}
