"""The documentation of this checkout as a whole."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from interviewrelay.core.config import settings
from interviewrelay.core.errors import Refusal
from interviewrelay.documentation.library import Library, get_page_name
from interviewrelay.webhooks import events

ROOT: Final = Path(__file__).resolve().parents[2]
LIBRARY: Final = Library(ROOT)
ENTRIES: Final = [entry for section in LIBRARY.list_sections() for entry in section.entries]


def get_anchors(name: str) -> frozenset[str]:
    page = LIBRARY.get_page(name)
    assert page is not None, name
    return page.rendered.anchors


def list_codes(kind: type[Refusal] = Refusal) -> set[str]:
    return {kind.code}.union(*map(list_codes, kind.__subclasses__()))


def test_every_page_is_in_the_navigation_once() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.md")}
    names = [entry.name for entry in ENTRIES]
    assert sorted({get_page_name(path) for path in files} - set(names)) == []
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_titles_are_unique_and_not_empty() -> None:
    pages = [LIBRARY.get_page(name) for name in LIBRARY.names]
    titles = Counter(page.rendered.title for page in pages if page)
    assert [title for title, count in titles.items() if count > 1 or not title] == []


@pytest.mark.parametrize("name", LIBRARY.names)
def test_links_on_a_page_lead_somewhere(name: str) -> None:
    page = LIBRARY.get_page(name)
    assert page is not None
    broken = []
    for link in page.rendered.links:
        path, _, anchor = link.partition("#")
        target = (
            path.removeprefix("/docs/") if path.startswith("/docs/") else "" if path else name
        )
        if anchor and target and anchor not in get_anchors(target):
            broken.append(link)
    assert broken == []


def test_settings_events_and_error_codes_can_be_linked_to() -> None:
    named = {field.name.upper() for field in settings.list_settable_fields()}
    assert named - get_anchors("settings") == set()
    assert set(events.KINDS) - get_anchors("webhooks") == set()
    assert list_codes() - get_anchors("errors") == set()


def test_pages_follow_one_another_in_the_order_of_the_navigation() -> None:
    first, second = (LIBRARY.get_page(entry.name) for entry in ENTRIES[:2])
    assert first is not None
    assert second is not None
    assert first.before is None
    assert first.after == ENTRIES[1]
    assert second.before == ENTRIES[0]


@pytest.mark.parametrize("name", ["../pyproject.toml", "../README", "nothing", "", "images"])
def test_nothing_else_is_a_file_or_a_page(name: str) -> None:
    assert LIBRARY.find_file(name) is None
    assert LIBRARY.get_page(name) is None
