"""Short answers that look like commands: "one minute" to the question how long it took, "take a
break" to what was advised, "make it shorter" to what one would change.

Requests to stop or to delete, and possible danger, are never taken for an answer.
"""

from dataclasses import replace
from typing import Final

from interviewrelay.core.conversation import Turn
from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.tokenization import normalize, split_words
from interviewrelay.interviewer.understanding import facts, question_types
from interviewrelay.interviewer.understanding.reading import Analysis

MOST_WORDS = 6
"""Maximum words of such an answer."""

_COMPARES: Final = languages.load_pattern("answering", "compares")
_MEASURES: Final = languages.load_pattern("answering", "measures")
_NONE: Final = languages.load_pattern("answering", "none")
_TO_US: Final = languages.load_pattern("answering", "to_us")

_SAID = frozenset({acts.PAUSE, acts.SHORTEN, acts.WRONG_PERSON, acts.GREETING, acts.ACK})
_WISHED = frozenset({acts.SHORTEN})
_MEASURED = frozenset({acts.PAUSE, acts.NOTHING_MORE, acts.DONT_KNOW})
_COMPARED = frozenset({acts.ALREADY_TOLD})
_ALSO_SAID = (("help",), (acts.MAY_ASK,))


def read_in_place(state: State, turn: Turn, reading: Analysis, language: str) -> Analysis:
    """Reading in context: as an answer, if it fits the question and only its form suggests
    something else.
    """
    pending, found = state.pending, frozenset(reading.acts)
    apart = turn.skipped or state.awaiting_stop or state.comforted
    if pending is None or apart or len(split_words(turn.text)) > MOST_WORDS:
        return reading
    asked, line = normalize(pending.text), normalize(turn.text)
    helps = found == {acts.META} and reading.topics in _ALSO_SAID
    fits = (
        (found <= _MEASURED and _measured(asked, turn.text))
        or (
            (found <= _SAID or helps)
            and question_types.asks_for_words(asked, language)
            and not _TO_US.search(line)
        )
        or ((found <= _WISHED or helps) and question_types.asks_for_change(asked, language))
        or (found <= _COMPARED and _COMPARES.search(asked) is not None)
    )
    return replace(reading, acts=(acts.ANSWER,), topics=()) if found and fits else reading


def _measured(asked: str, text: str) -> bool:
    none = _MEASURES.search(asked) is not None and _NONE.fullmatch(normalize(text)) is not None
    return none or facts.is_told(asked, [text])
