"""The connection is lost and comes back: nothing is lost, nothing is there twice."""

from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import context, watched
from tests.browser.looking import menu, moved_on, number
from tests.flows.server import Server

SAID = "We waited forty minutes in the corridor, and nobody told us why."


def begun(page: Page, server: Server, token: str) -> None:
    page.goto(f"{server.base}/interview/{token}")
    page.get_by_role("button", name="Start the interview").click()
    page.get_by_role("textbox", name="Your answer").wait_for()


def answers(server: Server, token: str) -> list[str]:
    """What the server has of this person."""
    found = server.call("GET", f"/interview/{token}/state")
    return [turn["text"] for turn in found.json["turns"] if turn["speaker"] == "participant"]


def test_what_is_sent_without_a_connection_goes_once_when_it_is_back(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("offline@example.com")
    with context(browser) as made:
        page, _ = watched(made)
        begun(page, server, token)
        made.set_offline(offline=True)
        box = page.get_by_role("textbox", name="Your answer")
        box.fill(SAID)
        before = number(page)
        page.get_by_role("button", name="Send answer").click()
        expect(page.locator("#answer-state")).to_contain_text("You’re offline")
        assert box.input_value() == SAID
        assert answers(server, token) == []
        made.set_offline(offline=False)
        moved_on(page, before)
        expect(page.locator("#live")).to_have_text("Saved")
        assert answers(server, token) == [SAID]
        assert box.input_value() == ""
        page.reload()
        assert answers(server, token) == [SAID]
        assert page.get_by_text(SAID).count() == 1


def test_what_is_typed_without_a_connection_outlives_the_page(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("typed-offline@example.com")
    with context(browser) as made:
        page, _ = watched(made)
        begun(page, server, token)
        made.set_offline(offline=True)
        page.get_by_role("textbox", name="Your answer").press_sequentially(SAID)
        page.close()
        made.set_offline(offline=False)
        again, _ = watched(made)
        again.goto(f"{server.base}/interview/{token}")
        box = again.get_by_role("textbox", name="Your answer")
        expect(box).to_have_value(SAID)
        before = number(again)
        again.get_by_role("button", name="Send answer").click()
        moved_on(again, before)
        assert answers(server, token) == [SAID]


def test_an_answer_whose_reply_is_lost_is_stored_once(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("reply-lost@example.com")
    lost = []

    def take_and_lose(route: Route) -> None:
        """The server has it, and the browser never hears of it; the second time all is well."""
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    with context(browser) as made:
        page, _ = watched(made)
        begun(page, server, token)
        page.route("**/turns", take_and_lose)
        before = number(page)
        page.get_by_role("textbox", name="Your answer").fill(SAID)
        page.get_by_role("button", name="Send answer").click()
        expect(page.locator("#answer-state")).to_contain_text("Your text is kept here")
        moved_on(page, before)
        assert lost == [200]
        assert answers(server, token) == [SAID]


def test_what_was_typed_for_a_question_answered_elsewhere_is_not_put_under_the_next_one(
    browser: Browser, server: Server, invite: Any
) -> None:
    """Reloaded, and gone on with after a pause: it stands beside the field, to be copied."""
    token = invite("answered-elsewhere@example.com")
    with context(browser) as one, context(browser) as other:
        page, _ = watched(one)
        begun(page, server, token)
        second, _ = watched(other)
        second.goto(f"{server.base}/interview/{token}")
        box = page.get_by_role("textbox", name="Your answer")
        half = "The corridor was"
        box.press_sequentially(half)
        second.get_by_role("textbox", name="Your answer").fill(SAID)
        before = number(second)
        second.get_by_role("button", name="Send answer").click()
        moved_on(second, before)
        page.reload()
        kept = page.get_by_label("You typed this for an earlier question")
        expect(kept).to_have_value(half)
        assert box.input_value() == ""
        box.press_sequentially("Half of another")
        menu(page).get_by_role("button", name="Pause").click()
        go_on = page.get_by_role("button", name="Continue")
        go_on.wait_for()
        second.reload()
        second.get_by_role("button", name="Continue").click()
        second.get_by_role("textbox", name="Your answer").fill("I took the bus at six.")
        before = number(second)
        second.get_by_role("button", name="Send answer").click()
        moved_on(second, before)
        go_on.click()
        expect(kept).to_have_value("Half of another")
        assert box.input_value() == ""
        assert answers(server, token) == [SAID, "I took the bus at six."]


def test_a_skip_without_a_connection_does_not_say_that_the_text_is_sent(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("skip-offline@example.com")
    with context(browser) as made:
        page, _ = watched(made)
        begun(page, server, token)
        page.get_by_role("textbox", name="Your answer").fill(SAID)
        made.set_offline(offline=True)
        menu(page).get_by_role("button", name="Skip this question").click()
        expect(page.locator("#answer-state")).to_contain_text("We’ll try again")
        made.set_offline(offline=False)
        page.get_by_role("button", name="Skip without sending").wait_for()
        assert answers(server, token) == []
