"""Highlighting: positions of search words in a text.

The words are those of `search_terms`; positions are Unicode code points in the original text, so
that `text[start:end]` can be marked.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from interviewrelay.analysis import search_terms

BEFORE: Final = 60
AFTER: Final = 140
"""Characters of an excerpt after its first hit."""

Span = tuple[int, int]
Phrases = Sequence[Sequence[str]]


class TextPiece(NamedTuple):
    """Piece of a text, with marks for a search hit, for a note, and for words that the recogniser
    doubted.
    """

    text: str
    hit: bool = False
    noted: bool = False
    doubtful: bool = False


def find_spans(text: str, phrases: Phrases) -> list[Span]:
    """Positions of the phrases, in order, without overlaps."""
    placed = list(_words(text))
    found: list[Span] = []
    for phrase in phrases:
        for at, (word, start, _) in enumerate(placed):
            if word == phrase[0] and [w for w, _, _ in placed[at : at + len(phrase)]] == [
                *phrase
            ]:
                found.append((start, placed[at + len(phrase) - 1][2]))
    return _together(found)


def contains_all(text: str, phrases: Phrases) -> bool:
    """True if a text contains all phrases, by the rules of the search."""
    framed = f" {' '.join(search_terms.split_words(text))} "
    return all(f" {' '.join(phrase)} " in framed for phrase in phrases)


def build_excerpt(text: str, phrases: Phrases) -> list[TextPiece]:
    """Excerpt around the first hit, cut between words, with all hits in it."""
    found = find_spans(text, phrases)
    first = found[0][0] if found else 0
    start = _cut(text, max(0, first - BEFORE), first) if first > BEFORE else 0
    end = min(len(text), first + AFTER)
    if end < len(text):
        end = _last_gap(text, first, end)
    inside = [(a - start, b - start) for a, b in found if a < end]
    made = split_pieces(text[start:end].rstrip(), inside)
    head = [TextPiece("… ")] if start else []
    tail = [TextPiece(" …")] if end < len(text) else []
    return [*head, *made, *tail]


def split_pieces(
    text: str,
    hits: Sequence[Span] = (),
    noted: Sequence[Span] = (),
    doubtful: Sequence[Span] = (),
) -> list[TextPiece]:
    """The whole text in pieces with uniform marks."""
    ends = {0, len(text)}.union(
        *((min(a, len(text)), min(b, len(text))) for a, b in (*hits, *noted, *doubtful))
    )
    return [
        TextPiece(text[a:b], _within(a, hits), _within(a, noted), _within(a, doubtful))
        for a, b in pairwise(sorted(ends))
    ]


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Words of a text with their positions.

    A run of letters that forms several words gives each its own character if the numbers match,
    otherwise the whole run.
    """
    for start, end in _runs(text):
        run = text[start:end]
        words = search_terms.split_words(run)
        alone = len(words) == len(run) and len(words) > 1
        for number, word in enumerate(words):
            yield (word, start + number, start + number + 1) if alone else (word, start, end)


def _runs(text: str) -> Iterator[Span]:
    """Runs of letters, numbers and marks."""
    start: int | None = None
    for at, character in enumerate(text):
        if _spoken(character):
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, len(text)


def _spoken(character: str) -> bool:
    if character.isascii():
        return character.isalnum()
    whole = unicodedata.normalize("NFKC", character)
    return any(unicodedata.category(c)[0] in "LNM" for c in (character, *whole))


def _together(found: Sequence[Span]) -> list[Span]:
    made: list[Span] = []
    for start, end in sorted(found):
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made


def _cut(text: str, at: int, most: int) -> int:
    """Start of the next word after a position, at most so far away."""
    while at < most and not text[at].isspace():
        at += 1
    while at < most and text[at].isspace():
        at += 1
    return at


def _last_gap(text: str, least: int, at: int) -> int:
    """End of the last whole word before a position, or the position itself."""
    for place in range(at, least, -1):
        if text[place].isspace():
            return place
    return at


def _within(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)
