"""API representations of results: analyses, findings, and the matrix of learning goals."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final, Literal

from interviewrelay.core.representation import (
    CAMPAIGN_ID,
    FINDING_ID,
    OTHER_ID,
    SESSION_ID,
    Count,
    Id,
    Representation,
    Shape,
    Time,
    field,
)
from interviewrelay.evidence.claims import StatedClaim
from interviewrelay.evidence.evidence import EvidenceQuote, Refusal

QUOTE: Final[Shape] = {
    "evidence_id": OTHER_ID,
    "session_id": SESSION_ID,
    "turn_id": "dd0e8400-e29b-41d4-a716-446655440008",
    "turn_number": 4,
    "question_id": "waiting",
    "start": 0,
    "end": 35,
    "text": "Nobody told us why we had to wait.",
}


def _quotes(found: Sequence[EvidenceQuote]) -> list[Shape]:
    return [asdict(quote) for quote in found]


class Analysis(Representation):
    """Analysis of a campaign's interviews. `done` of `total` interviews are read in this step."""

    id: Id = field(example=OTHER_ID)
    campaign_id: Id = field(example=CAMPAIGN_ID)
    status: Literal["queued", "running", "completed", "failed", "cancelled"] = field(
        example="completed"
    )
    engine: str = field(
        None, "`built-in`, or the name of the language model.", example="built-in"
    )
    step: Literal["reading", "findings"] = field(example="findings")
    done: Count = field(example=8)
    total: Count = field(example=8)
    fault: str | None = field(None, "Why it failed.")
    statements: Count = field(
        None, "Statements that were proposed, with those left out.", example=31
    )
    unproven: Count = field(
        None, "Statements left out because no answer holds evidence for them.", example=2
    )
    refused_quotes: dict[str, int] = field(
        lambda row: {reason.value: row.refused.get(reason, 0) for reason in Refusal},
        "Quotes that were no evidence, by reason.",
        example={**{reason.value: 0 for reason in Refusal}, "not_found": 2},
    )
    created_by: str = field(example="Ann Alder")
    created_at: Time
    started_at: Time | None
    ended_at: Time | None


class Finding(Representation):
    """Finding with its evidence. `people` of `of` interviews support it; `against` speak against it."""

    id: Id = field(lambda claim: claim.row.id, example=FINDING_ID)
    statement: str = field(example="Nobody told us why we had to wait.")
    is_quote: bool = field(
        None, "True if the statement is in a participant's own words.", example=True
    )
    people: Count = field(example=5)
    of: Count = field(lambda _: 0, "Interviews that were analysed.", example=8)
    against: Count = field(example=1)
    quotes: list[EvidenceQuote] = field(lambda claim: _quotes(claim.support), example=[QUOTE])
    counter_quotes: list[EvidenceQuote] = field(
        lambda claim: _quotes(claim.counter), example=[]
    )
    pinned: bool = field(
        lambda claim: claim.row.pinned, "True if later analyses keep it.", example=False
    )
    made_by: str = field(
        lambda claim: claim.row.made_by,
        "`built-in`, `person`, or the name of a language model.",
        example="built-in",
    )
    changed_by: str | None = field(lambda claim: claim.row.changed_by)
    changed_at: Time | None = field(lambda claim: claim.row.changed_at)


class Goal(Representation):
    """Learning goal with the number of interviews that cover or only touch it."""

    key: str = field(example="waiting/told")
    question_id: str = field(example="waiting")
    label: str = field(example="what they were told while waiting")
    covered: Count = field(example=5)
    touched: Count = field(example=1)


class GoalAnswer(Representation):
    """Answer of an interview to a learning goal. Without quotes, `status` says why."""

    goal: str = field("goal_key", example="waiting/told")
    status: Literal[
        "covered", "touched", "declined", "no_answer", "not_asked", "not_quotable"
    ] = field(example="covered")
    quotes: list[EvidenceQuote] = field(lambda cell: _quotes(cell.quotes), example=[QUOTE])


class Participant(Representation):
    """Row of the matrix."""

    session_id: Id = field(lambda row: row.interview.id, example=SESSION_ID)
    participant_email: str = field(
        lambda row: row.interview.participant_email, example="user@example.com"
    )
    participant_name: str | None = field(lambda row: row.interview.participant_name or None)
    language: str = field(lambda row: row.interview.language, example="en")
    started_at: Time = field(lambda row: row.interview.started_at)
    goals: list[GoalAnswer] = field(lambda row: [GoalAnswer.read(cell) for cell in row.cells])


class Statement(Representation):
    """Statement about one interview with the quotes that carry it."""

    statement: str = field(example="Nobody told us why we had to wait.")
    is_quote: bool = field(example=True)
    goal: str | None = field(lambda claim: claim.row.key or None)
    status: str | None = field(lambda claim: claim.row.status)
    quotes: list[EvidenceQuote] = field(lambda claim: _quotes(claim.support), example=[QUOTE])
    made_by: str = field(lambda claim: claim.row.made_by, example="built-in")


def build_finding(claim: StatedClaim, analysed: int) -> Shape:
    """A finding; `analysed` is the number of interviews that were analysed."""
    return {**Finding.read(claim), "of": analysed}


def _statements(found: Sequence[StatedClaim]) -> list[Shape]:
    return [Statement.read(claim) for claim in found]


class SessionResults(Representation):
    """Results of one interview; `analysed_at` is null before its first analysis."""

    session_id: Id = field(example=SESSION_ID)
    analysed_at: Time | None
    summary: list[Statement] = field(lambda found: _statements(found.summary))
    goals: list[Statement] = field(
        lambda found: _statements(found.goals),
        example=[Statement.example(goal="waiting/told", status="covered")],
    )
    incidents: list[Statement] = field(lambda found: _statements(found.incidents), example=[])
