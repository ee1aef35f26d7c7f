"""Estimated duration of an interview, from its script alone."""

from dataclasses import dataclass
from typing import Final

from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.policy import time_budget

EXCHANGE: Final = time_budget.EXPECTED_SECONDS
FOLLOW_UP: Final = 0.75 * EXCHANGE
"""Seconds for a question, and for a follow-up."""


@dataclass(frozen=True, slots=True)
class LengthEstimate:
    """Estimate in whole minutes: `shortest` without follow-ups and conditional questions, `likely`
    with half of both, `longest` with everything; the last two respect the target. `must` covers the
    mandatory questions alone.
    """

    shortest: int
    likely: int
    longest: int
    must: int
    target: int

    @property
    def fits(self) -> bool:
        """True if the mandatory questions fit into the stated duration."""
        return self.must <= self.target

    @property
    def overstated(self) -> bool:
        """True if the stated duration is far above the longest: by more than half, and at least
        five minutes.
        """
        return self.target > 1.5 * self.longest and self.target >= self.longest + 5


def estimate_length(guide: Guide) -> LengthEstimate:
    always = [q for q in guide.questions if not _depends(q)]
    close = EXCHANGE * _closing(guide)
    shortest = sum(map(_bare, always)) + close
    longest = sum(map(_whole, guide.questions)) + close
    likely = (
        sum((_bare(q) + _whole(q)) / (4 if _depends(q) else 2) for q in guide.questions) + close
    )
    latest = time_budget.LATEST * guide.target_minutes * 60
    must = sum(_bare(q) for q in always if q.importance == "must")
    return LengthEstimate(
        shortest=_minutes(min(shortest, latest)),
        likely=_minutes(min(likely, latest)),
        longest=_minutes(min(longest, latest)),
        must=_minutes(must),
        target=guide.target_minutes,
    )


def _depends(question: Question) -> bool:
    return question.ask_if is not None or question.skip_if is not None


def _bare(question: Question) -> float:
    return min(EXCHANGE, _whole(question))


def _whole(question: Question) -> float:
    """Planned time of a question, or the time of the question and all its follow-ups."""
    return question.seconds or EXCHANGE + FOLLOW_UP * question.follow_ups


def _closing(guide: Guide) -> int:
    """Questions of the closing: anything to add, and the check-back when enough was said."""
    told = sum(map(time_budget.can_be_read_back, guide.questions)) >= time_budget.READ_BACK
    return guide.closing.anything_to_add + (guide.closing.check_back and told)


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))
