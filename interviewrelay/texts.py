"""What people see of a text."""

import unicodedata
from typing import Final

_UNSEEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
"""Fillers, joiners and variation selectors: by their category they are letters, marks or symbols."""


def blank(text: str) -> bool:
    """Whether nothing can be seen of it: spaces, controls, zero-width and format characters only."""
    return all(c in _UNSEEN or unicodedata.category(c)[0] in "CZ" for c in text)
