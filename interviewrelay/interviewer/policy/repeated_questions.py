"""Repeated questions: asked before in the same or nearly the same words."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from interviewrelay.interviewer.text.tokenization import get_stems, normalize

SAME_TEXT: Final = 85
"""Token-set ratio from which two questions are the same."""
SAME_STEMS: Final = 0.6
"""Share of common stems from which two questions are the same."""


class AskedQuestions:
    """Questions of an interview so far, prepared for comparison. They may contain the participant's
    words, so they are not cached.
    """

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self._language = language
        self._known = [(normalize(text), get_stems(text, language)) for text in texts]

    def has(self, text: str) -> bool:
        """True if one of them is the same or nearly the same as `text`."""
        own, mine = normalize(text), get_stems(text, self._language)
        if not mine:
            return True
        return any(
            len(mine & theirs) >= SAME_STEMS * len(mine | theirs)
            or fuzz.token_set_ratio(own, other) >= SAME_TEXT
            for other, theirs in self._known
        )


def is_repeat(text: str, asked: Sequence[str], language: str) -> bool:
    """True if `text` repeats a question, or nearly."""
    return AskedQuestions(asked, language).has(text)
