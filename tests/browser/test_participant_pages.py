"""The pages beside the question: looking over answers, another device, a copy; and an own look."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import context, watched
from tests.browser.looking import clean, looking, menu, moved_on, number, tab_through
from tests.flows.server import Server

SAID = "We waited forty minutes in the corridor."


def begun(page: Page, link: str, said: str = SAID) -> None:
    page.goto(link)
    page.locator("form button").first.click()
    before = number(page)
    page.locator("#answer").fill(said)
    page.locator(".send button").click()
    moved_on(page, before)


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
def test_answers_are_looked_over(
    browser: Browser, server: Server, invite: Any, fixtures: dict[str, Any], scripted: bool
) -> None:
    email = f"review-{scripted}@example.com".lower()
    link = f"{server.base}/interview/{invite(email)}"
    with context(browser, java_script_enabled=scripted) as made:
        page, complaints = watched(made)
        page.goto(link)
        page.get_by_role("button", name="Start the interview").click()
        for text in (SAID, "She drew a picture."):
            before = number(page)
            page.get_by_role("textbox", name="Your answer").fill(text)
            page.get_by_role("button", name="Send answer").click()
            expect(page.locator("form input[name=number]").first).not_to_have_value(before)
        menu(page).get_by_role("link", name="Review your answers").click()
        first = page.locator("#answer-2")
        first.locator("summary", has_text="Edit").click()
        first.get_by_role("textbox").fill("It was an hour.")
        first.get_by_role("button", name="Save").click()
        expect(first.locator(".said")).to_have_text("It was an hour.")
        first.get_by_role("button", name="Don’t quote this").click()
        expect(first).to_contain_text("Not to be quoted")
        second = page.locator("#answer-4")
        second.locator("summary", has_text="Delete").click()
        second.get_by_role("button", name="Delete this answer").click()
        expect(second).to_contain_text("Your words have been removed.")
        page.get_by_role("link", name="Back to the interview").click()
        page.locator("#answer").wait_for()
        assert complaints == []
    key = fixtures["key_owner"]
    listed = server.call("GET", f"/api/sessions?campaign_id={fixtures['campaign_id']}", key=key)
    session = next(s for s in listed.json["sessions"] if s["participant_email"] == email)
    told = server.call("GET", f"/api/session/{session['id']}/transcript", key=key).json["turns"]
    assert (told[1]["text"], told[1]["original"], told[1]["quotable"]) == (
        "It was an hour.", SAID, False,
    )  # fmt: skip
    assert (told[3]["text"], told[3]["struck"]) == ("", True)


def test_an_interview_goes_on_on_another_device_by_its_code(
    browser: Browser, server: Server, invite: Any
) -> None:
    link = f"{server.base}/interview/{invite('code@example.com')}"
    with context(browser) as phone, context(browser) as other:
        page, complaints = watched(phone)
        begun(page, link)
        page.locator("#answer").fill("Half an answer")
        menu(page).locator("summary", has_text="Switch device").click()
        page.get_by_role("button", name="Show code").click()
        code = page.locator("p.code").text_content()
        assert page.locator("#answer").input_value() == "Half an answer"
        second, more = watched(other)
        second.goto(f"{server.base}/interview")
        second.get_by_label("Code").fill((code or "").lower().replace("-", " "))
        second.get_by_role("button", name="Continue").click()
        second.locator("#answer").wait_for()
        assert second.url.startswith(link)
        assert number(second) == number(page)
        assert complaints == more == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_beside_the_question_are_clean(
    browser: Browser, server: Server, fixtures: dict[str, Any], language: str
) -> None:
    key = fixtures["key_owner"]
    script = server.call(
        "POST", "/api/scripts",
        {"name": "S", "language": language, "contact": "a@b.example",
         "questions": [{"text": "كيف كانت زيارتك؟" if language == "ar" else "How was it?"}] * 3},
        key=key,
    ).json  # fmt: skip
    server.call("POST", f"/api/scripts/{script['id']}/publish", key=key)
    made = server.call(
        "POST",
        "/api/campaigns",
        {"name": "C", "script_id": script["id"], "project_id": fixtures["project_id"]},
        key=key,
    ).json
    invited = server.call(
        "POST", f"/api/campaigns/{made['id']}/invites",
        {"emails": [f"clean-{language}@example.com"], "send_email": False}, key=key,
    ).json  # fmt: skip
    link = f"{server.base}/interview/{invited['invites'][0]['token']}"
    with looking(browser, locale=language) as page:
        page.goto(f"{server.base}/interview")
        assert page.locator("html").get_attribute("dir") == (
            "rtl" if language == "ar" else "ltr"
        )
        clean(page)
        tab_through(page)
        begun(page, link)
        menu(page).locator("details.confirm summary").first.click()
        page.locator("button[formaction$='/code']").click()
        page.locator("p.code").wait_for()
        clean(page)
        page.goto(f"{link}/review")
        page.locator("#answer-2 summary").first.click()
        clean(page)
        page.goto(link)
        menu(page).locator("button[formaction$='/pause']").click()
        page.locator("p.code").wait_for()
        clean(page)


def test_an_own_colour_and_logo_are_readable_everywhere(
    browser: Browser, server: Server, invite: Any, logged_in: Any, tmp_path: Any
) -> None:
    picture = io.BytesIO()
    Image.new("RGBA", (300, 90), (255, 204, 0, 255)).save(picture, "PNG")
    link = f"{server.base}/interview/{invite('branded@example.com')}"
    with looking(browser, storage_state=logged_in) as page:
        page.goto(f"{server.base}/settings/branding")
        page.get_by_label("Accent colour").fill("#ffcc00")
        page.get_by_label("Logo").set_input_files(
            {"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
        )
        page.get_by_role("button", name="Save").click()
        page.get_by_text("Branding saved").wait_for()
        clean(page)
        page.goto(link)
        assert page.locator("img.logo").evaluate("e => e.complete && e.naturalWidth > 0")
        page.emulate_media(color_scheme="light")
        asked = "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
        assert page.evaluate(asked) == "#826702"
        clean(page)
        begun(page, link)
        clean(page)
        page.goto(f"{server.base}/settings/branding")
        page.get_by_label("Accent colour").fill("")
        page.get_by_label("Remove logo").check()
        page.get_by_role("button", name="Save").click()
