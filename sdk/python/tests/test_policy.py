"""The retry policy and the decoding of responses, without a server."""

import datetime as dt
import json
from collections.abc import Callable
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from interviewrelay_client import (
    ApiError,
    Client,
    InvalidResponseError,
    NotFoundError,
    RequestInProgressError,
    models,
    retries,
)
from interviewrelay_client.decoding import decode_model, encode
from interviewrelay_client.request import Request, no_reply
from interviewrelay_client.retries import compute_wait

PROJECT = {"id": "p", "name": "N", "description": "", "created_at": "2024-10-20T10:00:00Z"}


def client_of(answer: Callable[[httpx.Request], httpx.Response]) -> Client:
    http = httpx.Client(transport=httpx.MockTransport(answer))
    return Client("key", base_url="http://server.test", http_client=http)


def answering(*responses: httpx.Response | Exception) -> tuple[Client, list[httpx.Request]]:
    """Client of a server that gives these responses, and the requests that it got."""
    left, seen = list(responses), []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        given = left.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    return client_of(answer), seen


def refusal(status: int, code: str, **headers: str) -> httpx.Response:
    return httpx.Response(
        status, json={"error": {"code": code, "message": "No."}}, headers=headers
    )


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again_with_the_same_key(
    status: int, waits: list[float]
) -> None:
    client, seen = answering(refusal(status, "ANY"), httpx.Response(201, json=PROJECT))
    assert client.projects.create(name="N").id == "p"
    assert len({one.headers["Idempotency-Key"] for one in seen}) == 1
    assert (len(seen), len(waits)) == (2, 1)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 410, 413, 415, 422])
def test_what_cannot_pass_is_not_tried_again(status: int, waits: list[float]) -> None:
    client, seen = answering(refusal(status, "ANY"))
    with pytest.raises(ApiError):
        client.projects.create(name="N")
    assert (len(seen), waits) == (1, [])


def test_a_first_attempt_that_still_runs_is_waited_for(waits: list[float]) -> None:
    busy = refusal(409, "REQUEST_IN_PROGRESS")
    client, _ = answering(busy, busy, httpx.Response(201, json=PROJECT))
    assert client.projects.create(name="N").id == "p"
    client, _ = answering(busy, busy)
    with pytest.raises(RequestInProgressError):
        client.with_options(max_retries=1).projects.create(name="N")


def test_the_server_says_how_long_to_wait(
    waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    monkeypatch.setattr(retries, "datetime", SimpleNamespace(now=lambda _zone: now))
    date = format_datetime(now + dt.timedelta(seconds=30), usegmt=True)
    for told in ("30", date):
        waits.clear()
        client, _ = answering(
            refusal(429, "RATE_LIMITED", **{"Retry-After": told}),
            httpx.Response(200, json=PROJECT),
        )
        client.projects.get("p")
        assert 30 <= waits[0] <= 31


def test_waits_grow_with_jitter_up_to_a_bound() -> None:
    for attempt, longest in enumerate([0.5, 1, 2, 4, 8, 8, 8], 1):
        drawn = {compute_wait(attempt, None) for _ in range(50)}
        assert longest / 2 <= min(drawn) < max(drawn) <= longest
    assert 10 <= compute_wait(1, 10.0) <= 11


def test_an_error_page_of_a_proxy_is_an_error_too(waits: list[float]) -> None:
    page = httpx.Response(502, html="<h1>Bad gateway</h1>")
    client, _ = answering(page, page, page, page)
    with pytest.raises(ApiError) as caught:
        client.projects.get("p")
    assert (caught.value.code, caught.value.status, len(waits)) == ("HTTP_502", 502, 3)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'"text"', b""])
def test_a_response_that_is_none_is_an_error(body: bytes) -> None:
    client, _ = answering(httpx.Response(200, content=body))
    with pytest.raises(InvalidResponseError):
        client.projects.get("p")


def test_a_list_that_is_none_is_an_error() -> None:
    client, _ = answering(httpx.Response(200, json={"projects": []}))
    with pytest.raises(InvalidResponseError):
        list(client.projects.list())


def test_a_redirect_is_not_followed() -> None:
    moved = httpx.Response(302, headers={"Location": "http://elsewhere.test/"})
    client, seen = answering(moved)
    with pytest.raises(ApiError) as caught:
        client.projects.get("p")
    assert (caught.value.code, len(seen)) == ("HTTP_302", 1)


def test_unknown_codes_and_fields_and_values_are_no_failure() -> None:
    client, _ = answering(refusal(418, "NEW_CODE"))
    with pytest.raises(ApiError) as caught:
        client.projects.get("p")
    assert type(caught.value) is ApiError
    made: Any = decode_model(
        models.CampaignItem, {"id": "c", "status": "resting", "colour": "red"}
    )
    assert (made.status, made.name, made.raw["colour"]) == ("resting", None, "red")


def test_participants_send_no_key() -> None:
    client, seen = answering(refusal(404, "NOT_FOUND"))
    with pytest.raises(NotFoundError):
        client.interview.open("inv_a/b?c")
    assert "Authorization" not in seen[0].headers
    assert seen[0].url.raw_path == b"/interview/inv_a%2Fb%3Fc"


def test_the_key_is_in_no_representation() -> None:
    client, _ = answering()
    with client:
        told = f"{client!r} {client._transport.options!r} {vars(client)!r}"
    assert "key'" not in told.replace("api_key", "")


def test_requests_are_encoded_as_the_api_reads_them() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    body = {
        "at": dt.datetime(2026, 3, 1, 12, tzinfo=zone),
        "on": dt.date(2026, 3, 1),
        "of": ("a",),
    }
    assert encode(body) == {"at": "2026-03-01T10:00:00Z", "on": "2026-03-01", "of": ["a"]}
    with pytest.raises(ValueError, match="time zone"):
        encode(dt.datetime(2026, 3, 1))  # noqa: DTZ001


def test_what_is_left_out_of_an_update_is_not_sent() -> None:
    sent: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        return httpx.Response(200, json={"id": "c"})

    client = client_of(answer)
    client.campaigns.update("c", name="N", max_sessions=None)
    client.campaigns.create(name="N", script_id="s", project_id="p", max_sessions=None)
    assert sent == [
        {"name": "N", "max_sessions": None},
        {"name": "N", "script_id": "s", "project_id": "p"},
    ]


def test_a_form_and_bytes_are_sent_as_such() -> None:
    """No operation takes either yet."""
    client, seen = answering(httpx.Response(204), httpx.Response(204))
    more: dict[str, Any] = {"method": "POST", "path": "/interview/inv_a/audio", "public": True}
    form: dict[str, Any] = {"body": {"number": 2, "send": True}, "files": {"audio": b"sound"}}
    client._transport.send(Request(reply=no_reply, **more, **form))
    client._transport.send(Request(reply=no_reply, **more, content=b"sound"))
    assert seen[0].headers["Content-Type"].startswith("multipart/form-data; boundary=")
    for part in (
        b'name="number"\r\n\r\n2\r\n',
        b'name="send"\r\n\r\ntrue\r\n',
        b"\r\n\r\nsound\r\n",
    ):
        assert part in seen[0].content
    assert seen[1].headers["Content-Type"] == "application/octet-stream"
    assert seen[1].content == b"sound"


def test_clients_of_two_servers_may_share_connections() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200, json=PROJECT)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    for base in ("http://one.test", "https://two.test/relay/"):
        Client("key", base_url=base, http_client=http).projects.get("p")
    assert seen == ["http://one.test/api/projects/p", "https://two.test/relay/api/projects/p"]


def test_options_are_those_of_one_client(waits: list[float]) -> None:
    client, seen = answering(
        *[refusal(503, "MAINTENANCE")] * 2, httpx.Response(200, json=PROJECT)
    )
    with pytest.raises(ApiError):
        client.with_options(max_retries=0, headers={"X-Request-Id": "mine"}).projects.get("p")
    assert client.projects.get("p").id == "p"
    assert [one.headers.get("X-Request-Id") for one in seen] == ["mine", None, None]


def test_what_was_received_can_be_sent() -> None:
    settings = decode_model(models.CampaignSettings, {"mode": "text", "newer": 1})
    assert encode({"settings": settings}) == {"settings": {"mode": "text", "newer": 1}}
