"""How people put right what they said before: forms of a plain sentence, by language.

The words are those of `languages/*/corrections.toml`, and of `slips.toml` for what is said in passing:
looser forms, as people type, but what is so has a number, a weekday or a month, and something that was
said before has to stand against it. What fits has the groups `now` (what holds) and `said` and `old`
(what does not).
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
"""Characters of a sentence that does no more than put something right."""


@cache
def _parts(code: str) -> Mapping[str, Any]:
    """What the names in the forms of corrections stand for."""
    parts = languages.load("all", "corrections")["parts"]
    words = languages.load(code, "corrections").get("words", {})
    return {**parts, **words, "NUMBER": any_number()}


def _made(code: str, kind: str, form: Any = "") -> Forms:
    """The forms of this kind; `form` is what a language puts in them."""
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
"""They say outright that something is put right."""
UNSURE: Final = languages.by_language("corrections", "contrast", _unsure)
"""Corrections only where something that was said before stands against them."""
ASKED: Final = languages.by_language("corrections", "contrast", _asked)
"""Those of an answer to what one would correct."""
_DENIES: Final = languages.by_language("corrections", "denies", _denying)
"""How an answer begins that does not let stand what was read back."""
AND: Final = languages.pattern("corrections", "and")
"""Between two things that one sentence puts right."""


def match(line: str, forms: Mapping[str, Forms], language: str) -> re.Match[str] | None:
    """How a plain sentence fits one of the forms; English is understood in every interview."""
    if len(line) > LONGEST:
        return None
    return next(
        (found for form in _known(forms, language) if (found := form.search(line))), None
    )


def _known(forms: Mapping[str, Forms], language: str) -> Iterable[Late]:
    codes = dict.fromkeys(("en", base_language(language)))
    return (form for code in codes for form in forms.get(code, ()))


def denies(text: str, language: str) -> bool:
    """Whether a plain answer to what one would correct begins with a no."""
    return any(form.search(text) for form in _known(_DENIES, language))


def corrects(line: str, language: str) -> bool:
    """Whether a plain sentence says outright that something was said wrong."""
    return match(line, SURE, language) is not None


# --- in passing -------------------------------------------------------------------------------------


def _slips(code: str) -> Forms:
    general, own = languages.load("all", "slips"), languages.load(code, "slips")
    parts = {**general["parts"], **own, **_NUMBER}
    # Each word of these is read in one way only (atomic groups): many of them in a row, of which
    # some are both, would else be read in 2^n ways.
    parts["NOISE"], parts["MARKS"] = _longest(own["noise"]), _longest(own["marks"])
    parts["LOOSE"] = _longest([*own["noise"], *own["marks"]])
    return tuple(Late(languages.filled(form, parts)) for form in general["forms"])


def _longest(table: Iterable[Any]) -> str:
    """One of these words, the longest that stands there, and what parts it from the next."""
    words = sorted(dict.fromkeys(map(languages.source, table)), key=len, reverse=True)
    return f"(?>(?:{'|'.join(words)}){{BETWEEN}})"


_NUMBER: Final = {"NUMBER": any_number(WEEKDAYS, MONTHS)}
SLIPS: Final = languages.by_language("slips", "slip", _slips)
_HOLDS_FIGURE: Final = languages.pattern("slips", "holds_figure", parts=_NUMBER)
TELLS_SO: Final = languages.pattern("slips", "tells_so")
"""A plain sentence that only says what was said before."""
POLITE_END: Final = languages.pattern("slips", "polite_end", flags=re.IGNORECASE)


def holds_figure(line: str) -> bool:
    """Whether a plain text holds any figure at all: without one it puts nothing right in passing."""
    return _HOLDS_FIGURE.search(line) is not None


def in_passing(line: str, language: str) -> re.Match[str] | None:
    """How a plain sentence puts a figure right in passing; English is understood everywhere."""
    return match(line, SLIPS, language) if holds_figure(line) else None
