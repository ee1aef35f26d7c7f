"""A participant holds the interview on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, context, watched
from tests.browser.looking import AXE, clean, menu, moved_on, number
from tests.flows.server import Server

ARABIC = "انتظرت ساعة كاملة في الممر ولم يخبرني أحد بشيء."
SAID = (
    "Bus.",
    "I found it hard, the signs were old and I went round twice.",
    "Why do you ask?",
    "About forty minutes in the corridor, and nobody told us anything.",
    "I'd rather not say",
    ARABIC,
    "She explained every step and drew a picture.",
    "Half a day off work.",
    "Switch the screen on.",
)
NO_MORE = "No, that is all."


def say(page: Page, text: str, *, scripted: bool) -> None:
    before = number(page)
    page.get_by_role("textbox", name="Your answer").fill(text)
    page.get_by_role("button", name="Send answer").click()
    if scripted:
        moved_on(page, before)
    page.wait_for_load_state()


def held_to_axe(page: Page, *, scripted: bool) -> None:
    if scripted:  # axe is a script itself
        clean(page, PHONE)


@pytest.mark.smoke
@pytest.mark.parametrize(
    "scripted", [True, False], ids=["with JavaScript", "without JavaScript"]
)
def test_a_whole_interview_leads_from_consent_to_the_end(
    browser: Browser, server: Server, invite: Any, fixtures: dict[str, Any], scripted: bool
) -> None:
    email = f"phone-{scripted}@example.com".lower()
    token = invite(email)
    with context(browser, java_script_enabled=scripted, reduced_motion="reduce") as made:
        made.add_init_script(AXE)
        page, complaints = watched(made)
        page.goto(f"{server.base}/interview/{token}")
        assert page.get_by_text("not a person").first.is_visible()
        held_to_axe(page, scripted=scripted)
        page.get_by_role("button", name="Start the interview").click()
        page.get_by_role("textbox", name="Your answer").wait_for()
        held_to_axe(page, scripted=scripted)
        given = []
        for text in (*SAID, *[NO_MORE] * 12):
            page.wait_for_load_state()
            if page.get_by_role("textbox", name="Your answer").count() == 0:
                break
            say(page, text, scripted=scripted)
            given.append(text)
        page.get_by_role("heading", name="The interview is complete").wait_for()
        held_to_axe(page, scripted=scripted)
        assert len(given) >= 9
        assert complaints == []
    key = fixtures["key_owner"]
    listed = server.call("GET", f"/api/sessions?campaign_id={fixtures['campaign_id']}", key=key)
    session = next(s for s in listed.json["sessions"] if s["participant_email"] == email)
    assert session["status"] == "completed"
    transcript = server.call("GET", f"/api/session/{session['id']}/transcript", key=key).json
    spoken = [t["text"] for t in transcript["turns"] if t["speaker"] == "participant"]
    assert spoken == given


def test_reload_and_a_second_device_go_on_at_the_same_question(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("two-devices@example.com")
    with context(browser) as phone, context(browser) as other:
        page, _ = watched(phone)
        page.goto(f"{server.base}/interview/{token}")
        page.get_by_role("button", name="Start the interview").click()
        say(page, "By train and then on foot, it took an hour.", scripted=True)
        waiting = number(page)
        page.reload()
        assert number(page) == waiting
        page.go_back()
        page.goto(page.url.partition("#")[0])  # a bookmark of what stands in the address bar
        assert number(page) == waiting
        second, _ = watched(other)
        second.goto(f"{server.base}/interview/{token}")
        assert number(second) == waiting
        say(second, "The signs were fine and I found the floor.", scripted=True)
        # The first device is behind now: it is told so, and where the interview stands.
        page.get_by_role("textbox", name="Your answer").fill("Something else entirely.")
        page.get_by_role("button", name="Send answer").click()
        page.get_by_text("already answered this in another window").first.wait_for()
        assert number(page) == number(second)


def test_what_was_typed_survives_a_reload(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("typing@example.com")
    with context(browser) as made:
        page, _ = watched(made)
        page.goto(f"{server.base}/interview/{token}")
        page.get_by_role("button", name="Start the interview").click()
        page.get_by_role("textbox", name="Your answer").press_sequentially("Half an answ")
        page.reload()
        assert page.get_by_role("textbox", name="Your answer").input_value() == "Half an answ"


def test_a_skip_is_heard_and_what_is_opened_is_in_sight(
    browser: Browser, server: Server, invite: Any
) -> None:
    with context(browser, viewport={"width": 360, "height": 640}) as made:
        page, complaints = watched(made)
        page.goto(f"{server.base}/interview/{invite('hearing@example.com')}")
        page.get_by_role("button", name="Start the interview").click()
        before = number(page)
        menu(page).get_by_role("button", name="Skip this question").click()
        moved_on(page, before)
        expect(page.locator("#live")).to_have_text("Saved")
        box = page.get_by_role("textbox", name="Your answer")
        box.fill("A line.\n" * 60)
        menu(page).get_by_role("link", name="Repeat question").click()
        expect(page.locator("#question")).to_be_focused()
        expect(page.locator("#question")).to_have_css("outline-style", "solid")
        expect(page.locator("#question")).to_be_in_viewport(ratio=1)
        assert box.input_value().count("A line.") == 60
        menu(page).locator("summary", has_text="End the interview").click()
        expect(page.get_by_role("button", name="End now")).to_be_in_viewport(ratio=1)
        assert complaints == []


@pytest.mark.parametrize(
    "scripted", [True, False], ids=["with JavaScript", "without JavaScript"]
)
def test_neither_a_skip_nor_a_pause_loses_what_was_typed(
    browser: Browser, server: Server, invite: Any, scripted: bool
) -> None:
    token = invite(f"typed-{scripted}@example.com".lower())
    with context(browser, java_script_enabled=scripted) as made:
        page, complaints = watched(made)
        page.goto(f"{server.base}/interview/{token}")
        page.get_by_role("button", name="Start the interview").click()
        box = page.get_by_role("textbox", name="Your answer")
        box.fill("Half an answ")
        menu(page).get_by_role("button", name="Pause").click()
        page.get_by_role("button", name="Continue").click()
        expect(box).to_have_value("Half an answ")
        menu(page).get_by_role("button", name="Skip this question").click()
        page.get_by_text("You haven’t sent what you typed.").wait_for()
        expect(box).to_have_value("Half an answ")
        before = number(page)
        page.get_by_role("button", name="Skip without sending").click()
        page.get_by_text("Skipped").wait_for()
        assert number(page) != before
        expect(box).to_have_value("")
        assert complaints == []


def test_pause_feedback_and_withdrawal(browser: Browser, server: Server, invite: Any) -> None:
    token = invite("leaving@example.com")
    with context(browser) as made:
        page, complaints = watched(made)
        page.goto(f"{server.base}/interview/{token}")
        page.get_by_role("button", name="Start the interview").click()
        menu(page).get_by_role("button", name="Pause").click()
        page.get_by_role("button", name="Continue").click()
        before = number(page)
        menu(page).get_by_role("button", name="Skip this question").click()
        moved_on(page, before)
        menu(page).locator("summary", has_text="End the interview").click()
        page.get_by_role("button", name="End now").click()
        page.get_by_role("heading", name="The interview is complete").wait_for()
        page.get_by_label("Good", exact=False).first.check()
        page.get_by_role("button", name="Send feedback").click()
        page.get_by_text("Withdraw and delete my answers").click()
        page.locator("details[open]").get_by_role("button").last.click()
        page.wait_for_load_state()
        assert page.get_by_role("textbox", name="Your answer").count() == 0
        assert complaints == []


@pytest.mark.parametrize(
    "scripted", [True, False], ids=["with JavaScript", "without JavaScript"]
)
@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_typed_at_once_goes_into_the_answer(
    browser: Browser, server: Server, invite: Any, scripted: bool, width: int
) -> None:
    token = invite(f"at-once-{scripted}-{width}@example.com".lower())
    size = {"width": width, "height": 700}
    with context(browser, java_script_enabled=scripted, viewport=size) as made:
        page, _ = watched(made)
        page.goto(f"{server.base}/interview/{token}")
        for press in ("Start the interview", "Continue"):
            page.get_by_role("button", name=press).click()
            answer = page.get_by_role("textbox", name="Your answer")
            answer.wait_for()
            expect(answer).to_be_focused()
            page.keyboard.type("At once.")
            assert answer.input_value().endswith("At once."), press
            expect(page.locator("#question")).to_be_in_viewport()
            if press == "Start the interview":
                menu(page).get_by_role("button", name="Pause").click()


def test_a_text_sent_after_the_end_is_given_back(
    browser: Browser, server: Server, invite: Any
) -> None:
    token = invite("too-late@example.com")
    with context(browser) as made:
        page, _ = watched(made)
        page.goto(f"{server.base}/interview/{token}")
        page.get_by_role("button", name="Start the interview").click()
        page.get_by_role("textbox", name="Your answer").fill("This comes too late.")
        other = made.new_page()
        other.goto(f"{server.base}/interview/{token}")
        menu(other).locator("summary", has_text="End the interview").click()
        other.get_by_role("button", name="End now").click()
        other.get_by_role("heading", name="The interview is complete").wait_for()
        page.get_by_role("button", name="Send answer").click()
        page.get_by_text("this text wasn’t added").wait_for()
        kept = page.get_by_label("Text that wasn’t added")
        assert kept.input_value() == "This comes too late."


def test_an_interview_by_keyboard_alone(browser: Browser, server: Server, invite: Any) -> None:
    token = invite("keyboard@example.com")
    with context(browser) as made:
        page, _ = watched(made)
        page.goto(f"{server.base}/interview/{token}")
        for _ in range(20):
            page.keyboard.press("Tab")
            if (
                page.evaluate("document.activeElement.textContent").strip()
                == "Start the interview"
            ):
                break
        page.keyboard.press("Enter")
        page.get_by_role("textbox", name="Your answer").wait_for()
        before = number(page)
        page.get_by_role("textbox", name="Your answer").focus()
        page.keyboard.type("I walked, it is near.")
        page.keyboard.press("Control+Enter")
        page.wait_for_function(
            "n => document.querySelector('form input[name=number]').value !== n", arg=before
        )
        focused = page.evaluate("document.activeElement.name || document.activeElement.id")
        assert focused, "the focus was lost after the answer"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_scrolls_sideways(
    browser: Browser, server: Server, invite: Any, width: int
) -> None:
    token = invite(f"wide{width}@example.com")
    with context(browser, viewport={"width": width, "height": 700}) as made:
        page, _ = watched(made)
        page.goto(f"{server.base}/interview/{token}")
        page.get_by_role("button", name="Start the interview").click()
        say(page, "A" * 300, scripted=True)
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert beyond <= 0
