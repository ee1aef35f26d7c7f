"""Danger detection: danger to life, in any language, of the participant or of somebody with them.

It errs on the side of yes; idioms and plain denials are removed first. Required hits and misses are
listed line by line in `tests/interviewer/safety/danger/`.

All languages are checked in every answer, because people switch languages when it matters; without
accents, which people leave out; and with one wrong or missing letter corrected in the most decisive
words, because people in danger seldom proofread.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.patterns.pattern_prefilter import Haystacks, trigrams, ways
from interviewrelay.interviewer.text.tokenization import passages, unaccented

_MAY_BE_MEANT: Final = languages.pattern("danger", "may_be_meant")
_JOINED: Final = languages.pattern("danger", "joined")


def codes() -> list[str]:
    """Languages with danger patterns."""
    return sorted(languages.by_language("danger", "danger", str))


def in_danger(text: str) -> bool:
    """True if a plain text, in any of these languages, mentions a danger to somebody's life."""
    return any(_in_danger(passage) for passage in passages(text))


def _in_danger(text: str) -> bool:
    text = put_right(unaccented(text))
    heard = [p for _, p in _dangers().likely(text, trigrams(text)) if p.search(text)]
    if not heard:  # most answers: removing idioms costs more than this check
        return False
    for pattern in _none():
        text = pattern.sub(" ", text)
    return any(pattern.search(text) for pattern in heard)


@cache
def _dangers() -> Haystacks[str]:
    every = (languages.written(code, "danger", "danger") for code in codes())
    return Haystacks({way: way for spoken in every for way in ways(spoken)})


@cache
def _none() -> tuple[Late, ...]:
    return tuple(Late(p) for code in codes() for p in languages.each(code, "danger", "none"))


def put_right(text: str) -> str:
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
    known = languages.load(languages.ALL, "danger")["decisive"]
    return {way: word for word in known for way in (word, *_shorter(word))}


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
