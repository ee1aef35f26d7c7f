"""Questions are read aloud, answers are spoken: when one begins, when it ends, and that nothing is lost."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.voice.conftest import Speaking

FIRST = "It took me two hours to get a doctor."
SECOND = "More signs would have helped."


def test_an_answer_is_sent_when_it_ends_and_the_next_question_is_read(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts = [FIRST]
    microphone(-2, 2)
    speaking.begin()
    speaking.reaches("speaking")
    speaking.reaches("listening")
    before = speaking.number()
    speaking.moves_on(before)
    assert speaking.answers() == [FIRST]
    expect(speaking.page.locator(".last .said")).to_have_text(FIRST)
    speaking.reaches("speaking")
    speaking.reaches("listening")
    asked = speaking.played.names("speech")
    assert [one.partition("&")[0] for one in asked] == [
        "1?sentence=0", "1?sentence=1", "3?sentence=0", "3?sentence=1",
    ]  # fmt: skip
    judged = speaking.played.names("pause")
    assert len(judged) == 1
    assert judged[0]["silence"] >= 0.8


@pytest.mark.parametrize("pause", [2, 4, 14])
def test_a_pause_within_an_answer_does_not_end_it(
    speaking: Speaking, microphone: Any, pause: float
) -> None:
    speaking.played.texts, speaking.played.wait = [FIRST], 60
    microphone(-2, 1, -pause, 1)
    speaking.begin()
    before = speaking.number()
    while not speaking.played.names("pause"):
        speaking.page.wait_for_timeout(100)
    speaking.played.wait = 1.2  # of the silence at the end
    if pause > 4:
        speaking.reaches("waiting")
        expect(speaking.page.locator("#voice-state")).to_have_text("Take your time")
        expect(speaking.page.locator("#voice[data-patience]")).to_have_count(1)
    speaking.moves_on(before)
    assert len(speaking.played.clips) == 1
    assert len(speaking.played.names("pause")) == 2
    assert speaking.answers() == [FIRST]


def test_done_ends_an_answer_at_once(speaking: Speaking, microphone: Any) -> None:
    speaking.played.texts, speaking.played.wait = [FIRST], 9
    microphone(-2, 1.5)
    speaking.begin()
    speaking.reaches("listening")
    speaking.page.wait_for_timeout(2500)
    before = speaking.number()
    speaking.page.get_by_role("button", name="Done").last.click()
    speaking.moves_on(before)
    assert speaking.answers() == [FIRST]


def test_an_answer_in_silence_is_sent_too_when_somebody_says_so(
    speaking: Speaking, microphone: Any
) -> None:
    """Who speaks too softly for the page may be heard by the server."""
    speaking.played.texts = [FIRST]
    microphone()
    speaking.begin()
    speaking.reaches("listening")
    speaking.page.wait_for_timeout(1500)
    before = speaking.number()
    speaking.page.get_by_role("button", name="Done").last.click()
    speaking.moves_on(before)


def test_who_speaks_interrupts_the_question_and_is_heard_from_the_beginning(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts, speaking.played.question_seconds = [FIRST], 6
    microphone(-2, 2)
    speaking.page.add_init_script("""
      const pause = HTMLMediaElement.prototype.pause;
      HTMLMediaElement.prototype.pause = function () { window.interrupted ??= !this.ended; return pause.call(this); };
    """)
    speaking.begin()
    speaking.reaches("speaking")
    speaking.reaches("listening")
    assert speaking.page.evaluate("window.interrupted") is True
    speaking.moves_on(speaking.number())
    sound = b"".join(next(iter(speaking.played.clips.values())))
    assert len(sound) > 8_000  # two seconds of speech, and what was before
    assert speaking.answers() == [FIRST]


def test_a_yes_does_not_interrupt_the_question(speaking: Speaking, microphone: Any) -> None:
    speaking.played.question_seconds = 2
    microphone(-1.5, 0.35, -0.8, 0.3)
    speaking.begin()
    speaking.reaches("speaking")
    speaking.page.wait_for_timeout(2500)
    assert (
        speaking.page.evaluate("document.getElementById('voice').dataset.phase") == "speaking"
    )
    speaking.reaches("listening")
    assert len(speaking.played.names("speech")) == 2


def test_who_speaks_on_while_the_answer_is_sent_had_only_paused(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts, speaking.played.keeping = [FIRST, SECOND], True
    microphone(-2, 1.5, -3, 2)
    speaking.begin()
    speaking.reaches("speaking")
    speaking.reaches("listening")
    speaking.reaches("working")
    before = speaking.number()
    speaking.page.wait_for_timeout(4500)
    asked = len(speaking.played.names("speech"))
    speaking.played.let_go()
    speaking.moves_on(before)
    speaking.reaches("speaking")
    assert len(speaking.played.names("continue")) == 1, "the question was read over somebody"
    assert len(speaking.played.names("speech")) > asked
    expect(speaking.page.locator(".last .said")).to_have_text(f"{FIRST} {SECOND}")
    assert speaking.answers() == [f"{FIRST} {SECOND}"]
    speaking.reaches("listening")
    assert speaking.number() == before + 2


def test_who_speaks_on_as_the_question_begins_had_only_paused(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts, speaking.played.question_seconds = [FIRST, SECOND], 4
    microphone(-10, 1.5, -2.2, 2)
    speaking.begin()
    speaking.reaches("listening")
    before = speaking.number()
    speaking.moves_on(before)
    speaking.reaches("speaking")
    speaking.reaches("listening")
    expect(speaking.page.locator(".last .said")).to_have_text(f"{FIRST} {SECOND}")
    assert speaking.answers() == [f"{FIRST} {SECOND}"]
    speaking.reaches("speaking")  # again, from its beginning
    assert speaking.number() == before + 2


def test_words_that_cannot_be_added_are_the_next_answer(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts, speaking.played.keeping = [FIRST, SECOND], True
    refusal = {"error": {"code": "CONFLICT", "message": "not now"}}
    speaking.page.route("**/review", lambda route: route.fulfill(status=409, json=refusal))
    microphone(-2, 1.5, -3, 2)
    speaking.begin()
    speaking.reaches("working")
    before = speaking.number()
    speaking.page.wait_for_timeout(4500)
    speaking.played.let_go()
    speaking.moves_on(before)
    speaking.moves_on(before + 2)
    assert speaking.answers() == [FIRST, SECOND]


def test_nothing_heard_is_said_and_the_page_listens_again(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts = ["", FIRST]
    microphone(-2, 1.5, -4, 1.5)
    speaking.begin()
    before = speaking.number()
    note = speaking.page.locator("#voice-note")
    expect(note).to_contain_text("We didn’t hear any words")
    speaking.moves_on(before)
    expect(note).to_be_hidden()
    assert speaking.answers() == [FIRST]


def test_a_noise_is_no_answer(speaking: Speaking, microphone: Any) -> None:
    speaking.played.heard = False
    microphone(-2, 0.5)
    speaking.begin()
    speaking.reaches("listening")
    speaking.page.wait_for_timeout(5000)
    assert len(speaking.played.names("pause")) == 1
    assert speaking.played.names("audio") == []
    assert (
        speaking.page.evaluate("document.getElementById('voice').dataset.phase") == "listening"
    )


def test_without_a_voice_the_question_is_shown_and_said_to_those_who_listen(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts, speaking.played.question_seconds = [FIRST], 0
    microphone(-2, 1.5)
    speaking.begin()
    speaking.reaches("listening")
    speaking.moves_on(speaking.number())
    assert speaking.answers() == [FIRST]


def test_silence_is_met_with_a_word_then_with_an_offer_to_write(
    speaking: Speaking, microphone: Any
) -> None:
    microphone()
    speaking.begin()
    hint = speaking.page.locator("#voice-hint")
    expect(hint).to_have_text("Take your time. A few words are enough.")
    expect(hint).to_have_text("You can also write your answer.")
    assert speaking.played.clips == {}, "silence was sent"
