"""Every page without a log-in: the doors, and an interview in each of its states."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bench.pages import places
from tests.browser.looking import clean, looking, moved_on, number, tab_through
from tests.flows.server import Server

OPEN = {**places.pages("door", "participant"), **places.STATES}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with looking(browser) as made:
        yield made


@pytest.fixture
def asked(page: Page, server: Server, invite: Any, request: Any) -> Page:
    """An interview whose second question waits."""
    email = f"{request.node.name.replace('_', '-')}@example.com"[-60:].lstrip("-")
    page.goto(f"{server.base}/interview/{invite(email)}")
    page.get_by_role("button", name="Start the interview").click()
    before = number(page)
    page.get_by_role("textbox", name="Your answer").fill("By bus, it took an hour.")
    page.get_by_role("button", name="Send answer").click()
    moved_on(page, before)
    return page


@pytest.mark.parametrize("name", OPEN)
def test_it_is_clean_and_open_to_the_keyboard(
    page: Page, server: Server, ids: dict[str, str], name: str
) -> None:
    page.goto(server.base + OPEN[name].format(**ids))
    tab_through(page)
    clean(page)


def test_what_opens_in_an_interview_is_clean_and_open_to_the_keyboard(
    page: Page, server: Server, ids: dict[str, str]
) -> None:
    for name in ("before it begins", "a question", "paused", "answers looked over", "ended"):
        page.goto(server.base + places.STATES[name].format(**ids))
        page.evaluate(
            "document.querySelectorAll('details').forEach(part => { part.open = true })"
        )
        tab_through(page)
        clean(page)


def test_an_empty_answer_is_refused_in_a_clean_page(asked: Page) -> None:
    asked.locator("#answer-form").evaluate("form => { form.noValidate = true }")
    asked.get_by_role("button", name="Send answer").click()
    asked.locator("#answer-error").wait_for()
    tab_through(asked)
    clean(asked)


def test_a_lost_connection_is_told_in_a_clean_page(asked: Page) -> None:
    asked.context.set_offline(offline=True)
    asked.get_by_role("textbox", name="Your answer").fill("It was near.")
    asked.get_by_role("button", name="Send answer").click()
    expect(asked.locator("#answer-state")).to_contain_text("You’re offline")
    clean(asked)
    asked.context.set_offline(offline=False)


def test_an_answer_on_its_way_is_told_in_a_clean_page(asked: Page) -> None:
    waiting: list[Route] = []
    asked.route("**/turns", lambda route: waiting.append(route))  # noqa: PLW0108 - it marks what it is given
    asked.get_by_role("textbox", name="Your answer").fill("It was near.")
    asked.get_by_role("button", name="Send answer").click()
    expect(asked.locator("#answer-state .dots")).to_be_visible()
    clean(asked)
    before = number(asked)
    waiting[0].continue_()
    moved_on(asked, before)


def test_a_text_that_came_too_late_is_given_back_in_a_clean_page(asked: Page) -> None:
    asked.get_by_role("textbox", name="Your answer").fill("This comes too late.")
    link = asked.url.partition("#")[0]
    assert asked.request.post(f"{link}/complete", form={}).ok
    asked.get_by_role("button", name="Send answer").click()
    asked.get_by_label("Text that wasn’t added").wait_for()
    tab_through(asked)
    clean(asked)


def test_a_wrong_code_and_feedback_without_a_mark_are_refused_in_clean_pages(
    page: Page, server: Server, ids: dict[str, str]
) -> None:
    page.goto(f"{server.base}/interview")
    page.get_by_label("Code").fill("BBBBB-BBBBB")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").wait_for()
    clean(page)
    page.goto(server.base + places.STATES["ended"].format(**ids))
    page.evaluate(
        "document.querySelectorAll('form').forEach(form => { form.noValidate = true })"
    )
    page.get_by_role("button", name="Send feedback").click()
    page.get_by_role("alert").wait_for()
    clean(page)
