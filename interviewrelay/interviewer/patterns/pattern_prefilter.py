"""Pattern prefilter: many patterns over one short text, most of them ruled out without a search.

A needle is a text without which a pattern cannot match; looking for it costs a fraction of a
search. The patterns themselves decide on the rest, so results are the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from interviewrelay.core.lazy_attribute import lazy_attribute
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.patterns.required_texts import find_required_texts

SHORT = 3
Name = TypeVar("Name")


def trigrams(text: str) -> frozenset[str]:
    """All runs of three characters."""
    return frozenset(map("".join, zip(text, text[1:], text[2:], strict=False)))


class PatternIndex(Generic[Name]):
    """Index of named patterns in order. It is built with the first text, and a pattern is compiled
    with the first text that it may match: compiling all takes half a second.
    """

    def __init__(self, patterns: Mapping[Name, str]) -> None:
        self.patterns = patterns
        self._made: dict[int, LazyPattern] = {}

    def candidates(self, text: str, grams: frozenset[str]) -> list[tuple[Name, LazyPattern]]:
        """Patterns that may match `text` or a part of it; `grams` are its trigrams, or more."""
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

    def _compiled(self, place: int) -> LazyPattern:
        made = self._made.get(place)
        if made is None:
            made = self._made[place] = LazyPattern(self.patterns[self._names[place]])
        return made


@dataclass(frozen=True, slots=True)
class _Index:
    """Patterns by needle and first letters; `short` needles, and patterns without any."""

    needles: Mapping[str, Sequence[tuple[str, int]]]
    short: frozenset[str]
    always: frozenset[int]


def _index(patterns: Iterable[str]) -> _Index:
    known: dict[str, list[tuple[str, int]]] = {}
    always: set[int] = set()
    for place, words in enumerate(patterns):
        found = find_required_texts(words)
        for needle in found:
            known.setdefault(needle[:SHORT], []).append((needle, place))
        if not found:
            always.add(place)
    return _Index(known, frozenset(g for g in known if len(g) < SHORT), frozenset(always))


def split_alternatives(pattern: str) -> list[str]:
    """Alternatives of a pattern, each as a pattern: if one of them has no rare needle, the others
    can still be filtered.
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
