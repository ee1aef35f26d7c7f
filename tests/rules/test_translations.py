"""Every word that a participant reads is there in every language, with all that is filled in."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from interviewrelay.core import translations

ROOT = Path(__file__).resolve().parent.parent.parent
OTHERS = translations.LANGUAGES[1:]
HELD = re.compile(r"%\((\w+)\)s")
NUMBER = "num"
"""A form for one or two may say it in words."""
OF_PARTICIPANTS = (
    *sorted((ROOT / "templates" / "participant").glob("*.html")),
    *(p for p in sorted((ROOT / "templates" / "email").iterdir())
      if p.stem in ("copy", "invite", "reminder")),
)  # fmt: skip


@cache
def said() -> dict[Any, set[str]]:
    """What code and templates say, by where; of a plural, both forms."""
    with (translations.FOLDER / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[Any, set[str]] = {}
    keywords = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
    for place, _line, words, _comments, _context in extract_from_dir(
        str(ROOT), methods, options, keywords=keywords
    ):
        found.setdefault(words, set()).add(place)
    return found


@cache
def catalog(language: str) -> Catalog:
    with (translations.FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalog_holds_what_is_said_and_nothing_else(language: str) -> None:
    held = {message.id for message in catalog(language) if message.id}
    assert held == set(said())
    assert not catalog(language).obsolete


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalog_says_all_of_it(language: str) -> None:
    silent = [
        message.id
        for message in catalog(language)
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]
    assert silent == []
    plural = [m for m in catalog(language) if isinstance(m.id, tuple)]
    assert {len(m.string) for m in plural} == {catalog(language).num_plurals}


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_is_the_same_in_every_language(language: str) -> None:
    wrong = []
    for message in catalog(language):
        if not message.id:
            continue
        wanted = set(HELD.findall("".join(_forms(message.id))))
        for form in _forms(message.string):
            here = set(HELD.findall(form))
            stray = HELD.sub("", form).replace("%%", "").count("%")
            fewer = wanted - here - ({NUMBER} if isinstance(message.id, tuple) else set())
            if here - wanted or fewer or stray:
                wrong.append(form)
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_last_form_tells_the_number(language: str) -> None:
    silent = [
        message.string
        for message in catalog(language)
        if isinstance(message.id, tuple) and f"%({NUMBER})s" not in message.string[-1]
    ]
    assert silent == []


@pytest.mark.parametrize("path", OF_PARTICIPANTS, ids=lambda p: p.name)
def test_a_template_for_participants_says_nothing_by_itself(path: Path) -> None:
    """What is left without tags, comments and expressions has no letter, but for what is the same in
    every language.
    """
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "", text)
    text = re.sub(r"\b(?:Ctrl|Enter|UTC)\b|&\w+;", "", text)
    assert re.findall(r"[^\W\d_]+", text) == []


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("nl-BE", "nl"), ("AR", "ar"), ("pt_BR", "en"), ("de_AT", "de"), ("", "en"), ("he", "en")],
)
def test_a_language_that_is_not_ours_is_english(asked: str, spoken: str) -> None:
    assert translations.get_supported_language(asked) == spoken


@pytest.mark.parametrize("language", translations.LANGUAGES)
@pytest.mark.parametrize("number", [1, 2, 3, 10, 11, 25, 99, 100, 101, 180])
def test_minutes_are_told_with_their_number(language: str, number: int) -> None:
    one, more = "It takes about one minute.", "It takes about %(num)s minutes."
    told = translations.get_translations(language).ngettext(one, more, number) % {"num": number}
    assert str(number) in told or number <= 2
    assert language == "en" or told not in (one, more % {"num": number})


def test_a_day_has_the_name_of_its_month() -> None:
    at = datetime(2031, 3, 5, 9, 7, tzinfo=UTC)
    told = {
        language: translations.format_moment(at, language)
        for language in translations.LANGUAGES
    }
    assert told["en"] == "5 March 2031, 09:07"
    assert told["nl"] == "5 maart 2031, 09:07"
    assert "مارس" in told["ar"]


def _forms(words: Any) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, tuple | list) else (words,)
