"""What a participant can choose: speaking or writing, how to speak, to look words over first; and what
happens where there is no microphone.
"""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import context
from tests.browser.looking import menu
from tests.browser.voice.conftest import Speaking, opened

FIRST = "It took me too hours to get a doctor."
RIGHT = "It took me two hours to get a doctor."
ROUND = "#voice-control"


def settings(speaking: Speaking, label: str) -> None:
    panel = speaking.page.locator(".voice-settings")
    panel.locator("summary").click()
    panel.get_by_label(label).check()
    panel.locator("summary").click()


def test_a_study_by_voice_proposes_to_speak(
    talking: Browser, server: Any, spoken_campaign: Any, invited_to: Any
) -> None:
    with opened(talking, server, invited_to(spoken_campaign(mode="voice"))) as speaking:
        speaking.page.goto(speaking.url)
        expect(speaking.page.get_by_label("By speaking")).to_be_checked()
        speaking.page.get_by_role("button", name="Start the interview").click()
        expect(
            speaking.page.get_by_role("heading", name="Check your microphone")
        ).to_be_visible()


def test_without_javascript_answers_are_written(
    talking: Browser, server: Any, english: str, invited_to: Any
) -> None:
    with context(talking, java_script_enabled=False) as made:
        page = made.new_page()
        page.goto(f"{server.base}/interview/{invited_to(english)}")
        expect(page.get_by_label("By speaking")).to_be_hidden()
        page.get_by_role("button", name="Start the interview").click()
        expect(page.get_by_role("textbox", name="Your answer")).to_be_visible()
        expect(page.locator("#voice")).to_be_hidden()


def test_the_microphone_check_shows_a_level_and_plays_back(
    speaking: Speaking, microphone: Any
) -> None:
    microphone(-0.5, 20)
    speaking.consent()
    page, check = speaking.page, speaking.page.locator("#voice-check")
    expect(check.get_by_text("Your browser will ask")).to_be_visible()
    check.get_by_role("button", name="Use the microphone").click()
    expect(check.get_by_role("button", name="Continue")).to_be_focused()
    loud = "() => getComputedStyle(document.getElementById('voice')).getPropertyValue('--level') > 0.4"
    page.wait_for_function(loud)
    check.get_by_role("button", name="Record 3 seconds and listen").click()
    expect(check.get_by_role("status")).to_have_text("Recording…")
    expect(check.get_by_role("status")).to_have_text("This is how you sound.")
    expect(check.get_by_role("status")).to_have_text("We can hear you.")
    check.get_by_role("button", name="Continue").click()
    expect(page.locator(ROUND)).to_be_focused()
    speaking.reaches("speaking")
    assert speaking.played.clips == {}, "the check was sent"
    page.reload()
    expect(page.locator("#voice-check")).to_be_hidden()
    # Later it needs no introduction.
    page.locator(".voice-settings summary").click()
    page.get_by_role("button", name="Check the microphone").click()
    expect(check.get_by_role("button", name="Continue")).to_be_focused()


def test_writing_takes_over_what_was_said_and_speaking_what_was_written(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts, speaking.played.wait = [FIRST, "And then I left."], 9
    microphone(-1.5, 30)
    speaking.begin()
    speaking.reaches("listening")
    speaking.page.wait_for_timeout(2000)
    speaking.page.get_by_role("button", name="Write instead").click()
    field = speaking.page.get_by_role("textbox", name="Your answer")
    expect(field).to_have_value(FIRST)
    field.fill(RIGHT)
    speaking.played.wait = 1.2
    microphone(-1, 1.5)
    before = speaking.number()
    speaking.page.get_by_role("button", name="Speak instead").click()
    speaking.moves_on(before)
    assert speaking.answers() == [f"{RIGHT} And then I left."]
    (sent,) = speaking.played.names("turns")
    assert sent["recording_ids"] == list(speaking.played.clips)


def test_push_to_talk_can_be_chosen_in_the_middle_of_an_answer(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts = [FIRST]
    microphone(-1, 30)
    speaking.begin()
    speaking.reaches("listening")
    speaking.page.wait_for_timeout(2500)
    settings(speaking, "Hold the button or the space bar")
    expect(speaking.page.locator("#voice-hint")).to_contain_text("Let go when you’ve finished")
    before = speaking.number()
    speaking.page.locator(ROUND).click()
    speaking.moves_on(before)
    assert speaking.answers() == [FIRST]


def test_words_can_be_looked_over_before_they_are_sent(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts, speaking.played.doubtful = [FIRST], [[11, 14]]
    microphone()
    speaking.begin()
    speaking.reaches("listening")
    settings(speaking, "Check my words before sending")
    microphone(-1, 1.5)
    speaking.page.reload()
    speaking.page.locator(ROUND).click()
    speaking.reaches("review")
    field = speaking.page.get_by_role("textbox", name="Your answer")
    expect(field).to_have_value(FIRST)
    expect(speaking.page.locator("#answer-state")).to_have_text("We’re not sure about: too")
    assert speaking.answers() == []
    field.fill(RIGHT)
    before = speaking.number()
    speaking.page.get_by_role("button", name="Send answer").first.click()
    speaking.moves_on(before)
    assert speaking.answers() == [RIGHT]
    assert speaking.played.names("turns")[0]["recording_ids"] == list(speaking.played.clips)
    speaking.reaches("listening")


def test_doubtful_words_are_marked_and_can_be_corrected_afterwards(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts, speaking.played.doubtful = [FIRST], [[11, 14]]
    microphone(-1.5, 1.2)
    speaking.begin()
    speaking.moves_on(speaking.number())
    last = speaking.page.locator(".last")
    expect(last.locator(".doubtful")).to_have_text("We’re not sure about this word: too")
    last.get_by_role("button", name="Correct").click()
    speaking.reaches("ready")
    last.get_by_role("textbox").fill(RIGHT)
    last.get_by_role("button", name="Save").click()
    expect(last.locator(".said")).to_have_text(RIGHT)
    assert speaking.answers() == [RIGHT]
    speaking.reaches("listening")


def test_push_to_talk_records_while_it_is_held(speaking: Speaking, microphone: Any) -> None:
    speaking.played.texts = [FIRST, RIGHT]
    microphone(60)
    speaking.begin()
    settings(speaking, "Hold the button or the space bar")
    speaking.page.reload()
    speaking.page.locator(ROUND).click()
    speaking.reaches("listening")
    expect(speaking.page.locator("#voice[data-hold]")).to_have_count(1)
    speaking.page.wait_for_timeout(1500)
    assert speaking.played.clips == {}
    before = speaking.number()
    speaking.page.locator(ROUND).hover()
    speaking.page.mouse.down()
    speaking.page.wait_for_timeout(1500)
    expect(speaking.page.locator("#voice-hint")).to_contain_text("Let go")
    speaking.page.mouse.up()
    speaking.moves_on(before)
    # The same with the space bar, pressed once and again.
    speaking.reaches("speaking")
    speaking.reaches("listening")
    speaking.page.evaluate("document.activeElement.blur()")
    speaking.page.keyboard.press("Space")
    speaking.page.wait_for_timeout(2000)
    assert len(speaking.played.clips) == 2
    speaking.page.keyboard.press("Space")
    speaking.moves_on(before + 2)
    assert speaking.answers() == [FIRST, RIGHT]


def test_a_question_is_read_again_and_silenced(speaking: Speaking, microphone: Any) -> None:
    microphone()
    speaking.begin()
    speaking.reaches("listening")
    speaking.page.get_by_role("button", name="Repeat question").last.click()
    speaking.reaches("speaking")
    speaking.reaches("listening")
    assert len(speaking.played.names("speech")) == 4
    panel = speaking.page.locator(".voice-settings")
    panel.locator("summary").click()
    panel.get_by_label("Read questions aloud").uncheck()
    speaking.page.reload()
    speaking.page.locator(ROUND).click()
    speaking.reaches("listening")
    assert len(speaking.played.names("speech")) == 4
    expect(speaking.page.get_by_label("Read questions aloud")).not_to_be_checked()


def test_a_browser_that_wants_a_press_before_sound_is_told_so(
    speaking: Speaking, microphone: Any
) -> None:
    microphone()
    speaking.page.add_init_script("""
      HTMLMediaElement.prototype.play = () => window.allowed
        ? Promise.resolve() : Promise.reject(new DOMException('no', 'NotAllowedError'));
    """)
    speaking.begin()
    speaking.reaches("ready")
    expect(speaking.page.locator("#voice-note")).to_contain_text(
        "Press it to hear the question"
    )


REFUSALS = {
    "NotAllowedError": "This page may not use the microphone.",
    "NotFoundError": "We can’t find a microphone.",
    "NotReadableError": "Another app is using the microphone.",
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_microphone_that_cannot_be_had_leaves_writing(speaking: Speaking, name: str) -> None:
    fault = f"Promise.reject(new DOMException('no', '{name}'))"
    speaking.page.add_init_script(f"navigator.mediaDevices.getUserMedia = () => {fault}")
    speaking.consent()
    check = speaking.page.locator("#voice-check")
    check.get_by_role("button", name="Use the microphone").click()
    expect(check.get_by_role("status")).to_contain_text(REFUSALS[name])
    expect(check.get_by_text("Choose “Allow”")).to_be_hidden()
    check.get_by_role("button", name="Write instead").click()
    expect(speaking.page.get_by_role("textbox", name="Your answer")).to_be_focused()
    before = speaking.number()
    speaking.page.get_by_role("textbox", name="Your answer").fill(RIGHT)
    speaking.page.get_by_role("button", name="Send answer").click()
    speaking.moves_on(before)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("Object.defineProperty(window, 'isSecureContext', {value: false})", "secure (https)"),
        ("delete Navigator.prototype.mediaDevices", "Open the link in Safari or Chrome"),
    ],
)
def test_where_no_browser_gives_a_microphone_the_page_says_so(
    speaking: Speaking, script: str, told: str
) -> None:
    speaking.page.add_init_script(script)
    speaking.consent()
    expect(speaking.page.locator("#voice-check-state")).to_contain_text(told)
    speaking.page.get_by_role("button", name="Skip this check").click()
    expect(speaking.page.locator("#voice-note")).to_contain_text(told)
    speaking.page.get_by_role("button", name="Write instead").click()
    expect(speaking.page.get_by_role("textbox", name="Your answer")).to_be_visible()


def test_a_skip_leaves_what_was_said_behind(speaking: Speaking, microphone: Any) -> None:
    speaking.played.wait = 9
    microphone(-1.5, 30)
    speaking.begin()
    speaking.reaches("listening")
    speaking.page.wait_for_timeout(1500)
    before = speaking.number()
    menu(speaking.page).get_by_role("button", name="Skip this question").click()
    speaking.moves_on(before)
    assert speaking.answers() == [""]
