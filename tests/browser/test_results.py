"""Results by hand: an analysis from its button to findings that are edited, by keyboard, on the phone,
and without JavaScript.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import clean, looking, tab_through
from tests.flows.server import Server

TABLET = {"width": 768, "height": 1024}


@pytest.fixture
def desk(browser: Browser, logged_in: Any) -> Iterator[Page]:
    with looking(browser, storage_state=logged_in, viewport=DESK) as page:
        yield page


@pytest.fixture
def study(server: Server, fixtures: dict[str, Any]) -> str:
    return f"{server.base}/campaigns/{fixtures['campaign_id']}"


def analyse(page: Page, study: str) -> None:
    """Analyse the study, the first time or again, and wait for the page that says so."""
    page.goto(f"{study}/findings")
    page.get_by_role("button", name="Analyse").click()
    expect(page.get_by_text("Analysis started.")).to_be_visible()
    finished = page.locator("#analysis").get_by_text("Analysed")
    for _ in range(60):
        page.goto(f"{study}/findings")
        if finished.count():
            break
        page.wait_for_timeout(500)
    expect(finished).to_be_visible()


def test_an_analysis_ends_in_findings_and_each_state_is_clean(desk: Page, study: str) -> None:
    analyse(desk, study)
    expect(desk.locator(".finding").first).to_be_visible()
    desk.locator(".finding .fold > summary").first.click()
    desk.locator(".finding .confirm > summary").first.click()
    tab_through(desk)
    clean(desk)
    clean(desk, TABLET)


def test_a_quote_leads_to_its_words(desk: Page, study: str) -> None:
    analyse(desk, study)
    quote = desk.locator(".finding .quotes li").first
    words = quote.locator("blockquote").inner_text()
    quote.get_by_role("link").click()
    assert "#turn-" in desk.url
    expect(desk.locator(":target .said")).to_contain_text(words)


def test_findings_are_edited_merged_and_deleted(desk: Page, study: str) -> None:
    analyse(desk, study)
    desk.get_by_label("Your finding").fill("Waiting is fine if it is explained.")
    desk.get_by_role("button", name="Add finding").click()
    mine = desk.locator(".finding", has=desk.get_by_role("heading", name="Waiting is fine if"))
    expect(mine).to_contain_text("No quotes yet")
    mine.get_by_role("button", name="Move up").click()
    mine.locator(".fold > summary").click()
    mine.get_by_label("Merge with").select_option(index=1)
    mine.get_by_role("button", name="Merge findings").click()
    expect(mine.locator("blockquote").first).to_be_visible()
    mine.locator(".fold > summary").click()
    mine.get_by_label("Finding", exact=True).fill("Explained waiting is fine.")
    mine.get_by_role("button", name="Save finding").click()
    edited = desk.locator(
        ".finding", has=desk.get_by_role("heading", name="Explained waiting is fine.")
    )
    expect(edited).to_contain_text("Pinned")
    edited.locator(".fold > summary").click()
    edited.locator(".confirm > summary").click()
    edited.locator(".confirm").get_by_role("button", name="Delete finding").click()
    expect(desk.get_by_text("Finding deleted.")).to_be_visible()
    expect(edited).to_have_count(0)


def test_a_cell_shows_all_of_its_quote_when_it_is_selected(desk: Page, study: str) -> None:
    analyse(desk, study)
    desk.goto(f"{study}/goals")
    cell = desk.locator(".matrix details").first
    cell.locator("summary").focus()
    desk.keyboard.press("Enter")
    cell.get_by_role("link", name="Open in transcript").click()
    assert "#turn-" in desk.url


def test_the_header_and_the_participant_stay_in_sight(desk: Page, study: str) -> None:
    analyse(desk, study)
    desk.goto(f"{study}/goals")
    desk.set_viewport_size({"width": 900, "height": 500})
    region = desk.get_by_role("region", name="Learning goals by participant")
    region.evaluate("e => e.scrollTo(200, 300)")
    box, head = region.bounding_box(), desk.locator(".matrix thead th").first.bounding_box()
    assert box
    assert head
    assert abs(box["x"] - head["x"]) < 3
    assert abs(box["y"] - head["y"]) < 3


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK])
def test_the_matrix_and_an_interview_are_clean(
    desk: Page, server: Server, study: str, fixtures: dict[str, Any], size: dict[str, int]
) -> None:
    analyse(desk, study)
    desk.set_viewport_size(size)  # type: ignore[arg-type]
    for address in (f"{study}/goals", f"{server.base}/sessions/{fixtures['session_id']}"):
        desk.goto(address)
        tab_through(desk)
        clean(desk, size)


def test_keys_lead_to_the_next_interview_and_back(
    desk: Page, server: Server, fixtures: dict[str, Any]
) -> None:
    here = f"{server.base}/sessions/{fixtures['session_id']}"
    desk.goto(here)
    desk.keyboard.press("j")
    desk.wait_for_url(lambda url: url != here)
    desk.keyboard.press("k")
    desk.wait_for_url(here)


def test_without_javascript_a_finding_is_pinned(
    browser: Browser, logged_in: Any, study: str
) -> None:
    with looking(browser, storage_state=logged_in, java_script_enabled=False) as page:
        analyse(page, study)
        first = page.locator(".finding").first
        first.get_by_role("button", name="Pin").click()
        expect(page.get_by_text("Finding pinned.")).to_be_visible()
        expect(page.locator(".finding").first).to_contain_text("Pinned")
        page.locator(".finding").first.get_by_role("button", name="Unpin").click()
        expect(page.locator(".finding").first).not_to_contain_text("Pinned")
