"""Reaction to one's own words read back: whether they are what the person meant."""

# ruff: noqa: SIM905 - a list of words is read best in one piece

import re
from typing import Final

from bench.interviews import sayings
from bench.interviews.sheets import Sheet

_PIECE: Final = re.compile(r"[^.!?\"]+")
_WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_OF_BOTH: Final = frozenset(
    "i me my mine we us our myself you your yours yourself am are was were i'm i've i'd i'll we're "
    "we've we'd we'll you're you've you'd you'll the a an and but so".split()
)
"""Words that change with the speaker, and words without content."""

SHORTEST: Final = 3
"""Minimum words of a meaningful phrase."""


def misread(sheet: Sheet, told: frozenset[int], turn: str) -> int | None:
    """Fact to correct, as it was meant: the text read back has most of its words, and one that
    is in neither the fact nor its context.
    """
    around = frozenset().union(*(_words(text) for text in _around()))
    for piece in _PIECE.findall(turn.lower())[:-1]:
        said = _words(piece)
        near = max(told, key=lambda n: _common(said, sheet, n), default=None)
        if near is None or len(said) < SHORTEST or _common(said, sheet, near) < len(said) / 2:
            continue
        if said - _words(sheet.facts[near].text) - around:
            return near
    return None


def _common(said: frozenset[str], sheet: Sheet, number: int) -> int:
    return len(said & _words(sheet.facts[number].text))


def _around() -> tuple[str, ...]:
    leads = (lead for some in sayings.LEAD_INS.values() for lead in some)
    return (*sayings.PADDING, *sayings.HEDGES, *sayings.JOINS, *leads)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _OF_BOTH
