"""What an answer settles that stands in a special place: at an offered end, after a break or after
tears.
"""

from interviewrelay.conversation import Turn
from interviewrelay.interviewer import facts, stopping, understanding
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.signals import Reading
from interviewrelay.interviewer.state import State
from interviewrelay.interviewer.weaving_words import words_of
from interviewrelay.interviewer.words import words

BRIEF = 3
"""Words of a text that only says that somebody is back, at most."""

_BACK = words_of(
    "back here ready terug weer klaar da zurück wieder bereit"
    " retour là prêt prête vuelta aquí listo lista"
)


def settled(guide: Guide, state: State, turn: Turn, reading: Reading) -> str | None:
    """What it comes to; None for an answer that is taken as any other."""
    if state.awaiting_stop and not turn.skipped and not gives_a_fact(state, turn):
        found = _on_stop_question(guide, state, turn, reading)
        if found is not None:
            return found
    if state.paused and _is_back(turn.text):
        return understanding.GREETED
    if not state.comforted:
        return None
    on = stopping.goes_on(reading, turn.text, guide.language)
    said = understanding.response_to(reading, stop_asked=True)
    return understanding.while_upset(said, goes_on=on)


def _is_back(text: str) -> bool:
    """Whether a text after a break says no more than that it is over: "back", "ok here"."""
    said = words(text)
    return len(said) <= BRIEF and not _BACK.isdisjoint(said)


def gives_a_fact(state: State, turn: Turn) -> bool:
    """Whether the pending question asks for a fact and gets it: "nothing" is what a visit may cost."""
    return state.pending is not None and facts.told(state.pending.text, [turn.text])


def _on_stop_question(guide: Guide, state: State, turn: Turn, reading: Reading) -> str | None:
    """What the answer to "Would you like to end here?" settles."""
    question = guide.question(state.pending.question_id) if state.pending else None
    asked = question.text if question is not None and question.kind == "closed" else ""
    return stopping.settled(reading, turn.text, guide.language, asked)
