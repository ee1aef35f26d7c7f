"""Facts: plain facts that a question asks for, and whether an answer states them; no cues are
needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.text.lexicon import any_number
from interviewrelay.interviewer.text.tokenization import (
    base_language,
    content_words,
    plain,
    sentences,
    stem,
    words,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Fact: `asked` matches a plain question, `told` a plain answer."""

    asked: Late
    told: Late


@cache
def _facts() -> Mapping[str, Fact]:
    table = languages.load("all", "facts")
    parts = {**table["parts"], "NUMBER": any_number()}
    return {
        name: Fact(*(Late(languages.filled(fact[k], parts)) for k in ("asked", "told")))
        for name, fact in table["facts"].items()
    }


_PART: Final = languages.pattern("facts", "part")
_ASKING: Final = languages.pattern("facts", "asking")
_BEGINNING: Final = languages.pattern("facts", "beginning")
_CLOSED: Final = languages.patterns("facts", "closed")


def took_no_time(line: str) -> bool:
    """True if a plain text says that nobody had to wait."""
    return _facts()["no_time"].told.search(line) is not None


def only_facts(question: str) -> bool:
    """True if every part of a question asks for a known kind of fact."""
    asked = plain(question).rstrip("?! .\u061f")
    if len(sentences(question)) != 1:
        return False
    return all(_asked(part) for part in _PART.split(asked))


def told_in_full(question: str, answer: str, context: str, language: str) -> bool:
    """True if an answer states all facts of a question that asks for nothing else, on the same
    matter: the question's words occur in the answer, or in the question that it answered.
    """
    asked = plain(question).rstrip("?! .\u061f")
    line = plain(answer)
    if not all(any(f.told.search(line) for f in _asked(p)) for p in _PART.split(asked)):
        return False
    about = content_words(words(_ASKING.sub(" ", asked)), language)
    known = {stem(word, language) for word in words(f"{line} {context}")}
    return all(stem(word, language) in known for word in about)


def told(question: str, answers: Sequence[str]) -> bool:
    """True if one of the answers states the fact that the question asks for."""
    asked = _asked(question)
    return any(fact.told.search(plain(answer)) for fact in asked for answer in answers)


@lru_cache(maxsize=4096)
def _asked(question: str) -> tuple[Fact, ...]:
    """Facts that a question of the interviewer asks for."""
    asked = plain(question)
    return tuple(fact for fact in _facts().values() if fact.asked.search(asked))


@lru_cache(maxsize=4096)
def wanted(question: str, language: str) -> bool:
    """True if the question asks for a plain fact, so that a few words answer it fully."""
    asked = plain(question)
    if _asked(question):
        return True
    closed = _CLOSED.get(base_language(language), _CLOSED["en"])
    asking = [s for s in sentences(asked) if s.endswith("?")]
    return bool(asking) and closed.match(_BEGINNING.sub("", asking[-1])) is not None
