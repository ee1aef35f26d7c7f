"""What is typed in haste, as it is usually written: "im" for "i'm", "moechte", "aqui", "jai".

The tables of how people say stop, skip and the like are written as one writes with care. Only what
nearly always stands for one thing is read as that, and only where that language is spoken; what people
tell is kept as it is. What is decisive in any language is put right by `safety.danger`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.text.tokenization import base_language

_WORD: Final = Late(r"(?<![\w'-])\w+(?:'\w+)?(?![\w'-])")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What is meant by words and phrases as typed; one of `marks` is in whatever a phrase mends."""

    words: Mapping[str, str]
    phrases: Sequence[tuple[Late, str]]
    marks: frozenset[str]


def _spelling(code: str) -> _Spelling:
    table = languages.load(code, "spelling")
    phrases = table.get("phrases", [])
    return _Spelling(
        {typed: meant for meant, some in table["words"].items() for typed in some},
        [(Late(languages.source(one["said"])), one["meant"]) for one in phrases],
        frozenset(one["word"] for one in phrases),
    )


_SPELLINGS: Final = languages.by_language("spelling", "words", _spelling)


def mended(line: str, language: str) -> str:
    """A plain text with the words that are usually meant, in the script's language."""
    known = _SPELLINGS.get(base_language(language))
    if known is None:
        return line
    said = frozenset(_WORD.findall(line))
    if not said.isdisjoint(known.words):
        line = _WORD.sub(lambda found: known.words.get(found[0], found[0]), line)
    if not said.isdisjoint(known.marks):
        for typed, meant in known.phrases:
            line = typed.sub(meant, line)
    return line
