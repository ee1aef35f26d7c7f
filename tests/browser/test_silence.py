"""A question waits and nobody writes: what the page says, and what it leaves alone.

The page's clock is put forward and goes on by itself, so that nothing here is exact to the second.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from interviewrelay.core import clock
from tests.browser.conftest import DESK, PHONE, context, watched
from tests.browser.looking import clean, looking, moved_on, number
from tests.flows.server import Server

NUDGE = "Take your time. A few words are enough."
REST = "Everything is saved. Take your time: your link still works."
# Every text that the live region is given, in order, and every shift of what stood there before.
LISTEN = """() => {
  window.heard = [];
  const live = document.getElementById('live');
  new MutationObserver(() => live.textContent && heard.push(live.textContent))
    .observe(live, {childList: true, characterData: true, subtree: true});
  window.moved = () => [...document.querySelectorAll('.now :is(h1, textarea, button, .aside *)')]
    .map(e => Math.round(e.getBoundingClientRect().top + scrollY)).join();
}"""


def begin(page: Page, server: Server, token: str) -> None:
    page.clock.install()
    page.goto(f"{server.base}/interview/{token}")
    page.get_by_role("button", name="Start the interview").click()
    page.get_by_role("textbox", name="Your answer").wait_for()
    page.wait_for_load_state()
    page.evaluate(LISTEN)


@contextmanager
def waiting(browser: Browser, server: Server, token: str, **more: Any) -> Iterator[Page]:
    """A page on which the first question waits, with a clock of its own."""
    with context(browser, **more) as made:
        page, complaints = watched(made)
        begin(page, server, token)
        yield page
        assert complaints == []


def hidden(page: Page, *, is_hidden: bool) -> None:
    """As when another tab is chosen."""
    page.evaluate(
        """is => {
          Object.defineProperty(document, 'hidden', {configurable: true, get: () => is});
          document.dispatchEvent(new Event('visibilitychange'));
        }""",
        is_hidden,
    )


def after_all(page: Page) -> bool:
    """Whether the server answers the page, asked behind all that the page has asked by itself."""
    ask = "fetch(document.getElementById('conversation').dataset.base + '/state')"
    answered = page.evaluate(f"() => {ask}.then(answer => answer.ok, () => false)")
    assert isinstance(answered, bool)
    return answered


def status(server: Server, token: str) -> str:
    answer = server.call("GET", f"/interview/{token}/state").json["status"]
    assert isinstance(answer, str)
    return answer


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_silence_is_met_with_a_word_then_another_then_a_pause(
    browser: Browser, server: Server, invite: Any, size: dict[str, int]
) -> None:
    token = invite(f"silent-{size['width']}@example.com")
    with waiting(browser, server, token, viewport=size) as page:
        stood, before = page.evaluate("moved()"), number(page)
        page.clock.run_for(60_000)
        expect(page.locator("#answer-state")).to_be_empty()
        page.clock.run_for(30_000)
        expect(page.locator("#answer-state")).to_have_text(NUDGE)
        expect(page.get_by_role("textbox", name="Your answer")).to_be_focused()
        page.clock.run_for(210_000)
        expect(page.locator("#answer-state")).to_have_text(REST)
        page.clock.run_for(560_000)
        assert page.evaluate("heard") == [NUDGE, REST]
        assert page.evaluate("moved()") == stood
        assert number(page) == before
        assert status(server, token) == "in_progress"
        page.clock.run_for(40_000)
        page.get_by_role("heading", name="Your interview is paused").wait_for()
        assert status(server, token) == "paused"
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("Welcome back.")).to_be_in_viewport()
        expect(page.locator("#question")).to_be_in_viewport(ratio=1)
        assert number(page) == before


@pytest.fixture(scope="module")
def campaign_in(server: Any) -> Any:
    """A way to a campaign in a language, whose question is short."""

    def make(language: str) -> str:
        a = server.fixtures["A"]

        def made(path: str, body: dict[str, Any]) -> str:
            answer = server.call("POST", path, body, key=a["key_owner"])
            assert answer.status in (200, 201), answer.json
            found: str = answer.json["id"]
            return found

        script = {"name": language, "language": language, "questions": [{"text": "?!"}]}
        named = made("/api/scripts", script)
        made(f"/api/scripts/{named}/publish", {})
        told = {"name": language, "script_id": named, "project_id": a["project_id"]}
        return made("/api/campaigns", told)

    return make


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
def test_what_is_said_moves_nothing_in_any_language_of_the_page(
    browser: Browser, server: Server, fixtures: Any, campaign_in: Any, language: str
) -> None:
    path = f"/api/campaigns/{campaign_in(language)}/invites"
    people = {"emails": ["pat@example.com"], "send_email": False}
    invited = server.call("POST", path, people, key=fixtures["key_owner"]).json["invites"]
    with looking(browser) as page:
        page.clock.install()
        page.goto(f"{server.base}/interview/{invited[0]['token']}")
        page.locator("form button.primary").click()
        page.locator("#answer").wait_for()
        page.wait_for_load_state()
        page.evaluate(LISTEN)
        stood, said = page.evaluate("moved()"), set()
        for seconds in (90, 210):
            page.clock.run_for(seconds * 1000)
            said.add(page.locator("#answer-state").text_content())
            assert page.evaluate("moved()") == stood
        assert len(said) == 2
        assert (NUDGE in said) == (language == "en")
        clean(page)


def test_who_writes_is_left_alone_and_keeps_what_they_wrote(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("slow-writer@example.com")
    with waiting(browser, server, token) as page:
        answer = page.get_by_role("textbox", name="Your answer")
        page.clock.run_for(60_000)
        answer.press_sequentially("We wai")
        page.clock.run_for(60_000)
        answer.press_sequentially("ted")
        page.clock.run_for(860_000)
        assert page.evaluate("heard") == []
        page.clock.run_for(40_000)
        page.get_by_role("button", name="Continue").click()
        expect(answer).to_have_value("We waited")


def test_a_sign_of_life_begins_the_silence_anew_and_nothing_is_said_twice(
    browser: Browser, server: Server, invite: Any
) -> None:
    with waiting(browser, server, invite("signs@example.com")) as page:
        answer = page.get_by_role("textbox", name="Your answer")
        for sign in (
            answer.click,
            lambda: answer.press("Shift"),
            page.locator("#question").focus,
        ):
            page.clock.run_for(60_000)
            sign()
        page.clock.run_for(60_000)
        assert page.evaluate("heard") == []
        page.clock.run_for(30_000)
        assert page.evaluate("heard") == [NUDGE]
        answer.press_sequentially("W")
        expect(page.locator("#answer-state")).to_be_empty()
        answer.press("Backspace")
        page.clock.run_for(260_000)
        assert page.evaluate("heard") == [NUDGE]
        page.clock.run_for(40_000)
        assert page.evaluate("heard") == [NUDGE, REST]


def test_the_next_question_is_a_silence_of_its_own(
    browser: Browser, server: Server, invite: Any
) -> None:
    with waiting(browser, server, invite("next-silence@example.com")) as page:
        page.clock.run_for(91_000)
        before = number(page)
        page.get_by_role("textbox", name="Your answer").fill("By train, it took an hour.")
        page.get_by_role("button", name="Send answer").click()
        moved_on(page, before)
        expect(page.locator("#answer-state")).to_have_text("Saved")
        page.clock.run_for(91_000)
        expect(page.locator("#answer-state")).to_have_text(NUDGE)
        assert page.evaluate("heard").count(NUDGE) == 2


def test_a_tab_that_nobody_sees_says_nothing(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("other-tab@example.com")
    with waiting(browser, server, token) as page:
        page.clock.run_for(60_000)
        hidden(page, is_hidden=True)
        page.clock.run_for(600_000)
        assert page.evaluate("heard") == []
        hidden(page, is_hidden=False)
        page.clock.run_for(60_000)
        assert page.evaluate("heard") == []  # coming back is a sign of life
        page.clock.run_for(30_000)
        assert page.evaluate("heard") == [NUDGE]


def test_who_comes_back_to_the_tab_late_is_greeted_and_not_paused(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("late-tab@example.com")
    with context(browser) as made:
        page, complaints = watched(made)
        begin(page, server, token)
        answer = page.get_by_role("textbox", name="Your answer")
        answer.press_sequentially("Half an answ")
        hidden(page, is_hidden=True)
        page.clock.run_for(3_600_000)
        assert status(server, token) == "in_progress"
        later(made, hours=1)
        hidden(page, is_hidden=False)
        expect(page.get_by_text("Welcome back.")).to_be_in_viewport()
        expect(answer).to_have_value("Half an answ")
        assert complaints == []


def later(made: BrowserContext, **by: int) -> None:
    """What the server's clock says to this browser from here on."""
    moment = clock.format_iso(datetime.now(UTC) + timedelta(**by))
    made.set_extra_http_headers({"X-Test-Now": moment})


def test_a_page_left_behind_pauses_nothing_and_shows_where_the_interview_is(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("two-screens@example.com")
    with waiting(browser, server, token) as page:
        sent = {"number": 2, "text": "By train, it took an hour."}
        assert server.call("POST", f"/interview/{token}/turns", sent).status == 201
        page.clock.run_for(900_000)
        expect(page.locator("#answer-form input[name=number]")).to_have_value("4")
        assert status(server, token) == "in_progress"


def test_without_a_server_the_page_stays(browser: Browser, server: Server, invite: Any) -> None:
    token = invite("no-line@example.com")
    with context(browser) as made:
        page, _ = watched(made)
        begin(page, server, token)
        before = number(page)
        page.get_by_role("textbox", name="Your answer").fill("Unsent")
        made.set_offline(offline=True)
        page.clock.run_for(1_000_000)
        assert not after_all(page)
        assert number(page) == before
        assert page.get_by_role("textbox", name="Your answer").input_value() == "Unsent"
        made.set_offline(offline=False)
        assert status(server, token) == "in_progress"


def test_a_text_that_only_the_page_holds_keeps_it_open(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("no-storage@example.com")
    with waiting(browser, server, token) as page:
        page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
        page.get_by_role("textbox", name="Your answer").fill("Unsent")
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url.rpartition("/")[2]))
        page.clock.run_for(1_000_000)
        assert after_all(page)
        assert sent == ["state"]  # the one of `after_all`
        assert status(server, token) == "in_progress"
        assert page.get_by_role("textbox", name="Your answer").input_value() == "Unsent"


def test_what_is_said_into_a_silence_is_clean(
    browser: Browser, server: Server, invite: Any
) -> None:
    with looking(browser) as page:
        begin(page, server, invite("clean-silence@example.com"))
        for seconds in (91, 210):
            page.clock.run_for(seconds * 1000)
            expect(page.locator("#answer-state")).not_to_be_empty()
            clean(page)
        later(page.context, hours=2)
        page.reload()
        expect(page.get_by_text("Welcome back.")).to_be_visible()
        clean(page)


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
def test_the_link_leads_back_to_the_question_after_hours(
    browser: Browser, server: Server, invite: Any, scripted: bool
) -> None:
    token = invite(f"hours-{scripted}@example.com".lower())
    server.call("POST", f"/interview/{token}/start", {"consent": True})
    sent = {"number": 2, "text": "By train, it took an hour."}
    asked = server.call("POST", f"/interview/{token}/turns", sent).json["turn"]["text"]
    with context(browser, java_script_enabled=scripted) as made:
        later(made, hours=5)
        page, complaints = watched(made)
        page.goto(f"{server.base}/interview/{token}")
        expect(page.locator("#back")).to_contain_text("The last question you answered:")
        assert asked.endswith(page.locator("#question").text_content() or "?")
        if scripted:
            expect(page.locator("#back")).to_be_in_viewport(ratio=1)
            expect(page.locator("#question")).to_be_in_viewport(ratio=1)
        assert complaints == []
