"""The page of parts: there in development only, and with every part on it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

PARTS = ("components", "page_parts", "charts")
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


@pytest.fixture
def shown(app):
    app.extensions["settings"] = replace(app.extensions["settings"], design_page=True)
    return app.test_client(use_cookies=False)


def test_it_is_not_there_unless_the_setting_says_so(client, desk):
    assert client.get("/design").status_code == 404
    assert desk.get("/design").status_code == 404


def test_it_is_there_for_anybody_where_the_setting_says_so(shown):
    page = shown.get("/design")
    assert page.status_code == 200
    assert page.text.count('role="img" aria-labelledby="d1-title"') == 1
    ids = re.findall(r'\sid="([^"]+)"', page.text)
    assert sorted(ids) == sorted(set(ids))


def test_every_part_is_on_it():
    """Called there, or by a part that is."""
    page = (TEMPLATES / "component_gallery.html").read_text()
    parts = "".join((TEMPLATES / f"_{name}.html").read_text() for name in PARTS)
    known = set(re.findall(r"macro ([a-z]\w*)\(", parts))
    assert len(known) > 30
    called = set(re.findall(r"\b(\w+)\(", page + re.sub(r"macro \w+", "", parts)))
    assert known - called == set()
