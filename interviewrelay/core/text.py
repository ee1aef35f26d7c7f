"""What people see of a text."""

import re
import unicodedata
from typing import Final, Literal

_UNSEEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
"""Fillers, joiners and variation selectors: by their category they are letters, marks or symbols."""

ONE_LINE: Final = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
"""Without line breaks and other control characters."""

_NOTHING: Final = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))

# Letters that carry no mark that could be taken off, but are written without it by many.
_PLAIN: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ŧ": "t"})

_RIGHT_TO_LEFT: Final = ("ar", "fa", "he", "ur")


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a language is written."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def with_line_feeds(text: str) -> str:
    """Lines end alike, however they were sent: browsers send forms with CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def folded(text: str) -> str:
    """Without case and accents, as it is looked for: neither database folds as the other does.

    One character may stand for eighteen: a text gets twice as long at most.
    """
    whole = unicodedata.normalize("NFKC", text)[: 2 * len(text) + 20]
    plain = unicodedata.normalize("NFKD", whole.casefold())
    bare = "".join(c for c in plain if not _accent(c))
    return unicodedata.normalize("NFC", bare).casefold().translate(_PLAIN)


def one_line(text: str) -> bool:
    """Whether it can stand in a line of a mail or a list."""
    return re.fullmatch(ONE_LINE, text) is not None


def blank(text: str) -> bool:
    """Whether nothing can be seen of it: spaces, controls, zero-width and format characters only.

    What this Python's Unicode does not know may be seen: next year's emoji.
    """
    return all(c in _UNSEEN or unicodedata.category(c) in _NOTHING for c in text)


def _accent(character: str) -> bool:
    """A mark that many leave out; the vowel signs and voicing marks of other scripts are letters."""
    kind = unicodedata.combining(character)
    return kind >= 200 or 10 <= kind <= 35
