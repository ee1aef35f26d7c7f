"""The desk at every width: no word of a table is broken, nothing scrolls sideways, lines are lines."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import context
from tests.browser.looking import BEYOND

WIDTHS = (320, 360, 600, 768, 1024, 1280)
PAGES = (
    "/credits",
    "/keys",
    "/sessions",
    "/campaigns",
    "/projects",
    "/scripts",
    "/outbox",
    "/api/docs",
)
# Words of letters that stand on two lines; addresses, ids and paths may.
BROKEN = """() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.closest('.table tbody') || node.parentElement.closest('code')) continue;
    for (const word of node.data.matchAll(/(?<![^\\s,.;:("“])[A-Z]?[a-z]{2,17}(?![^\\s,.;:)"”])/g)) {
      const range = new Range();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) found.push(word[0]);
    }
  }
  return found;
}"""


def _make_a_key_of_one_permission(page: Page) -> None:
    page.get_by_label("Name").fill("Narrow")
    page.get_by_label("Only what is ticked below").check()
    page.get_by_text("Single permissions", exact=True).first.click()
    page.get_by_label("Organization: Read").check()
    page.get_by_role("button", name="Create key").click()
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_text("organization read", exact=False).first.wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_no_word_of_a_table_is_broken(
    browser: Browser, server: Any, logged_in: Any, path: str
) -> None:
    with context(browser, storage_state=logged_in) as made:
        page = made.new_page()
        page.goto(server.base + path)
        assert page.locator(".table tbody").count()
        if path == "/keys":
            _make_a_key_of_one_permission(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(BROKEN) == [], width
            assert page.evaluate(BEYOND) <= 0, width


def test_a_mood_stands_on_the_line_of_name_and_time(
    browser: Browser, server: Any, logged_in: Any, fixtures: dict[str, Any]
) -> None:
    with context(
        browser, storage_state=logged_in, viewport={"width": 1280, "height": 900}
    ) as made:
        page = made.new_page()
        page.goto(f"{server.base}/sessions/{fixtures['session_id']}")
        line = page.locator(".turn header:has(.mark)").first
        boxes = [
            line.locator(part).bounding_box() for part in ("strong", "a >> nth=0", ".mark")
        ]
        middles = [box["y"] + box["height"] / 2 for box in boxes if box]
        assert len(middles) == 3
        assert max(middles) - min(middles) < 1


def test_what_is_under_the_rail_stands_in_two_lines(
    browser: Browser, server: Any, logged_in: Any
) -> None:
    with context(browser, storage_state=logged_in) as made:
        page = made.new_page()
        page.goto(server.base)
        for width in (1024, 1280, 1366):
            page.set_viewport_size({"width": width, "height": 800})
            boxes = [one.bounding_box() for one in page.locator(".rail .account .button").all()]
            assert len(boxes) == 4
            assert len({round(box["y"]) for box in boxes if box}) == 2, width
            rail = page.locator(".rail").evaluate("e => e.scrollWidth - e.clientWidth")
            assert rail <= 0, width
