"""Envelope: what may be said at this moment of an interview, before any model is asked.

Consent, stops, danger, budgets and what must be asked are settled by the engine; a model chooses within
what they leave.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from interviewrelay.interviewer import (
    agenda,
    avoiding,
    disclosing,
    pacing,
    understanding as heard,
    wording,
)
from interviewrelay.interviewer.coverage import need_key
from interviewrelay.interviewer.guide import Depth, Question
from interviewrelay.interviewer.situation import Situation
from interviewrelay.interviewer.state import Thread
from interviewrelay.interviewer.words import base_language

FOLLOW_UP, CLARIFY, RECONCILE, RETURN = "follow_up", "clarify", "reconcile", "return"
NEXT, ANSWER, GIVE_TIME, CARE, CLOSE = "next", "answer", "give_time", "care", "close"
DEEPER: Final = (FOLLOW_UP, CLARIFY, RECONCILE)
"""Acts that stay with the question that is open."""
ALWAYS: Final = (ANSWER, GIVE_TIME, CARE)
"""Acts that need no target."""

BY_THE_ENGINE: Final = frozenset(
    {
        heard.CARE,
        heard.STOP,
        heard.STOP_NOW,
        heard.SHORTEN,
        heard.INJECTION,
        heard.EMPTY,
        heard.GREETED,
    }
)
"""Responses that no model has a part in."""
NOTHING_IS_ASKED: Final = frozenset({heard.UPSET, heard.NOT_NOW, heard.PAUSE})
AFTER_TEARS: Final = frozenset({heard.STILL, heard.TOLD, heard.CARRY_ON, heard.OTHER_SUBJECT})
"""Responses to what follows on distress: whoever goes on telling need not say that they want to go on,
and what hurt is not gone into.
"""
ASKS_US: Final = frozenset({heard.UNCLEAR, heard.META})
"""Responses to a question of theirs, which is answered before anything else is asked."""
FOLLOW_UPS: Final[Mapping[Depth, int]] = {"none": 0, "light": 2, "standard": 4, "deep": 8}
"""How many follow-ups a question of each depth may have where a model chooses them: twice as many as
without one, since it goes on when nothing more is to be learned."""
WHOLE_INTERVIEW: Final = 3.0
"""Questions asked for each question of the script, at most; deep questions are exempt."""
BARREN: Final = 2
"""Follow-ups in a row that brought nothing, after which none is asked."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The acts that are allowed, each with the targets that it may have: ids of questions, and of
    learning goals in the form `question/goal`. `next_question` is what the script asks next, if
    anything; `follow_ups` how many are left on the open question; `musts` how many questions still have
    to be asked; `acknowledged` whether the last turn began with an acknowledgement.
    """

    targets: Mapping[str, tuple[str, ...]]
    next_question: Question | None
    follow_ups: int
    musts: int
    minutes_left: int
    acknowledged: bool

    def allows(self, act: str, target: str) -> bool:
        """Whether a move lies in the envelope."""
        known = self.targets.get(act)
        return known is not None and (act not in (*DEEPER, RETURN) or target in known)


def envelope_of(now: Situation, minutes_left: int) -> Envelope | None:
    """The envelope after the last answer; None where the words are the engine's alone."""
    state = now.state
    hurries_again = state.response == heard.SHORTEN and is_shortened(now)
    by_the_engine = state.response in BY_THE_ENGINE and not hurries_again
    if by_the_engine or state.steered or state.reading is None:
        return None
    if base_language(now.guide.language) not in wording.PHRASES:
        return None
    asked_next = agenda.next_question(now.guide, state, now.pace).question
    follow_ups = _follow_ups(now)
    targets: dict[str, tuple[str, ...]] = dict.fromkeys(ALWAYS, ())
    asks_us = state.response in ASKS_US and not state.answered
    if state.response not in NOTHING_IS_ASKED and not asks_us:
        deeper = follow_ups and state.response not in AFTER_TEARS
        if deeper and (question := now.pending_question) is not None:
            targets.update(dict.fromkeys(DEEPER, tuple(_goals(now, question))))
        if back := tuple(_returns(now)):
            targets[RETURN] = back
        if asked_next is None:
            targets[CLOSE] = ()
        else:
            targets[NEXT] = (asked_next.id,)
    return Envelope(
        targets=targets,
        next_question=asked_next,
        follow_ups=follow_ups,
        musts=sum(q.importance == "must" for q in pacing.remaining(now.guide, state)),
        minutes_left=minutes_left,
        acknowledged=bool(state.lines and state.lines[-1]),
    )


def is_shortened(now: Situation) -> bool:
    """Whether it was said before that only what matters most is asked: it is not said again."""
    said = now.voice.fixed("shorter")
    return any(said in line for line in now.state.lines)


def _follow_ups(now: Situation) -> int:
    """How many follow-ups the open question may still have."""
    state, question, thread = now.state, now.pending_question, now.pending_thread
    if question is None or thread is None or state.pending is None:
        return 0
    if state.barren >= BARREN or not _may_deepen(now, question, thread):
        return 0
    if state.disclosed and not disclosing.is_asked_for(now.guide, state.text):
        return 0  # a loss, a crime, a secret: what is told of it is enough
    return max(0, FOLLOW_UPS[question.depth] - thread.probes - thread.returns)


def _may_deepen(now: Situation, question: Question, thread: Thread) -> bool:
    state = now.state
    return (
        not (thread.declined or thread.eased or state.shortened)
        and now.pace.probe_fits
        and pacing.room_for_one_more(now.guide, now.state, question, WHOLE_INTERVIEW)
        and not avoiding.concerns(question, state.avoided, now.guide.language)
    )


def _goals(now: Situation, question: Question) -> Iterator[str]:
    yield question.id
    for need in question.needs:
        if now.state.need(question, need.id) != "declined":
            yield need_key(question.id, need.id)


def _returns(now: Situation) -> Iterator[str]:
    """Questions that were answered before and may be taken up once more."""
    state = now.state
    if state.barren >= BARREN:
        return
    for question in now.guide.questions:
        thread = state.threads.get(question.id)
        if thread is None or not thread.answers or question is now.pending_question:
            continue
        left = FOLLOW_UPS[question.depth] - thread.probes - thread.returns
        if left > 0 and _may_deepen(now, question, thread):
            yield question.id
