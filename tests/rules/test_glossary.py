"""Glossary: pages use the words of docs/glossary.md and none of those that it refuses."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from interviewrelay.web.ui import navigation

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
OF_PARTICIPANTS = ("participant/", "email/copy", "email/invite", "email/reminder")
"""Templates that the catalogs of translations hold; `test_translations.py` looks after them."""
INDEXES = (ROOT / "docs" / "README.md", ROOT / "docs" / "index.md")

ROW = re.compile(
    r"^\| (?P<term>[^|]+) \| (?P<meaning>[^|]+) \|(?P<refused>[^|]*)\|$", re.MULTILINE
)
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|<style>.*?</style>", re.DOTALL)
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
SHOWN = re.compile(r'(?:aria-label|placeholder|title|alt)="([^"{]+)"')
TAG = re.compile(r"<[^>]*>", re.DOTALL)
ADDRESS = re.compile(r"https?://\S+|smtps?://\S+|[\w.]+@[\w.]+|/[\w/-]+")


class Refused(NamedTuple):
    """A word that is refused: as a whole label only, or anywhere."""

    word: str
    label: bool

    def stands_in(self, text: str) -> bool:
        if self.label:
            return text.strip(" .:") == self.word
        return (
            re.search(rf"(?<![\w-]){re.escape(self.word)}(?![\w-])", text, re.IGNORECASE)
            is not None
        )


@cache
def refused() -> tuple[Refused, ...]:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    cells = [row["refused"] for row in ROW.finditer(glossary) if "---" not in row["term"]]
    words = [word.strip() for cell in cells[1:] for word in cell.split(",") if word.strip()]
    return tuple(Refused(word.strip("“”"), word.startswith("“")) for word in words)


def texts(template: str) -> Iterator[str]:
    """What people read in a template: its text, its spoken labels, and literals that look like words."""
    source = COMMENT.sub("", template)
    for code in CODE.findall(source):
        for literal in LITERAL.findall(code):
            if " " in literal.strip() or literal[:1].isupper():
                yield from (ADDRESS.sub("", part) for part in TAG.split(literal))
    yield from SHOWN.findall(source)
    yield from (ADDRESS.sub("", part) for part in TAG.split(CODE.sub(" ", source)))


def found(template: str) -> list[str]:
    """The refused words of a template."""
    lines = [" ".join(text.split()) for text in texts(template)]
    return sorted({one.word for one in refused() for line in lines if one.stands_in(line)})


def pages() -> list[Path]:
    every = (path for path in sorted(TEMPLATES.rglob("*")) if path.is_file())
    return [p for p in every if not str(p.relative_to(TEMPLATES)).startswith(OF_PARTICIPANTS)]


@pytest.mark.parametrize("page", pages(), ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_a_page_uses_the_words_of_the_glossary(page):
    assert found(page.read_text(encoding="utf-8")) == []


def test_places_have_the_names_of_the_glossary():
    assert [
        p.word for p in navigation.PLACES for one in refused() if one.stands_in(p.word)
    ] == []


def test_the_index_of_the_docs_uses_the_words_of_the_glossary():
    read = [path.read_text(encoding="utf-8") for path in INDEXES if path.exists()]
    plain = [re.sub(r"`[^`]*`|\]\([^)]*\)", "", text) for text in read]
    lines = [line for text in plain for line in text.splitlines()]
    assert [line for line in lines for one in refused() if one.stands_in(line)] == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>No mail has failed.</p>", ["mail"]),
        ('{{ ui.page_header("Outbox", "") }}', ["outbox"]),
        ('<input placeholder="Your E-mail">', ["e-mail"]),
        ("<h2>Keys</h2>", ["Keys"]),
        ("<h2>API keys</h2>", []),
        ("<a href='/outbox'>Emails</a> {# the outbox #}", []),
        ('{{ ui.field("Email address", "mail", mail.sender) }}', []),
        ("<p>Sessions of this month</p><th>Sessions</th>", ["Sessions"]),
        ("<code>smtps://user@mail.example.com</code>", []),
    ],
)
def test_a_word_is_refused_where_people_read_it(template, words):
    assert found(template) == words


def test_every_term_has_a_meaning_and_is_told_once():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = [row["term"] for row in ROW.finditer(glossary)]
    assert len(terms) > 20
    assert sorted(set(terms)) == sorted(terms)
    assert len({one.word for one in refused()}) == len(refused()) > 20
