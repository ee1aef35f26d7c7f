"""Every hostile input is answered by one clear refusal, over HTTP, by the server as it is shipped."""

import json
from typing import Any

import pytest

from tests.hostile import address_cases, field_cases, json_cases, participant_cases
from tests.hostile.case import Case
from tests.hostile.conftest import Target

CASES = json_cases.CASES + field_cases.CASES + address_cases.CASES + participant_cases.CASES


def test_there_are_enough_cases_and_each_has_a_name_of_its_own() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 150
    assert sorted({n for n in names if names.count(n) > 1}) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_answered_as_the_table_says(target: Target, case: Case) -> None:
    method, _, path = case.ask.partition(" ")
    body = case.raw
    if case.json is not None:
        body = json.dumps(target.filled_in(case.json)).encode()
    headers = {name: target.filled(value) for name, value in case.headers.items()}
    if body is not None and case.kind:
        headers.setdefault("Content-Type", case.kind)
    if case.key:
        headers["Authorization"] = f"Bearer {target.filled('{' + case.key + '}')}"
    response, whole = target.send(method, target.filled(path), body, headers)
    told = whole.decode("utf-8", "replace")
    assert response.status == case.status, told[:500]
    assert "Traceback" not in told
    if case.code:
        _is_refusal(case, response, json.loads(whole))
    if method in ("HEAD", "OPTIONS"):
        assert whole == b""
    if case.status == 405 or method == "OPTIONS":
        assert set(response.headers["Allow"].split(", ")) >= {"OPTIONS"}
    for place, wanted in case.shows.items():
        assert _at(json.loads(whole), place) == wanted, place


def test_in_the_end_nothing_was_a_fault_of_the_server(target: Target) -> None:
    log = target.server.log.read_text()
    assert [
        line for line in log.splitlines() if '"unexpected_error"' in line or "Traceback" in line
    ] == []
    assert target.server.call("GET", "/readyz").status == 200


def test_the_log_holds_no_key_no_token_and_no_answer(target: Target) -> None:
    log, a = target.server.log.read_text(), target.fixtures["A"]
    secrets = [a["key_owner"], a["key_viewer"], a["invite_token"], target.names["begun"]]
    assert [secret for secret in [*secrets, "@hostile.example"] if secret in log] == []


def _is_refusal(case: Case, response: Any, whole: dict[str, Any]) -> None:
    error = whole["error"]
    assert set(whole) == {"error"}
    assert error["code"] == case.code, error
    assert error["request_id"] == response.headers["X-Request-Id"]
    assert error["message"]
    assert case.says in error["message"], error["message"]
    assert error.get("details", {}).get("field") == case.field, error
    assert response.headers.get_content_type() == "application/json"
    assert response.headers["Cache-Control"] == "no-store"


def _at(value: Any, place: str) -> Any:
    for part in place.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value
