"""How long an interview by a script is likely to take, before anybody has been asked."""

from dataclasses import dataclass
from typing import Final

from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.policy import time_budget

EXCHANGE: Final = time_budget.EXPECTED_SECONDS
FOLLOW_UP: Final = 0.75 * EXCHANGE
"""Seconds for a question, and for a follow-up on it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Whole minutes: `shortest` without follow-ups and without what depends on an answer, `likely`
    with half of both, `longest` with everything; the last two as the interviewer keeps to the target.
    `must` is what the questions that have to be asked take alone.
    """

    shortest: int
    likely: int
    longest: int
    must: int
    target: int

    @property
    def fits(self) -> bool:
        """Whether what must be asked leaves room in the time that people are told."""
        return self.must <= self.target

    @property
    def overstated(self) -> bool:
        """Whether people are told far more than everything can take: more than half as much again,
        and five minutes at the least.
        """
        return self.target > 1.5 * self.longest and self.target >= self.longest + 5


def estimate(guide: Guide) -> Estimate:
    always = [q for q in guide.questions if not _depends(q)]
    close = EXCHANGE * _closing(guide)
    shortest = sum(map(_bare, always)) + close
    longest = sum(map(_whole, guide.questions)) + close
    likely = (
        sum((_bare(q) + _whole(q)) / (4 if _depends(q) else 2) for q in guide.questions) + close
    )
    latest = time_budget.LATEST * guide.target_minutes * 60
    must = sum(_bare(q) for q in always if q.importance == "must")
    return Estimate(
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
    """What its author planned for it, else the question and all follow-ups that it may have."""
    return question.seconds or EXCHANGE + FOLLOW_UP * question.follow_ups


def _closing(guide: Guide) -> int:
    """Questions of the close: what else there is, and the reading back where enough is told."""
    told = sum(map(time_budget.is_account, guide.questions)) >= time_budget.READ_BACK
    return guide.closing.anything_to_add + (guide.closing.check_back and told)


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))
