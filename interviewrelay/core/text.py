"""Text helpers: direction, folding, and visible content."""

import re
import unicodedata
from typing import Final, Literal

_UNSEEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
"""Fillers, joiners and variation selectors: their Unicode category is letter, mark or symbol, but
they are invisible.
"""

ONE_LINE: Final = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
"""Pattern of a text without line breaks and other control characters."""

_NOTHING: Final = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))

# Letters that do not decompose, with the plain letter that many people type instead.
_PLAIN: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ŧ": "t"})

_RIGHT_TO_LEFT: Final = ("ar", "fa", "he", "ur")


def get_direction(language: str) -> Literal["ltr", "rtl"]:
    """Writing direction of a language."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def normalize_line_feeds(text: str) -> str:
    """Normalize line endings: browsers send forms with CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def fold_text(text: str) -> str:
    """Fold case and accents for searching, because the two databases fold differently.

    One character may become eighteen; a whole text at most doubles in length.
    """
    whole = unicodedata.normalize("NFKC", text)[: 2 * len(text) + 20]
    plain = unicodedata.normalize("NFKD", whole.casefold())
    bare = "".join(c for c in plain if not _accent(c))
    return unicodedata.normalize("NFC", bare).casefold().translate(_PLAIN)


def is_one_line(text: str) -> bool:
    """True if a text fits into a line of an email or a list."""
    return re.fullmatch(ONE_LINE, text) is not None


def is_blank(text: str) -> bool:
    """True if a text shows nothing: only spaces, controls, zero-width and format characters.

    Characters unknown to this Python's Unicode may be visible, such as next year's emoji.
    """
    return all(c in _UNSEEN or unicodedata.category(c) in _NOTHING for c in text)


def _accent(character: str) -> bool:
    """Accent that people often omit; vowel signs and voicing marks of other scripts are letters."""
    kind = unicodedata.combining(character)
    return kind >= 200 or 10 <= kind <= 35
