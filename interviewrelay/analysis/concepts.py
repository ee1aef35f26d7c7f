"""Concepts: words that stand for the same thing, by an everyday lexicon and by their form.

The lexicon (`words/concepts.toml`) has words of several languages under one name, such as `waiting`
for "queue", "delay" and "Wartezeit". Kin are stems of which one is derived from the other
("religion", "religious"); they are found among the words of a study, in any language.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from interviewrelay.analysis import stemming
from interviewrelay.interviewer.text.lexicon import BASE_FORMS
from interviewrelay.interviewer.text.tokenization import get_base_language

SHORTEST_ROOT: Final = 5
"""Minimum letters that kin have in common at their beginning."""
SHORTEST_WORD: Final = 6
"""Minimum letters of a stem that is all of the beginning of its kin ("health", "healthcare")."""
ALIKE: Final = 0.8
"""Minimum share of the longer one that kin have in common."""
NEIGHBOURS: Final = 40
"""Stems after it in the alphabet that a stem is compared with, which bounds the time."""

_WORDS: Final = Path(__file__).parent / "words" / "concepts.toml"


def find_kin(stems: Iterable[str]) -> dict[str, frozenset[str]]:
    """Kin of each stem, among these stems, without itself."""
    kin: dict[str, set[str]] = {}
    ordered = sorted(stem for stem in set(stems) if len(stem) >= SHORTEST_ROOT)
    for place, stem in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
            if not other.startswith(stem[:SHORTEST_ROOT]):
                break
            common = _common_letters(stem, other)
            whole = common == len(stem) >= SHORTEST_WORD
            if whole or common >= ALIKE * len(other):
                kin.setdefault(stem, set()).add(other)
                kin.setdefault(other, set()).add(stem)
    return {stem: frozenset(others) for stem, others in kin.items()}


def get_base_stem(stem: str, language: str) -> str:
    """Stem of the base form of an irregular English verb ("told": "tell"); otherwise the same."""
    return _base_stems().get(stem, stem) if get_base_language(language) == "en" else stem


@cache
def load_concepts(language: str) -> Mapping[str, tuple[str, ...]]:
    """Names of the concepts of each stem of a language."""
    code = get_base_language(language)
    found: dict[str, list[str]] = {}
    for name, words in _lexicon().items():
        for stem in sorted(stemming.get_stems(words.get(code, ""), code)):
            found.setdefault(get_base_stem(stem, code), []).append(name)
    return {stem: tuple(dict.fromkeys(names)) for stem, names in found.items()}


def list_concepts() -> list[str]:
    """Names of all concepts."""
    return list(_lexicon())


def _common_letters(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


@cache
def _lexicon() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_WORDS.read_text("utf-8"))


@cache
def _base_stems() -> Mapping[str, str]:
    stems = {}
    for form, base in BASE_FORMS.items():
        one, other = stemming.get_stems(form, "en"), stemming.get_stems(base, "en")
        if len(one) == len(other) == 1:
            stems[min(one)] = min(other)
    return stems
