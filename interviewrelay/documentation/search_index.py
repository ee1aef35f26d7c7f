"""Search index: passages of the documentation, ranked by how well they match a query.

Everything is in memory: the documentation has a few thousand passages and never changes while the
server runs.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import Stemmer
from rapidfuzz import fuzz, process

from interviewrelay.analysis.search_terms import split_words

LONGEST_QUERY: Final = 200
MOST_TERMS: Final = 8
MOST_HITS: Final = 20
OF_A_PAGE: Final = 3
"""Maximum hits of one page, so that a long page doesn't hide the others."""

_HEADING: Final = 8.0
_PAGE: Final = 3.0
_EXACT: Final = 3.0
_SATURATION: Final = 1.5
_CONTINUED: Final = 0.7
_SIMILAR: Final = 0.5
_MOST_COMPLETIONS: Final = 40
_SIMILARITY: Final = 78
_SHORTEST_SIMILAR: Final = 4
_COMMON: Final = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from"),
        *("how", "i", "in", "is", "it", "my", "of", "on", "or", "that", "the", "this", "to"),
        *("what", "when", "where", "who", "why", "with", "you", "your"),
    )
)
"""Words that only count in a query without others."""
_EXCERPT: Final = 28
"""Words of an excerpt."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Passage to be found: its URL, the title of its page, its heading, its text, and a factor for
    its rank.
    """

    url: str
    page: str
    heading: str
    text: str
    weight: float = 1.0


class Hit(NamedTuple):
    """Passage that matches, with pieces of its text: words, and whether they match."""

    url: str
    page: str
    heading: str
    excerpt: list[tuple[str, bool]]


class SearchIndex:
    """Index of these entries."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)
        self._weights: dict[str, dict[int, float]] = defaultdict(dict)
        self._headings: list[frozenset[str]] = []
        self._texts: list[list[frozenset[str]]] = []
        stem = _Stemming()
        lengths = [len(entry.text.split()) for entry in self._entries]
        usual = sum(lengths) / max(1, len(lengths)) or 1.0
        for number, entry in enumerate(self._entries):
            heading = stem.list_stems(entry.heading)
            text = [frozenset(stem.list_stems(word)) for word in entry.text.split()]
            self._headings.append(frozenset(heading))
            self._texts.append(text)
            found: dict[str, float] = defaultdict(float)
            for stems, weight in (
                *((stems, 1.0) for stems in text),
                (set(stem.list_stems(entry.page)), _PAGE),
                (set(heading), _HEADING),
            ):
                for term in stems:
                    found[term] += weight
            saturation = _SATURATION * (0.4 + 0.6 * lengths[number] / usual)
            for term, weight in found.items():
                self._weights[term][number] = weight / (weight + saturation)
        self._vocabulary = sorted(self._weights)

    def search(self, query: str) -> list[Hit]:
        """Best passages first. Every word counts, the last one also as the beginning of a longer
        word; a word that doesn't occur finds similar ones.
        """
        stem = _Stemming()
        words = split_words(query[:LONGEST_QUERY])[:MOST_TERMS]
        words = [word for word in words if word not in _COMMON] or words
        wanted = [
            self._expand(stem.stem_word(word), word, last=at == len(words) - 1)
            for at, word in enumerate(words)
        ]
        scores: dict[int, float] = defaultdict(float)
        matched: Counter[int] = Counter()
        for options in wanted:
            for number, score in self._score(options).items():
                scores[number] += score
                matched[number] += 1
        exact = frozenset(map(stem.stem_word, words))
        for number in scores:
            scores[number] *= (matched[number] / len(wanted)) ** 2 * self._entries[
                number
            ].weight
            if self._headings[number] == exact:
                scores[number] *= _EXACT
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        terms = {term for options in wanted for term in options}
        return [self._build_hit(number, terms) for number in self._spread(ranked)]

    def _score(self, options: dict[str, float]) -> dict[int, float]:
        """Scores of the entries that have one of these terms."""
        best: dict[int, float] = {}
        for term, factor in options.items():
            numbers = self._weights[term]
            rarity = math.log(1 + len(self._entries) / len(numbers))
            for number, weight in numbers.items():
                best[number] = max(best.get(number, 0.0), weight * rarity * factor)
        return best

    def _expand(self, stem: str, word: str, *, last: bool) -> dict[str, float]:
        """Terms for a word, each with a factor."""
        found = {stem: 1.0} if stem in self._weights else {}
        if last:
            begin = bisect_left(self._vocabulary, word)
            for term in self._vocabulary[begin : begin + _MOST_COMPLETIONS]:
                if term.startswith(word):
                    found.setdefault(term, _CONTINUED)
        if not found and len(word) >= _SHORTEST_SIMILAR:
            near = process.extract(
                stem, self._vocabulary, scorer=fuzz.ratio, limit=3, score_cutoff=_SIMILARITY
            )
            found = {term: _SIMILAR for term, _, _ in near}
        return found

    def _spread(self, ranked: Sequence[int]) -> list[int]:
        shown: Counter[str] = Counter()
        found = []
        for number in ranked:
            page = self._entries[number].page
            if shown[page] < OF_A_PAGE:
                shown[page] += 1
                found.append(number)
            if len(found) == MOST_HITS:
                break
        return found

    def _build_hit(self, number: int, terms: set[str]) -> Hit:
        entry = self._entries[number]
        words = entry.text.split()
        marked = [not terms.isdisjoint(stems) for stems in self._texts[number]]
        begin = max(0, _find_densest(marked) - 4)
        end = begin + _EXCERPT
        excerpt: list[tuple[str, bool]] = [("… ", False)] if begin else []
        excerpt += zip(words[begin:end], marked[begin:end], strict=True)
        if end < len(words):
            excerpt.append((" …", False))
        return Hit(entry.url, entry.page, entry.heading, excerpt)


class _Stemming:
    """Stems of English words; PyStemmer's object must not be shared by threads."""

    def __init__(self) -> None:
        self.stem_word = cache(Stemmer.Stemmer("english").stemWord)

    def list_stems(self, text: str) -> list[str]:
        return [self.stem_word(word) for word in split_words(text)]


def _find_densest(marked: Sequence[bool]) -> int:
    """Place where the window with the most matching words begins."""
    inside = best = at = 0
    for place, one in enumerate(marked):
        inside += one
        if place >= _EXCERPT:
            inside -= marked[place - _EXCERPT]
        if inside > best:
            best, at = inside, max(0, place - _EXCERPT + 1)
    while at < len(marked) and not marked[at] and best:
        at += 1
    return at
