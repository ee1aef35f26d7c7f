"""Avoided topics: what a participant prefers not to discuss, and the questions about it."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_cached_stems,
    get_stem,
    normalize,
    split_words,
)

_SUBJECT: Final = languages.load_pattern("avoiding", "subject")
_MOST_WORDS: Final = 5


@cache
def _fields() -> Sequence[LazyPattern]:
    """Private subjects, each in the words in which it is asked about."""
    return [
        LazyPattern(languages.build_source(f))
        for f in languages.load_table("all", "avoiding")["fields"].values()
    ]


def find_refused_topic(text: str, language: str) -> str:
    """Subject that a refusal names, in plain words; empty if none."""
    found = _SUBJECT.search(normalize(text).rstrip(" .!,"))
    said = next((part for part in found.groupdict().values() if part), "") if found else ""
    said = re.split(r"[,;:.!?]", said)[0]
    named = filter_content_words(split_words(said), language)
    return " ".join(named) if len(split_words(said)) <= _MOST_WORDS else ""


def is_about(text: str, named: str, language: str) -> bool:
    """True if a text of the script clearly is about this subject."""
    line = normalize(text)
    if any(field.search(named) and field.search(line) for field in _fields()):
        return True
    own = {get_stem(word, language) for word in split_words(named)}
    return bool(own) and own <= get_cached_stems(text, language)


def is_avoided(question: Question, avoided: list[str], language: str) -> bool:
    """True if a question is about anything to avoid."""
    return any(is_about(question.text, named, language) for named in avoided)
