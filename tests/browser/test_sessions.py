"""Reading sessions: find, annotate, watch one that goes on, take them away; by hand, by keyboard and
without JavaScript.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import ZOOMED, clean, looking, tab_through
from tests.flows.server import Server

SAID = "We waited for an hour in the corridor.\nNobody said a word, nobody at all."

# Selects words in an answer as somebody who drags over them does.
SELECT = """([number, words]) => {
  const said = document.querySelector(`#turn-${number} .said`);
  const texts = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const at = texts.currentNode.data.lastIndexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(texts.currentNode, at, texts.currentNode, at + words.length);
    return;
  }
  throw new Error('nobody said that');
}"""


@pytest.fixture
def desk(browser: Browser, logged_in: Any) -> Iterator[Page]:
    with looking(browser, storage_state=logged_in, viewport=DESK) as page:
        yield page


@pytest.fixture
def talk(server: Any, invite: Any) -> Callable[[str], Any]:
    """An interview that goes on: its session's id, and how to say more in it."""

    class Talk:
        def __init__(self, email: str) -> None:
            self.path = f"/interview/{invite(email)}"
            begun = server.call("POST", f"{self.path}/start", {"consent": True})
            self.number, self.session_id = 2, begun.json["session_id"]
            self.address = f"{server.base}/sessions/{self.session_id}"

        def say(self, text: str) -> None:
            sent = {"number": self.number, "text": text}
            answer = server.call("POST", f"{self.path}/turns", sent)
            assert answer.status == 201, answer.json
            self.number = answer.json["next_number"]

        def pause(self) -> None:
            assert server.call("POST", f"{self.path}/pause", {}).status == 200

        def end(self) -> None:
            assert server.call("POST", f"{self.path}/complete", {}).status == 200

    def make(email: str) -> Any:
        made = Talk(email)
        made.say(SAID)
        return made

    return make


def test_an_interview_is_watched_while_it_goes_on(desk: Page, talk: Any) -> None:
    held = talk("watched@example.com")
    seen: list[int] = []
    desk.on("response", lambda r: seen.append(r.status) if "/live" in r.url else None)
    desk.goto(held.address)
    expect(desk.get_by_text("This interview is in progress")).to_be_visible()
    log = desk.get_by_role("log", name="Transcript")
    expect(log).to_contain_text("Nobody said a word")
    expect(log.get_by_text("Waiting for the next answer.")).to_be_visible()
    clean(desk)
    desk.wait_for_timeout(11_500)
    assert seen[:2] == [200, 304]
    why = desk.locator("details.why summary").first
    why.click()
    held.say("The coffee was surprisingly good.")
    expect(log).to_contain_text("The coffee was surprisingly good.", timeout=9_000)
    expect(why).to_be_focused()
    assert why.evaluate("e => e.parentElement.open") is True
    state = desk.locator(".facts-side #status-now")
    expect(state).to_have_text("In progress")
    held.pause()
    expect(state).to_have_text("Paused", timeout=9_000)
    held.say("Now I am back.")
    expect(log).to_contain_text("Now I am back.", timeout=9_000)
    expect(state).to_have_text("In progress")
    held.end()
    expect(log.get_by_text("Reload the page")).to_be_visible(timeout=9_000)
    expect(desk.get_by_text("This interview is in progress")).to_be_hidden()
    clean(desk)
    asked = len(seen)
    desk.wait_for_timeout(6_000)
    assert len(seen) == asked
    log.get_by_role("link", name="Reload the page").click()
    expect(desk.get_by_role("heading", name="Summary")).to_be_visible()


def test_words_that_are_selected_are_noted_and_found_by_their_tag(
    desk: Page, talk: Any
) -> None:
    held = talk("noted@example.com")
    desk.goto(held.address)
    button = desk.get_by_role("button", name="Add note on selection")
    expect(button).to_be_hidden()
    desk.evaluate(SELECT, [2, "nobody"])
    button.click()
    sheet = desk.get_by_role("dialog", name="New note")
    expect(sheet.get_by_role("blockquote")).to_have_text("nobody")
    expect(sheet.get_by_role("textbox", name="Note")).to_be_focused()
    clean(desk)
    desk.keyboard.type("The third who says so.")
    desk.keyboard.press("Tab")
    desk.keyboard.type("silence, corridor")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**#turn-2")
    mark = desk.locator("#turn-2 mark.noted")
    expect(mark).to_have_text("nobody")
    assert mark.evaluate("m => m.previousSibling.data").endswith(
        "a word, "
    )  # the second of the two
    note = desk.locator("#said-2 .annotation")
    expect(note).to_contain_text("The third who says so.")
    expect(note).to_contain_text("Ada Alder")
    desk.goto(held.address)  # else Tab goes on from the turn
    tab_through(desk)
    clean(desk)
    desk.get_by_role("link", name="Campaign notes & highlights").click()
    desk.get_by_role("link", name="corridor").click()
    expect(desk.get_by_role("blockquote").first).to_have_text("nobody")
    tab_through(desk)
    clean(desk)
    desk.get_by_role("link", name="Interview with noted@example.com").first.click()
    desk.wait_for_url(f"{held.address}#turn-2")


def test_a_note_is_written_changed_and_deleted_by_keyboard(desk: Page, talk: Any) -> None:
    held = talk("note-by-keys@example.com")
    desk.goto(held.address)
    link = desk.get_by_role("link", name="Note on turn 2")
    link.focus()
    desk.keyboard.press("Enter")
    sheet = desk.get_by_role("dialog", name="New note")
    desk.keyboard.type("Kept when closed.")
    desk.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(link).to_be_focused()
    desk.keyboard.press("Enter")
    expect(sheet.get_by_role("textbox", name="Note")).to_have_value("Kept when closed.")
    sheet.get_by_role("button", name="Save note").press("Enter")
    desk.get_by_role("link", name="Edit the note by Ada Alder").press("Enter")
    desk.get_by_role("textbox", name="Note").fill("Changed.")
    clean(desk)
    desk.get_by_role("button", name="Save note").press("Enter")
    expect(desk.locator(".annotation:target")).to_contain_text("Changed.")
    desk.get_by_role("link", name="Edit the note by Ada Alder").press("Enter")
    desk.locator("summary", has_text="Delete note").press("Enter")
    clean(desk)
    desk.get_by_role("button", name="Delete note").press("Enter")
    expect(desk.locator(".annotation")).to_have_count(0)


def test_all_of_it_works_without_javascript(
    browser: Browser, logged_in: Any, talk: Any, server: Server
) -> None:
    held = talk("plain@example.com")
    with looking(
        browser, storage_state=logged_in, viewport=PHONE, java_script_enabled=False
    ) as page:
        page.goto(held.address)
        expect(page.get_by_role("button", name="Add note on selection")).to_be_hidden()
        page.get_by_role("link", name="Note on turn 2").click()
        page.get_by_label("Quote").fill("never said")
        page.get_by_role("button", name="Save note").click()
        expect(page.get_by_role("alert")).to_contain_text("must match the words of the answer")
        page.get_by_label("Quote").fill("in the corridor. Nobody")
        page.get_by_label("Tags").fill("plainly")
        page.get_by_role("button", name="Save note").click()
        expect(page.locator("#turn-2 mark")).to_have_text("in the corridor.\nNobody")
        page.goto(f"{server.base}/sessions")
        page.locator("summary", has_text="More filters").click()
        page.get_by_label("Tag").select_option("plainly")
        page.get_by_role("button", name="Apply filters", exact=True).click()
        expect(page.locator(".row-link")).to_have_count(1)
        page.get_by_role("link", name="Remove filter: Tag: plainly").click()
        expect(page.locator(".chip")).to_have_count(0)


def test_what_was_said_is_found_and_read(desk: Page, server: Server, talk: Any) -> None:
    held = talk("found@example.com")
    held.say("There was a zanzibarine smell.")
    desk.goto(f"{server.base}/sessions")
    desk.get_by_label("Search answers").fill("ZANZIBARINE smell")
    expect(desk.locator(".row-link")).to_have_count(1)
    expect(desk.locator("mark.hit")).to_have_text(["zanzibarine", "smell"])
    expect(desk.get_by_label("Search answers")).to_be_focused()
    clean(desk)
    desk.locator(".row-link").click()
    desk.wait_for_url("**/sessions/*?q=*#turn-4")
    expect(desk.locator("#turn-4 mark.hit").first).to_be_in_viewport()
    expect(desk.get_by_text("1 answer:")).to_be_visible()
    clean(desk)


def test_filters_are_kept_as_a_view(desk: Page, server: Server) -> None:
    desk.goto(f"{server.base}/sessions?sentiment=negative&status=completed")
    expect(desk.locator(".chip")).to_have_count(3)  # and one that takes all off
    desk.locator("summary", has_text="Save these filters").click()
    desk.get_by_role("button", name="Save view").click()
    expect(desk.get_by_role("alert")).to_be_focused()
    clean(desk)
    desk.get_by_label("View name").fill("Unhappy")
    desk.get_by_role("button", name="Save view").click()
    view = desk.get_by_role("navigation", name="Saved views").get_by_role(
        "link", name="Unhappy"
    )
    expect(view).to_have_attribute("aria-current", "page")
    tab_through(desk)
    clean(desk)
    desk.get_by_role("link", name="Remove filter: Sentiment: negative").click()
    expect(desk.locator(".chip")).to_have_count(1)
    view.click()
    desk.wait_for_url("**/sessions?status=completed&sentiment=negative")
    desk.get_by_role("link", name="Manage views").click()
    tab_through(desk)
    clean(desk)
    desk.get_by_role("link", name="Edit Unhappy").click()
    clean(desk)
    desk.locator("summary", has_text="Delete view").click()
    desk.get_by_role("button", name="Delete view").click()
    expect(desk.get_by_text("View “Unhappy” deleted.")).to_be_visible()
    expect(desk.get_by_role("link", name="Unhappy")).to_have_count(0)


def test_what_is_ticked_is_taken_away_as_one_file(
    desk: Page, server: Server, tmp_path: Path
) -> None:
    desk.goto(f"{server.base}/sessions?status=completed")
    chosen = desk.get_by_role("button", name="Download selected")
    expect(chosen).to_be_hidden()
    boxes = desk.get_by_role("checkbox", name="Select the interview with")
    row = desk.locator(".table tbody tr").first
    plain = row.evaluate("e => getComputedStyle(e).backgroundColor")
    boxes.nth(0).check()
    boxes.nth(1).press("Space")
    desk.mouse.move(0, 0)
    assert row.evaluate("e => getComputedStyle(e).backgroundColor") != plain
    expect(desk.get_by_text("2 selected")).to_be_visible()
    for size in (PHONE, DESK):
        desk.set_viewport_size(size)  # type: ignore[arg-type]
        desk.evaluate("scrollTo(0, 0)")
        bar, bottom = chosen.bounding_box(), desk.locator(".bar").bounding_box()
        assert bar is not None
        end = bottom["y"] if bottom else size["height"]
        assert bar["y"] + bar["height"] <= end, "what can be done is out of sight"
    desk.set_viewport_size(PHONE)  # type: ignore[arg-type]
    # At the end of the list, where the bar lies over no row.
    desk.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    clean(desk, PHONE, ZOOMED, DESK)
    desk.get_by_role("button", name="Select all on this page").click()
    expect(desk.get_by_text(f"{boxes.count()} selected")).to_be_visible()
    desk.get_by_role("button", name="Select none").click()
    boxes.nth(0).check()
    boxes.nth(1).check()
    chosen.click()
    expect(desk.get_by_text("2 interviews")).to_be_visible()
    tab_through(desk)
    clean(desk)
    desk.get_by_label("Include notes and tags").check()
    with desk.expect_download() as waiting:
        desk.get_by_role("button", name="Download").click()
    waiting.value.save_as(tmp_path / "sessions.zip")
    with zipfile.ZipFile(tmp_path / "sessions.zip") as archive:
        names = archive.namelist()
    assert {"about.txt", "sessions.csv", "notes.csv", "transcripts.csv"} < set(names)
    assert len(names) == 6
    while "/export" in desk.url:  # the skip link was followed there
        desk.go_back()
    expect(boxes.nth(0)).to_be_checked()
    expect(desk.get_by_text("2 selected")).to_be_visible()


def test_an_interview_is_taken_away_in_every_form(
    desk: Page, server: Server, fixtures: dict[str, Any]
) -> None:
    desk.goto(f"{server.base}/sessions/{fixtures['session_id']}")
    section = desk.locator(".files a")
    recordings = section.filter(has_text="Recording").count()
    assert recordings > 0
    assert section.count() == 9 + recordings
    for number in range(9 + recordings):
        with desk.expect_download() as waiting:
            section.nth(number).click()
        given = Path(waiting.value.path()).read_bytes()
        assert len(given) > 500
        if waiting.value.suggested_filename.endswith(".zip"):
            held = zipfile.ZipFile(io.BytesIO(given)).namelist()
            assert f"pdf/{fixtures['session_id']}.pdf" in held
