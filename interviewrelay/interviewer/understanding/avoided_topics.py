"""What a participant would rather not talk about, and which questions clearly are about that."""

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
    """Subjects that people keep to themselves, each in the words in which it is asked about."""
    return [
        Late(languages.source(f)) for f in languages.load("all", "avoiding")["fields"].values()
    ]


def subject(text: str, language: str) -> str:
    """What a refusal names as not to be talked about, in plain words; empty when it names nothing."""
    found = _SUBJECT.search(plain(text).rstrip(" .!,"))
    said = next((part for part in found.groupdict().values() if part), "") if found else ""
    said = re.split(r"[,;:.!?]", said)[0]
    named = content_words(words(said), language)
    return " ".join(named) if len(words(said)) <= _MOST_WORDS else ""


def is_about(text: str, named: str, language: str) -> bool:
    """Whether a text of the script clearly is about the subject named."""
    line = plain(text)
    if any(field.search(named) and field.search(line) for field in _fields()):
        return True
    own = {stem(word, language) for word in words(named)}
    return bool(own) and own <= stems(text, language)


def concerns(question: Question, avoided: list[str], language: str) -> bool:
    """Whether a question is about anything that is to be avoided."""
    return any(is_about(question.text, named, language) for named in avoided)
