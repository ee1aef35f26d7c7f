"""Scale questions: their range, and whether an answer gives a number in it."""

from typing import Final, NamedTuple

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.text.tokenization import find_number, normalize

_SCALE: Final = languages.load_pattern("answering", "scale")
_ONE: Final = languages.load_pattern("answering", "one")
_TENS: Final = languages.load_pattern("answering", "tens")
"""Further number words: one, where it is also an article, and compounds, whose exact value does not
matter.
"""


class ScaleMiss(NamedTuple):
    """Missed scale: its ends, and whether a number outside them was given."""

    low: int
    high: int
    outside: bool


def get_miss(text: str, asked: str, question: Question | None) -> ScaleMiss | None:
    """Missed scale of an answer without a number in range. None for a valid answer, and for a
    question without a numeric scale.
    """
    found = _SCALE.search(normalize(asked)) if question and question.kind == "scale" else None
    if found is None:
        return None
    low, high = sorted(map(int, found.groups()))
    given = find_number(text)
    if given is not None:
        return None if low <= given <= high else ScaleMiss(low, high, outside=True)
    line = normalize(text)
    return (
        None if _ONE.search(line) or _TENS.search(line) else ScaleMiss(low, high, outside=False)
    )
