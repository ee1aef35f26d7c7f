"""Avoided topics: what a participant prefers not to discuss, and the questions about it."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.text.tokenization import (
    content_words,
    plain,
    stem,
    stems,
    words,
)

_SUBJECT: Final = languages.pattern("avoiding", "subject")
_MOST_WORDS: Final = 5


@cache
def _fields() -> Sequence[Late]:
    """Private subjects, each in the words in which it is asked about."""
    return [
        Late(languages.source(f)) for f in languages.load("all", "avoiding")["fields"].values()
    ]


def subject(text: str, language: str) -> str:
    """Subject that a refusal names, in plain words; empty if none."""
    found = _SUBJECT.search(plain(text).rstrip(" .!,"))
    said = next((part for part in found.groupdict().values() if part), "") if found else ""
    said = re.split(r"[,;:.!?]", said)[0]
    named = content_words(words(said), language)
    return " ".join(named) if len(words(said)) <= _MOST_WORDS else ""


def is_about(text: str, named: str, language: str) -> bool:
    """True if a text of the script clearly is about this subject."""
    line = plain(text)
    if any(field.search(named) and field.search(line) for field in _fields()):
        return True
    own = {stem(word, language) for word in words(named)}
    return bool(own) and own <= stems(text, language)


def concerns(question: Question, avoided: list[str], language: str) -> bool:
    """True if a question is about anything to avoid."""
    return any(is_about(question.text, named, language) for named in avoided)
