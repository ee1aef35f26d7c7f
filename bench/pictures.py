"""Screenshots of every page: 360, 768 and 1280 pixels wide, light and dark."""

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page

from bench.commands import ROOT
from bench.pages.browsing import DESK, browsing, chromium
from bench.pages.inside import served
from bench.pages.places import STATES, Place, everywhere, pages, prepared

WIDTHS: Final = (360, 768, 1280)
THEMES: Final = ("light", "dark")
TALLEST: Final = 2_400
"""Maximum height of a screenshot in pixels."""
GAP: Final = 16
MORE: Final = {
    "a script from a template": "/scripts/new?from=exit",
    "found": "/find?q=clinic",
    "sessions found by a word": "/sessions?q=corridor",
    "no session": "/sessions?status=failed",
    "no campaign": "/campaigns?status=paused",
    "a campaign nobody was asked in": "/campaigns/{campaign_archived_id}",
    "insights of nobody": "/campaigns/{campaign_archived_id}/insights",
    "a draft": "/scripts/{script_draft_id}",
    "not there": "/nothing",
    "not to be opened": "/logout",
}
"""Pages in states that the routes alone don't show."""
KEYS: Final = {"the palette": ("/campaigns", "Control+k"), "the keys": ("/campaigns", "?")}
"""Overlays opened by a keyboard shortcut."""
CHOSEN: Final = {
    "overview": ("/", 1280, "light"),
    "consent": ("before it begins", 360, "light"),
    "question": ("a question", 360, "dark"),
    "builder": ("/scripts/<script_id>", 1280, "light"),
    "session": ("/sessions/<session_id>", 1280, "light"),
    "insights": ("/campaigns/<campaign_id>/insights", 1280, "dark"),
}
"""Screenshots in the docs: name, page, width and theme."""
MOST_BYTES: Final = 100 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="output folder, outside the repository")
    parser.add_argument("--only-page", default="", help="only pages whose name contains this")
    parser.add_argument("--sheets", action="store_true",
                        help="also one image per page with all six screenshots")  # fmt: skip
    parser.add_argument("--chosen", action="store_true",
                        help="instead: the six screenshots of the docs, as WebP")  # fmt: skip


def run(given: argparse.Namespace) -> None:
    folder: Path = given.folder.resolve()
    if not given.chosen and folder.is_relative_to(ROOT):
        raise SystemExit("Choose a folder outside the repository.")
    folder.mkdir(parents=True, exist_ok=True)
    if given.chosen:
        _chosen(folder)
        return
    with served(DESIGN_PAGE="1") as (instance, inside, ids), chromium() as browser:
        base = f"http://127.0.0.1:{instance.port}"
        places = everywhere(ids)
        places += [Place(name, path.format(**ids), "desk") for name, path in MORE.items()]
        places += [Place(name, path, "desk") for name, (path, _) in KEYS.items()]
        mine = [place for place in places if given.only_page in place.name]
        _all(browser, base, inside.log_in(ids), mine, folder)
    if given.sheets:
        for place in mine:
            _sheet(folder, place)
    print(f"{len(mine) * len(WIDTHS) * len(THEMES)} pictures in {folder}")


def _all(browser: Browser, base: str, cookie: str, places: list[Place], folder: Path) -> None:
    for theme in THEMES:
        for known in (cookie, ""):
            mine = [place for place in places if (place.who == "desk") == bool(known)]
            with _opened(browser, base, known, theme) as page:
                for place in mine:
                    _taken(page, base, place, folder, theme)


@contextmanager
def _opened(browser: Browser, base: str, cookie: str, theme: str) -> Iterator[Page]:
    look = {"color_scheme": theme, "reduced_motion": "reduce"}
    with browsing(browser, base, cookie, viewport=DESK, **look) as context:
        yield context.new_page()


def _taken(page: Page, base: str, place: Place, folder: Path, theme: str) -> None:
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    page.goto(base + place.path, wait_until="load")
    if place.name in KEYS:
        page.keyboard.press(KEYS[place.name][1])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(150)
        tall = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(max(800, tall), TALLEST)}
        page.screenshot(path=_file(folder, place, width, theme), full_page=True, clip=clip)  # type: ignore[arg-type]


def _file(folder: Path, place: Place, width: int, theme: str) -> Path:
    return folder / f"{_slug(place)}-{width}-{theme}.png"


def _slug(place: Place) -> str:
    return re.sub(r"[^a-z0-9]+", "-", place.name.lower()).strip("-") or "overview"


def _sheet(folder: Path, place: Place) -> None:
    """One image with all six screenshots at half size, light ones above dark ones."""
    rows = [
        [Image.open(_file(folder, place, width, theme)) for width in WIDTHS] for theme in THEMES
    ]
    wide = sum(WIDTHS) + GAP * (len(WIDTHS) - 1)
    tall = [max(picture.height for picture in row) for row in rows]
    sheet = Image.new("RGB", (wide, sum(tall) + GAP), "#888")
    top = 0
    for row, height in zip(rows, tall, strict=True):
        left = 0
        for picture in row:
            sheet.paste(picture, (left, top))
            left += picture.width + GAP
        top += height + GAP
    sheet.resize((wide // 2, sheet.height // 2)).save(folder / f"sheet-{_slug(place)}.png")


def _chosen(folder: Path) -> None:
    """Take the docs' screenshots of the demo dashboard before links in every state are created."""
    with served(ready=False) as (instance, inside, fixtures), chromium() as browser:
        base, cookie = f"http://127.0.0.1:{instance.port}", inside.log_in(fixtures)
        for name, (rule, width, theme) in CHOSEN.items():
            if rule.startswith("/"):
                address = base + pages()[rule].format(**fixtures)
                _kept(browser, base, cookie, address, width, theme, folder / f"{name}.webp")
        ids = prepared(instance.environment, fixtures)
        for name, (state, width, theme) in CHOSEN.items():
            if not state.startswith("/"):
                address = base + STATES[state].format(**ids)
                _kept(browser, base, "", address, width, theme, folder / f"{name}.webp")


def _kept(
    browser: Browser, base: str, cookie: str, address: str, width: int, theme: str, file: Path
) -> None:
    with _opened(browser, base, cookie, theme) as page:
        page.set_viewport_size({"width": width, "height": 760 if width == WIDTHS[0] else 860})
        page.goto(address, wait_until="load")
        page.wait_for_timeout(300)
        taken = file.with_suffix(".png")
        page.screenshot(path=taken)
    Image.open(taken).save(file, quality=82, method=6)
    taken.unlink()
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{file.name} has {size} bytes")
    print(f"{file.name}: {size // 1024} KB")
