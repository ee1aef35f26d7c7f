"""What kind of thing was said, so that a follow-up fits it: an event, a wish, tears, or neither."""

from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.text.tokenization import base_language, plain, words

EVENT = "event"
WISH = "wish"
STATE = "state"
UPSET = "upset"
"""Something that happened; something wished for; how things are or feel; tears and the like."""

LONG_ACCOUNT = 40
"""Words from which on an answer tells enough of events, whatever else is in it."""

_WISHES: Final = languages.patterns("manner", "wishes")
_WISHED: Final = languages.patterns("manner", "wished")
"""Questions for a wish, and answers that name one."""
_PAST: Final = languages.patterns("manner", "past")
_UPSET: Final = languages.patterns("manner", "upset")


def of(question: str, answer: str, language: str) -> str:
    """`event`, `wish`, `state` or `upset`; in a language without patterns always `event`."""
    base, line, asked = base_language(language), plain(answer), plain(question)
    past = _PAST.get(base)
    if past is None:
        return EVENT
    if upset(answer, language):
        return UPSET
    if len(words(answer)) >= LONG_ACCOUNT:
        return EVENT
    if _WISHES[base].search(asked) or _WISHED[base].search(line):
        return WISH
    return EVENT if past.search(line) else STATE


def tells_of_past(line: str, language: str) -> bool:
    """Whether a plain text has a verb of the past."""
    past = _PAST.get(base_language(language))
    return past is not None and past.search(line) is not None


def upset(answer: str, language: str) -> bool:
    """Whether an answer tells of one's own tears, panic or despair."""
    pattern = _UPSET.get(base_language(language))
    return pattern is not None and pattern.search(plain(answer)) is not None
