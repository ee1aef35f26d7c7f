"""Many patterns over one short text, of which hardly any fits: most are ruled out at a glance.

A needle is a piece of text without which a pattern cannot fit; looking for one costs a fraction of a
search. The patterns themselves decide about the rest, so nothing is found or missed by this.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from interviewrelay.core.lazy_attribute import lazy_attribute
from interviewrelay.interviewer.patterns.lazy_pattern import Late, needles

SHORT = 3
Name = TypeVar("Name")


def trigrams(text: str) -> frozenset[str]:
    """All runs of three characters."""
    return frozenset(map("".join, zip(text, text[1:], text[2:], strict=False)))


class Haystacks(Generic[Name]):
    """Named patterns in their order. Nothing is made of them before a text is looked at, and none is
    compiled before one that it may fit: to read them all takes half a second.
    """

    def __init__(self, patterns: Mapping[Name, str]) -> None:
        self.patterns = patterns
        self._made: dict[int, Late] = {}

    def likely(self, text: str, grams: frozenset[str]) -> list[tuple[Name, Late]]:
        """The patterns that may fit `text` or a part of it; `grams` are its trigrams, or more."""
        index = self._index
        places = {
            place
            for gram in index.needles.keys() & grams | index.short
            for needle, place in index.needles[gram]
            if needle in text
        }
        return [(self._names[at], self._compiled(at)) for at in sorted(places | index.always)]

    @lazy_attribute
    def _names(self) -> tuple[Name, ...]:
        return tuple(self.patterns)

    @lazy_attribute
    def _index(self) -> "_Index":
        return _index(self.patterns.values())

    def _compiled(self, place: int) -> Late:
        made = self._made.get(place)
        if made is None:
            made = self._made[place] = Late(self.patterns[self._names[place]])
        return made


@dataclass(frozen=True, slots=True)
class _Index:
    """Where each needle leads, by its first letters; the `short` ones, and the patterns without any."""

    needles: Mapping[str, Sequence[tuple[str, int]]]
    short: frozenset[str]
    always: frozenset[int]


def _index(patterns: Iterable[str]) -> _Index:
    known: dict[str, list[tuple[str, int]]] = {}
    always: set[int] = set()
    for place, words in enumerate(patterns):
        found = needles(words)
        for needle in found:
            known.setdefault(needle[:SHORT], []).append((needle, place))
        if not found:
            always.add(place)
    return _Index(known, frozenset(g for g in known if len(g) < SHORT), frozenset(always))


def ways(pattern: str) -> list[str]:
    """The alternatives of a pattern, each a pattern by itself: where one of them holds nothing rare,
    the others need not be looked for as well.
    """
    found, depth, within, begins = [], 0, False, 0
    for piece in re.finditer(r"\\.|[\[\]()|]", pattern):
        mark = piece[0]
        if within or mark == "[":
            within = mark != "]"
        elif mark == "|" and not depth:
            found.append(pattern[begins : piece.start()])
            begins = piece.end()
        else:
            depth += {"(": 1, ")": -1}.get(mark, 0)
    return [*found, pattern[begins:]]
