"""Facts: plain facts that a question asks for, and whether an answer states them; no cues are
needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.lexicon import build_number_pattern
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    get_stem,
    normalize,
    split_sentences,
    split_words,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Fact: `asked` matches a plain question, `told` a plain answer."""

    question_pattern: LazyPattern
    answer_pattern: LazyPattern


@cache
def _facts() -> Mapping[str, Fact]:
    table = languages.load_table("all", "facts")
    parts = {**table["parts"], "NUMBER": build_number_pattern()}
    return {
        name: Fact(
            *(LazyPattern(languages.fill_pattern(fact[k], parts)) for k in ("asked", "told"))
        )
        for name, fact in table["facts"].items()
    }


_PART: Final = languages.load_pattern("facts", "part")
_ASKING: Final = languages.load_pattern("facts", "asking")
_BEGINNING: Final = languages.load_pattern("facts", "beginning")
_CLOSED: Final = languages.load_patterns("facts", "closed")


def took_no_time(line: str) -> bool:
    """True if a plain text says that nobody had to wait."""
    return _facts()["no_time"].answer_pattern.search(line) is not None


def asks_only_for_facts(question: str) -> bool:
    """True if every part of a question asks for a known kind of fact."""
    asked = normalize(question).rstrip("?! .\u061f")
    if len(split_sentences(question)) != 1:
        return False
    return all(_asked(part) for part in _PART.split(asked))


def answers_all_facts(question: str, answer: str, context: str, language: str) -> bool:
    """True if an answer states all facts of a question that asks for nothing else, on the same
    matter: the question's words occur in the answer, or in the question that it answered.
    """
    asked = normalize(question).rstrip("?! .\u061f")
    line = normalize(answer)
    if not all(
        any(f.answer_pattern.search(line) for f in _asked(p)) for p in _PART.split(asked)
    ):
        return False
    about = filter_content_words(split_words(_ASKING.sub(" ", asked)), language)
    known = {get_stem(word, language) for word in split_words(f"{line} {context}")}
    return all(get_stem(word, language) in known for word in about)


def is_told(question: str, answers: Sequence[str]) -> bool:
    """True if one of the answers states the fact that the question asks for."""
    asked = _asked(question)
    return any(
        fact.answer_pattern.search(normalize(answer)) for fact in asked for answer in answers
    )


@lru_cache(maxsize=4096)
def _asked(question: str) -> tuple[Fact, ...]:
    """Facts that a question of the interviewer asks for."""
    asked = normalize(question)
    return tuple(fact for fact in _facts().values() if fact.question_pattern.search(asked))


@lru_cache(maxsize=4096)
def asks_for_fact(question: str, language: str) -> bool:
    """True if the question asks for a plain fact, so that a few words answer it fully."""
    asked = normalize(question)
    if _asked(question):
        return True
    closed = _CLOSED.get(get_base_language(language), _CLOSED["en"])
    asking = [s for s in split_sentences(asked) if s.endswith("?")]
    return bool(asking) and closed.match(_BEGINNING.sub("", asking[-1])) is not None
