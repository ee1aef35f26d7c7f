"""The desk at every width: no word of a table is broken, nothing scrolls sideways, lines are lines."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import context
from tests.browser.looking import BEYOND, LARGER

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
    page.get_by_label("Only the permissions selected below").check()
    page.get_by_text("Custom permissions", exact=True).first.click()
    page.get_by_label("Organization: Read").check()
    page.get_by_role("button", name="Create key").click()
    page.get_by_role("link", name="I’ve copied the key").click()
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


def test_a_table_of_few_columns_stays_one_beside_a_form(
    browser: Browser, server: Any, logged_in: Any, ids: dict[str, str]
) -> None:
    with context(browser, storage_state=logged_in) as made:
        page = made.new_page()
        for path in ("/members", "/keys", "/settings/security", "/webhooks/{webhook_id}"):
            page.goto(server.base + path.format(**ids))
            assert page.locator(".columns .frame.early").count() == 0
            tables = page.locator(".columns .table")
            for width in (1280, 768, 640, 600, 360):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate(BEYOND) <= 0, (path, width)
                for shown in tables.evaluate_all(
                    "all => all.map(e => getComputedStyle(e).display)"
                ):
                    assert shown == "table" or width < 768, (path, width)
                    assert shown == "block" or width > 360, (path, width)


def test_the_box_of_a_card_stands_beside_its_name(
    browser: Browser, server: Any, logged_in: Any
) -> None:
    with context(browser, storage_state=logged_in) as made:
        page = made.new_page()
        page.goto(f"{server.base}/sessions")
        row = page.locator(".table tbody tr").first
        for width in (640, 360):
            page.set_viewport_size({"width": width, "height": 900})
            box, name = (
                row.locator(part).bounding_box() for part in ("[data-pick]", ".row-link")
            )
            assert box is not None
            assert name is not None
            assert abs(box["y"] + box["height"] / 2 - name["y"] - name["height"] / 2) < 12, (
                width
            )


def test_what_a_state_comes_with_stands_under_it_on_a_card(
    browser: Browser, server: Any, logged_in: Any, ids: dict[str, str]
) -> None:
    with context(browser, storage_state=logged_in) as made:
        page = made.new_page()
        page.goto(f"{server.base}/webhooks/{ids['webhook_id']}")
        cell = page.locator("td:has(> .status + .under)").first
        while not cell.count():  # the server may not have tried it yet
            page.wait_for_timeout(200)
            page.reload()
        state, under = (cell.locator(part).bounding_box() for part in (".status", ".under"))
        whole = cell.bounding_box()
        assert state is not None
        assert under is not None
        assert whole is not None
        assert state["y"] - whole["y"] < 4
        assert under["y"] >= state["y"] + state["height"]


def test_figures_that_stand_beside_one_another_stand_at_one_height(
    browser: Browser, server: Any, logged_in: Any
) -> None:
    with context(browser, storage_state=logged_in) as made:
        page = made.new_page()
        page.goto(f"{server.base}/credits")
        needed = page.locator("#forecast + .figures .value")
        for width, lines in ((1280, 1), (768, 2)):
            page.set_viewport_size({"width": width, "height": 900})
            boxes = [box for one in needed.all() if (box := one.bounding_box())]
            assert len({round(box["y"]) for box in boxes}) == lines, width
            columns = {round(box["x"]) for box in boxes}
            assert len(columns) == (5 if lines == 1 else 3), width


# Where the words of an element begin, and where the box that it stands in does.
BEGINS = """e => {
  const range = new Range();
  range.selectNodeContents(e);
  return Math.round(range.getBoundingClientRect().left - e.parentElement.getBoundingClientRect().left);
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_words_of_a_quiet_button_begin_where_its_line_does(
    browser: Browser, server: Any, logged_in: Any, fixtures: dict[str, Any], width: int
) -> None:
    with context(
        browser, storage_state=logged_in, viewport={"width": width, "height": 900}
    ) as made:
        page = made.new_page()
        page.goto(f"{server.base}/sessions")
        every = page.get_by_role("button", name="Select all on this page")
        assert every.evaluate(BEGINS) == 0
        if width == 360:
            page.goto(f"{server.base}/campaigns/{fixtures['campaign_id']}/settings")
            back = page.get_by_role("link", name="Back to campaign")
            assert back.evaluate(BEGINS) == 0


def test_no_figure_is_cut_on_a_small_phone(
    browser: Browser, server: Any, logged_in: Any
) -> None:
    with context(browser, storage_state=logged_in) as made:
        page = made.new_page()
        page.goto(f"{server.base}/")
        cut = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
        assert page.locator(".figures .value").evaluate_all(cut) == []
        assert page.get_by_text("min").count()


def test_what_is_told_of_an_answer_stands_in_line_with_it(
    browser: Browser, server: Any, logged_in: Any, invite: Any
) -> None:
    path = f"/interview/{invite('unquoted@example.com')}"
    begun = server.call("POST", f"{path}/start", {"consent": True}).json
    said = {"number": 2, "text": "We waited for an hour. Please do not quote me on that."}
    assert server.call("POST", f"{path}/turns", said).status == 201
    with context(browser, storage_state=logged_in) as made:
        page = made.new_page()
        page.goto(f"{server.base}/sessions/{begun['session_id']}")
        told = page.locator(".turn.participant ~ p").first
        answer = page.locator(".said-and-why:has(> .turn.participant ~ p) .said").first
        assert told.evaluate(BEGINS) == answer.evaluate(BEGINS) > 0


def test_letters_twice_as_large_move_no_page_of_a_phone_sideways(
    browser: Browser, server: Any, logged_in: Any, fixtures: dict[str, Any]
) -> None:
    paths = [
        *(
            "/",
            "/campaigns",
            "/sessions",
            "/scripts",
            "/credits",
            "/outbox",
            "/members",
            "/model",
        ),
        f"/campaigns/{fixtures['campaign_id']}",
        f"/sessions/{fixtures['session_id']}",
    ]
    with context(
        browser, storage_state=logged_in, viewport={"width": 360, "height": 740}
    ) as made:
        page = made.new_page()
        for path in paths:
            page.goto(f"{server.base}{path}")
            page.evaluate(LARGER)
            assert page.evaluate(BEYOND) <= 0, path
            cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
            assert page.locator(".bar > a, .figures .value").evaluate_all(cut) == [], path
