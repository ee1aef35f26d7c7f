"""Scale questions: their range, and whether an answer gives a number in it."""

from typing import Final, NamedTuple

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.text.tokenization import number_in, plain

_SCALE: Final = languages.pattern("answering", "scale")
_ONE: Final = languages.pattern("answering", "one")
_TENS: Final = languages.pattern("answering", "tens")
"""Further number words: one, where it is also an article, and compounds, whose exact value does not
matter.
"""


class Missed(NamedTuple):
    """Missed scale: its ends, and whether a number outside them was given."""

    low: int
    high: int
    outside: bool


def missed(text: str, asked: str, question: Question | None) -> Missed | None:
    """Missed scale of an answer without a number in range. None for a valid answer, and for a
    question without a numeric scale.
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
