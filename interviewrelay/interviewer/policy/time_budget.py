"""The time budget: what is left, what has to be dropped, how far the interview has come."""

import math
from dataclasses import dataclass

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state import conditions
from interviewrelay.interviewer.state.state import State

EXPECTED_SECONDS = 40.0
"""Time for one question and its answer before this participant's own pace is known."""

_FOLLOW_UP = 0.75 * EXPECTED_SECONDS

PRIOR_EXCHANGES = 3
"""Exchanges as many as the expectation weighs against what was measured."""


LATEST = 1.1
"""Share of the target by which an interview is to be over."""

READ_BACK = 2
"""Statements without which nothing is read back at the end; each belongs to another question."""

WHOLE_INTERVIEW = 2.6
"""Questions asked for each question of the script, at most; deep questions are exempt."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: `left` until the close must begin, `target` until it should be over and `end` until it
    must be, `exchange` for one question and answer; and the seconds that the main questions still to
    be asked take by importance.
    """

    left: float
    target: float
    end: float
    exchange: float
    must: float
    should: float
    could: float

    @property
    def spare(self) -> float:
        """Seconds for follow-ups, when all that is left of the script is asked."""
        return self.left - self.must - self.should - self.could

    @property
    def could_fits(self) -> bool:
        return self.left >= self.must + self.should + self.could

    @property
    def probe_fits(self) -> bool:
        due = self.must + self.should
        return self.left >= due + self.exchange if due else self.left > 0

    @property
    def check_back_fits(self) -> bool:
        """Whether the last question can still be put in time and answered before the end."""
        return self.target >= self.exchange and self.end >= 2 * self.exchange

    def should_fits(self) -> bool:
        """Whether one more `should` leaves room for all that must be asked."""
        return self.left >= self.must + self.exchange


def reserve_seconds(guide: Guide) -> float:
    """Time kept for the close."""
    return max(60.0, 0.08 * guide.target_minutes * 60)


def pace_of(guide: Guide, state: State, elapsed_seconds: float) -> Pace:
    exchange = (elapsed_seconds + PRIOR_EXCHANGES * EXPECTED_SECONDS) / (
        state.answers + PRIOR_EXCHANGES
    )
    due = remaining(guide, state)
    counts = {
        name: sum(q.importance == name for q in due) for name in ("must", "should", "could")
    }
    whole = guide.target_minutes * 60
    return Pace(
        left=whole - elapsed_seconds - reserve_seconds(guide),
        target=whole - elapsed_seconds,
        end=LATEST * whole - elapsed_seconds,
        exchange=exchange,
        must=counts["must"] * exchange,
        should=counts["should"] * exchange,
        could=counts["could"] * exchange,
    )


def room_for_one_more(
    guide: Guide, state: State, question: Question, most: float = WHOLE_INTERVIEW
) -> bool:
    """Whether the whole interview bears one more follow-up, on this question: `most` is how many
    questions may be asked for each one of the script.
    """
    if question.depth == "deep":
        return True
    asked = sum(
        thread.probes + thread.returns
        for key, thread in state.threads.items()
        if (other := guide.question(key)) is not None and other.depth != "deep"
    )
    count = len(guide.questions)
    return count + asked + 1 <= most * count


def remaining(guide: Guide, state: State) -> list[Question]:
    """The questions that may still be asked: not dealt with and not excluded by an answer."""
    return [
        q
        for q in guide.questions
        if not state.dealt_with(q.id)
        and (conditions.undecided(state, q) or conditions.applies(guide, state, q))
    ]


def topics_left(guide: Guide, state: State) -> int:
    """Main questions that may still come after the present one, those of the close included."""
    return len({q.id for q in remaining(guide, state)}) + _closing(guide, state)


def topics_done(state: State) -> int:
    """Main questions asked or found to be answered, those of the close included."""
    known = sum(why == "covered" for why in state.passed.values())
    return len(state.threads) + known + bool(state.read_back) + state.closing_asked


def _closing(guide: Guide, state: State) -> int:
    """Questions of the close that may still come."""
    last = guide.closing.anything_to_add and not state.closing_asked
    return last + check_back_ahead(guide, state)


def check_back_ahead(guide: Guide, state: State) -> bool:
    """Whether something may still be read back at the end."""
    done = state.read_back or state.closing_asked or state.shortened
    enough = sum(map(is_account, guide.questions)) >= READ_BACK
    return guide.closing.check_back and enough and not done


def is_account(question: Question) -> bool:
    """Whether what is said to it can be read back: a yes, a mark and what is sensitive are not."""
    return question.kind not in ("closed", "scale") and not question.sensitivity


def minutes_left(guide: Guide, state: State, elapsed_seconds: float) -> int:
    """Whole minutes, rounded up: what the target leaves, or less when few questions are left.

    It starts at the target, which is the length that was agreed to. Both bounds only ever fall while
    an interview goes on, so the figure shown does too.
    """
    target = guide.target_minutes * 60
    work = sum(map(_allotted, guide.questions))
    work += EXPECTED_SECONDS * _closing(guide, State())
    by_work = target * _work_left(guide, state) / work if work else 0.0
    return max(0, math.ceil(min(target - elapsed_seconds, by_work) / 60))


def _work_left(guide: Guide, state: State) -> float:
    """The seconds that are allotted to what is still to be asked."""
    due = sum(map(_allotted, remaining(guide, state)))
    due += EXPECTED_SECONDS * _closing(guide, state)
    closing = state.pending is not None and state.pending.act in acts.CLOSING
    if closing or state.closing_asked:
        return due + EXPECTED_SECONDS
    for question in guide.questions:
        thread = state.threads.get(question.id)
        if thread is not None and not (thread.declined or thread.eased or state.shortened):
            due += _FOLLOW_UP * max(0, returns_to(question) - thread.returns)
    current = guide.question(state.pending.question_id) if state.pending else None
    if current is not None and state.pending is not None:
        probes = min(state.threads[current.id].probes, current.follow_ups)
        left = 0 if state.pending.returns else current.follow_ups - probes
        due += EXPECTED_SECONDS + _FOLLOW_UP * left
    return due


def _allotted(question: Question) -> float:
    return EXPECTED_SECONDS + _FOLLOW_UP * (question.follow_ups + returns_to(question))


def returns_to(question: Question) -> int:
    """Follow-ups that may be asked on a question once the script is through."""
    return question.follow_ups if question.follow_ups > 1 else 0
