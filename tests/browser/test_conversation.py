"""The question's page as a conversation, on phones and for whoever does not see it."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import context, watched
from tests.browser.looking import clean, looking, menu, moved_on, number, tab_through
from tests.flows.server import Server

SHORT = "I took the bus at seven, because my car was gone."
LONG = "We waited in the corridor, and nobody told us anything. " * 12
HEARD = """() => {
  window.heard = [];
  const live = document.getElementById('live');
  new MutationObserver(() => live.textContent && heard.push(live.textContent))
    .observe(live, {childList: true, characterData: true, subtree: true});
}"""


def begun(page: Page, server: Server, token: str) -> None:
    page.goto(f"{server.base}/interview/{token}")
    page.get_by_role("button", name="Start the interview").click()
    page.get_by_role("textbox", name="Your answer").wait_for()
    page.wait_for_load_state()


def say(page: Page, text: str) -> None:
    before = number(page)
    page.get_by_role("textbox", name="Your answer").fill(text)
    page.get_by_role("button", name="Send answer").click()
    moved_on(page, before)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (390, 844)])
def test_answer_question_box_and_button_are_in_sight_on_a_phone(
    browser: Browser, server: Server, invite: Any, width: int, height: int
) -> None:
    size = {"width": width, "height": height}
    with context(browser, viewport=size, has_touch=True, is_mobile=True) as made:
        page, complaints = watched(made)
        begun(page, server, invite(f"fold-{width}@example.com"))
        for text in ("", SHORT, LONG):
            if text:
                say(page, text)
                expect(page.locator("#question")).to_be_focused()
                expect(page.locator(".last")).to_be_in_viewport(ratio=1)
            for part in ("#question", "#answer", ".send button.primary"):
                expect(page.locator(part)).to_be_in_viewport(ratio=1)
        whole = page.get_by_text("Show full answer")
        said = page.locator(".last .said")
        cut = said.evaluate("e => e.clientHeight")
        whole.click()
        assert said.evaluate("e => e.clientHeight") > 3 * cut
        assert complaints == []


def test_what_fits_has_nothing_to_unfold(browser: Browser, server: Server, invite: Any) -> None:
    with context(browser) as made:
        page, _ = watched(made)
        begun(page, server, invite("fits@example.com"))
        say(page, SHORT)
        expect(page.locator(".last .said")).to_have_text(SHORT)
        expect(page.get_by_text("Show full answer")).to_be_hidden()


def test_without_javascript_the_menu_opens_and_the_whole_answer_is_shown(
    browser: Browser, server: Server, invite: Any
) -> None:
    with context(browser, java_script_enabled=False) as made:
        page, _ = watched(made)
        begun(page, server, invite("plain-menu@example.com"))
        page.get_by_role("textbox", name="Your answer").fill(LONG)
        page.get_by_role("button", name="Send answer").click()
        page.get_by_text("Show full answer").click()
        expect(page.locator(".last details")).to_have_attribute("open", "")
        expect(menu(page).get_by_role("button", name="Pause")).to_be_visible()


def test_the_menu_is_a_disclosure_for_the_keyboard(
    browser: Browser, server: Server, invite: Any
) -> None:
    with looking(browser) as page:
        begun(page, server, invite("menu@example.com"))
        summary = page.locator(".menu > summary")
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Skip this question")).to_be_visible()
        clean(page)
        tab_through(page)
        page.get_by_role("button", name="Pause").focus()
        page.keyboard.press("Escape")
        expect(summary).to_be_focused()
        expect(page.get_by_role("button", name="Pause")).to_be_hidden()


def test_an_answer_that_is_taken_at_once_is_not_announced_as_slow(
    browser: Browser, server: Server, invite: Any
) -> None:
    with context(browser) as made:
        page, _ = watched(made)
        page.clock.install()
        begun(page, server, invite("prompt@example.com"))
        page.evaluate(HEARD)
        waiting: list[Any] = []
        page.route("**/turns", lambda route: waiting.append(route))  # noqa: PLW0108 - it marks what it is given
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
        before = number(page)
        page.get_by_role("textbox", name="Your answer").fill(SHORT)
        page.get_by_role("button", name="Send answer").click()
        page.clock.run_for(390)
        expect(page.locator("#answer-state")).to_be_empty()
        page.clock.run_for(20)
        expect(page.locator("#answer-state")).to_have_text("Saving…")
        waiting[0].continue_()
        page.clock.resume()
        moved_on(page, before)
        assert page.evaluate("heard") == ["Saving…", "Saved"]


def test_the_line_before_the_question_is_heard_once(
    browser: Browser, server: Server, invite: Any
) -> None:
    """On a touch screen the heading has the focus; on a desk the field, which both describe."""
    token = invite("line@example.com")
    with context(browser, has_touch=True, is_mobile=True) as made:
        page, _ = watched(made)
        begun(page, server, token)
        page.evaluate(HEARD)
        say(page, "Why do you ask?")
        line = page.locator("#heard").inner_text()
        # "Saving…" comes first if the server took long, which the test above holds to the clock.
        assert [words for words in page.evaluate("heard") if words != "Saving…"] == [
            f"Saved. {line}"
        ]
        expect(page.locator("#question")).to_be_focused()
        expect(page.locator("#question")).not_to_contain_text(line)
        described = page.locator("#answer").get_attribute("aria-describedby")
        assert described == "heard question"


def study(server: Server, fixtures: dict[str, Any], email: str) -> str:
    """The page of an interview whose answers are read back now."""
    key = fixtures["key_owner"]

    def made(path: str, body: dict[str, Any]) -> Any:
        answer = server.call("POST", path, body, key=key)
        assert answer.status in (200, 201), answer.json
        return answer.json

    asked = ("How did you get there?", "How did the waiting go?", "What did the doctor do?")
    questions = [{"text": text, "depth": "none", "importance": "must"} for text in asked]
    script = made("/api/scripts", {"name": "S", "language": "en", "questions": questions})
    made(f"/api/scripts/{script['id']}/publish", {})
    told = {"name": "C", "script_id": script["id"], "project_id": fixtures["project_id"]}
    path = f"/api/campaigns/{made('/api/campaigns', told)['id']}/invites"
    token = made(path, {"emails": [email], "send_email": False})["invites"][0]["token"]
    made(f"/interview/{token}/start", {"consent": True})
    for place, text in enumerate(
        (SHORT, LONG, "The doctor drew a picture of my knee for me, but it was lost."), 1
    ):
        made(f"/interview/{token}/turns", {"number": 2 * place, "text": text})
    return f"{server.base}/interview/{token}"


def test_the_summary_is_clean_and_open_to_the_keyboard(
    browser: Browser, server: Server, fixtures: dict[str, Any]
) -> None:
    with looking(browser) as page:
        page.goto(study(server, fixtures, "summary@example.com"))
        expect(page.locator(".read-back li")).to_have_count(3)
        tab_through(page)
        clean(page)
        page.get_by_role("button", name="Nothing to correct").click()
        page.locator(".last", has_text="Nothing to correct").wait_for()
        menu(page).locator("summary", has_text="End the interview").click()
        page.get_by_role("button", name="End now").click()
        page.get_by_role("group", name="Does this summary capture what you meant?").wait_for()
        tab_through(page)
        clean(page)


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
def test_the_summary_is_confirmed_with_one_press(
    browser: Browser, server: Server, fixtures: dict[str, Any], scripted: bool
) -> None:
    link = study(server, fixtures, f"confirm-{scripted}@example.com".lower())
    with context(browser, java_script_enabled=scripted) as made:
        page, complaints = watched(made)
        page.goto(link)
        if scripted:
            page.get_by_role("textbox", name="Your answer").fill("Half a corr")
        page.get_by_role("button", name="Nothing to correct").click()
        page.locator(".last", has_text="Nothing to correct").wait_for()
        if scripted:
            kept = page.get_by_label("You typed this for an earlier question")
            expect(kept).to_have_value("Half a corr")
        assert complaints == []
