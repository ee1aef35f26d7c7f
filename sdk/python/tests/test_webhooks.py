"""Verification of webhooks, on real deliveries and in both examples."""

import base64
import contextlib
import hashlib
import hmac
import http.server
import importlib
import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import uvicorn
import werkzeug.serving

from interviewrelay_client import Client, WebhookVerificationError, models, verify_webhook
from interviewrelay_client.webhook_verification import Scheme

HOST = "127.0.0.2"
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SCHEMES: tuple[Scheme, ...] = ("standard", "timestamped", "body")
SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()

Post = tuple[dict[str, str], bytes]


def until(found: Any, seconds: float = 120) -> Any:
    """What is found, once it is true."""
    end = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return value


@pytest.fixture
def owner(server: Any) -> Iterator[Client]:
    with Client(server.demo["A"]["key_owner"], base_url=server.base) as client:
        yield client


@contextlib.contextmanager
def receiving() -> Iterator[tuple[str, list[Post]]]:
    """Address of a receiver, and what it gets."""
    posts: list[Post] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posts.append((dict(self.headers.items()), body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    made = http.server.ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    try:
        yield f"http://{HOST}:{made.server_address[1]}/", posts
    finally:
        made.shutdown()
        thread.join()
        made.server_close()


def test_real_deliveries(owner: Client) -> None:
    with receiving() as (url, posts):
        webhook = owner.webhooks.create(url=url, events=["invite.created", "webhook.ping"])
        owner.webhooks.test(webhook.id)
        headers, body = until(lambda: posts)[0]
        for scheme in SCHEMES:
            event = verify_webhook(body, headers, webhook.secret, scheme=scheme)
            assert isinstance(event, models.WebhookPingEvent)
            assert (event.data.webhook_id, event.type) == (webhook.id, "webhook.ping")
            for changed in (body.replace(b"ping", b"pong"), body + b" ", b""):
                refuse(changed, headers, webhook.secret, scheme)
            refuse(body, headers, SECRET, scheme)
            refuse(body, {}, webhook.secret, scheme)
            assert verify_webhook(body, headers, [SECRET, webhook.secret], scheme=scheme)

        rotated = owner.webhooks.rotate_secret(webhook.id)
        owner.webhooks.test(webhook.id)
        headers, body = until(lambda: len(posts) > 1 and posts)[1]
        for secret in (webhook.secret, rotated.secret):
            assert verify_webhook(body, headers, secret)
        owner.webhooks.delete(webhook.id)


def refuse(body: bytes, headers: dict[str, str], secret: str, scheme: Scheme) -> None:
    with pytest.raises(WebhookVerificationError):
        verify_webhook(body, headers, secret, scheme=scheme)


def signed(body: bytes, at: float, secret: str = SECRET) -> dict[str, str]:
    """Headers of a delivery, as docs/webhooks.md describes them."""

    def mac(key: bytes, text: bytes) -> bytes:
        return hmac.new(key, text, hashlib.sha256).digest()

    seconds, milliseconds = str(int(at)), str(int(at * 1000))
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    standard = base64.b64encode(mac(raw, f"evt_1.{seconds}.".encode() + body)).decode()
    return {
        "webhook-id": "evt_1",
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1a,other v1,{standard}",
        "X-InterviewRelay-Timestamp": milliseconds,
        "X-InterviewRelay-Signature": mac(
            secret.encode(), f"{milliseconds}.".encode() + body
        ).hex(),
        "X-Webhook-Signature": mac(secret.encode(), body).hex(),
    }


EVENT = {"id": "evt_1", "type": "custom.kind", "event": "custom.kind", "timestamp":
         "2026-03-02T10:00:00Z", "session_id": None, "sequence": None, "data": {"a": 1}}  # fmt: skip
BODY = json.dumps(EVENT).encode()


def test_replays_are_refused() -> None:
    old, new = signed(BODY, time.time() - 400), signed(BODY, time.time() + 400)
    for headers in (old, new):
        refuse(BODY, headers, SECRET, "standard")
        refuse(BODY, headers, SECRET, "timestamped")
        assert verify_webhook(BODY, headers, SECRET, scheme="body")
        assert verify_webhook(BODY, headers, SECRET, tolerance=500)


def test_an_unknown_event_is_a_plain_one() -> None:
    event = verify_webhook(BODY, signed(BODY, time.time()), SECRET)
    assert type(event) is models.Event
    assert event.data == {"a": 1}
    assert verify_webhook(BODY.decode(), signed(BODY, time.time()), SECRET) == event


@pytest.mark.parametrize("body", [b"", b"[]", b"no", b"\xff", b"null"])
def test_a_body_that_is_no_event_is_refused(body: bytes) -> None:
    refuse(body, signed(body, time.time()), SECRET, "standard")


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 400, "١٢", "1e9", "\udcff"])
@pytest.mark.parametrize("scheme", ["standard", "timestamped"])
def test_a_timestamp_that_is_none_is_refused(value: str, scheme: Scheme) -> None:
    headers = signed(BODY, time.time())
    name = "webhook-timestamp" if scheme == "standard" else "X-InterviewRelay-Timestamp"
    refuse(BODY, {**headers, name: value}, SECRET, scheme)


def test_signatures_of_strangers_are_refused() -> None:
    headers = signed(BODY, time.time())
    for value in ("", " ", "v1", "v1,", "v1,\udcff", "v2," + headers["webhook-signature"][12:]):
        refuse(BODY, {**headers, "webhook-signature": value}, SECRET, "standard")


@pytest.mark.parametrize("secret", ["", [], ["", SECRET], "whsec_not base64"])
def test_a_secret_that_is_none_is_a_mistake(secret: Any) -> None:
    with pytest.raises(ValueError, match="secret"):
        verify_webhook(BODY, signed(BODY, time.time()), secret)


def load(name: str, secret: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("WEBHOOK_SECRET", secret)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    sys.modules.pop(name, None)
    return importlib.import_module(name)


@contextlib.contextmanager
def flask_server(app: Any) -> Iterator[int]:
    made = werkzeug.serving.make_server(HOST, 0, app, threaded=True)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    try:
        yield made.server_port
    finally:
        made.shutdown()
        thread.join()


@contextlib.contextmanager
def fastapi_server(app: Any) -> Iterator[int]:
    made = uvicorn.Server(uvicorn.Config(app, host=HOST, port=0, log_level="error"))
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        until(lambda: made.started)
        yield made.servers[0].sockets[0].getsockname()[1]
    finally:
        made.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    ("name", "serving"),
    [("flask_webhooks", flask_server), ("fastapi_webhooks", fastapi_server)],
)
def test_an_example_receives_real_deliveries(
    name: str,
    serving: Any,
    owner: Client,
    demo: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = load(name, "not yet known", monkeypatch)
    with serving(module.app) as port:
        url = f"http://{HOST}:{port}/webhooks/interviewrelay"
        webhook = owner.webhooks.create(url=url, events=["webhook.ping", "session.completed"])
        monkeypatch.setattr(module, "SECRET", SECRET)
        wrong = owner.webhooks.test(webhook.id)
        until(lambda: attempts(owner, webhook.id, wrong.id) == [400])
        monkeypatch.setattr(module, "SECRET", webhook.secret)
        right = owner.webhooks.test(webhook.id)
        until(lambda: attempts(owner, webhook.id, right.id) == [204])
        assert right.event_id in module.processed
        finish_interview(owner, demo["A"]["campaign_id"])
        until(lambda: len(module.processed) == 2)
        owner.webhooks.delete(webhook.id)


def attempts(owner: Client, webhook_id: str, delivery_id: str) -> list[int | None]:
    found = next(one for one in owner.webhooks.deliveries(webhook_id) if one.id == delivery_id)
    return [one.status for one in found.attempts]


def finish_interview(owner: Client, campaign_id: str) -> None:
    email = f"w{time.monotonic()}@example.org"
    made = owner.invites.create(campaign_id, emails=[email], send_email=False)
    token = made.invites[0].token
    assert token
    owner.interview.start(token, consent=True)
    owner.interview.answer(token, number=2, text="It took an hour, and nobody said why.")
    owner.interview.complete(token)
