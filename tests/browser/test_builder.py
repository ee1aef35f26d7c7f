"""The script editor by hand, by keyboard and without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, context
from tests.browser.looking import clean, looking, tab_through
from tests.flows.server import Server

QUESTIONS = [
    {"id": "one", "text": "How did you hear of it?"},
    {"id": "two", "text": "What happened next?"},
    {
        "id": "three",
        "text": "Don't you think it was too slow?",
        "ask_if": {"question": "one", "op": "contains", "value": "friend"},
    },
    {"id": "four", "text": "What would you change?"},
]


@pytest.fixture
def script(server: Any, fixtures: dict[str, Any]) -> str:
    body = {"name": "By hand", "questions": QUESTIONS}
    made = server.call("POST", "/api/scripts", body, key=fixtures["key_owner"])
    return str(made.json["id"])


@pytest.fixture
def stored(server: Any, fixtures: dict[str, Any], script: str) -> Any:
    def order() -> list[str]:
        made = server.call("GET", f"/api/scripts/{script}", key=fixtures["key_owner"])
        return [q["id"] for q in made.json["questions"]]

    return order


@pytest.fixture
def editor(browser: Browser, logged_in: Any, server: Server, script: str) -> Iterator[Page]:
    with looking(browser, storage_state=logged_in, viewport=DESK) as page:
        page.goto(f"{server.base}/scripts/{script}")
        yield page


def said(page: Page, words: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(words)


def take(page: Page, number: int) -> None:
    """Press upon the grip of a question, counted from 1."""
    page.locator("#questions").evaluate("list => list.scrollIntoView()")
    box = page.locator("[data-grip]").nth(number - 1).bounding_box()
    assert box
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()


def test_a_question_is_dragged_to_its_place(editor: Page, stored: Any) -> None:
    take(editor, 4)
    end = editor.locator("[data-grip]").nth(0).bounding_box()
    assert end
    editor.mouse.move(end["x"] + 8, end["y"] - 4, steps=6)
    editor.mouse.up()
    said(editor, "Moved to question 1 of 4.")
    assert stored() == ["four", "one", "two", "three"]
    expect(editor.locator(".asked").first).to_have_text("1. What would you change?")


def test_a_drag_is_given_up_by_escape(editor: Page, stored: Any) -> None:
    take(editor, 1)
    end = editor.locator("[data-grip]").nth(3).bounding_box()
    assert end
    editor.mouse.move(end["x"] + 8, end["y"] + 20, steps=6)
    expect(editor.locator(".asked").first).not_to_contain_text("How did you hear")
    editor.keyboard.press("Escape")
    expect(editor.locator(".asked").first).to_contain_text("How did you hear")
    editor.mouse.up()
    assert stored() == ["one", "two", "three", "four"]


def test_the_keyboard_moves_a_question_and_keeps_its_button(editor: Page, stored: Any) -> None:
    editor.get_by_role("button", name="Move question 1 down").focus()
    for number in (2, 3):
        editor.keyboard.press("Enter")
        said(editor, f"Moved to question {number} of 4.")
        button = editor.get_by_role("button", name=f"Move question {number} down")
        expect(button).to_be_focused()
    editor.keyboard.press("Enter")
    said(editor, "Moved to question 4 of 4")
    expect(editor.get_by_role("button", name="Move question 4 up")).to_be_focused()
    assert stored() == ["two", "three", "four", "one"]


def test_what_is_typed_and_open_stays_when_another_question_moves(editor: Page) -> None:
    editor.locator("#question-2 summary").first.click()
    editor.locator("#question-2 textarea").first.fill("Typed just now.")
    editor.get_by_role("button", name="Move question 4 up").click()
    said(editor, "Moved")
    expect(editor.locator("#question-2 > details")).to_have_attribute("open", "")
    expect(editor.locator("#question-2 textarea").first).to_have_value("Typed just now.")


def test_who_leaves_with_something_unsaved_is_asked(editor: Page, stored: Any) -> None:
    asked: list[str] = []
    editor.on("dialog", lambda box: (asked.append(box.type), box.dismiss()))
    editor.get_by_label("Purpose").press_sequentially("Why we ask")
    editor.get_by_role("link", name="Credits").first.click()
    expect(editor.get_by_label("Purpose")).to_have_value("Why we ask")
    assert asked == ["beforeunload"]
    editor.get_by_role("button", name="Save draft").first.click()
    editor.get_by_text("Saved").first.wait_for()
    editor.get_by_role("link", name="Credits").first.click()
    editor.get_by_role("heading", name="Credits").first.wait_for()
    assert asked == ["beforeunload"]


def test_a_question_is_duplicated_removed_and_brought_back(editor: Page, stored: Any) -> None:
    editor.locator("#question-2 summary").first.click()
    editor.get_by_role("button", name="Duplicate question 2").click()
    said(editor, "Question 2 duplicated. The copy is question 3.")
    assert stored() == ["one", "two", "q1", "three", "four"]
    editor.get_by_role("button", name="Remove question 2").click()
    said(editor, "Question 2 removed.")
    assert stored() == ["one", "q1", "three", "four"]
    editor.locator("#toasts").get_by_role("button", name="Undo").click()
    said(editor, "Last change undone.")
    assert stored() == ["one", "two", "q1", "three", "four"]


def test_a_new_question_has_the_focus_and_one_without_words_says_so(editor: Page) -> None:
    editor.get_by_role("button", name="Add question").click()
    expect(editor.locator("#question-5 textarea").first).to_be_focused()
    editor.keyboard.type("How is it now?")
    editor.get_by_role("button", name="Add question").click()
    expect(editor.locator("#question-6 textarea").first).to_be_focused()
    editor.locator("#question-1 summary").first.click()
    editor.locator("#question-1 textarea").first.fill("")
    editor.get_by_role("button", name="Move question 3 up").click()
    expect(editor.get_by_role("alert")).to_be_focused()
    expect(editor.get_by_role("alert")).to_contain_text("Question 1: enter the question")


def test_remarks_estimate_and_flow_change_with_what_is_typed(editor: Page) -> None:
    expect(editor.locator("#remarks-2")).to_contain_text("The wording suggests an answer.")
    editor.locator("#question-3 summary").first.click()
    area = editor.locator("#question-3 textarea").first
    area.fill("What do you remember of the speed?")
    area.press("Tab")
    expect(editor.locator("#remarks-2 li")).to_have_count(0)
    expect(editor.locator("#flow")).to_contain_text("What do you remember of the speed?")
    before = editor.locator("#estimate").inner_text()
    editor.locator("#question-4 summary").first.click()
    editor.locator("#question-4").get_by_label("Follow-ups").select_option("deep")
    expect(editor.locator("#estimate")).not_to_have_text(before)
    expect(editor.locator("#question-4 summary").first).to_contain_text("up to 4 follow-ups")


def test_without_a_connection_nothing_typed_is_lost(editor: Page, stored: Any) -> None:
    editor.locator("#question-2 summary").first.click()
    editor.locator("#question-2 textarea").first.fill("Typed on a train.")
    editor.context.set_offline(True)
    editor.get_by_role("button", name="Move question 4 up").click()
    said(editor, "They are still here")
    editor.context.set_offline(False)
    editor.get_by_role("button", name="Move question 4 up").click()
    said(editor, "Moved to question 3 of 4.")
    expect(editor.locator("#question-2 textarea").first).to_have_value("Typed on a train.")
    assert stored() == ["one", "two", "four", "three"]


def test_the_editor_is_clean_with_remarks_and_everything_open(editor: Page) -> None:
    tab_through(editor)
    editor.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
    clean(editor, PHONE, {"width": 768, "height": 900}, DESK)


def test_without_javascript_every_button_does_its_act(
    browser: Browser, logged_in: Any, server: Any, script: str, stored: Any
) -> None:
    with context(browser, storage_state=logged_in, java_script_enabled=False) as made:
        page = made.new_page()
        page.goto(f"{server.base}/scripts/{script}")
        expect(page.locator("[data-grip]").first).to_be_hidden()
        page.get_by_role("button", name="Move question 1 down").click()
        assert stored() == ["two", "one", "three", "four"]
        expect(page.get_by_role("button", name="Move question 2 down")).to_be_focused()
        expect(page.get_by_text("Moved to question 2 of 4.")).to_be_visible()
        page.locator("#question-3 summary").first.click()
        page.get_by_role("button", name="Duplicate question 3").click()
        assert stored() == ["two", "one", "three", "q1", "four"]
        page.get_by_role("button", name="Remove question 4").click()
        assert stored() == ["two", "one", "three", "four"]
        page.get_by_role("button", name="Undo last change").click()
        assert stored() == ["two", "one", "three", "q1", "four"]
        page.get_by_role("button", name="Add question").click()
        page.locator("#question-6 textarea").first.fill("How is it now?")
        page.get_by_role("button", name="Save draft").first.click()
        assert stored() == ["two", "one", "three", "q1", "four", "q2"]
        expect(page.locator("#flow")).to_contain_text("Asked only if")


def test_an_interview_is_held_in_the_page(editor: Page, server: Server, script: str) -> None:
    faults: list[str] = []
    editor.on("pageerror", lambda fault: faults.append(str(fault)))
    editor.goto(f"{server.base}/scripts/{script}/preview")
    editor.get_by_label("Your answer").fill("A friend told me.")
    editor.get_by_role("button", name="Send answer", exact=True).click()
    expect(editor.locator("article.turn")).to_have_count(3)
    expect(editor.get_by_label("Your answer")).to_be_focused()
    clean(editor, PHONE, DESK)
    editor.get_by_role("button", name="Undo last answer").click()
    expect(editor.locator("article.turn")).to_have_count(1)
    expect(editor.get_by_label("Your answer")).to_have_value("A friend told me.")
    assert faults == []


def test_a_forecast_is_made_in_the_page(editor: Page, server: Server, script: str) -> None:
    editor.goto(f"{server.base}/scripts/{script}/forecast")
    editor.get_by_role("button", name="Run simulation").click()
    expect(editor.get_by_role("heading", name="Simulated participants")).to_be_visible()
    expect(editor.get_by_text("Cooperative")).to_be_visible()
    clean(editor, PHONE, DESK)
