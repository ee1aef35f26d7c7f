"""Envelope: the moves that are allowed at this moment, before any model is asked.

The engine decides on consent, stops, danger, budgets and mandatory questions; a model chooses among
the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from interviewrelay.core.conversation import Decision
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import summary_check
from interviewrelay.interviewer.guide import Depth, Guide, Question
from interviewrelay.interviewer.policy import agenda, time_budget
from interviewrelay.interviewer.policy.turn_context import TurnContext
from interviewrelay.interviewer.state.state import Thread
from interviewrelay.interviewer.text.tokenization import get_base_language
from interviewrelay.interviewer.understanding import avoided_topics, response
from interviewrelay.interviewer.understanding.coverage import build_need_key
from interviewrelay.interviewer.wording import phrasing

FOLLOW_UP, CLARIFY, RECONCILE, RETURN = "follow_up", "clarify", "reconcile", "return"
NEXT, ANSWER, GIVE_TIME, CARE, CLOSE = "next", "answer", "give_time", "care", "close"
DEEPER: Final = (FOLLOW_UP, CLARIFY, RECONCILE)
"""Acts that stay with the open question."""
ALWAYS: Final = (ANSWER, GIVE_TIME, CARE)
"""Acts without a target."""

BY_THE_ENGINE: Final = frozenset(
    {
        response.CARE,
        response.STOP,
        response.STOP_NOW,
        response.INJECTION,
        response.EMPTY,
        response.GREETED,
    }
)
"""Responses in which no model takes part."""
NOTHING_IS_ASKED: Final = frozenset({response.UPSET, response.NOT_NOW, response.PAUSE})
AFTER_TEARS: Final = frozenset(
    {response.STILL, response.TOLD, response.CARRY_ON, response.OTHER_SUBJECT}
)
"""Responses after distress in which the participant keeps talking, and so need not ask to continue.
"""
NOT_GONE_INTO: Final = frozenset({response.STILL, response.OTHER_SUBJECT, response.UNEASY})
"""Responses after which another question may follow, but no follow-up. Later, or if the participant
stays with the matter, the model may gently continue or leave it.
"""
ASKS_US: Final = frozenset({response.UNCLEAR, response.META})
"""Responses to a participant's question, which is answered before anything else is asked."""
FOLLOW_UPS: Final[Mapping[Depth, int]] = {"none": 0, "light": 3, "standard": 6, "deep": 10}
"""Maximum follow-ups of a question by depth when a model chooses them: it moves on when nothing
more is to be learned, and time limits it otherwise.
"""
OPEN_FOLLOW_UPS: Final[Mapping[Depth, int]] = {
    "none": 0, "light": 10, "standard": 15, "deep": 20,
}  # fmt: skip
"""The same for open questions of an open conversation, which only time limits otherwise."""
WHEN_SHORT: Final = 2
"""Follow-ups of a question for participants who want it shorter: only those that matter."""
FREE_ORDER: Final = ("guide", "open")
"""Autonomies with a free order of questions."""
FOR_INCIDENTS: Final = 3
"""Extra follow-ups after an answer about an incident that researchers must see, since the
question's own are often used up by then.
"""
WHOLE_INTERVIEW: Final = 4.0
"""Maximum questions asked for each question of the script; deep questions are exempt."""
BARREN: Final = 2
"""Fruitless follow-ups in a row after which none is asked."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Allowed acts, each with its allowed targets: ids of questions, and of learning goals as
    `question/goal`.

    `next_question` is the script's next question, if any; `follow_ups` how many are left on the
    open question; `musts` how many mandatory questions remain; `acknowledged` is true if the last
    turn began with an acknowledgement; `prepared` is the engine's own question if only its wording
    may change; `sums_up` is true if a close reads back the main points for correction; `kept_back`
    lists targets for a follow-up on an incident although none is left.
    """

    targets: Mapping[str, tuple[str, ...]]
    next_question: Question | None
    follow_ups: int
    musts: int
    minutes_left: int
    acknowledged: bool
    prepared: str = ""
    sums_up: bool = False
    kept_back: tuple[str, ...] = ()

    def chosen_question(self, guide: Guide, target: str) -> Question | None:
        """Question that a move to the next one asks: its own choice where the order is free."""
        free = target in self.targets.get(NEXT, ())
        return guide.question(target) if free else self.next_question

    def with_incident(self) -> "Envelope":
        """Envelope for an answer that reports an incident."""
        more = dict.fromkeys(DEEPER, self.kept_back) if self.kept_back else {}
        return replace(self, targets={**self.targets, **more})

    def allows(self, act: str, target: str) -> bool:
        """True if the move is in the envelope."""
        known = self.targets.get(act)
        if known is None or act not in (*DEEPER, RETURN):
            return known is not None
        return target in known or (not target and act != RETURN)


def build_envelope(now: TurnContext, minutes_left: int) -> Envelope | None:
    """Envelope after the last answer; None if only the engine may word the turn."""
    state = now.state
    alarmed = state.alarmed and state.response == response.STILL
    if alarmed or state.response in BY_THE_ENGINE or state.steered or state.reading is None:
        return None
    if get_base_language(now.guide.language) not in phrasing.PHRASES:
        return None
    asked_next = agenda.next_question(now.guide, state, now.pace).question
    follow_ups = _follow_ups(now)
    targets: dict[str, tuple[str, ...]] = dict.fromkeys(ALWAYS, ())
    kept_back: tuple[str, ...] = ()
    asks_us = state.response in ASKS_US and not state.answered
    if state.response not in NOTHING_IS_ASKED and not asks_us:
        question = now.pending_question if state.response not in NOT_GONE_INTO else None
        if question is not None and follow_ups:
            targets.update(dict.fromkeys(DEEPER, tuple(_goals(now, question))))
        elif question is not None and _follow_ups(now, FOR_INCIDENTS):
            kept_back = tuple(_goals(now, question))
        if back := tuple(_returns(now)):
            targets[RETURN] = back
        if asked_next is None:
            targets[CLOSE] = ()
        else:
            targets[NEXT] = tuple(dict.fromkeys([asked_next.id, *_others(now)]))
    return Envelope(
        targets=targets,
        next_question=asked_next,
        follow_ups=follow_ups,
        musts=sum(q.importance == "must" for q in time_budget.list_remaining(now.guide, state)),
        minutes_left=minutes_left,
        acknowledged=bool(state.lines and state.lines[-1]),
        sums_up=asked_next is None and summary_check.is_due(now),
        kept_back=kept_back,
    )


def restrict_to_prepared(found: Envelope, decision: Decision) -> Envelope | None:
    """Envelope for rewording the engine's own move, with its act and target. None if that move has
    no words that may change.
    """
    found = replace(found, kept_back=())
    own, details = decision.question_id or "", decision.details
    if decision.act == acts.PROBE:
        act, need = RETURN if details.get("returns") else FOLLOW_UP, details.get("need")
        targets = {act: (own, str(need)) if need else (own,)}
        return replace(found, targets=targets, prepared=str(details.get("question", "")))
    if decision.act == acts.ASK:
        return replace(found, targets={NEXT: (own,)})
    return replace(found, targets={CLOSE: ()}) if decision.act in acts.CLOSING else None


def _others(now: TurnContext) -> Iterator[str]:
    """Questions that may be asked before the script's next one."""
    if now.guide.autonomy in FREE_ORDER:
        for question in agenda.list_askable(now.guide, now.state, now.pace):
            yield question.id


def _follow_ups(now: TurnContext, more: int = 0) -> int:
    """Follow-ups left on the open question, with so many more than usual."""
    state, question, thread = now.state, now.pending_question, now.pending_thread
    if question is None or thread is None or state.pending is None:
        return 0
    if state.barren >= BARREN or not _may_deepen(now, question, thread):
        return 0
    most = max_follow_ups(now.guide, question) + more
    most = min(most, WHEN_SHORT) if state.shortened else most
    return max(0, most - thread.probes - thread.returns)


def max_follow_ups(guide: Guide, question: Question) -> int:
    """Maximum follow-ups of a question when a model chooses them."""
    is_open = guide.autonomy == "open" and question.kind == "open"
    return (OPEN_FOLLOW_UPS if is_open else FOLLOW_UPS)[question.depth]


def _may_deepen(now: TurnContext, question: Question, thread: Thread) -> bool:
    state = now.state
    most = inf if now.guide.autonomy == "open" else WHOLE_INTERVIEW
    return (
        not thread.declined
        and (not state.shortened or thread.probes + thread.returns < WHEN_SHORT)
        and now.pace.probe_fits
        and time_budget.has_room_for_follow_up(now.guide, now.state, question, most)
        and not avoided_topics.is_avoided(question, state.avoided, now.guide.language)
    )


def _goals(now: TurnContext, question: Question) -> Iterator[str]:
    yield question.id
    for need in question.needs:
        if now.state.need(question, need.id) != "declined":
            yield build_need_key(question.id, need.id)


def _returns(now: TurnContext) -> Iterator[str]:
    """Answered questions that may be taken up once more."""
    state = now.state
    if state.barren >= BARREN:
        return
    for question in now.guide.questions:
        thread = state.threads.get(question.id)
        if thread is None or not thread.answers or question is now.pending_question:
            continue
        left = max_follow_ups(now.guide, question) - thread.probes - thread.returns
        if left > 0 and _may_deepen(now, question, thread):
            yield question.id
