"""Lexicon: small word lists of the languages, such as function words, numbers, the calendar."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

from interviewrelay.interviewer import languages

_TENS_FROM: Final = 2
"""Multiplier of the first word in the lists of tens, which is twenty."""

STOP_WORDS: Final = languages.load_word_sets("lexicon", "stop")
"""Function words by language; empty for a language without a list."""

NEUTRAL_WORDS: Final = languages.load_word_sets("lexicon", "neutral")
"""Words that ask without introducing anything."""


def _lists(key: str) -> list[list[str]]:
    """Lists of that name in all languages."""
    tables = (languages.load_table(code, "lexicon") for code in languages.list_languages())
    return [table[key] for table in tables if key in table]


def _all(key: str) -> frozenset[str]:
    return frozenset().union(*_lists(key))


def _numbered(key: str, first: int = 0, times: int = 1) -> Mapping[str, int]:
    """Numbered words of lists, from the first number on, multiplied by `times`."""
    return {w: times * n for words in _lists(key) for n, w in enumerate(words, first)}


BASE_FORMS: Final[Mapping[str, str]] = {
    form: base
    for base, forms in languages.load_table("en", "lexicon")["base_forms"].items()
    for form in forms
}
"""Irregular English verb forms, which no stemmer unites: "sat" may be asked about with "sit"."""

YES_WORDS: Final = _all("yes")
NO_WORDS: Final = _all("no")
"""First words that negate a closed question, whatever follows."""

NUMBER_WORDS: Final[Mapping[str, int]] = {
    **_numbered("numbers"),
    **_numbered("tens", _TENS_FROM, 10),
}
"""Number words of all languages, without those that mostly are articles (`un`, `ein`; `one` stays)."""

MONTHS: Final = _numbered("months", 1)
WEEKDAYS: Final = _numbered("weekdays", 1)
"""Months and weekdays, by number."""

GENERIC_WORDS: Final = _all("generic")
"""General words that say nothing specific."""


def build_number_pattern(*more: Iterable[str]) -> str:
    """Pattern of any number word, and of `more` words; the longest one wins."""
    return "|".join(sorted(chain(NUMBER_WORDS, *more), key=len, reverse=True))
