"""Listening to an interview beside its transcript: by hand, by keyboard, on a phone, without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, watched
from tests.browser.looking import clean, looking, tab_through

NOW = "document.querySelector('[data-player] audio').currentTime"
PAUSED = "document.querySelector('[data-player] audio').paused"


@pytest.fixture
def address(server: Any, fixtures: dict[str, Any]) -> str:
    return f"{server.base}/sessions/{fixtures['session_id']}"


@pytest.fixture
def page(browser: Browser, logged_in: Any, address: str) -> Iterator[Page]:
    with looking(browser, storage_state=logged_in, viewport=DESK) as made:
        made.goto(address)
        yield made


def test_a_turn_is_played_marked_and_followed(page: Page) -> None:
    clean(page)
    page.get_by_role("button", name="Play from turn 2", exact=True).click()
    playing = page.locator("#turn-2[aria-current=true]")
    expect(playing).to_be_visible()
    expect(page.get_by_role("button", name="Pause recording")).to_be_visible()
    start = float(page.locator("#said-2").get_attribute("data-start") or 0)
    assert page.evaluate(NOW) >= start
    expect(page.locator("#turn-3[aria-current=true]")).to_be_visible()
    assert page.locator("[aria-current=true].turn").count() == 1
    clean(page)
    last = page.get_by_role("button", name="Play from turn 29", exact=True)
    last.click()
    expect(page.locator("#turn-29[aria-current=true]")).to_be_in_viewport()
    page.get_by_role("button", name="Pause recording").click()
    assert page.evaluate(PAUSED) is True


def test_a_click_on_the_words_plays_from_there(page: Page) -> None:
    page.locator("#turn-4 .said").click()
    expect(page.locator("#turn-4[aria-current=true]")).to_be_visible()
    assert page.evaluate(PAUSED) is False


def test_who_scrolls_is_not_pulled_back_until_they_want(page: Page) -> None:
    follow = page.get_by_role("button", name="Follow along")
    expect(follow).to_be_hidden()
    page.get_by_role("button", name="Play from turn 2", exact=True).click()
    page.mouse.move(400, 600)
    page.mouse.wheel(0, 4_000)
    expect(follow).to_be_visible()
    page.wait_for_timeout(3_500)
    assert page.locator("[aria-current=true].turn").evaluate(
        "e => e.getBoundingClientRect().bottom < 0"
    )
    follow.click()
    expect(page.locator("[aria-current=true].turn")).to_be_in_viewport()
    expect(follow).to_be_hidden()


def test_by_keyboard_alone(page: Page) -> None:
    tab_through(page)
    page.get_by_role("button", name="Play recording").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause recording")).to_be_focused()
    page.keyboard.press("Tab")
    slider = page.get_by_role("slider", name="Position")
    expect(slider).to_be_focused()
    page.keyboard.press(" ")
    assert page.evaluate(PAUSED) is True
    before = page.evaluate(NOW)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(NOW) == pytest.approx(before + 5, abs=0.3)
    assert " of 00:" in (slider.get_attribute("aria-valuetext") or "")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(NOW) == pytest.approx(before, abs=0.3)
    page.keyboard.press("End")
    expect(
        page.locator("#turn-31[aria-current=true], #turn-30[aria-current=true]")
    ).to_be_visible()
    page.keyboard.press("Tab")
    speed = page.get_by_label("Speed")
    expect(speed).to_be_focused()
    speed.select_option("1.5")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    page.reload()
    expect(page.get_by_label("Speed")).to_have_value("1.5")


def test_the_wave_seeks(page: Page) -> None:
    box = page.locator(".wave").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    whole = float(page.locator("[data-player]").get_attribute("data-seconds") or 0)
    assert page.evaluate(NOW) == pytest.approx(whole / 2, rel=0.05)
    expect(page.locator("[data-now]")).not_to_have_text("00:00")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(browser: Browser, logged_in: Any, address: str, scheme: Any) -> None:
    with looking(browser, storage_state=logged_in, viewport=PHONE, color_scheme=scheme) as page:
        page.goto(address)
        clean(page, PHONE)
        page.get_by_role("button", name="Play from turn 6", exact=True).click()
        expect(page.locator("#turn-6[aria-current=true]")).to_be_in_viewport()
        clean(page, PHONE)


def test_nothing_is_complained_of(browser: Browser, logged_in: Any, address: str) -> None:
    made = browser.new_context(storage_state=logged_in, viewport=DESK)
    page, complaints = watched(made)
    page.goto(address)
    page.get_by_role("button", name="Play recording").click()
    expect(page.locator("[data-now]")).not_to_have_text("00:00")
    made.close()
    assert complaints == []


def test_without_javascript(browser: Browser, logged_in: Any, address: str) -> None:
    with looking(
        browser, storage_state=logged_in, viewport=DESK, java_script_enabled=False
    ) as page:
        page.goto(address)
        expect(page.locator("audio[controls]")).to_be_visible()
        expect(page.get_by_role("button", name="Play recording")).to_be_hidden()
        expect(page.locator("[data-play-turn]").first).to_be_hidden()
        with page.expect_download() as told:
            page.get_by_role("link", name="Recording (WAV)").click()
        assert told.value.suggested_filename.startswith("recording-")
