"""The page on which a script is written: its buttons, and what stands beside the lines."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.models import Script
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.web.scripts import form
from tests import factories
from tests.web.dashboard.test_pages import Form
from tests.web.everything import everything

BRANCHING: dict[str, Any] = {
    "name": "Branches",
    "target_minutes": 10,
    "questions": [
        {"id": "used", "text": "Which of the tools have you used?", "options": ["A", "B"]},
        {
            "id": "a",
            "text": "Don't you think that A is good?",
            "ask_if": {"question": "used", "op": "contains", "value": "A"},
            "probes": ["What led to that?", "Was it good?"],
        },
        {
            "id": "b",
            "text": "How was B?",
            "skip_if": {"question": "used", "op": "equals", "value": "A"},
            "seconds": 90,
        },
    ],
}


def made(ann: Any, document: dict[str, Any]) -> Any:
    return scripts.create_script(ann.actor, ScriptDocument.model_validate(document))


def fields_of(desk: Any, script: Any, query: str = "") -> dict[str, str]:
    page = desk.get(f"/scripts/{script.id}{query}").get_data(as_text=True)
    return Form(page, "script").fields


def order(script: Any) -> list[str]:
    document = db.session.execute(select(Script.document).where(Script.id == script.id))
    return [q["id"] for q in document.scalar_one()["questions"]]


def press(desk: Any, script: Any, action: str, **typed: str) -> Any:
    fields = {**fields_of(desk, script), **typed, "action": action}
    return desk.post(f"/scripts/{script.id}", data=fields)


def test_once_it_is_published_the_next_thing_is_a_campaign_of_it(desk: Any, ann: Any) -> None:
    script = factories.a_draft(ann)

    def primary() -> list[str]:
        page = desk.get(f"/scripts/{script.id}").text
        return re.findall(r'class="button primary"[^>]*>([^<]+)', page)

    assert primary() == ["Publish"]
    press(desk, script, "publish")
    assert primary() == ["Create campaign"]
    page = desk.get(f"/scripts/{script.id}").text
    address = f"/campaigns/new?script_id={script.id}"
    assert page.count(f'href="{address}"') == 1
    assert f'<option value="{script.id}" selected>' in desk.get(address).text
    press(desk, script, "save", name="Another name")
    assert primary() == ["Publish version 2"]
    assert desk.get(f"/scripts/{script.id}").text.count(f'href="{address}"') == 1


@pytest.mark.parametrize(
    ("action", "wanted", "words"),
    [
        ("move-3-to-0", ["change", "visit", "waiting", "talk"], "question 1 of 4"),
        ("move-0-to-2", ["waiting", "talk", "visit", "change"], "question 3 of 4"),
        ("move-0-to-9", ["visit", "waiting", "talk", "change"], "question 1 of 4"),
        ("copy-1", ["visit", "waiting", "q1", "talk", "change"], "The copy is question 3"),
        ("remove-1", ["visit", "talk", "change"], "Question 2 removed."),
        ("undo-1", ["visit", "waiting", "talk", "change"], "Saved."),
    ],
)
def test_questions_are_arranged_and_the_page_says_so(
    desk: Any, ann: Any, action: str, wanted: list[str], words: str
) -> None:
    script = factories.a_draft(ann)
    answer = press(desk, script, action)
    assert order(script) == wanted
    page = desk.get(answer.location).get_data(as_text=True)
    if action != "undo-1":
        assert re.search(rf'data-say="[^"]*{re.escape(words)}', page)


def test_a_copy_says_what_the_question_says(desk: Any, ann: Any) -> None:
    script = made(ann, BRANCHING)
    press(desk, script, "copy-1")
    questions = db.session.execute(
        select(Script.document).where(Script.id == script.id)
    ).scalar_one()["questions"]
    assert {**questions[1], "id": ""} == {**questions[2], "id": ""}


def test_what_was_removed_comes_back_and_goes_again(desk: Any, ann: Any) -> None:
    script = factories.a_draft(ann)
    assert 'value="undo"' not in desk.get(f"/scripts/{script.id}").text
    press(desk, script, "remove-2")
    answer = press(desk, script, "undo")
    assert answer.location == f"/scripts/{script.id}"
    assert "Last change undone." in desk.get(answer.location).text
    assert order(script) == ["visit", "waiting", "talk", "change"]
    press(desk, script, "undo")
    assert order(script) == ["visit", "waiting", "change"]


def test_undoing_loses_nothing_that_was_typed_before_it(desk: Any, ann: Any) -> None:
    script = factories.a_draft(ann)
    press(desk, script, "undo", **{"questions.0.text": "Typed and not saved."})
    assert (
        fields_of(desk, script)["questions.0.text"] == "Please tell me about your last visit."
    )
    press(desk, script, "undo")
    assert fields_of(desk, script)["questions.0.text"] == "Typed and not saved."


def test_a_question_is_told_in_sentences(desk: Any, ann: Any) -> None:
    page = desk.get(f"/scripts/{made(ann, BRANCHING).id}").get_data(as_text=True)
    assert "Asked only if the answer to question 1 contains “A”. Should be asked," in page
    assert "Skipped if the answer to question 1 is “A”. Should be asked," in page


def test_options_conditions_and_planned_time_are_written_in_the_editor(
    desk: Any, ann: Any
) -> None:
    script = made(ann, BRANCHING)
    press(
        desk,
        script,
        "save",
        **{
            "questions.0.options": "A\nB\n\nC ",
            "questions.2.skip_if.question": "",
            "questions.2.ask_if.question": "a",
            "questions.2.seconds": "120",
            "questions.2.avoid": "prices",
        },
    )
    fields = fields_of(desk, script)
    assert fields["questions.0.options"].split() == ["A", "B", "C"]
    assert fields["questions.2.skip_if.question"] == ""
    assert fields["questions.2.ask_if.question"] == "a"
    assert fields["questions.2.seconds"] == "120"
    assert fields["questions.2.avoid"].strip() == "prices"
    answer = press(desk, script, "save", **{"questions.2.seconds": "soon"})
    assert answer.status_code == 400
    assert 'href="#questions.2.seconds"' in answer.text


def test_remarks_stand_beside_their_question_and_lead_to_the_line(desk: Any, ann: Any) -> None:
    page = desk.get(f"/scripts/{made(ann, BRANCHING).id}").get_data(as_text=True)
    beside = page[page.index('id="remarks-1"') : page.index('id="question-3"')]
    assert '<a href="#questions.1.text">Question</a>' in beside
    assert '<a href="#questions.1.probes">Probes, 2</a>' in beside
    assert "Was it good?" in beside
    for anchor in re.findall(r'href="#(questions\.[^"]+)"', page):
        assert f'id="{anchor}"' in page


def test_a_change_is_looked_at_as_at_publishing_and_nothing_is_stored(
    desk: Any, ann: Any
) -> None:
    script = made(ann, BRANCHING)
    fields = {**fields_of(desk, script), "questions.2.text": "Was B good or bad?"}
    before = everything()
    answer = desk.post("/scripts/check", data=fields)
    assert answer.status_code == 200
    assert everything() == before
    document = {**BRANCHING, "questions": [dict(q) for q in BRANCHING["questions"]]}
    document["questions"][2]["text"] = "Was B good or bad?"
    told = scripts.list_remarks(ScriptDocument.model_validate(document).document())
    for place, key in enumerate(("used", "a", "b")):
        part = answer.text.partition(f'id="remarks-{place}"')[2].partition('id="sentence-')[0]
        assert part.count("<li") == sum(r.question_id == key for r in told)
    assert sum(r.question_id == "b" for r in told) >= 1
    assert answer.text.count('hx-swap-oob="true"') == 2 * 3 + 4
    assert "About " in answer.text


def test_what_cannot_be_taken_is_said_while_it_is_typed(desk: Any, ann: Any) -> None:
    fields = fields_of(desk, made(ann, BRANCHING))
    answer = desk.post("/scripts/check", data={**fields, "target_minutes": "long"})
    assert answer.status_code == 200
    assert "whole number of minutes from 1 to 180" in answer.text
    assert 'id="remarks-0"' not in answer.text


def test_the_estimate_follows_what_is_typed(desk: Any, ann: Any) -> None:
    fields = fields_of(desk, made(ann, BRANCHING))
    short = desk.post("/scripts/check", data=fields).text
    deep = {f"questions.{n}.depth": "deep" for n in range(3)}
    long = desk.post("/scripts/check", data={**fields, **deep, "target_minutes": "60"}).text
    minutes = [
        int(re.search(r"(\d+) minutes? with all of them", page)[1])  # type: ignore[index]
        for page in (short, long)
    ]
    assert minutes[0] < minutes[1]


def test_the_picture_of_the_flow_says_in_words_what_it_shows(desk: Any, ann: Any) -> None:
    page = desk.get(f"/scripts/{made(ann, BRANCHING).id}").get_data(as_text=True)
    flow = page[page.index('id="flow"') :]
    assert flow.count("<g") == 2
    assert flow.count('class="skips"') == 1
    assert 'href="#question-3"' in flow
    assert "Skipped if the answer to question 1 is “A”" in flow
    plain = desk.get(f"/scripts/{factories.a_draft(ann).id}").text
    assert "No questions have conditions" in plain


@pytest.mark.parametrize("query", ["?at=²", "?at=x", "?at=-1", "?at=99", "?did=gone&at=0"])
def test_any_address_of_the_editor_is_a_page(desk: Any, ann: Any, query: str) -> None:
    assert desk.get(f"/scripts/{factories.a_draft(ann).id}{query}").status_code == 200


SHORT: dict[str, Any] = {
    "name": "Short",
    "questions": [{"text": "How was it?", "depth": "none"}, {"text": "What else?"}],
}


def beside_the_target(page: str) -> str:
    found = re.search(
        r'<div class="stack tight" id="remarks-length">(.*?)</div></div></div>', page, re.DOTALL
    )
    return found[1] if found else ""


def test_far_too_long_a_target_is_said_beside_it_and_set_by_one_button(
    desk: Any, ann: Any
) -> None:
    script = made(ann, SHORT)
    page = desk.get(f"/scripts/{script.id}").text
    minutes = scripts.estimate_document(script.document).longest
    assert f"With all follow-ups, it takes about {minutes} minutes" in beside_the_target(page)
    assert f'value="length">Change to {minutes} minutes<' in beside_the_target(page)
    answer = press(desk, script, "length", purpose="Typed meanwhile.")
    assert answer.status_code == 303
    page = desk.get(answer.headers["Location"]).text
    assert f"Target length set to {minutes} minutes." in page
    assert beside_the_target(page) == ""
    assert re.search(r'id="target_minutes"[^>]* autofocus', page)
    assert "autofocus" not in desk.get(f"/scripts/{script.id}").text
    db.session.expire_all()
    document = db.session.get(Script, script.id).document
    assert (document["target_minutes"], document["purpose"]) == (minutes, "Typed meanwhile.")
    press(desk, script, "undo")
    db.session.expire_all()
    assert db.session.get(Script, script.id).document["target_minutes"] == 20


def test_a_target_that_fits_is_left_alone(desk: Any, ann: Any) -> None:
    page = desk.get(f"/scripts/{made(ann, {**SHORT, 'target_minutes': 5}).id}").text
    assert beside_the_target(page) == ""


def test_the_remark_on_the_length_follows_what_is_typed(desk: Any, ann: Any) -> None:
    script = made(ann, SHORT)
    typed = {**fields_of(desk, script), "target_minutes": "5"}
    part = desk.post("/scripts/check", data=typed).text
    assert 'id="remarks-length" hx-swap-oob="true"></div>' in part
    part = desk.post("/scripts/check", data={**typed, "target_minutes": "60"}).text
    assert "Participants see about 60 minutes" in part


def test_the_remark_on_the_length_stands_in_one_place_and_refuses_nothing(
    desk: Any, ann: Any
) -> None:
    script = made(ann, SHORT)
    assert desk.get(f"/scripts/{script.id}").text.count("Participants see about 20") == 1
    assert press(desk, script, "publish").status_code == 303
    assert [r.rule for r in scripts.list_remarks(script.document)] == ["length"]


def test_places_are_typed_a_line_each() -> None:
    text = "Desk: desk@example.org\nThe ward sister\n\nDesk: a second one\nhttps://x.example"
    places = form.parse_form({"name": "n", "questions.0.text": "?", "reporting": text})[
        "reporting"
    ]
    assert places == {
        "Desk": "desk@example.org",
        "2": "The ward sister",
        "3": "Desk: a second one",
        "4": "https://x.example",
    }
    assert (
        form.parse_form(
            {"name": "n", "questions.0.text": "?", "reporting": form.format_places(places)}
        )["reporting"]
        == places
    )
    taken = form.parse_form(
        {"name": "n", "questions.0.text": "?", "reporting": "2: one\nanother"}
    )
    assert taken["reporting"] == {"2": "one", "3": "another"}
