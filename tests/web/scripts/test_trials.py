"""A script tried out on its pages: nothing is stored, nothing is charged."""

import re
from typing import Any

import pytest

from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.simulations import script_forecast
from interviewrelay.web.ui.formatting import thin
from tests import factories
from tests.web.everything import everything


@pytest.fixture
def script(ann: Any) -> Any:
    return factories.a_draft(ann)


def send(desk: Any, script: Any, said: list[str], **more: str) -> Any:
    return desk.post(f"/scripts/{script.id}/preview", data={"said": said, **more})


def turns(page: str) -> int:
    return page.count('<article class="turn')


def test_an_interview_is_held_in_the_page(desk: Any, script: Any) -> None:
    before = everything()
    page = desk.get(f"/scripts/{script.id}/preview").text
    assert "Please tell me about your last visit." in page
    assert turns(page) == 1
    page = send(desk, script, [], reply="I came by tram and <waited> for two hours.").text
    assert turns(page) == 3
    assert 'name="said" value="I came by tram and &lt;waited&gt; for two hours."' in page
    page = send(desk, script, ["I came by tram."], action="skip").text
    assert turns(page) == 5
    assert "<em>Skipped</em>" in page
    assert page.count('name="said"') == 2
    assert "Why this was asked" in page
    assert everything() == before


def test_the_last_answer_is_taken_back_and_stands_to_be_mended(desk: Any, script: Any) -> None:
    page = send(desk, script, ["I came by tram.", "It was cold."], action="back").text
    assert turns(page) == 3
    assert re.search(r"<textarea[^>]*>\s*It was cold\.</textarea>", page)
    assert turns(send(desk, script, [], action="back").text) == 1


def test_an_interview_ends_with_the_closing_words(desk: Any, script: Any) -> None:
    said: list[str] = []
    for _ in range(60):
        page = send(desk, script, said, action="skip").text
        said.append("")
        if "The interview has ended." in page:
            break
    assert "The interview has ended." in page
    assert 'name="reply"' not in page
    late = send(desk, script, said, reply="One more.")
    assert late.status_code == 409
    assert "Start over" in late.text


def test_what_cannot_be_taken_is_said(desk: Any, ann: Any, script: Any) -> None:
    answer = send(desk, script, ["I came by tram."], reply="  ")
    assert answer.status_code == 400
    assert "Enter an answer or skip the question." in answer.text
    assert turns(answer.text) == 3
    assert send(desk, script, ["x"] * 201).status_code == 400
    assert send(desk, script, [], reply="x" * 10_001).status_code == 400
    asked = {"text": "T", "ask_if": {"question": "gone", "op": "answered"}}
    broken = scripts.create_script(
        ann.actor, ScriptDocument.model_validate({"name": "S", "questions": [asked]})
    )
    for path in ("preview", "forecast"):
        answer = desk.post(f"/scripts/{broken.id}/{path}", data={"reply": "x"})
        assert answer.status_code == 400
        assert "There is no question gone." in answer.text


def test_a_forecast_tells_time_credits_and_coverage(desk: Any, script: Any) -> None:
    before = everything()
    assert "Run simulation" in desk.get(f"/scripts/{script.id}/forecast").text
    page = desk.post(f"/scripts/{script.id}/forecast", data={"people": "1100"}).text
    assert "Credits for 1100 interviews" in page
    assert "how long it took" in page
    assert "Cooperative" in page
    assert everything() == before


def test_who_could_not_be_played_is_told(
    desk: Any, script: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = script_forecast.build_forecast(script.document, budget=0)
    monkeypatch.setattr(script_forecast, "build_forecast", lambda _document: made)
    page = desk.post(f"/scripts/{script.id}/forecast", data={"people": "10"}).text
    assert (
        "There wasn’t enough time to simulate: Gives short answers, Gives long answers" in page
    )


@pytest.mark.parametrize("people", ["", "0", "many", "100001", "²"])
def test_a_number_of_people_that_is_none_is_refused(
    desk: Any, script: Any, people: str
) -> None:
    answer = desk.post(f"/scripts/{script.id}/forecast", data={"people": people})
    assert answer.status_code == 400
    assert f"whole number from 1 to {thin(100_000)}" in answer.text
