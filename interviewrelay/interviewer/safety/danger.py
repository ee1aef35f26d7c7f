"""Danger to a life, told in any language: a person's own, or that of somebody beside them.

It errs on the side of yes; idioms and plain denials are taken out first. What it must catch, and what
it must let pass, is written down line by line in `tests/interviewer/safety/danger/`.

All languages are looked for in every answer, as people change theirs when it matters; without accents,
as people leave them out; and with the few words on which most depends put right where one letter of
them is wrong or missing, since who speaks of such things seldom looks over what was typed.
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
    """The languages in which danger is heard."""
    return sorted(languages.by_language("danger", "danger", str))


def in_danger(text: str) -> bool:
    """Whether a plain text, in any language known here, speaks of a danger to somebody's life."""
    return any(_in_danger(passage) for passage in passages(text))


def _in_danger(text: str) -> bool:
    text = put_right(unaccented(text))
    heard = [p for _, p in _dangers().likely(text, trigrams(text)) if p.search(text)]
    if not heard:  # most answers: what takes idioms out costs more than this
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
    """A plain text without accents, with the decisive words as they are written, and with the
    apostrophe of "ive", "hes" and the like.
    """
    known = _decisive()
    for word in {*_MAY_BE_MEANT.findall(text)}.difference(known.values()):
        meant = next((known[way] for way in (word, *_shorter(word)) if way in known), "")
        text = text.replace(word, meant) if meant else text
    return _JOINED.sub(r"\1'", text)


@cache
def _decisive() -> dict[str, str]:
    """The decisive words, by what is left of them when one letter is taken out."""
    known = languages.load(languages.ALL, "danger")["decisive"]
    return {way: word for word in known for way in (word, *_shorter(word))}


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
