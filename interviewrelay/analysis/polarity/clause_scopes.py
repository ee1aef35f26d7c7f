"""Clauses: sentences of a text, each split at its commas and contrasts into words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from interviewrelay.analysis.polarity.polarity_lexicon import Lexicon, fold_text, split_words

MOST_IN_ALL: Final = 3_000
"""Words of a text that are read, more than a text of ten thousand characters usually has."""
MOST_WORDS: Final = 60
"""Maximum words of a clause; a longer one without any comma is split, which bounds the time."""

_TOKEN: Final = re.compile(
    r"(?P<word>[^\W_]+(?:'[^\W_]+)*)"
    r"|(?P<smile>[:;=]-?[()DP/](?!\w))"
    r"|(?P<end>[.!?\u2026\u061f\u3002]+)"
    r"|(?P<comma>[,;:()\u060c\u061b\u2013\u2014\"\u201c\u201d\u201e\u00ab\u00bb]|\s-\s)"
    r"|(?P<sign>[\u2600-\u27bf\U0001f300-\U0001faff])"
)
_ASKS: Final = ("?", "\u061f")


@dataclass(slots=True)
class Clause:
    """Clause: its words, the number of its sentence, whether that asks, and whether a contrast
    begins it.
    """

    words: list[str]
    sentence: int
    asks: bool = False
    contrasts: bool = False


def split_clauses(text: str, lexicon: Lexicon) -> list[Clause]:
    """Clauses of a text, in order, without empty ones."""
    words, made = 0, []
    for clause in _split(text, lexicon):
        if clause.words and words < MOST_IN_ALL:
            made.append(clause)
            words += len(clause.words)
    return made


def _split(text: str, lexicon: Lexicon) -> Iterator[Clause]:
    plain = fold_text(text.replace("\n", " . "), lexicon.language)
    open_clauses = [Clause([], 0)]
    for found in _TOKEN.finditer(plain):
        current, kind, token = open_clauses[-1], found.lastgroup, found.group()
        if kind == "end":
            for clause in open_clauses:
                clause.asks = token[0] in _ASKS
            yield from open_clauses
            open_clauses = [Clause([], current.sentence + 1)]
        elif kind == "comma":
            if current.words:
                open_clauses.append(Clause([], current.sentence))
        else:
            for word in split_words(token, lexicon.language):
                contrast = lexicon.is_any(word, lexicon.grammar.contrast)
                if contrast or len(current.words) >= MOST_WORDS:
                    current = Clause([], current.sentence, contrasts=contrast)
                    open_clauses.append(current)
                current.words.append(word)
    yield from open_clauses
