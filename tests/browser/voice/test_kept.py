"""Nothing heard is lost: not by a reload, a lost connection, another tab, or a recogniser that is away."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.looking import menu
from tests.browser.voice.conftest import Speaking

FIRST = "It took me two hours"
SECOND = "to get a doctor."


def hide(page: Page, *, hidden: bool) -> None:
    """As when another tab is chosen."""
    page.evaluate(
        """is => {
          Object.defineProperty(document, 'hidden', {configurable: true, get: () => is});
          document.dispatchEvent(new Event('visibilitychange'));
        }""",
        hidden,
    )


def recording_for(speaking: Speaking, microphone: Any, milliseconds: int = 2500) -> None:
    """An answer that goes on and on."""
    speaking.played.wait = 9
    microphone(-1.5, 30)
    speaking.begin()
    speaking.reaches("listening")
    speaking.page.wait_for_timeout(milliseconds)


def test_a_reload_in_an_answer_keeps_what_was_said(speaking: Speaking, microphone: Any) -> None:
    recording_for(speaking, microphone)
    before = speaking.number()
    microphone(-1, 1.5)
    speaking.played.texts, speaking.played.wait = [FIRST, SECOND], 1.2
    speaking.page.reload()
    expect(speaking.page.locator("#voice-hint")).to_contain_text("What you said before is kept")
    speaking.page.get_by_role("button", name="Continue speaking").click()
    speaking.moves_on(before)
    assert speaking.answers() == [f"{FIRST} {SECOND}"]
    assert len(speaking.played.clips) == 2
    assert all(
        b"".join(clip)[:4] == b"\x1aE\xdf\xa3" for clip in speaking.played.clips.values()
    )


def test_what_a_reload_has_kept_can_be_sent_as_it_is(
    speaking: Speaking, microphone: Any
) -> None:
    recording_for(speaking, microphone)
    before = speaking.number()
    speaking.played.texts = [FIRST]
    speaking.page.reload()
    speaking.page.locator("#voice").get_by_role("button", name="Send answer").click()
    speaking.moves_on(before)
    assert speaking.answers() == [FIRST]


def test_start_at_once_after_a_reload_waits_for_what_was_kept(
    speaking: Speaking, microphone: Any
) -> None:
    recording_for(speaking, microphone)
    before = speaking.number()
    microphone(-1, 1.5)
    speaking.played.texts, speaking.played.wait = [FIRST, SECOND], 1.2
    # The database answers late, and Start is pressed the moment it is there.
    speaking.page.add_init_script("""
      const open = IDBFactory.prototype.open;
      IDBFactory.prototype.open = function (...all) {
        const request = open.apply(this, all);
        let done;
        Object.defineProperty(request, 'onsuccess', {set(f) { done = f; }});
        request.addEventListener('success', event => setTimeout(() => done(event), 1500));
        return request;
      };
      addEventListener('load', () => document.getElementById('voice-control')?.click());
    """)
    speaking.page.reload()
    speaking.moves_on(before)
    assert speaking.answers() == [f"{FIRST} {SECOND}"]


def test_without_a_connection_the_recording_goes_on_and_is_sent_later(
    speaking: Speaking, microphone: Any
) -> None:
    speaking.played.texts = [FIRST]
    lost: list[Route] = []
    speaking.begin()
    speaking.page.route("**/audio/**", lambda route: (lost.append(route), route.abort()))
    microphone(-0.5, 2)
    before = speaking.number()
    speaking.page.reload()
    speaking.page.locator("#voice-control").click()
    expect(speaking.page.locator("#voice-lost")).to_be_visible()
    # Nobody can say whether it was the end: the page waits for the longest time.
    speaking.reaches("waiting")
    speaking.reaches("working")
    assert speaking.answers() == []
    speaking.page.unroute("**/audio/**")
    speaking.page.evaluate("dispatchEvent(new Event('online'))")
    speaking.moves_on(before)
    expect(speaking.page.locator("#voice-lost")).to_be_hidden()
    assert lost
    assert speaking.answers() == [FIRST]


def test_another_tab_turns_the_microphone_off(speaking: Speaking, microphone: Any) -> None:
    recording_for(speaking, microphone)
    before = speaking.number()
    hide(speaking.page, hidden=True)
    speaking.reaches("ready")
    expect(speaking.page.locator("#voice-note")).to_contain_text("while you were away")
    sent = len(speaking.played.names("piece"))
    speaking.page.wait_for_timeout(2000)
    assert len(speaking.played.names("piece")) <= sent + 1
    hide(speaking.page, hidden=False)
    microphone(-1, 1)
    speaking.played.texts, speaking.played.wait = [FIRST, SECOND], 1.2
    speaking.page.get_by_role("button", name="Continue speaking").click()
    speaking.moves_on(before)
    assert speaking.answers() == [f"{FIRST} {SECOND}"]


def test_a_pause_keeps_what_was_said(speaking: Speaking, microphone: Any) -> None:
    recording_for(speaking, microphone, 3400)
    menu(speaking.page).get_by_role("button", name="Pause").click()
    speaking.page.get_by_role("heading", name="Your interview is paused").wait_for()
    (clip,) = speaking.played.clips
    pieces = len(speaking.played.clips[clip])
    speaking.page.get_by_role("button", name="Continue").click()
    speaking.played.texts = [FIRST]
    before = speaking.number()
    speaking.page.locator("#voice").get_by_role("button", name="Send answer").click()
    speaking.moves_on(before)
    assert speaking.played.names("audio")[0]["pieces"] == pieces


def test_a_recogniser_that_is_away_leaves_two_ways(speaking: Speaking, microphone: Any) -> None:
    speaking.played.away = True
    microphone(-1.5, 1.5)
    speaking.begin()
    speaking.reaches("held")
    panel = speaking.page.locator("#voice")
    told = "Your recording is saved and will be transcribed later."
    expect(panel.get_by_text(told)).to_be_visible()
    expect(panel.get_by_role("button", name="Write this answer")).to_be_visible()
    before = speaking.number()
    panel.get_by_role("button", name="Next question").click()
    speaking.moves_on(before)
    assert [told.get("later") for told in speaking.played.names("audio")] == [None, True]
    speaking.reaches("speaking")


def test_several_recordings_that_wait_are_sent_again_together(
    speaking: Speaking, microphone: Any
) -> None:
    recording_for(speaking, microphone)
    speaking.played.away = True
    speaking.page.reload()
    panel = speaking.page.locator("#voice")
    microphone(-1, 1.5)
    speaking.played.wait = 1.2
    speaking.page.get_by_role("button", name="Continue speaking").click()
    speaking.reaches("held")
    expect(panel.get_by_role("button", name="Next question")).to_be_hidden()
    speaking.played.away, speaking.played.texts = False, [FIRST, SECOND]
    before = speaking.number()
    panel.get_by_role("button", name="Send answer").click()
    speaking.moves_on(before)
    assert speaking.answers() == [f"{FIRST} {SECOND}"]


def test_an_answer_that_waits_can_be_written(speaking: Speaking, microphone: Any) -> None:
    speaking.played.away = True
    microphone(-1.5, 1.5)
    speaking.begin()
    speaking.reaches("held")
    before = speaking.number()
    speaking.page.get_by_role("button", name="Write this answer").click()
    field = speaking.page.get_by_role("textbox", name="Your answer")
    expect(field).to_be_focused()
    field.fill("I write it.")
    speaking.page.get_by_role("button", name="Send answer").last.click()
    speaking.moves_on(before)
    assert speaking.answers() == ["I write it."]


@pytest.mark.parametrize("status", [400, 413, 415])
def test_a_recording_that_is_refused_can_be_said_again(
    speaking: Speaking, microphone: Any, status: int
) -> None:
    speaking.played.texts = [FIRST]
    refused = {"error": {"code": "INVALID_AUDIO", "message": "no"}}
    speaking.page.route("**/audio", lambda r: r.fulfill(status=status, json=refused), times=1)
    microphone(-1.5, 1.2, -4, 1.2)
    speaking.begin()
    before = speaking.number()
    note = speaking.page.locator("#voice-note")
    expect(note).to_contain_text("We couldn’t use this recording")
    speaking.moves_on(before)
    assert speaking.answers() == [FIRST]


def test_an_answer_given_elsewhere_moves_the_page_on(
    speaking: Speaking, microphone: Any
) -> None:
    recording_for(speaking, microphone)
    before = speaking.number()
    path = f"/interview/{speaking.token}/turns"
    speaking.server.call("POST", path, {"number": before, "text": "By phone."})
    taken = {"error": {"code": "CONFLICT", "message": "taken", "details": {}}}
    speaking.page.route("**/audio", lambda r: r.fulfill(status=409, json=taken), times=1)
    speaking.page.get_by_role("button", name="Done").last.click()
    speaking.moves_on(before)
    assert speaking.answers() == ["By phone."]
