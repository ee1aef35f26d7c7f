"""An organization's own model is set and tried, with JavaScript and without."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import model_stand_in
from tests.browser.conftest import context, watched
from tests.browser.looking import clean, looking, tab_through
from tests.flows.server import Server
from tests.model_stand_in import Endpoint
from tests.own_models import OWN_KEY


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with model_stand_in.serving() as made:
        yield made


def set_up(page: Page, server: Server, endpoint: Endpoint) -> None:
    """Its own model, not used so far: other tests hold interviews here."""
    page.goto(f"{server.base}/model")
    page.get_by_label("No model").check()
    page.get_by_label("Base URL").fill(endpoint.base)
    page.get_by_label("Model", exact=False).and_(page.locator("#name")).fill("tiny")
    page.get_by_label("API key").fill(OWN_KEY)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Interviews are now structured").wait_for()


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
def test_a_model_is_set_and_tried(
    browser: Browser, server: Server, logged_in: Any, endpoint: Endpoint, scripted: bool
) -> None:
    endpoint.behave("valid", key=OWN_KEY)
    with context(browser, storage_state=logged_in, java_script_enabled=scripted) as made:
        page, complaints = watched(made)
        set_up(page, server, endpoint)
        assert OWN_KEY not in page.content()
        assert "ending in Zx9q" in page.content()
        page.locator("#name").fill("not saved")
        page.get_by_role("button", name="Test model").click()
        said = page.locator("#trial").get_by_text("the model would ask")
        said.wait_for()
        expect(said).to_be_in_viewport()
        assert page.locator("#name").input_value() == ("not saved" if scripted else "tiny")
        endpoint.behave("two questions", key=OWN_KEY)
        page.get_by_role("button", name="Test model").click()
        page.locator("#trial").get_by_text("it asks more than one thing").wait_for()
        assert page.locator("#trial").count() == 1
        assert complaints == []


@pytest.mark.parametrize("behaviour", ["valid", "two questions", "401"])
def test_what_came_of_a_trial_is_clean(
    browser: Browser, server: Server, logged_in: Any, endpoint: Endpoint, behaviour: str
) -> None:
    with looking(browser, storage_state=logged_in) as page:
        set_up(page, server, endpoint)
        endpoint.behave(behaviour, key=OWN_KEY)
        page.get_by_role("button", name="Test model").click()
        page.locator("#trial .callout").wait_for()
        expect(page.get_by_role("button", name="Test model")).to_be_focused()
        clean(page)


def test_one_is_told_that_the_model_is_waited_for(
    browser: Browser, server: Server, logged_in: Any, endpoint: Endpoint
) -> None:
    with looking(browser, storage_state=logged_in) as page:
        set_up(page, server, endpoint)
        endpoint.behave("hangs", key=OWN_KEY)
        waiting = page.get_by_text("Waiting for the model")
        expect(waiting).to_be_hidden()
        page.get_by_role("button", name="Test model").click()
        expect(waiting).to_be_visible()
        endpoint.behave("valid", key=OWN_KEY)  # this ends the call that waits
        page.locator("#trial .callout").wait_for()
        expect(waiting).to_be_hidden()


def test_what_is_missing_is_told_first_and_beside_its_field(
    browser: Browser, server: Server, logged_in: Any
) -> None:
    with looking(browser, storage_state=logged_in) as page:
        page.goto(f"{server.base}/model")
        page.get_by_label("Your own model").check()
        page.locator("#base_url").fill("http://10.0.0.7/v1")
        page.locator("#name").fill("")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#name")).to_be_focused()
        expect(page.locator("#name")).to_have_attribute("aria-invalid", "true")
        clean(page)


def test_the_page_with_a_model_is_open_to_the_keyboard(
    browser: Browser, server: Server, logged_in: Any, endpoint: Endpoint
) -> None:
    with looking(browser, storage_state=logged_in) as page:
        set_up(page, server, endpoint)
        page.goto(f"{server.base}/model")
        tab_through(page)
        clean(page)
