"""A campaign from its script to its invites: by a CSV file with lines to mend, by eye and by keyboard."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, context
from tests.browser.looking import clean, looking, tab_through
from tests.flows.server import Server

CSV = (
    '\ufeffE-Mail;Name;Team\r\nada@people.example;"Alder; Ada";Blue\r\n'
    "nobody;Cy;Red\r\nbo@people.example;Bo\r\nADA@people.example;Ada;Blue\r\n"
)  # fmt: skip


@pytest.fixture
def desk(browser: Browser, logged_in: Any) -> Iterator[Page]:
    with looking(browser, storage_state=logged_in, viewport=DESK) as page:
        yield page


def begin(page: Page, server: Server, name: str) -> None:
    page.goto(f"{server.base}/campaigns/new")
    page.get_by_label("Name", exact=True).fill(name)
    for label in ("Script", "Project"):
        field = page.get_by_label(label, exact=True)
        if field.input_value() == "":
            field.select_option(index=1)
    page.get_by_role("button", name="Next: people").click()
    page.wait_for_url("**/draft/people")


def test_people_are_invited_by_a_file(desk: Page, server: Server) -> None:
    begin(desk, server, "By file")
    tab_through(desk)
    clean(desk)
    desk.set_viewport_size(DESK)  # type: ignore[arg-type]
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    desk.get_by_label("Or upload a CSV file").set_input_files(file)  # type: ignore[arg-type]
    desk.get_by_role("button", name="Next: email and schedule").click()

    # One line names nobody: it is told with its number, and stands in the field to be mended.
    expect(desk.get_by_role("alert")).to_be_focused()
    row = desk.get_by_role("row", name="nobody")
    expect(row).to_contain_text("3")
    expect(row).to_contain_text("This line has no email address.")
    clean(desk)
    desk.goto(desk.url)  # the list is kept: it is there without the refusal too
    tab_through(desk)
    desk.set_viewport_size(DESK)  # type: ignore[arg-type]
    people = desk.get_by_label("Email addresses")
    people.fill(people.input_value().replace("nobody;", "cy@people.example;"))
    desk.get_by_role("button", name="Next: email and schedule").click()
    desk.wait_for_url("**/draft/sending")

    tab_through(desk)
    clean(desk)
    desk.set_viewport_size(DESK)  # type: ignore[arg-type]
    desk.get_by_label("Your message").fill("Dear all,\nwe look forward to it.")
    desk.get_by_role("button", name="Save and preview email").click()
    letter = desk.get_by_role("region", name="Email text", exact=True)
    expect(letter).to_contain_text("we look forward to it.")
    expect(letter).to_contain_text("Hello Alder; Ada,")
    desk.get_by_label("Completed interviews needed").fill("20")

    # Back and forth again: nothing is lost.
    desk.get_by_role("button", name="Back", exact=True).click()
    desk.wait_for_url("**/draft/people")
    expect(people).to_have_value(re.compile("cy@people.example"))
    desk.get_by_role("button", name="Next: email and schedule").click()
    expect(desk.get_by_label("Completed interviews needed")).to_have_value("20")
    desk.go_back()
    desk.go_back()
    desk.go_forward()
    desk.goto(desk.url.replace("/people", "/sending"))

    desk.get_by_role("button", name="Send 3 invites").click()
    desk.wait_for_url(re.compile(r"/campaigns/[^/]+$"))
    expect(desk.get_by_role("status").first).to_contain_text("3 people invited")
    for email in ("ada", "bo", "cy"):
        expect(desk.get_by_label(f"Link for {email}@people.example")).to_be_visible()


def test_moments_are_typed_in_the_readers_zone_and_kept_in_utc(
    browser: Browser, logged_in: Any, server: Server
) -> None:
    zone = {"storage_state": logged_in, "timezone_id": "Europe/Amsterdam", "viewport": DESK}
    with looking(browser, **zone) as page:
        begin(page, server, "By the clock")
        page.get_by_role("button", name="Next: email and schedule").click()
        page.get_by_label("Starts (UTC").fill("2030-01-02T10:30")
        page.get_by_label("Ends (UTC").fill("2030-07-02T10:30")
        page.get_by_label("Starts (UTC+01)").wait_for()
        page.get_by_label("Ends (UTC+02)").wait_for()
        clean(page)
        page.get_by_role("button", name="Activate campaign").click()
        page.wait_for_url(re.compile(r"/campaigns/[^/]+$"))
        expect(page.get_by_text("It starts on 2 Jan 2030, 10:30. Emails")).to_be_visible()
        settings = f"{page.url}/settings"
        page.goto(settings)
        assert [f.get_attribute("value") for f in page.locator("[data-utc]").all()] == [
            "2030-01-02T09:30",
            "2030-07-02T08:30",
        ]
        expect(page.get_by_label("Starts (UTC+01)")).to_have_value("2030-01-02T10:30")
        page.get_by_label("Ends (UTC+02)").fill("2030-01-01T10:30")
        page.get_by_role("button", name="Save settings").click()
        page.get_by_role("link", name="Enter a date and time after the start").click()
        ends = page.get_by_label("Ends (UTC+01)")
        expect(ends).to_be_focused()
        expect(ends).to_have_value("2030-01-01T10:30")
    zone["java_script_enabled"] = False
    with looking(browser, **zone) as page:
        page.goto(settings)
        expect(page.get_by_label("Starts (UTC)")).to_have_value("2030-01-02T09:30")


def test_an_hour_that_the_clocks_have_twice_stays_as_it_was(
    browser: Browser, logged_in: Any, server: Server, fixtures: Any
) -> None:
    path, key = f"/api/campaigns/{fixtures['campaign_id']}", fixtures["key_owner"]
    moment = {"ends_at": "2030-10-27T01:30:00Z"}  # half past two, for the second time
    zone = {"storage_state": logged_in, "timezone_id": "Europe/Amsterdam", "viewport": DESK}
    server.call("PATCH", path, moment, key=key)
    with looking(browser, **zone) as page:
        page.goto(f"{server.base}/campaigns/{fixtures['campaign_id']}/settings")
        expect(page.get_by_label("Ends (UTC+01)")).to_have_value("2030-10-27T02:30")
        page.get_by_role("button", name="Save settings").click()
        page.get_by_text("Settings saved.").wait_for()
    assert server.call("GET", path, key=key).json["ends_at"] == moment["ends_at"]
    server.call("PATCH", path, {"ends_at": None}, key=key)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_selected_is_acted_upon(
    browser: Browser, logged_in: Any, server: Server, fixtures: Any, size: Any
) -> None:
    with looking(browser, storage_state=logged_in, viewport=size) as page:
        name = f"Selected {size['width']}"
        begin(page, server, name)
        people = "".join(f"p{n}.{size['width']}@people.example\n" for n in range(4))
        page.get_by_label("Email addresses").fill(people)
        page.get_by_role("button", name="Next: email and schedule").click()
        page.get_by_role("button", name="Send 4 invites").click()
        page.wait_for_url(re.compile(r"/campaigns/[^/]+$"))

        bar = page.get_by_role("form", name="Selected invites")
        expect(bar).to_be_hidden()
        page.get_by_label(re.compile("^Select p3")).check()
        expect(bar).to_be_visible()
        expect(bar).to_contain_text("1 selected")
        # The bar stays in sight over whatever row is there; at the end of the list it covers none.
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        clean(page)
        page.set_viewport_size(size)
        page.get_by_role("button", name="Select all").click()
        expect(bar).to_contain_text("4 selected")
        page.get_by_label(re.compile("^Select p3")).uncheck()
        page.get_by_role("button", name="Cancel…").click()
        expect(page.get_by_role("heading", name="Cancel 3 invites")).to_be_visible()
        tab_through(page)
        clean(page)
        page.get_by_label("Type “cancel” to confirm").fill("cancel")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/campaigns/[^/]+#invites$"))
        expect(page.get_by_text("Cancelled: 3 invites.")).to_be_visible()


def test_settings_of_a_campaign_are_clean(desk: Page, server: Server, fixtures: Any) -> None:
    desk.goto(f"{server.base}/campaigns/{fixtures['campaign_id']}/settings")
    tab_through(desk)
    clean(desk)


def test_everything_goes_without_javascript(
    browser: Browser, logged_in: Any, server: Server
) -> None:
    with context(browser, storage_state=logged_in, java_script_enabled=False) as made:
        page = made.new_page()
        begin(page, server, "Plainly")
        page.get_by_label("Email addresses").fill("plain@people.example\nnobody")
        page.get_by_role("button", name="Next: email and schedule").click()
        page.get_by_role("button", name="Remove this line").click()
        page.get_by_role("button", name="Next: email and schedule").click()
        page.get_by_role("button", name="Send 1 invite").click()
        page.wait_for_url(re.compile(r"/campaigns/[^/]+$"))
        page.get_by_label("Select plain@people.example").check()
        page.get_by_role("button", name="Resend").click()
        expect(page.get_by_text("Resent: 1 invite.")).to_be_visible()
