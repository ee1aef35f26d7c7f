"""Care lexicon: words of distress, "not now" and "leave that out", and replies to an offered pause.

The words are in `care.toml` of each language: `filler` lists words that may stand around, `spelled`
the reading of a token, `words` named lists; each kind has its token patterns (`any`) and exceptions
(`except`).
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.token_patterns import (
    Pattern,
    Sentence,
    compile_pattern,
    list_typos,
)
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    once_a_turn,
    split_sentences,
    strip_accents,
)

DISTRESS, NOT_NOW, LEAVE_OUT = "distress", "not_now", "leave_out"
OTHER_SUBJECT, GO_ON, MAY_QUOTE = "other_subject", "go_on", "may_quote"
NO_DANGER = "no_danger"
KINDS: Final = (DISTRESS, NOT_NOW, LEAVE_OUT, OTHER_SUBJECT, GO_ON, MAY_QUOTE, NO_DANGER)
CALM: Final = f"-{DISTRESS}"
"""Exceptions from distress: a sentence about work, illness, joy or another person."""
LANGUAGES: Final = ("ar", "de", "en", "es", "fr", "nl")

_SAID: Final = frozenset({NOT_NOW, LEAVE_OUT})
_SAID_BY: Final = languages.load_pattern("care", "said_by")
"""Reporting clause after another person's words."""

_TOKEN: Final = re.compile(r"[^\W_]+")
_BREAK: Final = re.compile("[,;:.!?()\u060c\u061b\u2026\u2013\u2014]| - ")
_ARABIC: Final = re.compile("[\u0620-\u064a]")
_AND: Final = ("\u0648", "\u0641")
"""Arabic "and" and "so", which are written as a part of the next word."""


@dataclass(frozen=True, slots=True)
class PhraseLexicon:
    """Compiled lexicon of one language."""

    letters: Mapping[str, str]
    spelled: Mapping[str, tuple[str, ...]]
    typos: Mapping[str, str]
    known: frozenset[str]
    fillers: frozenset[tuple[str, ...]]
    index: Mapping[str, Sequence[Pattern]]

    def parse(self, line: str) -> Sentence:
        """Plain sentence in the spelling of the lexicon."""
        tokens: list[str] = []
        breaks = {0}
        for clause in _BREAK.split(_normalise(line, self.letters)):
            for token in _TOKEN.findall(clause):
                tokens.extend(self._read(token))
            breaks.add(len(tokens))
        lead = self._lead(tokens)
        starts = {*breaks, *range(lead + 1)}
        for begin in breaks:
            at = begin + self._step(tokens, begin)
            while at not in starts:
                starts.add(at)
                at += self._step(tokens, at)
        return Sentence(tokens, frozenset(breaks), frozenset(starts), lead, self._tail(tokens))

    def _read(self, token: str) -> tuple[str, ...]:
        if token.startswith(_AND) and token not in self.known and token[1:] in self.known:
            token = token[1:]
        token = self.typos.get(token, token)
        return self.spelled.get(token, (token,))

    def find(self, sentence: str) -> frozenset[str]:
        """Kinds of a plain sentence."""
        parsed = self.parse(sentence)
        present = frozenset(parsed.tokens)
        likely = {
            pattern
            for word in present & self.index.keys()
            for pattern in self.index[word]
            if pattern.is_possible(present)
        }
        found = {pattern.kind for pattern in likely if pattern.is_in(parsed)}
        return frozenset(kind for kind in found if f"-{kind}" not in found)

    def _lead(self, tokens: Sequence[str]) -> int:
        at = 0
        while step := self._step(tokens, at):
            at += step
        return at

    def _step(self, tokens: Sequence[str], at: int) -> int:
        """Number of words of the filler at this position."""
        return next((n for n in (4, 3, 2, 1) if tuple(tokens[at : at + n]) in self.fillers), 0)

    def _tail(self, tokens: Sequence[str]) -> int:
        at, step = len(tokens), 1
        while step and at:
            back = (n for n in (4, 3, 2, 1) if n <= at)
            step = next((n for n in back if tuple(tokens[at - n : at]) in self.fillers), 0)
            at -= step
        return at


@once_a_turn
def find_kinds(sentence: str, language: str) -> frozenset[str]:
    """Kinds of one plain sentence, in the script's language, English or Arabic."""
    codes = dict.fromkeys(("en", get_base_language(language)))
    if is_arabic(sentence):
        codes["ar"] = None
    found: frozenset[str] = frozenset().union(
        *(load_lexicon(code).find(sentence) for code in codes if code in LANGUAGES)
    )
    by_others = found & _SAID and _SAID_BY.search(sentence)
    return found - _SAID if by_others else found


def is_arabic(sentence: str) -> bool:
    """True if a sentence contains Arabic letters, whatever the script's language."""
    return _ARABIC.search(sentence) is not None


def find_in_text(text: str, language: str) -> frozenset[str]:
    """Kinds of any sentence in a text. "At the clinic? Not." is an answer."""
    lines = [normalize(sentence) for sentence in split_sentences(text)]
    told = [one for one in lines if one.strip(" .!") not in _NO] if len(lines) > 1 else lines
    return frozenset().union(*(find_kinds(line, language) for line in told))


def is_all_clear(text: str) -> bool:
    """True if each clause of a text says that nobody is in danger, that it was not meant that way,
    or asks to continue, in any language. "I am not, my sister is" does not.
    """
    clauses = [
        c for sentence in split_sentences(text) for c in _BREAK.split(normalize(sentence))
    ]
    said = [c for c in clauses if c.strip() and not _is_filler(c)]
    return bool(said) and all(
        any(NO_DANGER in load_lexicon(code).find(c) for code in LANGUAGES) for c in said
    )


def _is_filler(clause: str) -> bool:
    """True if a clause is only "sorry", "please" and the like."""
    read = [load_lexicon(code).parse(clause) for code in LANGUAGES]
    return any(one.lead >= len(one.tokens) for one in read)


_NO: Final = frozenset(["not", "nicht", "niet"])


def _normalise(text: str, letters: Mapping[str, str]) -> str:
    line = strip_accents(text)
    for written, read in letters.items():
        line = line.replace(written, read)
    return line


@cache
def load_lexicon(code: str) -> PhraseLexicon:
    """Care lexicon of a language, read once."""
    return read_lexicon(code, "care", KINDS)


def read_lexicon(code: str, name: str, kinds: Sequence[str]) -> PhraseLexicon:
    """Compile the patterns of these kinds from a language's table."""
    data = languages.load_table(code, name)
    letters = data["letters"]
    data = json.loads(_normalise(json.dumps(data, ensure_ascii=False), letters))
    lists = {name: frozenset(words.split()) for name, words in data["words"].items()}
    patterns: list[Pattern] = []
    for kind in kinds:
        part = data.get(kind, {"any": ()})
        for mark, lines in (("", part["any"]), ("-", part.get("except", ()))):
            patterns += (compile_pattern(mark + kind, line, lists) for line in lines)
    known = frozenset().union(*(step.words or () for one in patterns for step in one.steps))
    fillers = frozenset(tuple(filler.split()) for filler in data["filler"])
    spelled = {wrong: tuple(right.split()) for wrong, right in data["spelled"].items()}
    vocabulary = known.union(spelled, *fillers)
    return PhraseLexicon(
        letters=letters,
        spelled=spelled,
        typos=list_typos(vocabulary),
        known=vocabulary,
        fillers=fillers,
        index=_index(patterns),
    )


def _index(patterns: Sequence[Pattern]) -> dict[str, list[Pattern]]:
    """Patterns by the rarest of their required words: "i" is in many."""
    needs = Counter(word for one in patterns for step in one.needed for word in step)
    index: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        rarest = min(pattern.needed, key=lambda step: sum(needs[word] for word in step))
        for word in rarest:
            index.setdefault(word, []).append(pattern)
    return index
