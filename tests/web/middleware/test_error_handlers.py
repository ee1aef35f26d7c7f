"""One shape for every failure of every path under /api."""

import errno
import json
import sqlite3
from contextlib import closing

import pytest
from psycopg.errors import DiskFull
from sqlalchemy.exc import OperationalError

from interviewrelay.campaigns import projects
from interviewrelay.core.errors import StorageUnavailable, StorageUnreachable
from interviewrelay.core.file_lock import LockTimeout
from interviewrelay.core.ids import new_id
from tests.factories import a_draft

FILLED = {
    "campaign_id": new_id,
    "project_id": new_id,
    "script_id": new_id,
    "session_id": new_id,
    "webhook_id": new_id,
    "delivery_id": new_id,
    "email_id": new_id,
    "filter_id": new_id,
    "finding_id": new_id,
    "invitation_id": new_id,
    "key_id": new_id,
    "member_id": new_id,
    "note_id": new_id,
    "token": lambda: "inv_x",
    "version": lambda: "1",
}
UUID = "018f3f3e-0000-7000-8000-00000000abcd"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PUBLIC = ("/api/docs", "/api/openapi.json")


def rules(app):
    return [r for r in app.url_map.iter_rules() if r.rule.startswith("/api")]


def filled(rule):
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<{name}>", FILLED[name]())
    return path


def check(response, status, code):
    assert response.status_code == status, response.text
    assert response.mimetype == "application/json"
    assert set(response.json) == {"error"}
    error = response.json["error"]
    assert set(error) == {"code", "message", "request_id", "details"}
    assert isinstance(error["details"], dict)
    assert error["code"] == code
    assert error["request_id"] == response.headers["X-Request-Id"]
    assert error["message"]
    assert "Traceback" not in response.text
    assert (response.headers.get("WWW-Authenticate") == "Bearer") == (status == 401)
    assert ("Retry-After" in response.headers) == (status in (429, 503))
    return error


@pytest.fixture
def ask(client, ann):
    """Calls with a key from ever new addresses, so that no limit is met."""
    number = iter(range(1, 100_000))

    def call(method, path, *, auth=True, **more):
        n = next(number)
        where = {"REMOTE_ADDR": f"10.0.{n // 250}.{n % 250}"}
        headers = {**(ann.auth if auth else {}), **more.pop("headers", {})}
        return client.open(path, method=method, headers=headers, environ_base=where, **more)

    return call


def test_every_operation_without_a_key_is_401(app, ask):
    walked = 0
    for rule in rules(app):
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if rule.rule not in PUBLIC:
                check(ask(method, filled(rule), auth=False), 401, "UNAUTHENTICATED")
                walked += 1
    assert walked >= 20


def test_every_id_that_is_not_there_is_404(app, ask):
    walked = 0
    for rule in rules(app):
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if rule.arguments:
                check(ask(method, filled(rule), json={}), 404, "NOT_FOUND")
                walked += 1
    assert walked >= 13


def test_every_other_method_is_405_with_those_that_work(app, ask):
    works = {}
    for rule in rules(app):
        works.setdefault(rule.rule, (rule, set()))[1].update(rule.methods)
    for rule, methods in works.values():
        for method in set(METHODS) - methods:
            response = ask(method, filled(rule))
            check(response, 405, "METHOD_NOT_ALLOWED")
            assert set(response.headers["Allow"].split(", ")) == methods


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/projects//",
        "/api//projects",
        "/api/../x",
        "/api/%00",
    ],
)
@pytest.mark.parametrize("auth", [True, False])
def test_an_unknown_path_is_404(ask, path, auth):
    check(ask("GET", path, auth=auth), 404, "NOT_FOUND")


@pytest.mark.parametrize(
    "odd",
    [
        "abc",
        "1",
        "%00",
        "null",
        f"urn:uuid:{UUID}",
        UUID.upper(),
        f"{{{UUID}}}",
        "é" * 99,
    ],
)
def test_a_path_id_that_is_no_uuid_is_404(ask, odd):
    for noun in ("campaigns", "sessions", "scripts"):
        check(ask("GET", f"/api/{noun}/{odd}"), 404, "NOT_FOUND")


DEEP = '{"a":' * 32 + "1" + "}" * 32
MALFORMED = {
    "empty": b"", "no json": b"name=x", "half": b'{"name":"x"', "trailing": b'{"name":"x"} x',
    "two": b'{"name":"x"}{"name":"y"}', "list": b'[{"name":"x"}]', "text": b'"x"', "null": b"null",
    "nan": b'{"name":NaN}', "infinity": b'{"name":"x","a":-Infinity}', "1e999": b'{"name":"x","a":1e999}',
    "twice": b'{"name":"x","name":"y"}', "twice inside": b'{"name":"x","a":{"b":1,"b":2}}',
    "deep": ('{"name":"x","a":' + DEEP + "}").encode(), "very deep": b"[" * 100_000,
    "deep list": b'{"name":"x","a":' + b"[" * 32 + b"]" * 32 + b"}",
    "surrogate": b'{"name":"\\ud800"}', "surrogate name": b'{"name":"x","\\ud800":1}',
    "nul": b'{"name":"a\\u0000b"}', "control": b'{"name":"a\\u0007b"}', "raw control": b'{"name":"a\x01b"}',
    "utf-16": '{"name":"x"}'.encode("utf-16"), "bom": b'\xef\xbb\xbf{"name":"x"}',
    "latin-1": '{"name":"é"}'.encode("latin-1"), "overlong": b'{"name":"\xc0\x80"}',
    "large integer": b'{"name":"x","a":1234567890123456}', "single quotes": b"{'name':'x'}",
    "comma": b'{"name":"x",}', "comment": b'{"name":"x"/**/}', "plus": b'{"name":"x","a":+1}',
}  # fmt: skip


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_body_is_refused_with_the_rule_it_breaks(ask, ann, body):
    before = projects.list_projects(ann.actor).total
    response = ask("POST", "/api/projects", data=body, content_type="application/json")
    error = check(response, 400, "INVALID_JSON")
    assert len(error["message"]) < 200
    assert projects.list_projects(ann.actor).total == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (MALFORMED["twice"], "The field 'name' appears twice. Send it once."),
        (MALFORMED["nan"], "NaN is not a JSON number."),
        (MALFORMED["deep"], "The body is nested deeper than 32 levels."),
        (MALFORMED["very deep"], "The body is nested deeper than 32 levels."),
        (MALFORMED["surrogate"], "A string contains an unpaired surrogate. Remove it."),
        (MALFORMED["utf-16"], "The body is not UTF-8 text. Send it in UTF-8."),
        (MALFORMED["bom"], "The body starts with a byte order mark. Send UTF-8 without one."),
        (MALFORMED["list"], "The body must be a JSON object."),
        (MALFORMED["large integer"], "An integer has more than 15 digits."),
        (MALFORMED["1e999"], "A number is too large."),
    ],
)
def test_the_rule_is_named(ask, body, words):
    response = ask("POST", "/api/projects", data=body, content_type="application/json")
    assert response.json["error"]["message"] == words


def test_every_operation_with_a_body_reads_it_strictly(app, ask, ann):
    script = a_draft(ann)
    for method, path in (
        ("POST", "/api/projects"), ("POST", "/api/scripts"), ("POST", "/api/campaigns"),
        ("PATCH", f"/api/scripts/{script.id}"),
    ):  # fmt: skip
        response = ask(method, path, data=MALFORMED["twice"], content_type="application/json")
        check(response, 400, "INVALID_JSON")
        check(
            ask(method, path, data=b"{}", content_type="text/plain"),
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        )


def test_a_body_at_the_edges_is_taken(ask):
    deep = '{"name":"x","a":' + '{"a":' * 30 + "1" + "}" * 30 + "}"
    assert (
        ask("POST", "/api/projects", data=deep, content_type="application/json").status_code
        == 201
    )
    text = "a\tb\nc 🙂 \u007f é"
    odd = json.dumps(
        {"name": "a\tb c 🙂", "description": text, "a": 123456789012345, "b": -1.5e300}
    )
    made = ask(
        "POST", "/api/projects", data=odd, content_type="application/json; charset=UTF-8"
    )
    assert (made.json["name"], made.json["description"]) == ("a\tb c 🙂", text)


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        (None, None), ("text/plain", None), ("application/x-www-form-urlencoded", None),
        ("application/jsonp", None), ("text/json", None), ("application/json; charset=utf-16", None),
        ("application/json", "gzip"), ("application/json", "identity"),
    ],
)  # fmt: skip
def test_another_content_type_or_encoding_is_415(ask, content_type, encoding):
    headers = {"Content-Encoding": encoding} if encoding else {}
    response = ask(
        "POST",
        "/api/projects",
        data=b'{"name":"x"}',
        content_type=content_type,
        headers=headers,
    )
    check(response, 415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize(
    ("size", "status"), [(1_048_576, 201), (1_048_577, 413), (2_097_153, 413)]
)
def test_a_body_of_more_than_a_mebibyte_is_413(ask, size, status):
    body = b'{"name":"x"'
    body += b" " * (size - len(body) - 1) + b"}"
    response = ask("POST", "/api/projects", data=body, content_type="application/json")
    if status == 413:
        check(response, 413, "PAYLOAD_TOO_LARGE")
    assert response.status_code == status


def test_over_the_limit_of_calls_is_429_with_the_wait(client):
    answers = [client.get("/api/projects") for _ in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {401}
    check(answers[60], 429, "RATE_LIMITED")
    wait = int(answers[60].headers["Retry-After"])
    assert 0 < wait <= 3_601
    assert answers[60].headers["X-RateLimit-Remaining"] == "0"
    assert "Retry-After" not in answers[0].headers


def test_a_fault_that_nobody_foresaw_tells_nothing_of_the_inside(ask, monkeypatch, caplog):
    def fails(*_):
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr(projects, "list_projects", fails)
    response = ask("GET", "/api/projects")
    check(response, 500, "INTERNAL_ERROR")
    assert "secret" not in response.text
    assert "ZeroDivisionError" not in response.text


def test_a_database_that_is_away_is_503(ask, monkeypatch):
    def fails(*_):
        raise OperationalError("SELECT secret", None, Exception("locked"))

    monkeypatch.setattr(projects, "list_projects", fails)
    response = ask("GET", "/api/projects")
    check(response, 503, "STORAGE_UNAVAILABLE")
    assert "secret" not in response.text


def full_sqlite():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as small:
        small.execute("PRAGMA max_page_count = 1")
        try:
            small.execute("CREATE TABLE kept (text)")
        except sqlite3.OperationalError as fault:
            return fault
    raise AssertionError("there was room")


def locked_sqlite():
    fault = sqlite3.OperationalError("database is locked")
    fault.sqlite_errorcode = sqlite3.SQLITE_BUSY_SNAPSHOT
    return fault


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (OperationalError("INSERT", None, full_sqlite()), "30"),
        (OperationalError("INSERT", None, DiskFull("no room")), "30"),
        (OSError(errno.ENOSPC, "No space left on device"), "30"),
        (OSError(errno.EIO, "Input/output error"), "5"),
        (OperationalError("BEGIN", None, locked_sqlite()), "1"),
        (LockTimeout(), "1"),
    ],
)
def test_a_full_disk_is_asked_for_again_later_than_a_lock(ask, monkeypatch, fault, wait):
    def fails(*_):
        raise fault

    def wrapped(*_):
        raise StorageUnavailable from fault

    for way in (fails, wrapped)[isinstance(fault, LockTimeout) :]:  # which is never raised bare
        monkeypatch.setattr(projects, "list_projects", way)
        response = ask("GET", "/api/projects")
        check(response, 503, "STORAGE_UNAVAILABLE")
        assert response.headers["Retry-After"] == wait


def test_files_that_are_away_are_503_with_a_wait_and_no_reason(ask, monkeypatch):
    def fails(*_):
        raise StorageUnreachable("the key was rejected")

    monkeypatch.setattr(projects, "list_projects", fails)
    response = ask("GET", "/api/projects")
    check(response, 503, "STORAGE_UNAVAILABLE")
    assert response.headers["Retry-After"] == "5"
    assert "key" not in response.text


def test_failures_of_pages_are_pages(client, desk):
    response = desk.get("/nothing/here")
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert response.headers["X-Request-Id"] in response.text


def test_head_and_options_answer(ask):
    head = ask("HEAD", "/api/projects")
    assert (head.status_code, head.data) == (200, b"")
    options = ask("OPTIONS", "/api/projects", auth=False)
    assert options.status_code in (200, 401)
    assert options.mimetype in ("text/html", "application/json")


def test_a_failure_in_the_form_of_rfc_9457_for_whoever_asks(client, ann):
    headers = {**ann.auth, "Accept": "application/problem+json"}
    told = client.post("/api/projects", json={}, headers=headers)
    assert (told.status_code, told.mimetype) == (400, "application/problem+json")
    assert told.json["type"].endswith("/api/docs#INVALID_PARAMETER")
    assert told.json["instance"] == told.headers["X-Request-Id"]
    assert {told.json[name] for name in ("status", "code")} == {400, "INVALID_PARAMETER"}
    assert told.json["details"]["field"] == "name"
    either = {**ann.auth, "Accept": "application/json, application/problem+json"}
    assert set(client.get("/api/nothing", headers=either).json) == {"error"}
