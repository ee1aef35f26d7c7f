"""What an answer has to be to fit what a question asks for, whatever its words are about.

Who: persons who are named. What got in the way: any cause. What one does: anything that they tell of
themselves, or a mere part of a sentence, which leans on the question and chats about nothing.
"""

import re
from collections.abc import Mapping
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.text.tokenization import base_language, plain, words

_WHO: Final = languages.patterns("fitting", "who")
_PERSONS: Final = languages.patterns("fitting", "persons")
_CAUSE: Final = languages.patterns("fitting", "cause")
_DOING: Final = languages.patterns("fitting", "doing")
_WORDS: Final = languages.patterns("fitting", "words")
_CHANGE: Final = languages.patterns("fitting", "change")
_LEANS: Final = languages.patterns("fitting", "leans")

HEAD = 3
"""Words of a clause that names something and says nothing of it: "Cooking, mostly pasta"."""


def asks_for_cause(asked: str, language: str) -> bool:
    return _finds(_CAUSE, asked, language)


def names_who(asked: str, text: str, language: str) -> bool:
    """Whether it is asked who, and a person is named."""
    return _finds(_WHO, asked, language) and _finds(_PERSONS, text, language)


def asks_for_doing(asked: str, language: str) -> bool:
    return _finds(_DOING, asked, language)


def asks_for_words(asked: str, language: str) -> bool:
    """Whether it is asked what somebody said, advised or wrote."""
    return _finds(_WORDS, asked, language)


def asks_for_change(asked: str, language: str) -> bool:
    """Whether it is asked what was missing, or what one would have otherwise."""
    return _finds(_CHANGE, asked, language)


def leans(text: str, subjects: frozenset[str], language: str) -> bool:
    """Whether a text begins as a part of a sentence does that answers; `subjects` are the words by
    which it could be small talk.
    """
    line, known = plain(text), _LEANS.get(base_language(language))
    if known is not None and known.match(line):
        return True
    head = words(re.split("[,;]", line, maxsplit=1)[0]) if re.search("[,;]", line) else []
    return len(head) <= HEAD and not subjects.isdisjoint(head)


def _finds(table: Mapping[str, Late], text: str, language: str) -> bool:
    found = table.get(base_language(language))
    return found is not None and found.search(plain(text)) is not None
