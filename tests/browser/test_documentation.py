"""The documentation and the API reference in a browser, with and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import context
from tests.browser.looking import clean, looking, tab_through

PAGES = ("/docs", "/docs/settings", "/docs/sdk/javascript", "/docs/search?q=backup")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_at_every_size_and_by_keyboard(
    browser: Browser, server: Any, path: str
) -> None:
    with looking(browser) as page:
        page.goto(server.base + path)
        clean(page)
        tab_through(page)


def test_results_appear_while_typing_and_lead_to_their_place(
    browser: Browser, server: Any
) -> None:
    with context(browser) as made:
        page = made.new_page()
        page.goto(f"{server.base}/docs/deploy")
        page.get_by_label("Search the documentation").fill("create campaign")
        page.get_by_role("link", name="Create campaign").click()
        expect(page.locator("#create-campaign")).to_be_in_viewport()


def test_without_javascript_search_and_every_language_are_there(
    browser: Browser, server: Any
) -> None:
    with context(browser, java_script_enabled=False) as made:
        page = made.new_page()
        page.goto(f"{server.base}/docs")
        page.get_by_label("Search the documentation").fill("restore")
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".hits li").first).to_contain_text("Restore")
        page.goto(f"{server.base}/api/docs")
        first = page.locator(".tabs").first
        assert first.locator(".tab:visible").count() == 3
        assert page.locator("[data-trial-key]:visible").count() == 0


def test_a_chosen_language_is_shown_everywhere_and_remembered(
    browser: Browser, server: Any
) -> None:
    with context(browser) as made:
        page = made.new_page()
        page.goto(f"{server.base}/api/docs")
        tabs = page.locator("section.operation:has(#get-project)").get_by_role("tab")
        tabs.first.focus()
        page.keyboard.press("ArrowRight")
        expect(tabs.nth(1)).to_be_focused()
        for _ in range(2):
            chosen = page.get_by_role("tab", selected=True)
            assert set(chosen.all_inner_texts()) == {"JavaScript"}
            page.reload()


def operation(page: Page, name: str) -> Any:
    return page.locator(f"section.operation:has(#{name})")


def test_a_test_key_tries_a_call_and_no_other_key_is_sent(
    browser: Browser, server: Any, fixtures: dict[str, Any]
) -> None:
    with context(browser) as made:
        page = made.new_page()
        page.goto(f"{server.base}/api/docs")
        sent = []
        page.on("request", lambda one: sent.append((one.url, one.headers.get("authorization"))))
        part = operation(page, "get-campaign")
        part.get_by_text("Try it").click()
        part.get_by_label("campaign_id").fill(fixtures["campaign_id"])
        key = page.get_by_label("Test key for “Try it”")
        key.fill(fixtures["key_owner"])
        part.get_by_role("button", name="Send").click()
        expect(part.get_by_role("status")).to_contain_text("Use a test key")
        assert sent == []
        key.fill(fixtures["key_test"])
        part.get_by_role("button", name="Send").click()
        expect(part.get_by_role("status")).to_contain_text("200 OK")
        expect(part.get_by_role("status")).to_contain_text(fixtures["campaign_id"])
        path = f"{server.base}/api/campaigns/{fixtures['campaign_id']}"
        assert sent == [(path, f"Bearer {fixtures['key_test']}")]
        assert fixtures["key_test"] not in page.evaluate(
            "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"
        )
        page.goto(f"{server.base}/docs")
        page.go_back()
        expect(key).to_have_value("")
