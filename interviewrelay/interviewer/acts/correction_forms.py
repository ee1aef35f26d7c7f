"""Correction forms: sentence patterns by language with which people correct what they said.

The words are in `languages/*/corrections.toml`, and in `slips.toml` for corrections in passing.
Those are looser, but need a number, a weekday or a month, and an earlier statement that they
contradict. Groups: `now` (what holds), `said` and `old` (what does not).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.lexicon import MONTHS, WEEKDAYS, build_number_pattern
from interviewrelay.interviewer.text.tokenization import get_base_language

Forms = tuple[LazyPattern, ...]

LONGEST: Final = 160
"""Maximum characters of a sentence that only corrects something."""


@cache
def _parts(code: str) -> Mapping[str, Any]:
    """Values of the names in correction patterns."""
    parts = languages.load_table("all", "corrections")["parts"]
    words = languages.load_table(code, "corrections").get("words", {})
    return {**parts, **words, "NUMBER": build_number_pattern()}


def _made(code: str, kind: str, form: Any = "") -> Forms:
    """Forms of this kind; `form` completes them from a language's words."""
    parts = {**_parts(code), "FORM": form}
    table = languages.load_table("all", "corrections")[kind]
    return tuple(LazyPattern(languages.fill_pattern(one, parts)) for one in table)


def _sure(code: str) -> Forms:
    said = languages.load_table(code, "corrections")["sure"]
    return (*(form for one in said for form in _made(code, "sure", one)), *_made(code, "slip"))


def _unsure(code: str) -> Forms:
    table = languages.load_table(code, "corrections")
    again = (languages.fill_pattern(one, _parts(code)) for one in table.get("taken_back", ()))
    return (*map(LazyPattern, again), *_made(code, "unsure", table["contrast"]))


def _asked(code: str) -> Forms:
    return _made(code, "asked", languages.load_table(code, "corrections")["contrast"])


def _denying(code: str) -> Forms:
    return _made(code, "denies", languages.load_table(code, "corrections")["denies"])


SURE: Final = languages.build_by_language("corrections", "sure", _sure)
"""Forms that explicitly correct something."""
UNSURE: Final = languages.build_by_language("corrections", "contrast", _unsure)
"""Forms that correct only if they contradict an earlier statement."""
ASKED: Final = languages.build_by_language("corrections", "contrast", _asked)
"""Forms of an answer to the question what to correct."""
_DENIES: Final = languages.build_by_language("corrections", "denies", _denying)
"""Beginnings of an answer that rejects what was read back."""
AND: Final = languages.load_pattern("corrections", "and")
"""Separator of two corrections in one sentence."""


def match_form(line: str, forms: Mapping[str, Forms], language: str) -> re.Match[str] | None:
    """Match of a plain sentence with one of the forms; English is understood in every interview."""
    if len(line) > LONGEST:
        return None
    return next(
        (found for form in _known(forms, language) if (found := form.search(line))), None
    )


def _known(forms: Mapping[str, Forms], language: str) -> Iterable[LazyPattern]:
    codes = dict.fromkeys(("en", get_base_language(language)))
    return (form for code in codes for form in forms.get(code, ()))


def denies(text: str, language: str) -> bool:
    """True if a plain answer to the check-back begins with a no."""
    return any(form.search(text) for form in _known(_DENIES, language))


def corrects(line: str, language: str) -> bool:
    """True if a plain sentence explicitly says that something was wrong."""
    return match_form(line, SURE, language) is not None


def _slips(code: str) -> Forms:
    general, own = languages.load_table("all", "slips"), languages.load_table(code, "slips")
    parts = {**general["parts"], **own, **_NUMBER}
    # Atomic groups: many such words in a row, some of them in two lists, would otherwise match
    # in 2^n ways.
    parts["NOISE"], parts["MARKS"] = _longest(own["noise"]), _longest(own["marks"])
    parts["LOOSE"] = _longest([*own["noise"], *own["marks"]])
    return tuple(LazyPattern(languages.fill_pattern(form, parts)) for form in general["forms"])


def _longest(table: Iterable[Any]) -> str:
    """Pattern for the longest of these words, with the separator after it."""
    words = sorted(dict.fromkeys(map(languages.build_source, table)), key=len, reverse=True)
    return f"(?>(?:{'|'.join(words)}){{BETWEEN}})"


_NUMBER: Final = {"NUMBER": build_number_pattern(WEEKDAYS, MONTHS)}
SLIPS: Final = languages.build_by_language("slips", "slip", _slips)
_HOLDS_FIGURE: Final = languages.load_pattern("slips", "holds_figure", parts=_NUMBER)
TELLS_SO: Final = languages.load_pattern("slips", "tells_so")
"""A plain sentence that only says what was said before."""
POLITE_END: Final = languages.load_pattern("slips", "polite_end", flags=re.IGNORECASE)


def holds_figure(line: str) -> bool:
    """True if a plain text contains a figure, without which it corrects nothing in passing."""
    return _HOLDS_FIGURE.search(line) is not None


def match_in_passing(line: str, language: str) -> re.Match[str] | None:
    """Match of a plain sentence that corrects a figure in passing; English is understood everywhere."""
    return match_form(line, SLIPS, language) if holds_figure(line) else None
