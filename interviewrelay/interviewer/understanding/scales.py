"""Scale questions: which numbers they name, and whether an answer gives one of these."""

from typing import Final, NamedTuple

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.text.tokenization import number_in, plain

_SCALE: Final = languages.pattern("answering", "scale")
_ONE: Final = languages.pattern("answering", "one")
_TENS: Final = languages.pattern("answering", "tens")
"""What the words for numbers do not hold: one, where it is an article as well, and numbers written
together, of which it is enough to know that they are some."""


class Missed(NamedTuple):
    """The ends of the scale, and whether a number was given that lies outside them."""

    low: int
    high: int
    outside: bool


def missed(text: str, asked: str, question: Question | None) -> Missed | None:
    """How an answer misses the scale that is asked for: by no number, or by another. None for one that
    does not, and where no scale with numbers is asked for.
    """
    found = _SCALE.search(plain(asked)) if question and question.kind == "scale" else None
    if found is None:
        return None
    low, high = sorted(map(int, found.groups()))
    given = number_in(text)
    if given is not None:
        return None if low <= given <= high else Missed(low, high, outside=True)
    line = plain(text)
    return None if _ONE.search(line) or _TENS.search(line) else Missed(low, high, outside=False)
