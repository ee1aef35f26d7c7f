"""Contextual answers: answers in a special position, such as an offered end, after a break or after
tears.
"""

from interviewrelay.core.conversation import Turn
from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.safety import care_lexicon
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.tokenization import split_words
from interviewrelay.interviewer.understanding import facts, response, stop_confirmation
from interviewrelay.interviewer.understanding.reading import Analysis

BRIEF = 3
"""Maximum words of a text that only says that the participant is back."""


def resolve_response(guide: Guide, state: State, turn: Turn, reading: Analysis) -> str | None:
    """Response in this context; None for an ordinary answer."""
    if state.awaiting_stop and not turn.skipped and not gives_a_fact(state, turn):
        found = _on_stop_question(guide, state, turn, reading)
        # A person who was upset and does not want to end still has to choose.
        if found is not None and not (state.comforted and found == response.CARRY_ON):
            return found
    if state.alarmed:
        return _after_alarm(turn, reading)
    if state.comforted:
        return _while_upset(state, turn, reading, guide.language)
    return response.GREETED if state.paused and _is_back(turn.text) else None


def _while_upset(state: State, turn: Turn, reading: Analysis, language: str) -> str:
    kinds = care_lexicon.find_in_text(turn.text, language)
    on = stop_confirmation.wants_to_go_on(reading, turn.text, language) and not _is_back(
        turn.text
    )
    return response.get_response_while_upset(
        reading, kinds, on=on, stop_asked=state.stop_asked, cried=state.cried
    )


def _after_alarm(turn: Turn, reading: Analysis) -> str:
    """Response after danger: nothing is asked until they choose to continue, in words or by
    skipping.
    """
    if reading.has(acts.SAFETY):
        return response.CARE
    if reading.has(acts.STOP):
        return response.STOP_NOW
    if turn.skipped:
        return response.OTHER_SUBJECT
    return response.CARRY_ON if care_lexicon.is_all_clear(turn.text) else response.STILL


def _is_back(text: str) -> bool:
    """True if a text after a break only says that it is over: "back", "ok here"."""
    said = split_words(text)
    return len(said) <= BRIEF and not languages.load_words("settling", "back").isdisjoint(said)


def gives_a_fact(state: State, turn: Turn) -> bool:
    """True if the pending question asks for a fact and gets it: "nothing" can be the cost of a
    visit.
    """
    return state.pending is not None and facts.is_told(state.pending.text, [turn.text])


def _on_stop_question(guide: Guide, state: State, turn: Turn, reading: Analysis) -> str | None:
    """Response to an answer to "Would you like to end here?"."""
    question = guide.question(state.pending.question_id) if state.pending else None
    asked = question.text if question is not None and question.kind == "closed" else ""
    found = stop_confirmation.read_confirmation(reading, turn.text, guide.language, asked)
    not_yet = found is None and reading.has(acts.NOT_NOW) and not reading.has(acts.UPSET)
    return response.CARRY_ON if not_yet else found
