"""Small word lists of the languages: function words, numbers, the calendar."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

from interviewrelay.interviewer import languages

_TENS_FROM: Final = 2
"""The first of the tens is twenty."""

STOP_WORDS: Final = languages.wordsets("lexicon", "stop")
"""Function words by language. A language without a list has none: all its words count."""

NEUTRAL_WORDS: Final = languages.wordsets("lexicon", "neutral")
"""Words that ask without bringing anything in."""


def _lists(key: str) -> list[list[str]]:
    """The lists of that name of all languages."""
    tables = (languages.load(code, "lexicon") for code in languages.codes())
    return [table[key] for table in tables if key in table]


def _all(key: str) -> frozenset[str]:
    return frozenset().union(*_lists(key))


def _numbered(key: str, first: int = 0, times: int = 1) -> Mapping[str, int]:
    """The words of lists that begin with a number and go on by `times`."""
    return {w: times * n for words in _lists(key) for n, w in enumerate(words, first)}


BASE_FORMS: Final[Mapping[str, str]] = {
    form: base
    for base, forms in languages.load("en", "lexicon")["base_forms"].items()
    for form in forms
}
"""English verbs that no stemmer brings together: who has sat somewhere may be asked where they sit."""

YES_WORDS: Final = _all("yes")
NO_WORDS: Final = _all("no")
"""First words that answer a closed question, whatever follows them."""

NUMBER_WORDS: Final[Mapping[str, int]] = {
    **_numbered("numbers"),
    **_numbered("tens", _TENS_FROM, 10),
}
"""Number words of all languages, without those that mostly are articles (`un`, `ein`, `one` stays)."""

MONTHS: Final = _numbered("months", 1)
WEEKDAYS: Final = _numbered("weekdays", 1)
"""The months and the days of the week, by number."""

GENERIC_WORDS: Final = _all("generic")
"""Words of any subject: they say nothing of the matter."""


def any_number(*more: Iterable[str]) -> str:
    """Pattern of any of the words for numbers, and of `more` words: the longest that stands there."""
    return "|".join(sorted(chain(NUMBER_WORDS, *more), key=len, reverse=True))
