"""Time budget: remaining time, what has to be dropped, and progress."""

import math
from dataclasses import dataclass

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state import conditions
from interviewrelay.interviewer.state.state import State

EXPECTED_SECONDS = 40.0
"""Expected seconds for one question and its answer, before this participant's pace is known."""

_FOLLOW_UP = 0.75 * EXPECTED_SECONDS

PRIOR_EXCHANGES = 3
"""Weight of the expectation, in measured exchanges."""


LATEST = 1.1
"""Share of the target at which an interview must end."""

READ_BACK = 2
"""Minimum statements for a check-back; each belongs to another question."""

WHOLE_INTERVIEW = 2.6
"""Maximum questions asked for each question of the script; deep questions are exempt."""


@dataclass(frozen=True, slots=True)
class TimeBudget:
    """Pace in seconds: `left` until the close must begin, `target` until it should be over and
    `end` until it must be, `exchange` for one question and answer; and the time of the remaining
    main questions by importance.
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
        """Seconds for follow-ups if all remaining questions are asked."""
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
        """True if the check-back can be asked and answered before the end."""
        return self.target >= self.exchange and self.end >= 2 * self.exchange

    def should_fits(self) -> bool:
        """True if one more `should` question leaves room for the mandatory ones."""
        return self.left >= self.must + self.exchange


def get_reserve_seconds(guide: Guide) -> float:
    """Seconds reserved for the close."""
    return max(60.0, 0.08 * guide.target_minutes * 60)


def build_time_budget(guide: Guide, state: State, elapsed_seconds: float) -> TimeBudget:
    exchange = (elapsed_seconds + PRIOR_EXCHANGES * EXPECTED_SECONDS) / (
        state.answers + PRIOR_EXCHANGES
    )
    due = list_remaining(guide, state)
    counts = {
        name: sum(q.importance == name for q in due) for name in ("must", "should", "could")
    }
    whole = guide.target_minutes * 60
    return TimeBudget(
        left=whole - elapsed_seconds - get_reserve_seconds(guide),
        target=whole - elapsed_seconds,
        end=LATEST * whole - elapsed_seconds,
        exchange=exchange,
        must=counts["must"] * exchange,
        should=counts["should"] * exchange,
        could=counts["could"] * exchange,
    )


def has_room_for_follow_up(
    guide: Guide, state: State, question: Question, most: float = WHOLE_INTERVIEW
) -> bool:
    """True if the whole interview allows one more follow-up on this question: `most` is the maximum
    of questions for each one of the script.
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


def list_remaining(guide: Guide, state: State) -> list[Question]:
    """Questions that may still be asked: open, and not excluded by an answer."""
    return [
        q
        for q in guide.questions
        if not state.dealt_with(q.id)
        and (conditions.is_undecided(state, q) or conditions.applies(guide, state, q))
    ]


def count_topics_left(guide: Guide, state: State) -> int:
    """Main questions that may still come, including the close."""
    return len({q.id for q in list_remaining(guide, state)}) + _closing(guide, state)


def count_topics_done(state: State) -> int:
    """Main questions asked or already answered, including the close."""
    known = sum(why == "covered" for why in state.passed.values())
    return len(state.threads) + known + bool(state.read_back) + state.closing_asked


def _closing(guide: Guide, state: State) -> int:
    """Closing questions that may still come."""
    last = guide.closing.anything_to_add and not state.closing_asked
    return last + is_summary_check_ahead(guide, state)


def is_summary_check_ahead(guide: Guide, state: State) -> bool:
    """True if a check-back may still come."""
    done = state.read_back or state.closing_asked or state.shortened
    enough = sum(map(can_be_read_back, guide.questions)) >= READ_BACK
    return guide.closing.check_back and enough and not done


def can_be_read_back(question: Question) -> bool:
    """True if answers to it can be read back: a yes, a rating and sensitive answers cannot."""
    return question.kind not in ("closed", "scale") and not question.sensitivity


def get_minutes_left(guide: Guide, state: State, elapsed_seconds: float) -> int:
    """Whole minutes left, rounded up: by the target, or fewer if few questions are left.

    It starts at the target, the length that was agreed to. Both bounds only decrease during an
    interview, and so does the figure.
    """
    target = guide.target_minutes * 60
    work = sum(map(_allotted, guide.questions))
    work += EXPECTED_SECONDS * _closing(guide, State())
    by_work = target * _work_left(guide, state) / work if work else 0.0
    return max(0, math.ceil(min(target - elapsed_seconds, by_work) / 60))


def _work_left(guide: Guide, state: State) -> float:
    """Seconds allotted to the remaining questions."""
    due = sum(map(_allotted, list_remaining(guide, state)))
    due += EXPECTED_SECONDS * _closing(guide, state)
    closing = state.pending is not None and state.pending.act in acts.CLOSING
    if closing or state.closing_asked:
        return due + EXPECTED_SECONDS
    for question in guide.questions:
        thread = state.threads.get(question.id)
        if thread is not None and not (thread.declined or thread.eased or state.shortened):
            due += _FOLLOW_UP * max(0, max_returns(question) - thread.returns)
    current = guide.question(state.pending.question_id) if state.pending else None
    if current is not None and state.pending is not None:
        probes = min(state.threads[current.id].probes, current.follow_ups)
        left = 0 if state.pending.returns else current.follow_ups - probes
        due += EXPECTED_SECONDS + _FOLLOW_UP * left
    return due


def _allotted(question: Question) -> float:
    return EXPECTED_SECONDS + _FOLLOW_UP * (question.follow_ups + max_returns(question))


def max_returns(question: Question) -> int:
    """Follow-ups allowed on a question once the script is complete."""
    return question.follow_ups if question.follow_ups > 1 else 0
