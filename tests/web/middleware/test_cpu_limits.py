"""What runs the interviewer for authors: counted by caller, and bounded in processor time."""

import re
from datetime import timedelta

import pytest

from interviewrelay.core import clock
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.simulations import cpu_limit, script_forecast
from interviewrelay.web.middleware import cpu_limits
from interviewrelay.web.middleware.rate_limits import BY_CALLER
from tests.factories import a_draft
from tests.web.http_participant import NOON


@pytest.fixture
def script(ann):
    return a_draft(ann)


def preview(client, someone, script, answers=()):
    path = f"/api/scripts/{script.id}/preview"
    return client.post(path, json={"answers": list(answers)}, headers=someone.auth)


@pytest.fixture
def busy(monkeypatch):
    """However busy the machine is, all happens in one minute and takes no more than it may."""
    monkeypatch.setattr(cpu_limits, "CPU_SECONDS", 3_600)
    with clock.freeze_at(clock.now()):
        yield


def test_previews_are_counted_for_each_key(client, ann, script, busy):
    answers = [preview(client, ann, script) for _ in range(BY_CALLER["preview"] + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    last = answers[-1]
    assert last.status_code == 429
    assert last.json["error"]["code"] == "RATE_LIMITED"
    assert last.json["error"]["message"] == (
        "Too many previews: the limit is 60 per minute. Please try again later."
    )
    assert last.json["error"]["details"] == {"limit": "60 per 1 minute"}
    assert 1 <= int(last.headers["Retry-After"]) <= 61
    assert last.headers["RateLimit-Policy"] == '"preview";q=60;w=60'
    assert client.get("/api/scripts", headers=ann.auth).status_code == 200


def test_the_processor_time_of_a_key_is_bounded(client, ann, vic, script, monkeypatch):
    monkeypatch.setattr(cpu_limits, "CPU_SECONDS", 0.001)
    assert preview(client, ann, script, ["I went there by bus."]).status_code == 200
    refused = preview(client, ann, script)
    assert refused.status_code == 429
    assert refused.json["error"]["message"].startswith(
        "Previews and simulations can use 0.001 seconds"
    )
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert preview(client, vic, script).status_code in (200, 404), (
        "another key is another budget"
    )
    assert client.get("/api/scripts", headers=ann.auth).status_code == 200


def test_time_that_is_over_is_forgotten(client, ann, script, monkeypatch):
    monkeypatch.setattr(cpu_limits, "CPU_SECONDS", 0.001)
    with clock.freeze_at(NOON):
        assert preview(client, ann, script).status_code == 200
        assert preview(client, ann, script).status_code == 429
    with clock.freeze_at(NOON + timedelta(minutes=2)):
        assert preview(client, ann, script).status_code == 200


def test_one_preview_is_bounded_between_its_turns(client, ann, script, monkeypatch):
    monkeypatch.setattr(cpu_limit.CpuLimit.__init__, "__defaults__", (-1.0,))
    assert preview(client, ann, script).status_code == 200
    refused = preview(client, ann, script, ["By bus."])
    assert refused.status_code == 400
    error = refused.json["error"]
    assert (error["code"], error["details"]["field"]) == ("INVALID_PARAMETER", "answers")
    assert "Send fewer or shorter answers." in error["message"]


@pytest.mark.parametrize("answers", [["x"] * 201, ["x" * 10_001]])
def test_answers_are_bounded_in_number_and_length(client, ann, script, answers):
    assert preview(client, ann, script, answers).status_code == 400


@pytest.mark.gate
def test_the_pages_count_too_and_say_so(desk, script, busy):
    for _ in range(BY_CALLER["simulation"]):
        page = desk.post(f"/scripts/{script.id}/forecast", data={"people": "none"})
        assert page.status_code == 400, "what is refused before is not counted"
    pages = [
        desk.post(f"/scripts/{script.id}/forecast", data={"people": "10"}) for _ in range(11)
    ]
    assert {page.status_code for page in pages[:-1]} == {200}
    assert pages[-1].status_code == 429
    assert "Too many simulations: the limit is 10 per minute" in pages[-1].text
    assert int(pages[-1].headers["Retry-After"]) >= 1
    held = desk.post(f"/scripts/{script.id}/preview", data={"said": [], "reply": "By bus."})
    assert held.status_code == 200


def test_a_preview_in_the_page_is_told_when_the_time_is_used_up(desk, script, monkeypatch):
    monkeypatch.setattr(cpu_limits, "CPU_SECONDS", 0.001)
    assert desk.get(f"/scripts/{script.id}/preview").status_code == 200
    refused = desk.post(f"/scripts/{script.id}/preview", data={"said": [], "reply": "By bus."})
    assert refused.status_code == 429
    assert re.search("seconds of processor time per minute", refused.text)
    assert int(refused.headers["Retry-After"]) >= 1


def test_a_script_that_takes_too_long_to_simulate_is_told_so(script, monkeypatch):
    monkeypatch.setattr(cpu_limit.CpuLimit.__init__, "__defaults__", (-1.0,))
    with pytest.raises(InvalidParameter, match="too long to simulate"):
        script_forecast.build_forecast(script.document, budget=1.0)


def test_trials_of_a_model_have_the_same_budget(desk, monkeypatch):
    monkeypatch.setattr(cpu_limits, "CPU_SECONDS", 0.001)
    assert desk.post("/model/try").status_code == 404, "there is no model to test"
    refused = desk.post("/model/try")
    assert (refused.status_code, refused.headers["Retry-After"].isdigit()) == (429, True)
