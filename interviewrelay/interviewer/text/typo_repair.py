"""Typo repair: common shortcuts in their usual spelling: "im" for "i'm", "moechte", "aqui", "jai".

The tables for stop, skip and the like use careful spelling. Only what nearly always means one thing
is replaced, and only in its language; accounts stay unchanged. `safety.danger` corrects words that
are decisive in any language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.tokenization import get_base_language

_WORD: Final = LazyPattern(r"(?<![\w'-])\w+(?:'\w+)?(?![\w'-])")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Corrections of words and phrases; a text to which a phrase applies contains one of `marks`."""

    words: Mapping[str, str]
    phrases: Sequence[tuple[LazyPattern, str]]
    marks: frozenset[str]


def _spelling(code: str) -> _Spelling:
    table = languages.load_table(code, "spelling")
    phrases = table.get("phrases", [])
    return _Spelling(
        {typed: meant for meant, some in table["words"].items() for typed in some},
        [(LazyPattern(languages.build_source(one["said"])), one["meant"]) for one in phrases],
        frozenset(one["word"] for one in phrases),
    )


_SPELLINGS: Final = languages.build_by_language("spelling", "words", _spelling)


def repair(line: str, language: str) -> str:
    """Plain text with common typos corrected, in the script's language."""
    known = _SPELLINGS.get(get_base_language(language))
    if known is None:
        return line
    said = frozenset(_WORD.findall(line))
    if not said.isdisjoint(known.words):
        line = _WORD.sub(lambda found: known.words.get(found[0], found[0]), line)
    if not said.isdisjoint(known.marks):
        for typed, meant in known.phrases:
            line = typed.sub(meant, line)
    return line
