"""What the published reference says of every operation at once: keys, limits, errors, lists."""

import re
import time
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from tests.flows.server import Answer
from tests.reference.reading import Curl, Operation, read
from tests.reference.scene import RICH, Scene

REFERENCE: Final = read()
LISTS: Final = [o for o in REFERENCE.operations if o.title.startswith("List ")]
# Lines that promise nothing which a call could show; all others are read.
PROSE: Final = 61


def test_every_line_is_read_or_is_prose() -> None:
    """What is left over are headings, advice and a sample of somebody's own program."""
    assert len(REFERENCE.unread) == PROSE
    told = "\n".join(REFERENCE.unread)
    assert "/api/" not in re.sub(r"await fetch\('\S+/api/campaigns'", "", told)
    words = ("Response:", "Parameters", "Request Body", " | ", "X-RateLimit", "curl", "default")
    assert [word for word in words if word in told] == []


def test_it_promises_so_much() -> None:
    """What is counted here is walked; a change of the reference changes these numbers."""
    operations = REFERENCE.operations
    assert len(operations) == 14
    assert sum(len(o.body) for o in operations) == 9
    assert sum(len(o.query) for o in operations) == 10
    assert sum(o.sample is not None for o in operations) == 10
    assert sum(o.example is not None for o in operations) == 9
    assert len(REFERENCE.plans) == 4
    assert sorted(REFERENCE.statuses) == [200, 201, 400, 401, 403, 404, 429, 500]
    assert len(REFERENCE.rate_headers) == 3


def call(scene: Scene, curl: Curl, path: str, body: Any, key: str) -> Answer:
    """An example as it is written, but for the server, the key and the ids in it."""
    headers = [header.replace("YOUR_API_KEY", key).split(": ", 1) for header in curl.headers]
    return scene.server.call(curl.method, path, body, **dict(headers))


EXAMPLES: Final = [o for o in REFERENCE.operations if o.example]


@pytest.mark.parametrize("operation", EXAMPLES, ids=str)
def test_an_example_can_be_sent_as_it_is_written(scene: Scene, operation: Operation) -> None:
    curl, ids = operation.example, scene.ids
    assert curl is not None
    address = urlsplit(curl.url)
    pattern = re.sub(r":\w+", "[^/]+", operation.path)
    assert re.fullmatch(pattern, address.path)
    for sample, name in (
        ("campaign-123/invites", f"{ids['campaign']}/invites"), ("campaign-123", ids["crowded"]),
        ("inv_abc123", ids["token"]), ("session-123", ids["session"]),
    ):  # fmt: skip
        path = address.path.replace(sample, name)
        if path != address.path:
            break
    body = curl.body
    if operation.title == "Create Campaign":
        body = {**body, "script_id": scene.script_id, "project_id": ids["project"]}
    asked = f"?{address.query}" if address.query else ""
    answer = call(scene, curl, path + asked, body, scene.key)
    assert answer.status == (operation.status or 200), answer.body
    asked_for = set(re.findall(r"(\w+)=", address.query))
    assert asked_for <= {query.name for query in operation.query}


def test_a_key_is_sent_as_a_bearer_and_json_is_named_as_such(scene: Scene) -> None:
    bearer, kind = REFERENCE.headers
    assert kind == "Content-Type: application/json"
    for curl in REFERENCE.calls:
        assert curl.headers == (bearer,)
        path = urlsplit(curl.url)
        asked = f"{path.path}?{path.query}" if path.query else path.path
        assert call(scene, curl, asked, None, scene.key).status == 200
        wrong = call(scene, curl, asked, None, "YOUR_API_KEY")
        assert (wrong.status, wrong.json["error"]["code"]) == (401, "UNAUTHENTICATED")
    other = scene.call("POST", "/api/projects", {"name": "x"}, Content_Type="text/plain")
    assert other.status == 415


def outcome(scene: Scene, status: int) -> Answer:
    """An answer with this status."""
    a = scene.fixtures["A"]
    if status == 500:
        broken = scene.server.command("keys", "create", RICH).strip()
        scene.break_key(broken)
        return scene.call("GET", "/api/projects", key=broken)
    if status == 429:
        return over_the_limit(scene)
    return {
        200: lambda: scene.call("GET", "/api/projects"),
        201: lambda: scene.call("POST", "/api/projects", {"name": "x"}),
        400: lambda: scene.call("POST", "/api/projects", {}),
        401: lambda: scene.call("GET", "/api/projects", key=a["key_revoked"]),
        403: lambda: scene.call("POST", "/api/projects", {"name": "x"}, key=a["key_viewer"]),
        404: lambda: scene.call("GET", "/api/campaigns/campaign-123"),
    }[status]()


def over_the_limit(scene: Scene) -> Answer:
    """After as many calls as the Free plan has an hour, by either key of the organization."""
    free, limit = scene.fixtures["FREE"], REFERENCE.plans["free"]
    assert limit is not None
    for number in range(limit):
        answer = scene.call("GET", "/api/projects", key=free["key_owner"])
        if answer.status == 429:  # it has been reached before
            return answer
        assert answer.headers["x-ratelimit-remaining"] == str(limit - 1 - number)
    return scene.call("GET", "/api/projects", key=free["key_second"])


@pytest.mark.parametrize("status", REFERENCE.statuses)
def test_a_status_is_answered_with_its_headers_and_its_error(scene: Scene, status: int) -> None:
    asked = int(time.time())
    answer = outcome(scene, status)
    assert answer.status == status
    limit, left, reset = (answer.headers[name.lower()] for name in REFERENCE.rate_headers)
    assert limit.isdigit()
    assert 0 <= int(left) <= int(limit)
    # Unix seconds, as in the sample, of the end of this hour's window
    assert len(reset) == len(REFERENCE.rate_headers["X-RateLimit-Reset"])
    assert asked <= int(reset) <= time.time() + 3_602
    assert ("retry-after" in answer.headers) is (status == 429)
    if status < 400:
        return
    assert set(answer.json) == set(REFERENCE.error)
    error = answer.json["error"]
    assert re.fullmatch(r"[A-Z_]+", error["code"])
    assert isinstance(error["message"], str)
    assert isinstance(error.get("details", {}), dict)


def test_the_error_of_the_sample_is_answered_to_the_letter(scene: Scene) -> None:
    error = scene.call("POST", "/api/participants/erase", {}).json["error"]
    assert {name: error[name] for name in REFERENCE.error["error"]} == REFERENCE.error["error"]


@pytest.mark.parametrize("plan", REFERENCE.plans)
def test_a_plan_has_its_limit_of_calls_an_hour(scene: Scene, plan: str) -> None:
    limit, key = REFERENCE.plans[plan], scene.rich
    if plan == "free":
        key = scene.fixtures["FREE"]["key_owner"]
    elif plan != "starter":
        own = ("--requests-per-hour", "4321") if limit is None else ()
        scene.server.command("credits", "plan", "bright-water", plan, *own)
    answer = scene.call("GET", "/api/projects", key=key)
    assert answer.headers["x-ratelimit-limit"] == str(limit or 4321)
    if plan == "professional":
        assert (
            answer.headers["x-ratelimit-limit"] == REFERENCE.rate_headers["X-RateLimit-Limit"]
        )


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_a_list_goes_page_by_page(scene: Scene, operation: Operation) -> None:
    key = operation.title.rpartition(" ")[2].lower()
    sample = REFERENCE.pagination
    (example,) = (curl for curl in REFERENCE.calls if "offset" in curl.url)
    pages = {
        q: scene.get(f"{operation.path}?{q}")
        for q in (urlsplit(example.url).query, "limit=1", "limit=1&offset=1")
    }
    for page in pages.values():
        assert page["data"] == page[key]
        told = page["pagination"]
        assert set(sample) <= set(page)
        assert set(sample["pagination"]) <= set(told)
        assert {n: type(told[n]) for n in sample["pagination"]} == {
            n: type(v) for n, v in sample["pagination"].items()
        }
        assert told["has_more"] is (told["offset"] + len(page["data"]) < told["total"])
        assert {n: page[n] for n in ("total", "limit", "offset")}.items() <= told.items()
    as_written, first, second = pages.values()
    assert (as_written["limit"], as_written["offset"]) == (50, 100)
    assert first["pagination"]["has_more"] is True
    assert first["data"] != second["data"]
