"""Retries, rate limits and idempotency: against the real server, and a proxy that cuts connections."""

import contextlib
import datetime as dt
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from interviewrelay_client import (
    ApiError,
    Client,
    ConnectionFailedError,
    IdempotencyKeyReusedError,
    InterviewRelayError,
    InvalidParameterError,
    RateLimitedError,
    TimedOutError,
    retries,
    transport,
)


class CuttingProxy:
    """Loopback proxy that passes whole requests on, and cuts the first `cuts` of its responses."""

    def __init__(self, target: int, cuts: int) -> None:
        self._target, self.cuts = target, cuts
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, contextlib.suppress(OSError):
                self._pass_on(client)

    def _pass_on(self, client: socket.socket) -> None:
        request = _read(client)
        self.requests.append(request)
        with socket.create_connection(("127.0.0.1", self._target)) as server:
            server.sendall(request.replace(b"Connection: keep-alive", b"Connection: close"))
            answer = b"".join(iter(lambda: server.recv(65_536), b""))
        assert answer.startswith(b"HTTP/1.1 2"), answer  # it was done
        if self.cuts:
            self.cuts -= 1
        else:
            client.sendall(answer)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def _read(client: socket.socket) -> bytes:
    client.settimeout(60)
    data = b""
    while b"\r\n\r\n" not in data:
        data += client.recv(65_536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if b"content-length" in line
        ),
        0,
    )
    while len(body) < length:
        body += client.recv(65_536)
    return head + b"\r\n\r\n" + body


@contextlib.contextmanager
def cutting(port: int, cuts: int = 1) -> Iterator[CuttingProxy]:
    proxy = CuttingProxy(port, cuts)
    thread = threading.Thread(target=proxy.serve, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(5)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "FIRST_WAIT", 0.01)


def header(request: bytes, name: str) -> str:
    for line in request.decode("latin-1").split("\r\n"):
        if line.lower().startswith(name.lower() + ":"):
            return line.partition(":")[2].strip()
    return ""


def test_a_change_whose_response_is_lost_is_made_once(
    connect: Any, server: Any, demo: dict[str, Any]
) -> None:
    name = f"Lost at {time.monotonic()}"
    with cutting(server.port, cuts=2) as proxy:
        client = connect(demo["A"]["key_owner"], base_url=proxy.base)
        project = client.projects.create(name=name)
    keys = {header(one, "Idempotency-Key") for one in proxy.requests}
    assert (len(proxy.requests), len(keys)) == (3, 1)
    found = [one for one in client_of(connect, demo).projects.list() if one.name == name]
    assert [one.id for one in found] == [project.id]


def client_of(connect: Any, demo: dict[str, Any]) -> Any:
    return connect(demo["A"]["key_owner"])


def test_an_answer_whose_response_is_lost_is_saved_once(
    connect: Any, server: Any, demo: dict[str, Any]
) -> None:
    client = client_of(connect, demo)
    email = f"cut{time.monotonic()}@example.org"
    made = client.invites.create(demo["A"]["campaign_id"], emails=[email], send_email=False)
    token = made.invites[0].token
    client.interview.start(token, consent=True)
    with cutting(server.port) as proxy:
        reply = connect("", base_url=proxy.base).interview.answer(
            token, number=2, text="It took an hour."
        )
    assert reply.next_number == 4
    said = [turn.text for turn in client.interview.state(token).turns if turn.number == 2]
    assert (said, len(proxy.requests)) == (["It took an hour."], 2)


def test_what_another_call_would_do_again_is_not_repeated(
    connect: Any, server: Any, demo: dict[str, Any]
) -> None:
    token = demo["A"]["invite_token"]
    client = client_of(connect, demo)
    client.interview.start(token, consent=True)
    code = client.interview.create_code(token).code
    with cutting(server.port) as proxy, pytest.raises(ConnectionFailedError):
        connect("", base_url=proxy.base).interview.enter_code(code=code)
    assert len(proxy.requests) == 1


def test_retries_end(connect: Any, server: Any, demo: dict[str, Any]) -> None:
    with cutting(server.port, cuts=9) as proxy:
        client = connect(demo["A"]["key_owner"], base_url=proxy.base, max_retries=2)
        with pytest.raises(ConnectionFailedError):
            client.projects.list().page()
        assert len(proxy.requests) == 3


def test_one_key_of_ones_own_is_one_change(client: Any) -> None:
    key = f"mine-{time.monotonic()}"
    first = client.projects.create(name="Mine", idempotency_key=key)
    assert client.projects.create(name="Mine", idempotency_key=key) == first
    with pytest.raises(IdempotencyKeyReusedError):
        client.projects.create(name="Other", idempotency_key=key)
    assert client.projects.create(name="Mine").id != first.id


class TestClock:
    """Clock of the server for these requests, which moves by what the client waits."""

    __test__ = False

    def __init__(self, now: dt.datetime) -> None:
        self.now, self.sent = now, 0

    def __call__(self, request: httpx.Request) -> None:
        request.headers["X-Test-Now"] = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.sent += 1

    def wait(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)

    async def wait_too(self, seconds: float) -> None:
        self.wait(seconds)


DAYS = itertools.count()


def test_over_the_limit_it_waits_as_told(
    connect: Any, demo: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    day = dt.timedelta(days=next(DAYS))  # another for each client
    clock = TestClock(dt.datetime(2031, 1, 1, tzinfo=dt.UTC) + day)
    monkeypatch.setattr(transport, "time", SimpleNamespace(sleep=clock.wait))
    monkeypatch.setattr(transport, "anyio", SimpleNamespace(sleep=clock.wait_too))
    client = connect(demo["FREE"]["key_owner"], hook=clock, max_retries=0)
    for _ in range(100):
        client.projects.list().page()
    assert (client.rate_limit.limit, client.rate_limit.remaining) == (100, 0)
    clock.now = client.rate_limit.reset - dt.timedelta(seconds=3)
    with pytest.raises(RateLimitedError) as caught:
        client.projects.list().page()
    assert caught.value.retry_after == 3
    sent = clock.sent
    with pytest.raises(RateLimitedError):  # so long is not waited for
        client.with_options(max_retries=3, max_retry_wait=0.5).projects.list().page()
    assert clock.sent == sent + 1
    assert client.with_options(max_retries=3).projects.list().page().total >= 0
    assert clock.sent == sent + 3
    assert client.rate_limit.remaining == 99  # of the next hour


def test_errors_say_which_fields_are_wrong(client: Any, demo: dict[str, Any]) -> None:
    with pytest.raises(InvalidParameterError) as caught:
        client.campaigns.create(name="", script_id="x", project_id=demo["A"]["project_id"])
    fields = {one.field for one in caught.value.field_errors}
    assert {"name", "script_id"} <= fields
    assert all(one.expected and one.message for one in caught.value.field_errors)
    assert "INVALID_PARAMETER" in str(caught.value)


def test_a_key_that_is_wrong_is_refused(connect: Any, demo: dict[str, Any]) -> None:
    with pytest.raises(ApiError) as caught:
        connect(demo["A"]["key_revoked"]).billing.credits()
    assert (caught.value.status, caught.value.code) == (401, "UNAUTHENTICATED")


def test_a_call_without_a_key_is_not_sent(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERVIEWRELAY_API_KEY", raising=False)
    with Client(base_url=server.base) as client:
        with pytest.raises(InterviewRelayError, match="INTERVIEWRELAY_API_KEY"):
            client.billing.credits()
        assert client.docs.openapi().openapi


@pytest.mark.parametrize(
    "base", [None, "", "example.com", "ftp://example.com", "http://", "http://a.test:b"]
)
def test_a_client_needs_an_address(base: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERVIEWRELAY_BASE_URL", raising=False)
    with pytest.raises(InterviewRelayError, match="base_url"):
        Client("key", base_url=base)


def test_a_request_that_cannot_be_sent_is_tried_once(server: Any, waits: list[float]) -> None:
    with (
        Client("two\nlines", base_url=server.base) as client,
        pytest.raises(ConnectionFailedError),
    ):
        client.billing.credits()
    assert waits == []


def test_a_server_that_is_silent_or_away(connect: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        base = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(TimedOutError):
            connect("key", base_url=base, timeout=0.05, max_retries=1).projects.list().page()
    with pytest.raises(ConnectionFailedError):
        connect("key", base_url=base, max_retries=1).projects.list().page()
