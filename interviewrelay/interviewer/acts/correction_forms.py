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
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.text.lexicon import MONTHS, WEEKDAYS, any_number
from interviewrelay.interviewer.text.tokenization import base_language

Forms = tuple[Late, ...]

LONGEST: Final = 160
"""Maximum characters of a sentence that only corrects something."""


@cache
def _parts(code: str) -> Mapping[str, Any]:
    """Values of the names in correction patterns."""
    parts = languages.load("all", "corrections")["parts"]
    words = languages.load(code, "corrections").get("words", {})
    return {**parts, **words, "NUMBER": any_number()}


def _made(code: str, kind: str, form: Any = "") -> Forms:
    """Forms of this kind; `form` completes them from a language's words."""
    parts = {**_parts(code), "FORM": form}
    table = languages.load("all", "corrections")[kind]
    return tuple(Late(languages.filled(one, parts)) for one in table)


def _sure(code: str) -> Forms:
    said = languages.load(code, "corrections")["sure"]
    return (*(form for one in said for form in _made(code, "sure", one)), *_made(code, "slip"))


def _unsure(code: str) -> Forms:
    table = languages.load(code, "corrections")
    again = (languages.filled(one, _parts(code)) for one in table.get("taken_back", ()))
    return (*map(Late, again), *_made(code, "unsure", table["contrast"]))


def _asked(code: str) -> Forms:
    return _made(code, "asked", languages.load(code, "corrections")["contrast"])


def _denying(code: str) -> Forms:
    return _made(code, "denies", languages.load(code, "corrections")["denies"])


SURE: Final = languages.by_language("corrections", "sure", _sure)
"""Forms that explicitly correct something."""
UNSURE: Final = languages.by_language("corrections", "contrast", _unsure)
"""Forms that correct only if they contradict an earlier statement."""
ASKED: Final = languages.by_language("corrections", "contrast", _asked)
"""Forms of an answer to the question what to correct."""
_DENIES: Final = languages.by_language("corrections", "denies", _denying)
"""Beginnings of an answer that rejects what was read back."""
AND: Final = languages.pattern("corrections", "and")
"""Separator of two corrections in one sentence."""


def match(line: str, forms: Mapping[str, Forms], language: str) -> re.Match[str] | None:
    """Match of a plain sentence with one of the forms; English is understood in every interview."""
    if len(line) > LONGEST:
        return None
    return next(
        (found for form in _known(forms, language) if (found := form.search(line))), None
    )


def _known(forms: Mapping[str, Forms], language: str) -> Iterable[Late]:
    codes = dict.fromkeys(("en", base_language(language)))
    return (form for code in codes for form in forms.get(code, ()))


def denies(text: str, language: str) -> bool:
    """True if a plain answer to the check-back begins with a no."""
    return any(form.search(text) for form in _known(_DENIES, language))


def corrects(line: str, language: str) -> bool:
    """True if a plain sentence explicitly says that something was wrong."""
    return match(line, SURE, language) is not None


def _slips(code: str) -> Forms:
    general, own = languages.load("all", "slips"), languages.load(code, "slips")
    parts = {**general["parts"], **own, **_NUMBER}
    # Atomic groups: many such words in a row, some of them in two lists, would otherwise match
    # in 2^n ways.
    parts["NOISE"], parts["MARKS"] = _longest(own["noise"]), _longest(own["marks"])
    parts["LOOSE"] = _longest([*own["noise"], *own["marks"]])
    return tuple(Late(languages.filled(form, parts)) for form in general["forms"])


def _longest(table: Iterable[Any]) -> str:
    """Pattern for the longest of these words, with the separator after it."""
    words = sorted(dict.fromkeys(map(languages.source, table)), key=len, reverse=True)
    return f"(?>(?:{'|'.join(words)}){{BETWEEN}})"


_NUMBER: Final = {"NUMBER": any_number(WEEKDAYS, MONTHS)}
SLIPS: Final = languages.by_language("slips", "slip", _slips)
_HOLDS_FIGURE: Final = languages.pattern("slips", "holds_figure", parts=_NUMBER)
TELLS_SO: Final = languages.pattern("slips", "tells_so")
"""A plain sentence that only says what was said before."""
POLITE_END: Final = languages.pattern("slips", "polite_end", flags=re.IGNORECASE)


def holds_figure(line: str) -> bool:
    """True if a plain text contains a figure, without which it corrects nothing in passing."""
    return _HOLDS_FIGURE.search(line) is not None


def in_passing(line: str, language: str) -> re.Match[str] | None:
    """Match of a plain sentence that corrects a figure in passing; English is understood everywhere."""
    return match(line, SLIPS, language) if holds_figure(line) else None
