"""Lexicon: the words of a language that judge, and its function words that turn a judgement.

`words/sentiment/LANGUAGE.tsv` has a row for each group of entries:

    weight      from -3 (bad) to 3 (good); below 2 it counts as a hint only
    negated     weight after a negation; 0: nothing is known
    mark        `self`: a feeling, which counts if it is the speaker's own
                `deed`: what others do for the speaker; "not told" accuses them, "I did not tell" nobody
                `whole`: has its own negation or condition, which no other word turns
                `irony`: is hardly ever meant
                `skip`: judges nothing, though it contains a word that does
                `wish`: makes its clause a wish or a condition
                `past`, `now`: tells when; what used to be does not count if it is different now
    entries     words or phrases; `word*` matches up to six more letters, `_` up to two other words,
                `#` a number, `##` a number from twenty on, `a|b` either word

`all.tsv` is for every language. `grammar.toml` lists the function words.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from interviewrelay.interviewer.text.lexicon import NUMBER_WORDS
from interviewrelay.interviewer.text.tokenization import normalize, strip_accents

MARKS: Final = ("", "self", "deed", "whole", "irony", "skip", "wish", "past", "now")
NUMBER: Final = "#"
GREAT_NUMBER: Final = "##"
GREAT: Final = 20
MOST_DIGITS: Final = 9
GAP: Final = "_"
MOST_BETWEEN: Final = 2
"""Maximum words that a gap stands for."""
ENDING: Final = 6
"""Maximum letters that `*` stands for."""

FOLDER: Final = Path(__file__).parents[1] / "words" / "sentiment"
_ARABIC: Final = str.maketrans("ةى", "هي")
_JOINED: Final = ("و", "ف")
_CLITICS: Final = ("وال", "بال", "فال", "كال", "لل", "ال", *_JOINED, "ب", "ل", "ك")
"""Arabic conjunctions, prepositions and the article, which are written together with their word."""
_SHORTEST: Final = 5
"""Minimum letters of a word with one of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Word or phrase: alternatives by place, its weight, and its weight after a negation."""

    places: tuple[frozenset[str], ...]
    weight: int
    negated: int
    mark: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words: words that turn, join or distance what is said."""

    negation: frozenset[str] = frozenset()
    negation_after: int = 0
    """Number of words after a judgement in which a negation still turns it."""
    contrast: frozenset[str] = frozenset()
    joint: frozenset[str] = frozenset()
    """Words that begin a new clause, which a negation before them does not reach."""
    hypothetical: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    past: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    speaker: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    """Words for the speaker as the one who acts."""
    opinion: frozenset[str] = frozenset()
    equal: frozenset[str] = frozenset()
    passive: frozenset[str] = frozenset()
    filler: frozenset[str] = frozenset()


class Lexicon:
    """Entries by their first word and the next one, and the grammar of the language."""

    def __init__(self, language: str, grammar: Grammar, entries: Iterable[Entry]) -> None:
        self.language = language
        self.grammar = grammar
        self._entries: dict[str, dict[str, list[Entry]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for entry in entries:
            following = entry.places[1] if len(entry.places) > 1 else frozenset({GAP})
            for first in entry.places[0]:
                for second in following:
                    self._entries[first][second].append(entry)

    def find_entry(self, keys: Sequence[tuple[str, ...]], at: int) -> tuple[Entry, int] | None:
        """Longest entry that begins at a word, with the place after its last one; `keys` are those of
        the words.
        """
        best: tuple[Entry, int] | None = None
        for key in keys[at]:  # from the exact word to ever shorter beginnings
            known = self._entries.get(key)
            if known is None:
                continue
            for second in (GAP, *(keys[at + 1] if at + 1 < len(keys) else ())):
                for entry in known.get(second, ()):
                    end = _match(entry.places, keys, at)
                    if end and (best is None or end > best[1]):
                        best = entry, end
        return best

    def is_any(self, token: str, words: frozenset[str]) -> bool:
        """True if a token is one of these function words."""
        return token in words or (
            self.language == "ar" and token[:1] in _JOINED and token[1:] in words
        )

    def has_any(self, tokens: Sequence[str], words: frozenset[str]) -> bool:
        """True if one of the tokens is one of these function words."""
        return any(self.is_any(token, words) for token in tokens)


@lru_cache(maxsize=16_384)
def build_keys(token: str, language: str) -> tuple[str, ...]:
    """Keys under which a word may stand in a lexicon, the exact ones first."""
    keys = dict.fromkeys((token, *_read_number(token)))
    for form in _list_forms(token, language):
        ends = range(len(form), max(1, len(form) - ENDING - 1), -1)
        keys |= dict.fromkeys((form, *(f"{form[:end]}*" for end in ends)))
    return tuple(keys)


def _match(places: Sequence[frozenset[str]], keys: Sequence[tuple[str, ...]], at: int) -> int:
    """Place after the last word of a phrase, 0 if it is not there."""
    between = 0
    for place in places:
        if GAP in place:
            between = MOST_BETWEEN
            continue
        for i in range(at, min(at + between + 1, len(keys))):
            if not place.isdisjoint(keys[i]):
                at, between = i + 1, 0
                break
        else:
            return 0
    return at


def _list_forms(token: str, language: str) -> Iterator[str]:
    yield token
    if language == "ar" and len(token) >= _SHORTEST:
        for clitic in _CLITICS:
            if token.startswith(clitic):
                yield token.removeprefix(clitic)


def fold_text(text: str, language: str) -> str:
    """Plain text, also without the accents that people leave out. German keeps its umlauts, which
    tell words apart.
    """
    plain = normalize(text)
    if language == "de":
        return plain
    plain = strip_accents(plain)
    return plain.translate(_ARABIC) if language == "ar" else plain


@cache
def load_lexicon(language: str) -> Lexicon | None:
    """Lexicon of a language; None if it has none."""
    grammar = tomllib.loads((FOLDER / "grammar.toml").read_text("utf-8")).get(language)
    if grammar is None:
        return None
    entries = chain.from_iterable(_read_entries(name, language) for name in ("all", language))
    return Lexicon(language, Grammar(**_read_grammar(grammar, language)), entries)


def _read_grammar(table: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        name: frozenset(fold_text(value, language).split()) if isinstance(value, str) else value
        for name, value in table.items()
    }


def _read_entries(name: str, language: str) -> Iterator[Entry]:
    for line in (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        weight, negated, mark, entries = line.split("\t")
        for words in entries.split(", "):
            places = tuple(
                frozenset(fold_text(one, language) for one in place.split("|"))
                for place in split_words(words, language)
            )
            yield Entry(places, int(weight), int(negated), mark)


def split_words(words: str, language: str) -> list[str]:
    """Words of a phrase; French writes short ones together with the next."""
    parted = words.replace("-", " ") if any(map(str.isalpha, words)) else words
    return (parted.replace("'", " ") if language == "fr" else parted).split()


def _read_number(token: str) -> tuple[str, ...]:
    """Signs for a number, in digits or as a word."""
    value = (
        int(token)
        if token.isdecimal() and len(token) < MOST_DIGITS
        else NUMBER_WORDS.get(token)
    )
    if value is None:
        return ()
    return (NUMBER, GREAT_NUMBER) if float(value) >= GREAT else (NUMBER,)
