"""What desk.js adds: keys, the palette, times in the reader's zone, figures that live."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK
from tests.browser.looking import clean, looking
from tests.flows.server import Server


@pytest.fixture
def desk(browser: Browser, logged_in: Any) -> Iterator[Page]:
    with looking(
        browser, storage_state=logged_in, viewport=DESK, timezone_id="Asia/Kolkata"
    ) as page:
        yield page


def test_g_and_a_letter_lead_to_a_place(desk: Page, server: Server) -> None:
    desk.goto(f"{server.base}/")
    desk.keyboard.press("g")
    desk.keyboard.press("c")
    desk.wait_for_url(f"{server.base}/campaigns")
    desk.keyboard.press("/")
    desk.keyboard.press("g")
    desk.keyboard.press("b")
    desk.wait_for_url(f"{server.base}/credits")


def test_keys_mean_letters_where_one_types(desk: Page, server: Server) -> None:
    desk.goto(f"{server.base}/sessions")
    desk.keyboard.press("/")
    field = desk.get_by_role("searchbox").first
    expect(field).to_be_focused()
    desk.keyboard.type("g c?")
    expect(field).to_have_value("g c?")
    expect(desk.locator("dialog[open]")).to_have_count(0)


def test_the_keys_are_shown_and_can_be_switched_off(desk: Page, server: Server) -> None:
    desk.goto(f"{server.base}/campaigns")
    link = desk.get_by_role("link", name="Interviews").first
    link.focus()
    desk.keyboard.press("?")
    sheet = desk.get_by_role("dialog", name="Shortcuts")
    expect(sheet).to_be_visible()
    clean(desk, DESK)
    sheet.get_by_label("Use single-key shortcuts").uncheck()
    desk.keyboard.press("Escape")
    expect(link).to_be_focused()
    desk.keyboard.press("?")
    expect(sheet).to_be_hidden()
    desk.reload()
    desk.keyboard.press("?")
    expect(sheet).to_be_hidden()
    desk.get_by_role("button", name="Shortcuts").first.click()
    sheet.get_by_label("Use single-key shortcuts").check()


def test_the_palette_finds_by_keyboard_and_gives_the_focus_back(
    desk: Page, server: Server
) -> None:
    desk.goto(f"{server.base}/credits")
    skip = desk.get_by_role("link", name="Projects").first
    skip.focus()
    desk.keyboard.press("Control+k")
    palette = desk.get_by_role("dialog", name="Search")
    expect(palette.get_by_role("searchbox")).to_be_focused()
    desk.keyboard.type("outpatient")
    first = palette.get_by_role("link", name="Outpatient clinic, autumn").first
    first.wait_for()
    expect(palette.get_by_role("status")).to_contain_text("result")
    clean(desk, DESK)
    desk.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    expect(skip).to_be_focused()
    desk.keyboard.press("Control+k")
    desk.keyboard.type("outpatient")
    first.wait_for()
    desk.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    desk.keyboard.press("ArrowUp")
    expect(palette.get_by_role("searchbox")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/campaigns/*")


def test_without_javascript_the_same_is_a_page(
    browser: Browser, server: Server, logged_in: Any
) -> None:
    with looking(
        browser, storage_state=logged_in, viewport=DESK, java_script_enabled=False
    ) as page:
        page.goto(f"{server.base}/")
        page.get_by_role("link", name="Search", exact=True).first.click()
        page.get_by_label("Search for").fill("outpatient")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Outpatient clinic, autumn", exact=True).click()
        page.wait_for_url("**/campaigns/*")
        expect(
            page.locator("time").filter(has_text="UTC").or_(page.locator("h1"))
        ).not_to_have_count(0)


def test_times_stand_in_the_readers_zone_with_the_zone_beside_them(
    desk: Page, server: Server, fixtures: dict[str, Any]
) -> None:
    desk.goto(f"{server.base}/sessions/{fixtures['session_id']}")
    time = desk.locator("time[data-shows=exact]").first
    told = time.evaluate(
        "e => [e.dateTime, e.textContent, e.title,"
        " new Date(e.dateTime).toLocaleTimeString('en-GB', {timeStyle: 'short'})]"
    )
    assert told[1].endswith(told[3])
    assert told[2].startswith(told[1])
    assert told[2].endswith(" UTC+05:30")
    assert "UTC" not in told[1]


def test_figures_follow_what_happens_and_nothing_is_sent_while_nothing_does(
    desk: Page, server: Server, fixtures: dict[str, Any], invite: Any
) -> None:
    seen: list[int] = []
    desk.on("response", lambda r: seen.append(r.status) if r.url.endswith("/live") else None)
    desk.goto(f"{server.base}/campaigns/{fixtures['campaign_id']}")
    live = desk.locator("#live")
    summary = live.locator("summary").first
    summary.click()
    before = live.locator(".chart-row .value").first.text_content()
    while len(seen) < 2:
        desk.wait_for_timeout(100)
    assert seen[:2] == [200, 304]
    invite("live@example.com")
    expect(live.locator(".chart-row .value").first).not_to_have_text(before or "")
    expect(summary).to_be_focused()
    assert summary.evaluate("e => e.parentElement.open") is True
    clean(desk, DESK)


def test_a_hidden_page_asks_for_nothing(
    desk: Page, server: Server, fixtures: dict[str, Any]
) -> None:
    asked: list[str] = []
    desk.on("request", lambda r: asked.append(r.url) if r.url.endswith("/live") else None)
    desk.add_init_script(
        "window.away = true;Object.defineProperty(document, 'hidden', {get: () => window.away})"
    )
    desk.clock.install()
    desk.goto(f"{server.base}/campaigns/{fixtures['campaign_id']}")
    desk.clock.pause_at(desk.evaluate("Date.now()") / 1000 + 60)
    desk.clock.run_for(6_000)
    assert asked == []
    with desk.expect_request("**/live"):  # at once, since time stands still
        desk.evaluate(
            "window.away = false; document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert len(asked) == 1
