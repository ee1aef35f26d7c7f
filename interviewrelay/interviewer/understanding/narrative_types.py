"""Narrative types: event, wish, distress or state, so that a follow-up fits."""

from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    split_words,
)

EVENT = "event"
WISH = "wish"
STATE = "state"
UPSET = "upset"
"""An event; a wish; a state or feeling; tears and the like."""

LONG_ACCOUNT = 40
"""Minimum words of an answer that counts as an event, whatever else is in it."""

_WISHES: Final = languages.load_patterns("manner", "wishes")
_WISHED: Final = languages.load_patterns("manner", "wished")
"""Questions for a wish, and answers with one."""
_PAST: Final = languages.load_patterns("manner", "past")
_UPSET: Final = languages.load_patterns("manner", "upset")


def get_narrative_type(question: str, answer: str, language: str) -> str:
    """`event`, `wish`, `state` or `upset`; always `event` in a language without patterns."""
    base, line, asked = get_base_language(language), normalize(answer), normalize(question)
    past = _PAST.get(base)
    if past is None:
        return EVENT
    if is_upset(answer, language):
        return UPSET
    if len(split_words(answer)) >= LONG_ACCOUNT:
        return EVENT
    if _WISHES[base].search(asked) or _WISHED[base].search(line):
        return WISH
    return EVENT if past.search(line) else STATE


def tells_of_past(line: str, language: str) -> bool:
    """True if a plain text has a verb in the past tense."""
    past = _PAST.get(get_base_language(language))
    return past is not None and past.search(line) is not None


def is_upset(answer: str, language: str) -> bool:
    """True if an answer mentions the speaker's own tears, panic or despair."""
    pattern = _UPSET.get(get_base_language(language))
    return pattern is not None and pattern.search(normalize(answer)) is not None
