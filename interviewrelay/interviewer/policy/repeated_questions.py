"""Repeated questions: whether a question was asked before, in these or in nearly the same words."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from interviewrelay.interviewer.text.tokenization import plain, stems_of

SAME_TEXT: Final = 85
"""Token-set ratio from which on two questions are one."""
SAME_STEMS: Final = 0.6
"""Share of common stems from which on two questions are one."""


class Asked:
    """The questions of an interview so far, made ready for comparison. They may hold words of the
    participant, so nothing of them is kept for longer.
    """

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self._language = language
        self._known = [(plain(text), stems_of(text, language)) for text in texts]

    def has(self, text: str) -> bool:
        """Whether one of them is, or nearly is, `text`."""
        own, mine = plain(text), stems_of(text, self._language)
        if not mine:
            return True
        return any(
            len(mine & theirs) >= SAME_STEMS * len(mine | theirs)
            or fuzz.token_set_ratio(own, other) >= SAME_TEXT
            for other, theirs in self._known
        )


def is_repeat(text: str, asked: Sequence[str], language: str) -> bool:
    """Whether `text` is, or nearly is, a question that was asked before."""
    return Asked(asked, language).has(text)
