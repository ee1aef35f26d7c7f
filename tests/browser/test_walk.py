"""A walk through every page of the dashboard and of the participant, by eye and by keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.pages import places
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import BEYOND, clean, looking, menu, moved_on, number, tab_through
from tests.flows.server import Server

PAGES = {
    "overview": "/",
    "projects": "/projects",
    "a project": "/projects/{project_id}",
    "scripts": "/scripts",
    "the choice of a script": "/scripts/new",
    "a new script": "/scripts/new?from=blank",
    "a script from a template": "/scripts/new?from=exit",
    "versions of a script": "/scripts/{script_id}/versions",
    "a version": "/scripts/{script_id}/versions/1",
    "changes of a script": "/scripts/{script_id}/versions/compare?from=1&to=1",
    "a preview": "/scripts/{script_id}/preview",
    "a forecast": "/scripts/{script_id}/forecast",
    "a draft": "/scripts/{script_draft_id}",
    "a published script": "/scripts/{script_id}",
    "campaigns": "/campaigns",
    "no campaign in this state": "/campaigns?status=paused",
    "a new campaign": "/campaigns/new",
    "a campaign": "/campaigns/{campaign_id}",
    "insights": "/campaigns/{campaign_id}/insights",
    "insights of nobody": "/campaigns/{campaign_archived_id}/insights",
    "an archived campaign": "/campaigns/{campaign_archived_id}",
    "sessions": "/sessions",
    "no session in this state": "/sessions?status=failed",
    "sessions with every filter": "/sessions?q=waiting&status=completed&sentiment=negative&tag=x&notes=any",
    "a session": "/sessions/{session_id}",
    "found in a session": "/sessions/{session_id}?q=the",
    "a new note": "/sessions/{session_id}/notes/new?turn=2",
    "highlights": "/campaigns/{campaign_id}/highlights",
    "highlights of nobody": "/campaigns/{campaign_archived_id}/highlights",
    "saved views": "/sessions/views?status=completed",
    "download of sessions": "/sessions/export",
    "credits": "/credits",
    "find": "/find",
    "found": "/find?q=clinic",
    "nothing found": "/find?q=xyzzyx",
    "API keys": "/keys",
    "language model": "/model",
    "members": "/members",
    "settings": "/settings",
    "organization": "/settings/organization",
    "mail": "/settings/mail",
    "retention": "/settings/retention",
    "security": "/settings/security",
    "branding": "/settings/branding",
    "webhooks": "/webhooks",
    "audit log": "/settings/audit",
    "guide": "/guide",
    "outbox": "/outbox",
    "do-not-write": "/do-not-write",
    "what is not there": "/nothing",
    "what may not be opened": "/logout",
}
# Every page that the application has, also those that nobody has named above.
ROUTES = places.pages("desk", "maker").items()
WALKED = PAGES | {rule: path for rule, path in ROUTES if path not in PAGES.values()}
REFUSED = {
    "projects": "/projects",
    "a new script": "/scripts/new?from=blank",
    "a new campaign": "/campaigns/new",
    "API keys": "/keys",
}
LINKS = ("invite_token_expired", "invite_token_cancelled", "invite_token_completed")
RESULTS = ("a campaign", "insights", "a session")
VALID = "document.querySelectorAll('form').forEach(form => { form.noValidate = true })"


@pytest.fixture
def desk(browser: Browser, logged_in: Any) -> Iterator[Page]:
    with looking(browser, storage_state=logged_in) as page:
        yield page


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.smoke] if name in RESULTS else [])
        for name in WALKED
    ],
)
def test_a_page_is_clean_and_open_to_the_keyboard(
    desk: Page, server: Server, ids: dict[str, str], name: str
) -> None:
    desk.goto(server.base + WALKED[name].format(**ids))
    tab_through(desk)
    clean(desk)


@pytest.fixture(scope="module")
def long_data(server: Any) -> dict[str, str]:
    """Names and addresses as long as they come, without a space."""
    given = server.fixtures["A"]

    def made(path: str, body: dict[str, Any]) -> Any:
        answer = server.call("POST", path, body, key=given["key_owner"])
        assert answer.status == 201, answer.json
        return answer.json

    project = made("/api/projects", {"name": "P" * 60, "description": "d" * 200})
    body = {"name": "N" * 60, "script_id": given["script_id"], "project_id": project["id"]}
    campaign = made("/api/campaigns", body)
    address = f"{'a' * 54}@{'b' * 57}.example"
    assert len(address) == 120
    people = [{"email": address, "name": "n" * 200}, {"email": "tom.baker@example.com"}]
    made(f"/api/campaigns/{campaign['id']}/invites", {"participants": people})
    return {**given, "project_id": project["id"], "campaign_id": campaign["id"]}


def test_nothing_scrolls_sideways_at_any_width_with_long_names(
    desk: Page, server: Server, ids: dict[str, str], long_data: dict[str, str]
) -> None:
    beyond = {}
    for path in WALKED.values():
        for given in (ids, {**ids, **long_data}) if "{" in path else (ids,):
            at = path.format(**given)
            desk.goto(server.base + at)
            for width in (320, 768, 900, 1024, 1280):
                desk.set_viewport_size({"width": width, "height": 900})
                beyond[at, width] = desk.evaluate(BEYOND)
    assert {where: by for where, by in beyond.items() if by > 0} == {}


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_that_comes_back_is_clean_and_says_what_is_wrong_first(
    desk: Page, server: Server, name: str
) -> None:
    desk.goto(server.base + REFUSED[name])
    desk.evaluate(VALID)
    desk.locator("main button.primary").first.click()
    expect(desk.get_by_role("alert")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    clean(desk)


def test_refused_addresses_lead_to_their_field(
    desk: Page, server: Server, fixtures: dict[str, Any]
) -> None:
    desk.goto(f"{server.base}/campaigns/{fixtures['campaign_id']}")
    desk.get_by_label("Email addresses").fill("no address")
    desk.get_by_role("button", name="Send invites").click()
    expect(desk.get_by_role("alert")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("Email addresses")).to_be_focused()
    expect(desk.get_by_label("Email addresses")).to_have_attribute("aria-invalid", "true")
    clean(desk)


def test_the_page_with_a_new_key_is_clean(desk: Page, server: Server) -> None:
    desk.goto(f"{server.base}/keys")
    desk.get_by_label("Name").fill("By keyboard")
    desk.keyboard.press("Enter")
    desk.get_by_role("heading", name="API key created").wait_for()
    tab_through(desk)
    clean(desk)


def test_the_skip_link_leads_to_the_content(desk: Page, server: Server) -> None:
    desk.set_viewport_size(DESK)  # type: ignore[arg-type]
    desk.goto(f"{server.base}/campaigns")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    desk.keyboard.press("Enter")
    expect(desk.locator("#main")).to_be_focused()
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.closest('main') !== null")


def test_a_filter_keeps_the_focus_when_the_list_changes(desk: Page, server: Server) -> None:
    desk.goto(f"{server.base}/campaigns")
    status = desk.get_by_label("Status")
    status.focus()
    desk.keyboard.type("Arch")
    desk.wait_for_url("**/campaigns?*status=archived*")
    expect(desk.get_by_role("link", name="Outpatient clinic, autumn")).to_have_count(0)
    expect(status).to_be_focused()


def test_what_opens_closes_by_escape_and_gives_the_focus_back(
    desk: Page, server: Server, fixtures: dict[str, Any]
) -> None:
    desk.goto(f"{server.base}/campaigns/{fixtures['campaign_id']}")
    for summary in (
        desk.locator("summary", has_text="More"),
        desk.locator("summary.button", has_text="End campaign"),
    ):
        summary.focus()
        desk.keyboard.press("Enter")
        desk.keyboard.press("Tab")
        expect(summary).not_to_be_focused()
        desk.keyboard.press("Escape")
        expect(summary).to_be_focused()
        assert summary.evaluate("element => element.parentElement.open") is False


def test_what_is_open_is_clean(desk: Page, server: Server, fixtures: dict[str, Any]) -> None:
    # On the desk only one of the small confirmations is open at a time: they float.
    for path in (
        "/scripts/{script_id}",
        "/campaigns/{campaign_id}",
        "/campaigns/{campaign_id}/insights",
        "/keys",
    ):
        desk.goto(server.base + path.format(**fixtures))
        desk.evaluate(
            "document.querySelectorAll('main details').forEach(part => { part.open = true })"
        )
        tab_through(desk)
        clean(desk, PHONE)
    desk.locator("summary", has_text="More").click()
    clean(desk, PHONE)


def test_every_part_is_clean_in_each_of_its_states(desk: Page, server: Server) -> None:
    desk.goto(f"{server.base}/design")
    desk.get_by_role("heading", name="Charts").wait_for()
    clean(desk)
    desk.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    clean(desk)


def test_the_doors_are_clean(browser: Browser, server: Server) -> None:
    with looking(browser) as page:
        page.goto(f"{server.base}/login")
        # Under load, the browser may give the focus only after the page is loaded.
        expect(page.get_by_label("Email address")).to_be_focused()
        page.keyboard.type("nobody@example.com")
        page.keyboard.press("Tab")
        page.keyboard.type("not the password")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        clean(page)
        page.goto(f"{server.base}/login")
        page.evaluate("document.activeElement.blur()")
        clean(page)


def test_the_reference_of_the_api_is_open_to_the_keyboard_on_a_desk_too(
    browser: Browser, server: Server
) -> None:
    with looking(browser) as page:
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.goto(f"{server.base}/api/docs")
        tab_through(page)


def test_a_participants_pages_are_clean_and_open_to_the_keyboard(
    browser: Browser, server: Server, invite: Any
) -> None:
    with looking(browser) as page:
        page.goto(f"{server.base}/interview/{invite('walk@example.com')}")
        tab_through(page)
        clean(page)
        for name in ("Start the interview", "Skip this question", "Pause", "Continue"):
            within = page if page.locator(".menu").count() == 0 else menu(page)
            button = within.get_by_role("button", name=name)
            before = number(page) if name.startswith("Skip") else ""
            button.focus()
            page.keyboard.press("Enter")
            if before:  # the next question takes the place of this one
                moved_on(page, before)
            else:
                button.wait_for(state="detached")
            page.wait_for_load_state()
            clean(page)
        menu(page).locator("summary", has_text="End the interview").focus()
        page.keyboard.press("Enter")
        clean(page)
        page.get_by_role("button", name="End now").click()
        page.get_by_role("heading", name="The interview is complete").wait_for()
        tab_through(page)
        clean(page)
        page.get_by_text("Withdraw and delete my answers").click()
        clean(page)
        page.get_by_role("button", name="Delete everything").click()
        page.get_by_role("heading", name="The interview is complete").wait_for(state="detached")
        clean(page)


@pytest.mark.parametrize("link", [*LINKS, "inv_unknown"])
def test_a_link_that_is_closed_is_clean(
    browser: Browser, server: Server, fixtures: dict[str, Any], link: str
) -> None:
    with looking(browser) as page:
        page.goto(f"{server.base}/interview/{fixtures.get(link, link)}")
        clean(page)
