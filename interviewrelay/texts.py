"""What people see of a text."""

import unicodedata
from typing import Final

_UNSEEN: Final = ("Cf", "Cc", "Zs", "Zl", "Zp")


def blank(text: str) -> bool:
    """Whether nobody can see anything of it: blanks, zero-width characters, or nothing at all."""
    return all(unicodedata.category(character) in _UNSEEN for character in text)
