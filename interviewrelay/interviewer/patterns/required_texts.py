"""Required texts of a regular expression, also called needles: every match contains one of them.

The parser of `re` reads a pattern letter by letter, in Python: two thirds of the time until a server's
first question went there. This scanner takes words as they are, and whole groups of them. It offers
nothing for a pattern with syntax that it does not know.
"""

import re
from typing import Final

LONG_ENOUGH: Final = 4
"""Minimum letters of a rare needle; few of these are better than longer ones."""

_PIECES: Final = re.compile(
    r"""
    [^\\\[\](){}|?*+.^$]+ (?![?*+{])                            # letters that no quantifier follows
    | \\ (?: x.. | u.{4} | U.{8} | N\{.*?\} | \d+ | . )         # an escape
    | \[ \^?\]? (?: \\. | [^\]\\] )* \]                         # a set
    | \( (?: \?[:>] )? [^\\\[\](){}?*+.^$]+ \)                     # a group of words
    | \( (?: \? (?: P?<\w+> | <?[=!] | [:>] ) )?                # the beginning of a group
    | (?: [?*+] | \{ (?: \d+ (?: ,\d* )? | ,\d* ) \} ) [?+]?    # a quantifier
    | .                                                         # anything else
    """,
    re.VERBOSE | re.DOTALL,
)
_OPTIONAL: Final = ("?", "*", "{0", "{,")
_LOOKS_AROUND: Final = ("(?=", "(?!", "(?<=", "(?<!")
_NOTHING: Final[frozenset[str]] = frozenset()


class _UnknownSyntaxError(Exception):
    """The pattern contains syntax that this scanner does not know."""


def find_required_texts(pattern: str) -> frozenset[str]:
    """Needles: texts of which every match of `pattern` contains one; empty if unknown."""
    pieces = _PIECES.findall(pattern)
    pieces.reverse()  # the next one is then popped from the end
    try:
        found = _read_alternatives(pieces)
    except _UnknownSyntaxError:
        return _NOTHING
    # A text without "want" has no "wanted" either.
    return frozenset(n for n in found if not any(o != n and o in n for o in found))


def _read_alternatives(pieces: list[str]) -> frozenset[str]:
    """Needles of the alternatives up to the end of their group; each must offer some."""
    found = [_read_sequence(pieces)]
    while pieces and pieces.pop() == "|":
        found.append(_read_sequence(pieces))
    return _NOTHING.union(*found) if all(found) else _NOTHING


def _read_sequence(pieces: list[str]) -> frozenset[str]:
    """Best needles of the parts of one alternative: any one part suffices."""
    offers: list[frozenset[str]] = []
    run = ""
    while pieces and pieces[-1] not in ("|", ")"):
        piece = pieces.pop()
        letters = _get_letters(piece)
        within = _read_group(piece, pieces) if piece[0] == "(" else _NOTHING
        repeated = pieces.pop() if pieces and _is_quantifier(pieces[-1]) else ""
        if letters and not repeated:
            run += letters
            continue
        if run:
            offers.append(frozenset({run}))
            run = ""
        if not repeated.startswith(_OPTIONAL):
            offers.append(frozenset({letters}) if letters else within)
    if run:
        offers.append(frozenset({run}))
    return max(offers, key=_worth) if len(offers) > 1 else offers[0] if offers else _NOTHING


def _read_group(opening: str, pieces: list[str]) -> frozenset[str]:
    """Needles of a group, up to its end. What is looked for around a match is no part of it."""
    if opening[-1] == ")":
        words = opening[1:-1].removeprefix("?:").removeprefix("?>").split("|")
        return frozenset(words) if all(words) else _NOTHING
    found = _read_alternatives(pieces)
    return _NOTHING if opening in _LOOKS_AROUND else found


def _get_letters(piece: str) -> str:
    """Text that a piece stands for; empty if it stands for one of several, or for none."""
    if piece[0] == "\\":
        return "" if piece[1].isalnum() else piece[1]
    if _is_quantifier(piece):  # what it repeats was read before: `(?` began something unknown
        raise _UnknownSyntaxError
    return "" if piece[0] in "([.^$" else piece


def _is_quantifier(piece: str) -> bool:
    return piece[0] in "?*+" or (piece[0] == "{" and piece != "{")


def _worth(offer: frozenset[str]) -> tuple[int, int]:
    """Rarity of the commonest needle: by letters, since "to " and " of " are everywhere."""
    letters = (len(needle.strip()) for needle in offer)
    return min([LONG_ENOUGH, *letters]) if offer else 0, -len(offer)
