"""Every state of a spoken interview, light and dark, on the phone and the desk, at 200 % and with the
keyboard alone: axe finds nothing and nothing scrolls sideways.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import AXE, clean, tab_through
from tests.browser.voice.conftest import Speaking, opened
from tests.browser.voice.test_kept import hide

NARROW = {"width": 320, "height": 640}
HERE = """() => {
  const here = document.activeElement;
  return here === document.body ? '' : (here.closest('label') ?? here).innerText;
}"""
TEXT = "It took me too hours to get a doctor."


@pytest.fixture
def calm(talking: Browser, server: Any, english: str, invited_to: Any) -> Iterator[Speaking]:
    """A page without movement, with axe at hand."""
    with opened(talking, server, invited_to(english), reduced_motion="reduce") as made:
        made.page.add_init_script(AXE)
        yield made


def held_to_it(page: Page, phase: str = "") -> None:
    clean(page)
    clean(page, NARROW)
    if phase:
        assert page.locator("#voice").get_attribute("data-phase") == phase


def test_the_choice_and_the_check_are_clean(calm: Speaking, microphone: Any) -> None:
    microphone(-0.5, 20)
    calm.page.goto(calm.url)
    tab_through(calm.page)
    held_to_it(calm.page)
    calm.consent()
    tab_through(calm.page)
    held_to_it(calm.page)
    calm.page.get_by_role("button", name="Use the microphone").click()
    expect(calm.page.get_by_role("button", name="Continue")).to_be_focused()
    tab_through(calm.page)
    held_to_it(calm.page)


def test_a_refused_microphone_is_told_in_a_clean_page(calm: Speaking) -> None:
    calm.page.add_init_script("""navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('no', 'NotAllowedError'))""")
    calm.consent()
    calm.page.get_by_role("button", name="Use the microphone").click()
    expect(calm.page.locator("#voice-check-state")).to_contain_text("may not use")
    held_to_it(calm.page)
    calm.page.get_by_role("button", name="Skip this check").click()
    expect(calm.page.locator("#voice-note")).to_contain_text("may not use")
    tab_through(calm.page)
    held_to_it(calm.page, "ready")


@pytest.mark.smoke
def test_ready_speaking_and_listening_are_clean(calm: Speaking, microphone: Any) -> None:
    calm.played.question_seconds = 20
    microphone()
    calm.begin()
    calm.reaches("speaking")
    held_to_it(calm.page, "speaking")
    calm.page.locator("#voice-control").click()
    calm.reaches("listening")
    tab_through(calm.page)
    held_to_it(calm.page, "listening")
    calm.page.locator(".voice-settings summary").click()
    tab_through(calm.page)
    held_to_it(calm.page, "listening")
    hide(calm.page, hidden=True)
    calm.reaches("ready")
    held_to_it(calm.page, "ready")


def test_waiting_working_and_a_lost_connection_are_clean(
    calm: Speaking, microphone: Any
) -> None:
    calm.played.wait, calm.played.texts, calm.played.keeping = 0, [TEXT], True
    microphone(-2, 1.5)
    calm.begin()
    calm.reaches("waiting")
    held_to_it(calm.page, "waiting")
    calm.page.get_by_role("button", name="Done").last.click()
    calm.reaches("working")
    tab_through(calm.page)
    held_to_it(calm.page, "working")
    calm.page.evaluate("document.getElementById('voice-lost').hidden = false")
    held_to_it(calm.page, "working")


def test_words_that_are_checked_and_corrected_are_clean(
    calm: Speaking, microphone: Any
) -> None:
    calm.played.texts, calm.played.doubtful = [TEXT, TEXT], [[11, 14]]
    microphone(-2, 1.2)
    calm.begin()
    calm.moves_on(calm.number())
    calm.reaches("listening")
    tab_through(calm.page)
    held_to_it(calm.page)
    calm.page.get_by_role("button", name="Correct").click()
    tab_through(calm.page)
    held_to_it(calm.page, "ready")
    calm.page.locator(".voice-settings summary").click()
    calm.page.get_by_label("Check my words before sending").check()
    calm.page.locator(".voice-settings summary").click()
    calm.page.get_by_role("button", name="Cancel").click()
    calm.reaches("review")
    tab_through(calm.page)
    held_to_it(calm.page, "review")


def test_a_recording_that_waits_is_told_in_a_clean_page(
    calm: Speaking, microphone: Any
) -> None:
    calm.played.away = True
    microphone(-2, 1.2)
    calm.begin()
    calm.reaches("held")
    tab_through(calm.page)
    held_to_it(calm.page, "held")


def test_from_right_to_left(
    talking: Browser, server: Any, spoken_campaign: Any, invited_to: Any, microphone: Any
) -> None:
    token = invited_to(spoken_campaign("ar"))
    with opened(talking, server, token, reduced_motion="reduce") as speaking:
        page = speaking.page
        page.add_init_script(AXE)
        page.goto(speaking.url)
        held_to_it(page)
        page.get_by_label("بالصوت").check()
        page.locator("form .button.primary").click()
        page.locator("#voice-check").wait_for()
        held_to_it(page)
        microphone()
        page.locator("[data-check=skip]").click()
        speaking.reaches("listening")
        held_to_it(page, "listening")


@pytest.mark.smoke
def test_a_spoken_interview_by_keyboard_alone(speaking: Speaking, microphone: Any) -> None:
    page = speaking.page
    page.goto(speaking.url)

    def press(name: str, key: str = "Enter") -> None:
        """Tab to what has this name, and press it."""
        for _ in range(30):
            page.keyboard.press("Tab")
            if name in page.evaluate(HERE):
                page.keyboard.press(key)
                return
        pytest.fail(f"no {name}")

    press("In writing", "ArrowUp")
    expect(page.get_by_label("By speaking")).to_be_checked()
    press("Start the interview")
    page.locator("#voice-check").wait_for()
    microphone()
    press("Use the microphone")
    microphone(-2, 1.5)
    speaking.played.wait, speaking.played.texts = 9, [TEXT]
    press("Record 3 seconds")
    page.wait_for_timeout(500)
    press("Continue")
    speaking.reaches("listening")
    page.wait_for_timeout(2500)
    before = speaking.number()
    press("Done")
    speaking.moves_on(before)
    expect(page.locator("#voice-control")).to_be_focused()
