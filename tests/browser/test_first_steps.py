"""On a server that nobody has used: set up, one's own first interview, a member, more credits."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, context, watched
from tests.browser.looking import clean, looking, moved_on, number, tab_through
from tests.flows.server import Server

PASSWORD = "correct horse battery staple"
SAID = (
    "It took me two weeks to find my way, because nobody had time to show me round.",
    "A colleague drew me a map of who does what, and that helped a lot.",
    "I would have liked one person whom I can ask.",
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("first")) as made:
        yield made.start()


@pytest.fixture(scope="module")
def owner(browser: Browser, fresh: Server) -> Any:
    """The cookies of whoever has set the server up, by its own pages."""
    with looking(browser, viewport=DESK) as page:
        page.goto(fresh.base)
        page.get_by_role("heading", name="Set up your organization").wait_for()
        clean(page)
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.get_by_label("Organization").fill("Alder Research")
        page.get_by_label("Your name").fill("Ann")
        page.get_by_label("Email address").fill("ann@alder.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Server language model").wait_for()
        clean(page)
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.get_by_role("link", name="Continue without a model").click()
        page.get_by_text("Four steps to your first interview").wait_for()
        return page.context.storage_state()


@pytest.fixture
def desk(browser: Browser, owner: Any) -> Iterator[Page]:
    with looking(browser, storage_state=owner, viewport=DESK) as page:
        yield page


def ticked(page: Page) -> int:
    return page.locator(".checklist .done").count()


@pytest.mark.smoke
def test_from_setting_up_to_ones_own_first_interview(
    browser: Browser, fresh: Server, desk: Page
) -> None:
    desk.goto(fresh.base)
    assert ticked(desk) == 0
    desk.get_by_role("link", name="Write a script").click()
    desk.get_by_role("link", name="Onboarding").click()
    desk.get_by_role("button", name="Save draft").first.click()
    desk.wait_for_url(re.compile(r"/scripts/[0-9a-f-]{36}"))
    desk.goto(fresh.base)
    desk.get_by_role("link", name="Publish your script").click()
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.get_by_text("Version 1 published.").first.wait_for()
    desk.goto(fresh.base)
    assert ticked(desk) == 1
    desk.get_by_role("link", name="Create campaign").click()
    desk.get_by_label("Name", exact=True).fill("First weeks")
    desk.get_by_label("Project").fill("People")
    desk.get_by_role("button", name="Next: people").click()
    desk.get_by_label("Mail addresses").fill("ann@alder.example")
    desk.get_by_role("button", name="Next: email and schedule").click()
    desk.get_by_role("button", name="Send 1 invite").click()
    desk.get_by_label("Link for ann@alder.example").wait_for()
    desk.goto(fresh.base)
    assert ticked(desk) == 3
    clean(desk)
    desk.set_viewport_size(DESK)  # type: ignore[arg-type]
    desk.get_by_role("link", name="Copy a link").click()
    link = desk.get_by_label("Link for ann@alder.example").input_value()
    with context(browser) as phone:
        page, complaints = watched(phone)
        page.goto(link)
        page.get_by_role("button", name="Start the interview").click()
        for text in (*SAID, *["No, that is all."] * 20):
            page.wait_for_load_state()
            if page.get_by_role("textbox", name="Your answer").count() == 0:
                break
            before = number(page)
            page.get_by_role("textbox", name="Your answer").fill(text)
            page.get_by_role("button", name="Send answer").click()
            moved_on(page, before)
        page.get_by_role("heading", name="The interview is complete").wait_for()
        assert complaints == []
    desk.goto(fresh.base)
    expect(desk.locator(".checklist")).to_have_count(0)
    desk.get_by_role("link", name="ann@alder.example").first.click()
    desk.get_by_text(SAID[1]).first.wait_for()


def test_a_member_is_invited_gets_a_role_and_leaves(
    browser: Browser, fresh: Server, desk: Page
) -> None:
    desk.goto(f"{fresh.base}/admin/organizations")
    desk.get_by_role("link", name="Alder Research").last.click()
    desk.get_by_label("Starter").check()
    desk.get_by_role("button", name="Save plan").click()
    desk.get_by_text("The organization now gets").wait_for()
    desk.goto(f"{fresh.base}/settings")
    desk.get_by_role("link", name="Members").click()
    desk.get_by_label("Email address").fill("rae@alder.example")
    desk.get_by_role("button", name="Send invitation", exact=True).click()
    link = desk.locator("#join").input_value()
    with looking(browser, viewport=DESK) as other:
        other.goto(link)
        other.get_by_label("Your name").fill("Rae")
        other.get_by_label("Password").fill(PASSWORD)
        other.get_by_role("button", name="Join").click()
        other.wait_for_url(f"{fresh.base}/")
        assert other.goto(f"{fresh.base}/admin").status == 404  # type: ignore[union-attr]
        assert other.goto(f"{fresh.base}/keys").status == 403  # type: ignore[union-attr]
        desk.goto(f"{fresh.base}/members")
        desk.get_by_label("Role for rae@alder.example").select_option("admin")
        desk.get_by_role("button", name="Change the role for rae@alder.example").click()
        desk.get_by_text("rae@alder.example now has the role admin.").wait_for()
        assert other.goto(f"{fresh.base}/keys").status == 200  # type: ignore[union-attr]
        row = desk.get_by_role("row", name="rae@alder.example")
        row.locator("summary", has_text="Remove").click()
        clean(desk)
        desk.set_viewport_size(DESK)  # type: ignore[arg-type]
        row.get_by_role("button", name="Remove from organization").click()
        desk.get_by_text("rae@alder.example was removed").wait_for()
        other.goto(fresh.base)
        other.wait_for_url("**/login")


@pytest.mark.smoke
def test_credits_are_topped_up_by_who_runs_the_server(fresh: Server, desk: Page) -> None:
    desk.goto(f"{fresh.base}/credits")
    desk.get_by_role("main").get_by_role("link", name="Administration").click()
    desk.get_by_label("Credits", exact=True).fill("1 000")
    desk.get_by_label("Reason").fill("For the pilot")
    desk.get_by_role("button", name="Adjust credits").click()
    desk.get_by_text("Credits adjusted.").wait_for()
    desk.goto(f"{fresh.base}/credits")
    desk.get_by_role("row", name="For the pilot").wait_for()
    desk.get_by_label("Alert owners below").fill("1500")
    desk.get_by_role("button", name="Save").click()
    desk.get_by_text(re.compile("Owners will be alerted below 1.500 credits")).wait_for()


def test_what_erases_is_agreed_to_by_keyboard(fresh: Server, desk: Page) -> None:
    desk.goto(f"{fresh.base}/settings/retention")
    desk.get_by_label("Keep transcripts for").fill("400")
    desk.keyboard.press("Enter")
    desk.get_by_text("Retention settings saved.").wait_for()
    tile = desk.goto(f"{fresh.base}/settings")
    assert tile is not None
    desk.get_by_text("Transcripts are erased after 400 days").wait_for()


def test_another_browser_is_logged_out(browser: Browser, fresh: Server, desk: Page) -> None:
    with looking(browser, viewport=DESK) as other:
        other.goto(f"{fresh.base}/login")
        other.get_by_label("Email address").fill("ann@alder.example")
        other.get_by_label("Password").fill(PASSWORD)
        other.keyboard.press("Enter")
        other.wait_for_url(f"{fresh.base}/")
        desk.goto(f"{fresh.base}/settings/security")
        clean(desk)
        desk.set_viewport_size(DESK)  # type: ignore[arg-type]
        desk.get_by_role("button", name="Sign out all other devices").click()
        desk.get_by_text("You’re signed out on").wait_for()
        other.goto(f"{fresh.base}/settings")
        other.wait_for_url(re.compile(r"/login\?next="))


PAGES = (
    "/settings",
    "/settings/organization",
    "/settings/mail",
    "/settings/retention",
    "/settings/security",
    "/settings/audit",
    "/guide",
    "/admin",
    "/admin/organizations",
    "/admin/jobs",
    "/admin/failures",
    "/admin/health",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_and_open_to_the_keyboard(fresh: Server, desk: Page, path: str) -> None:
    desk.set_viewport_size(PHONE)  # type: ignore[arg-type]
    desk.goto(fresh.base + path)
    tab_through(desk)
    clean(desk)


@pytest.mark.smoke
def test_the_page_of_an_organization_is_clean(fresh: Server, desk: Page) -> None:
    desk.goto(f"{fresh.base}/admin/organizations")
    desk.get_by_role("link", name="Alder Research").last.click()
    desk.get_by_role("heading", name="Transactions").wait_for()
    tab_through(desk)
    clean(desk)
    desk.set_viewport_size(DESK)  # type: ignore[arg-type]
    desk.get_by_role("button", name="Adjust credits").click()
    expect(desk.get_by_role("alert")).to_be_focused()
    clean(desk)


def test_the_proof_is_read_where_it_was_asked_for(fresh: Server, desk: Page) -> None:
    desk.goto(f"{fresh.base}/admin/health")
    desk.get_by_role("button", name="Verify data").click()
    desk.locator("#found").get_by_text("Counters are correct").wait_for()
    expect(desk.locator("#found").get_by_text("Problem found")).to_have_count(0)
    clean(desk)
