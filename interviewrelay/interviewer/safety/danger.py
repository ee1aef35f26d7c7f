"""Danger detection: danger to life, in any language, of the participant or of a person with them.

When in doubt, it reports danger; idioms and plain denials are removed first. Required hits and
misses are listed line by line in `tests/interviewer/safety/danger/`.

All languages are checked in every answer, because people switch languages when it matters. Accents
are ignored, because people leave them out. One wrong or missing letter in the most decisive words
is corrected, because people in danger seldom proofread.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.patterns.pattern_prefilter import (
    PatternIndex,
    split_alternatives,
    trigrams,
)
from interviewrelay.interviewer.text.tokenization import split_passages, strip_accents

_MAY_BE_MEANT: Final = languages.load_pattern("danger", "may_be_meant")
_JOINED: Final = languages.load_pattern("danger", "joined")


def list_languages() -> list[str]:
    """Languages with danger patterns."""
    return sorted(languages.build_by_language("danger", "danger", str))


def tells_of_danger(text: str) -> bool:
    """True if a plain text, in any of these languages, mentions a danger to a person's life."""
    return any(_in_danger(passage) for passage in split_passages(text))


def _in_danger(text: str) -> bool:
    text = repair_spelling(strip_accents(text))
    heard = [p for _, p in _dangers().candidates(text, trigrams(text)) if p.search(text)]
    if not heard:  # most answers: removing idioms costs more than this check
        return False
    for pattern in _none():
        text = pattern.sub(" ", text)
    return any(pattern.search(text) for pattern in heard)


@cache
def _dangers() -> PatternIndex[str]:
    every = (
        languages.read_pattern_source(code, "danger", "danger") for code in list_languages()
    )
    return PatternIndex({way: way for spoken in every for way in split_alternatives(spoken)})


@cache
def _none() -> tuple[LazyPattern, ...]:
    return tuple(
        LazyPattern(p)
        for code in list_languages()
        for p in languages.list_pattern_sources(code, "danger", "none")
    )


def repair_spelling(text: str) -> str:
    """Plain text without accents, with decisive words corrected, and with the apostrophe of "ive",
    "hes" and the like.
    """
    known = _decisive()
    for word in {*_MAY_BE_MEANT.findall(text)}.difference(known.values()):
        meant = next((known[way] for way in (word, *_shorter(word)) if way in known), "")
        text = text.replace(word, meant) if meant else text
    return _JOINED.sub(r"\1'", text)


@cache
def _decisive() -> dict[str, str]:
    """Decisive words, by what is left when one letter is removed."""
    known = languages.load_table(languages.ALL, "danger")["decisive"]
    return {way: word for word in known for way in (word, *_shorter(word))}


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
