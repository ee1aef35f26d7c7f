"""Loading the page counts nothing, whatever loads it; the first key does, once."""

from typing import Any

from playwright.sync_api import Browser

from tests.browser.conftest import context, watched
from tests.flows.server import Server

AS_A_SCANNER = """for (const kind of ['pointerdown', 'touchstart', 'keydown'])
  document.querySelector('main').dispatchEvent(new Event(kind, {bubbles: true}))"""


def test_a_key_counts_and_loading_does_not(
    browser: Browser, server: Server, invite: Any, fixtures: dict[str, Any]
) -> None:
    link = f"{server.base}/interview/{invite('opens@example.com')}"

    def opened() -> int:
        path = f"/api/campaigns/{fixtures['campaign_id']}"
        return server.call("GET", path, key=fixtures["key_owner"]).json["stats"]["opened"]

    before = opened()
    with context(browser) as made:
        page, complaints = watched(made)
        told: list[str] = []
        page.on("request", lambda r: told.append(r.url) if r.url.endswith("/opened") else None)
        page.goto(link, wait_until="networkidle")
        page.evaluate(AS_A_SCANNER)
        page.wait_for_timeout(300)
        assert (told, opened()) == ([], before)
        with page.expect_response(f"{link}/opened") as answer:
            page.keyboard.press("Tab")
        assert answer.value.status == 204
        assert opened() == before + 1
        page.keyboard.press("Tab")
        page.mouse.click(5, 5)
        page.get_by_role("button", name="Start the interview").click()
        page.get_by_role("textbox", name="Your answer").wait_for()
        assert told == [f"{link}/opened"]
        assert opened() == before + 1
        assert complaints == []


def test_without_javascript_the_start_counts(
    browser: Browser, server: Server, invite: Any, fixtures: dict[str, Any]
) -> None:
    path = f"/api/campaigns/{fixtures['campaign_id']}"
    before = server.call("GET", path, key=fixtures["key_owner"]).json["stats"]
    with context(browser, java_script_enabled=False) as made:
        page = made.new_page()
        page.goto(f"{server.base}/interview/{invite('plain-opens@example.com')}")
        page.get_by_role("button", name="Start the interview").click()
        page.get_by_role("textbox", name="Your answer").wait_for()
    after = server.call("GET", path, key=fixtures["key_owner"]).json["stats"]
    assert after["opened"] == before["opened"] + 1
    assert after["started"] == before["started"] + 1
