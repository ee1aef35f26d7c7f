"""Personal data and secrets in what was said: neither asked about nor said back.

Data are told by their form, as `masks` does, and by the words for them; names by how they stand.
"""

from functools import lru_cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.late import Late, needles
from interviewrelay.interviewer.safety import masks, names
from interviewrelay.interviewer.words import base_language


def _words() -> str:
    ways = (languages.written(code, "private", "data") for code in _AT_HEAD)
    return rf"\b(?:{'|'.join(ways)})\b"


_AT_HEAD: Final = languages.patterns_of("private", "at_head", "verbs")
_WORDS: Final = Late(_words)
_OF_A_PERSON: Final = languages.pattern("private", "of_a_person")


def holds_data(text: str, low: str) -> bool:
    """Whether a text holds, or speaks of, a password, an account, a number, an address and the like;
    `low` is the same text, plain.
    """
    named = any(word in low for word in _needed()) and _WORDS.search(low) is not None
    return named or masks.holds_data(text)


@lru_cache(maxsize=1)
def _needed() -> frozenset[str]:
    """Most texts hold none of these, and then no word for such data."""
    return needles(_WORDS.pattern)


def names_somebody(clause: str, language: str) -> bool:
    """Whether a clause names a person by a title or at its head, where any word has a capital."""
    head = _AT_HEAD.get(base_language(language))
    begins = head is not None and head.search(clause) is not None
    # Who writes without capitals names people so, too; of a thing little is lost.
    known = clause[:1].isupper() or _OF_A_PERSON.search(clause) is not None
    return (begins and known) or names.titles(clause)
