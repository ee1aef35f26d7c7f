"""A stand-in for Stripe on loopback: its HTTP API as far as Checkout needs it, and its signatures."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

SECRET = "whsec_for_tests"
KEY = "sk_test_for_tests"


class StandIn:
    """Keeps the checkouts that were made, by idempotency key; `status` other than 200 refuses."""

    def __init__(self) -> None:
        self.checkouts: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, str]] = []
        self.status = 200
        self.url = ""

    def create(self, key: str, given: dict[str, str]) -> dict[str, Any]:
        self.asked.append(given)
        made = {
            "id": f"cs_test_{len(self.checkouts) + 1}",
            "object": "checkout.session",
            "url": f"https://checkout.stripe.example/{len(self.checkouts) + 1}",
            "client_reference_id": given["client_reference_id"],
            "amount_total": int(given["line_items[0][price_data][unit_amount]"]),
            "currency": given["line_items[0][price_data][currency]"],
            "payment_status": "unpaid",
            "payment_intent": None,
        }
        return self.checkouts.setdefault(key, made)

    def paid(self, checkout: dict[str, Any], intent: str = "pi_1", **more: Any) -> bytes:
        told = {**checkout, "payment_status": "paid", "payment_intent": intent, **more}
        return event("checkout.session.completed", told)


def event(kind: str, told: dict[str, Any]) -> bytes:
    body = {"id": "evt_1", "object": "event", "type": kind, "data": {"object": told}}
    return json.dumps(body, indent=2).encode()


def refunded(checkout: dict[str, Any], cents: int, intent: str = "pi_1") -> bytes:
    told = {
        "object": "charge",
        "payment_intent": intent,
        "amount_refunded": cents,
        "currency": "eur",
        "metadata": {"payment_id": checkout["client_reference_id"]},
    }
    return event("charge.refunded", told)


def signed(body: bytes, *, secret: str = SECRET, age: int = 0) -> str:
    """The header that Stripe sends with these bytes."""
    at = int(time.time()) - age
    mark = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mark}"


@contextmanager
def serving() -> Iterator[StandIn]:
    stripe = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer: dict[str, Any] = {"error": {"message": "No.", "type": "api_error"}}
            status = stripe.status
            if self.headers["Authorization"] != f"Bearer {KEY}":
                status = 401
            elif self.path != "/v1/checkout/sessions":
                status = 404
            elif status == 200:
                given = dict(parse_qsl(body.decode()))
                answer = stripe.create(self.headers["Idempotency-Key"], given)
            raw = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stripe.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield stripe
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
