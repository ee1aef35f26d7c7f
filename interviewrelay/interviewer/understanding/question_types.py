"""Question types: answers that fit a question by form, whatever their words.

Who: named persons. Obstacles: any cause. Activities: anything about themselves, or an elliptical
answer without small talk.
"""

import re
from collections.abc import Mapping
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    split_words,
)

_WHO: Final = languages.load_patterns("fitting", "who")
_PERSONS: Final = languages.load_patterns("fitting", "persons")
_CAUSE: Final = languages.load_patterns("fitting", "cause")
_DOING: Final = languages.load_patterns("fitting", "doing")
_WORDS: Final = languages.load_patterns("fitting", "words")
_CHANGE: Final = languages.load_patterns("fitting", "change")
_LEANS: Final = languages.load_patterns("fitting", "leans")

HEAD = 3
"""Maximum words of a clause that names something without a verb: "Cooking, mostly pasta"."""


def asks_for_cause(asked: str, language: str) -> bool:
    return _finds(_CAUSE, asked, language)


def names_who(asked: str, text: str, language: str) -> bool:
    """True if the question is who, and a person is named."""
    return _finds(_WHO, asked, language) and _finds(_PERSONS, text, language)


def asks_for_doing(asked: str, language: str) -> bool:
    return _finds(_DOING, asked, language)


def asks_for_words(asked: str, language: str) -> bool:
    """True if the question asks what a person said, advised or wrote."""
    return _finds(_WORDS, asked, language)


def asks_for_change(asked: str, language: str) -> bool:
    """True if the question asks what was missing, or what the participant would change."""
    return _finds(_CHANGE, asked, language)


def is_sentence_part(text: str, subjects: frozenset[str], language: str) -> bool:
    """True if a text begins like an elliptical answer; `subjects` are its words of small talk."""
    line, known = normalize(text), _LEANS.get(get_base_language(language))
    if known is not None and known.match(line):
        return True
    head = split_words(re.split("[,;]", line, maxsplit=1)[0]) if re.search("[,;]", line) else []
    return len(head) <= HEAD and not subjects.isdisjoint(head)


def _finds(table: Mapping[str, LazyPattern], text: str, language: str) -> bool:
    found = table.get(get_base_language(language))
    return found is not None and found.search(normalize(text)) is not None
