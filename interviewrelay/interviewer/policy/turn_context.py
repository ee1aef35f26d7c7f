"""Turn context: one moment of an interview, and the form of a reply."""

from dataclasses import dataclass
from typing import Protocol

from interviewrelay.core.conversation import Decision
from interviewrelay.core.lazy_attribute import lazy_attribute
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.policy import time_budget
from interviewrelay.interviewer.state.state import State, Thread
from interviewrelay.interviewer.wording.phrasing import Voice

MOST_REPOSED = 5
"""Maximum times in a row that one question is repeated after other talk; then it is dropped.
Without this limit, an interview with a participant who only asks questions would never end.
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """Turn of the interviewer, or the end with its `closing` text if `text` is None."""

    text: str | None
    decision: Decision
    closing: str | None = None


class InterviewFacts(Protocol):
    """Facts about the interview beside its script and turns."""

    @property
    def elapsed_seconds(self) -> float: ...
    @property
    def organization(self) -> str: ...
    @property
    def recorded(self) -> bool: ...
    @property
    def audience(self) -> str: ...
    @property
    def returning_by_link(self) -> bool: ...


class TurnContext:
    """Turn context: everything that a reply depends on."""

    def __init__(
        self, guide: Guide, state: State, facts: InterviewFacts, seed: str, turns: int
    ) -> None:
        self.guide = guide
        self.state = state
        self.facts = facts
        self.voice = Voice(guide.language, seed, turns, state.lines)

    @lazy_attribute
    def pace(self) -> time_budget.TimeBudget:
        return time_budget.build_time_budget(self.guide, self.state, self.facts.elapsed_seconds)

    @property
    def pending_question(self) -> Question | None:
        pending = self.state.pending
        return self.guide.question(pending.question_id) if pending else None

    @property
    def pending_thread(self) -> Thread | None:
        pending = self.state.pending
        return self.state.threads.get(pending.question_id or "") if pending else None

    def may_repeat(self) -> bool:
        return self.state.pending is not None and self.state.reposed < MOST_REPOSED


def decide_on_pending(
    now: TurnContext,
    act: str,
    reason: str,
    *,
    target: str | None = None,
    source: str = "template",
    **details: object,
) -> Decision:
    """Decision that belongs to the pending question."""
    pending = now.state.pending
    return Decision(
        act=act,
        question_id=pending.question_id if pending else None,
        target=target,
        reason=reason,
        source=source,
        details=details,
    )
