"""Follow-up budgets of the question, the interview, time and patience."""

from collections.abc import Mapping
from typing import Final

from rapidfuzz import fuzz

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.policy import time_budget
from interviewrelay.interviewer.policy.turn_context import TurnContext
from interviewrelay.interviewer.state.state import State, Thread
from interviewrelay.interviewer.text.tokenization import normalize, split_words
from interviewrelay.interviewer.understanding import facts

SHORT: Final = 3
"""Maximum words of an answer that shows that there is nothing more."""
SAME_ANSWER: Final = 90
"""Token-set ratio from which an answer repeats an earlier one."""
ENOUGH: Final = 2
"""Fruitless follow-ups in a row after which no more are asked."""
WORN: Final = 5
"""Fruitless follow-ups in the whole interview after which no more are asked."""
NARRATIVE: Final[Mapping[int, int]] = {1: 14, 2: 8}
"""Follow-ups of a deep question by the number of questions in the script, where these are few."""


def may_follow_up(now: TurnContext, question: Question) -> bool:
    """True if all budgets allow a follow-up."""
    state, thread = now.state, now.state.threads[question.id]
    most = get_budget(now.guide, question) + thread.taken_up
    if thread.eased or thread.declined or thread.probes >= most or is_tired(state):
        return False
    if has_said_enough(state, thread, now.guide.language):
        return False
    if not time_budget.has_room_for_follow_up(now.guide, state, question):
        return False
    return now.pace.probe_fits and not _is_out_of_time(state, question)


def get_budget(guide: Guide, question: Question) -> int:
    """Follow-up budget of a question, without those that take up what was said. A study of one or
    two deep questions depends on its follow-ups.
    """
    if question.depth == "deep":
        return NARRATIVE.get(len(guide.questions), question.follow_ups)
    return question.follow_ups


def is_tired(state: State) -> bool:
    """True if the participant has had enough of follow-ups."""
    return state.single_words >= ENOUGH or state.barren >= ENOUGH or state.misses >= WORN


def has_said_enough(state: State, thread: Thread, language: str) -> bool:
    """True if the last answer shows that there is no more: a repetition, or a few words to a
    follow-up, unless it asked for a fact, which a few words answer.
    """
    pending, reading = state.pending, state.reading
    if pending is None or pending.act != acts.PROBE or reading is None or not state.answered:
        return False
    last = normalize(state.text)
    # A longer answer than the earlier one has something new.
    before = (
        normalize(said)
        for said in thread.answers[:-1]
        if reading.words <= len(split_words(said))
    )
    again = any(fuzz.token_set_ratio(last, said) >= SAME_ANSWER for said in before)
    return again or (reading.words <= SHORT and not facts.asks_for_fact(pending.text, language))


def _is_out_of_time(state: State, question: Question) -> bool:
    """True if the question has used the seconds that its author gave it."""
    if question.seconds is None or state.at is None:
        return False
    spent = state.at - state.threads[question.id].started
    return spent.total_seconds() > question.seconds
