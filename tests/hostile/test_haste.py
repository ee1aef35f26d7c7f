"""What somebody may do who wants too much, or all at once: limits, races, sizes; and what is taken back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.flows.server import Answer
from tests.hostile.conftest import Target


def at_once(times: int, act: Callable[[int], Answer]) -> list[Answer]:
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(act, range(times)))


def links(
    target: Target, times: int, who: dict[str, Any] | None = None, **more: Any
) -> list[str]:
    """Links of people who have not started."""
    a = who or target.fixtures["A"]
    campaign = more.get("campaign_id") or a["campaign_id"]
    emails = [f"{uuid4().hex}@hostile.example" for _ in range(times)]
    sent = {"emails": emails, "send_email": False}
    made = target.server.call(
        "POST", f"/api/campaigns/{campaign}/invites", sent, key=a["key_owner"]
    )
    assert made.status == 201, made.body
    return [invite["token"] for invite in made.json["invites"]]


# Limits


def test_no_header_and_no_second_key_makes_the_plans_limit_larger(target: Target) -> None:
    free, server = target.fixtures["FREE"], target.server
    ways = ("X_Forwarded_For", "X_Real_IP", "Forwarded", "True_Client_IP", "CF_Connecting_IP")
    now = (datetime.now(UTC) + timedelta(days=1)).isoformat()  # all within one minute

    def call(number: int) -> Answer:
        claimed = {ways[number % len(ways)]: f"10.0.{number % 256}.1"}
        key = free["key_owner" if number % 2 else "key_second"]
        return server.call("GET", "/api/projects", key=key, X_Test_Now=now, **claimed)

    with ThreadPoolExecutor(8) as pool:
        statuses = [answer.status for answer in pool.map(call, range(140))]
    assert (statuses.count(200), statuses.count(429)) == (100, 40)


def test_unknown_links_are_few_whatever_address_one_claims(target: Target) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()  # others ask for some today
    statuses = []
    for number in range(40):
        claimed = {"X_Forwarded_For": f"10.9.{number}.1", "X_Test_Now": tomorrow}
        link = f"/interview/inv_{number:043}"
        statuses.append(target.server.call("GET", link, **claimed).status)
    assert statuses == [404] * 20 + [429] * 20


# Races


def test_eight_starts_at_once_are_one_interview(target: Target) -> None:
    (token,) = links(target, 1)
    path = f"/interview/{token}/start"
    answers = at_once(8, lambda _: target.server.call("POST", path, {"consent": True}))
    assert {answer.status for answer in answers} <= {200, 201}
    assert len({answer.json["session_id"] for answer in answers}) == 1


def test_eight_ends_at_once_are_charged_once(target: Target) -> None:
    (token,) = links(target, 1)
    step, server = f"/interview/{token}", target.server
    session = server.call("POST", f"{step}/start", {"consent": True}).json["session_id"]
    answers = at_once(8, lambda _: server.call("POST", f"{step}/complete", {}))
    assert {answer.status for answer in answers} == {200}
    used = server.call(
        "GET", "/api/billing/usage?limit=100", key=target.fixtures["A"]["key_owner"]
    ).json
    charges = [moved for moved in used["transactions"] if moved["session_id"] == session]
    assert [moved["amount_credits"] for moved in charges] == [-5]


def test_eight_calls_with_one_key_are_done_once(target: Target) -> None:
    name, key = f"Once {uuid4()}", target.fixtures["A"]["key_owner"]

    def call(_: int) -> Answer:
        given = {"Idempotency_Key": name.replace(" ", "-")}
        return target.server.call("POST", "/api/projects", {"name": name}, key=key, **given)

    answers = at_once(8, call)
    assert {answer.status for answer in answers} <= {201, 409}
    done = {answer.json["id"] for answer in answers if answer.status == 201}
    assert len(done) == 1
    names = [
        p["name"]
        for p in target.server.call("GET", "/api/projects?limit=100", key=key).json["data"]
    ]
    assert names.count(name) == 1


def test_the_last_credits_are_held_once(target: Target) -> None:
    race, server = target.fixtures["RACE"], target.server
    key = race["key_owner"]
    campaign = server.call("GET", "/api/campaigns", key=key).json["campaigns"][0]["id"]
    tokens = links(target, 8, race, campaign_id=campaign)

    def start(number: int) -> Answer:
        return server.call("POST", f"/interview/{tokens[number]}/start", {"consent": True})

    statuses = sorted(answer.status for answer in at_once(8, start))
    assert statuses == [201] + [402] * 7
    assert server.call("GET", "/api/billing/credits", key=key).json["total_credits"] == 100


# Much of everything


@pytest.mark.parametrize(
    "said",
    ["a" * 10_000, "(" * 10_000, "a!" * 5_000, "\u0301" * 9_999 + "a", "no " * 3_333, "why? " * 2_000, "<" * 10_000,
     "🙂" * 10_000, "&" * 10_000, "a.b@" * 2_500, "1e9" * 3_333, "\u202e" * 5_000 + "abc", "ﷺ" * 10_000, "\n" * 9_998 + "ab"],
    ids=lambda said: f"{said[:3]!r}…",
)  # fmt: skip
def test_any_answer_is_taken_as_it_is(target: Target, said: str) -> None:
    (token,) = links(target, 1)
    step, server = f"/interview/{token}", target.server
    assert server.call("POST", f"{step}/start", {"consent": True}).status == 201
    assert server.call("POST", f"{step}/turns", {"number": 2, "text": said}).status == 201
    assert server.call("GET", f"{step}/state").json["turns"][1]["text"] == said.strip()


def multipart(parts: int, size: int) -> bytes:
    head = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    return (
        "".join(head.format(f"f{n}", "a" * size) for n in range(parts)) + "--x--\r\n"
    ).encode()


@pytest.mark.parametrize(("parts", "size"), [(5_000, 1), (1, 200_000), (51, 10), (3, 900_000)])
def test_a_form_of_many_parts_is_refused(target: Target, parts: int, size: int) -> None:
    body = multipart(parts, size)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    path = f"/interview/{target.names['begun']}/turns"
    response, whole = target.send("POST", path, body, headers)
    assert response.status in (400, 413), whole[:200]
    response, _ = target.send("POST", "/login", body, headers)
    assert response.status in (400, 403, 413)


@pytest.mark.parametrize("form", ["json", "csv", "jsonl"])
def test_a_reader_who_leaves_is_no_harm(target: Target, form: str) -> None:
    a = target.fixtures["A"]
    path = f"/api/campaigns/{a['campaign_id']}/transcripts?format={form}"
    for _ in range(5):
        assert target.cut_off("GET", path, {"Authorization": f"Bearer {a['key_owner']}"})
    assert target.server.call("GET", "/readyz").status == 200


# Privacy


def test_who_is_erased_is_found_nowhere_and_by_no_other_before(target: Target) -> None:
    a, b, server = target.fixtures["A"], target.fixtures["B"], target.server
    person = target.fixtures["ERASE"]
    email, marker = {"email": person["email"]}, person["answer_marker"]

    def found(who: dict[str, Any]) -> int:
        return server.call("GET", f"/api/sessions?q={marker}", key=who["key_owner"]).json[
            "total"
        ]

    assert (found(a), found(b)) == (1, 0)
    told = server.call("POST", "/api/participants/export", email, key=b["key_owner"])
    assert told.status == 200
    assert marker not in told.body.decode()
    assert (
        marker
        in server.call(
            "POST", "/api/participants/export", email, key=a["key_owner"]
        ).body.decode()
    )
    for who, sessions in ((b, 0), (a, 1), (a, 0)):
        erased = server.call(
            "POST", "/api/participants/erase", email, key=who["key_owner"]
        ).json
        assert erased["erased"]["sessions"] == sessions
    assert (found(a), found(b)) == (0, 0)
    for path in ("/api/sessions?limit=100", f"/api/campaigns/{a['campaign_id']}/transcripts"):
        whole = server.call("GET", path, key=a["key_owner"]).body.decode()
        assert marker not in whole
        assert email["email"] not in whole
    assert marker not in server.log.read_text()


def test_who_withdraws_has_said_nothing(target: Target) -> None:
    (token,) = links(target, 1)
    step, server = f"/interview/{token}", target.server
    key, word = target.fixtures["A"]["key_owner"], f"word{uuid4().hex}"
    session = server.call("POST", f"{step}/start", {"consent": True}).json["session_id"]
    said = {"number": 2, "text": f"My {word} is here."}
    assert server.call("POST", f"{step}/turns", said).status == 201
    assert server.call("GET", f"/api/sessions?q={word}", key=key).json["total"] == 1
    assert server.call("POST", f"{step}/withdraw", {}).status == 200
    assert server.call("GET", f"/api/sessions?q={word}", key=key).json["total"] == 0
    for path in (f"/api/sessions/{session}", f"/api/session/{session}/transcript"):
        assert server.call("GET", path, key=key).status == 404
    assert word.encode() not in server.call("GET", f"{step}/state").body
