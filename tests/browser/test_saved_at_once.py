"""While a model looks for words, the page says that the answer is stored."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests import model_stand_in
from tests.browser.conftest import context, watched
from tests.browser.looking import clean, looking, moved_on, number
from tests.flows.server import Server
from tests.model_stand_in import KEY, Endpoint

STORED = re.compile("^Saved$|Your answer is saved")
SAID = "I went there on Monday because my knee had been swollen for a week."


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, endpoint: Endpoint) -> Iterator[Server]:
    told = {"LLM_BASE_URL": endpoint.base, "LLM_MODEL": "tiny", "LLM_API_KEY": KEY}
    told["LLM_PATIENCE_SECONDS"] = "30"
    with Server(tmp_path_factory.mktemp("model"), **told) as made:
        printed = made.command("demo", "--json")
        made.fixtures = json.loads(printed[printed.index("{") :])  # type: ignore[attr-defined]
        yield made.start()


def begin(page: Any, server: Server, token: str) -> None:
    page.goto(f"{server.base}/interview/{token}")
    page.get_by_role("button", name="Start the interview").click()
    page.get_by_role("textbox", name="Your answer").fill(SAID)
    page.evaluate(
        """() => {
          window.heard = [];
          const live = document.getElementById('live');
          new MutationObserver(() => live.textContent && heard.push(live.textContent))
            .observe(live, {childList: true, characterData: true, subtree: true});
        }"""
    )


def test_saved_is_said_long_before_the_question_is_there(
    browser: Browser, server: Server, endpoint: Endpoint, invite: Any
) -> None:
    endpoint.behave("hangs")
    token = invite("at-once@example.com")
    with context(browser) as made:
        page, complaints = watched(made)
        begin(page, server, token)
        before = number(page)
        page.get_by_role("button", name="Send answer").click()
        state = page.locator("#answer-state")
        expect(state).to_have_text(STORED)
        told = server.call("GET", f"/interview/{token}/state").json
        assert [turn["text"] for turn in told["turns"]][1:] == [SAID]
        assert number(page) == before
        expect(state).to_have_text("Preparing the next question. Your answer is saved.")
        expect(state.locator(".dots")).to_be_visible()
        endpoint.behave("valid")  # this ends the call that waits
        moved_on(page, before)
        expect(state).to_have_text("Saved")
        # Saved, the wait, saved: nothing is read out twice running, nor what takes no time.
        heard = [text for text in page.evaluate("heard") if text != "Saving…"]
        assert heard == [
            "Saved",
            "Preparing the next question. Your answer is saved.",
            "Saved",
        ]
        assert complaints == []


def test_a_reload_while_the_model_thinks_shows_that_the_answer_is_there(
    browser: Browser, server: Server, endpoint: Endpoint, invite: Any
) -> None:
    endpoint.behave("hangs")
    with looking(browser) as page:
        begin(page, server, invite("reload@example.com"))
        page.get_by_role("button", name="Send answer").click()
        expect(page.locator("#answer-state")).to_have_text(STORED)
        page.reload()
        page.get_by_role("heading", name="Your answer is saved.").wait_for()
        assert page.get_by_text(SAID).is_visible()
        clean(page)
        endpoint.behave("valid")  # this ends the call that waits
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("textbox", name="Your answer").wait_for()
        assert number(page) == "4"


def test_a_server_that_dies_while_the_model_thinks_loses_nothing(
    browser: Browser, server: Server, endpoint: Endpoint, invite: Any
) -> None:
    endpoint.behave("hangs")
    with context(browser) as made:
        page, _ = watched(made)
        begin(page, server, invite("dropped@example.com"))
        page.get_by_role("button", name="Send answer").click()
        expect(page.locator("#answer-state")).to_have_text(STORED)
        server.kill9()
        endpoint.behave("valid")
        expect(page.locator("#answer-state")).to_contain_text("You’re offline")
        assert page.get_by_role("textbox", name="Your answer").input_value() == SAID
        server.start()
        moved_on(page, "2")
        assert number(page) == "4"
        assert page.get_by_text(SAID).count() == 1
