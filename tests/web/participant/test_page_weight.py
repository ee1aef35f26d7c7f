"""What a participant's pages weigh: a slow phone loads them, on a slow connection."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[3] / "static"
MOST_BYTES = 60 * 1024
MOST_REQUESTS = 5
OVERHEAD = 600
"""Bytes of headers, of each answer."""


def parts(page):
    """The addresses that a browser loads for a page."""
    loaded = re.findall(
        r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="([^"]+)"', page
    )
    used = re.findall(r'<use href="([^"#]+)', page)
    icons = re.findall(r'<link rel="icon" href="([^"]+)"', page)
    return {*loaded, *used, *(i for i in icons if not i.startswith("data:"))}


def weight(client, path):
    """Bytes over the wire and requests of a first visit, uncompressed and with headers."""
    page = client.get(path)
    assert page.status_code == 200
    answers = [page, *(client.get(part) for part in sorted(parts(page.text)))]
    assert {a.status_code for a in answers} == {200}
    heads = [sum(len(f"{n}: {v}\r\n") for n, v in a.headers) for a in answers]
    assert max(heads) < 2 * OVERHEAD
    return sum(len(a.data) for a in answers) + sum(heads), len(answers)


def test_the_first_page_is_light(client, link):
    found, requests = weight(client, link)
    assert found <= MOST_BYTES
    assert requests <= MOST_REQUESTS


def test_a_participant_loads_nothing_of_the_desk(client, link, begun):
    for path in (link, "/interview"):
        assert not {p.split("?")[0] for p in parts(client.get(path).text)} & {
            "/static/app.css", "/static/icons.svg",
        }  # fmt: skip


@pytest.mark.parametrize("verb", ["", "pause", "complete"])
def test_every_other_page_loads_only_what_was_not_there(client, link, send, verb):
    first = parts(client.get(link).text)
    send("start", consent="true")
    if verb:
        send(verb)
    more = parts(client.get(link).text) - first
    assert sum(len(client.get(part).data) for part in more) <= MOST_BYTES
    assert len(more) + 1 <= MOST_REQUESTS
    assert verb == "" or not more


def test_the_icons_in_the_page_are_those_of_the_sprite(client, link):
    page = client.get(link).text
    mine = dict(re.findall(r'<symbol id="([\w-]+)"(.*?)</symbol>', page, re.DOTALL))
    all_of_them = dict(
        re.findall(
            r'<symbol id="([\w-]+)"(.*?)</symbol>',
            (STATIC / "icons.svg").read_text(),
            re.DOTALL,
        )
    )
    assert mine
    assert {name: all_of_them[name] for name in mine} == mine
    folder = STATIC.parent / "templates" / "participant"
    used = {
        name
        for path in folder.glob("*.html")
        for name in re.findall(r'\bicon\("([\w-]+)"', path.read_text())
    }
    assert used == set(mine)


def test_what_a_participant_loads_is_kept_for_ever(client, link):
    for part in parts(client.get(link).text):
        assert "immutable" in client.get(part).headers["Cache-Control"]
