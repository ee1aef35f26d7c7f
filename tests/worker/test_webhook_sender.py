"""Many deliveries at a time: whoever answers soon is told soon, however many others hang."""

import math
import threading
import time
from dataclasses import replace

import pytest

from interviewrelay.core.db.session import release_connection, transaction
from interviewrelay.core.ports.webhook_client import WebhookResponse
from interviewrelay.webhooks import endpoints, events
from interviewrelay.worker import webhook_sender
from tests.flows.waiting import until


class Hanging:
    """Calls that hang where the URL says so, until all are let go."""

    def __init__(self):
        self.told, self.let_go = [], threading.Event()

    def check(self, url):
        pass

    def post(self, url, body, headers):
        if "hangs" in url:
            self.let_go.wait()
        self.told.append(url)
        return WebhookResponse(204)


@pytest.fixture
def calls(app, services):
    hanging = Hanging()
    app.extensions["services"] = replace(services, webhook_client=hanging)
    yield hanging
    hanging.let_go.set()


def a_webhook(services, somebody, url):
    with transaction():
        return endpoints.add_webhook(
            services, somebody.actor.org_id, endpoints.WebhookSettings(url, ("*",))
        )[0]


def happens(somebody):
    with transaction():
        events.emit_events(somebody.actor.org_id, events.EventPayload("credits.low", {}))
    release_connection()


def test_endpoints_that_hang_hold_up_nobody_who_answers_soon(
    app, services, ann, ben, calls, monkeypatch
):
    monkeypatch.setattr(webhook_sender, "THREADS", 4)
    monkeypatch.setattr(webhook_sender, "FOR_ANY", 2)
    monkeypatch.setattr(webhook_sender, "SOON", math.inf)  # whoever answers at all
    a_webhook(services, ben, "https://hooks.example/soon")
    for number in range(3):
        a_webhook(services, ann, f"https://hooks.example/hangs/{number}")
    at_work = webhook_sender.WebhookSender(app)
    at_work.start()
    try:
        happens(ben)
        until(lambda: len(calls.told) == 1)
        for _ in range(2):
            happens(ann)
        time.sleep(webhook_sender.LOOKS_AGAIN * 2)
        happens(ben)
        until(lambda: len(calls.told) == 2)
        assert calls.told == ["https://hooks.example/soon"] * 2
        calls.let_go.set()
        until(lambda: len(calls.told) == 8)
    finally:
        calls.let_go.set()
        at_work.stop()
