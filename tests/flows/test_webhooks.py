"""A real server tells real receivers: what arrives, what is no success, and who is held up by whom."""

import time

import pytest
from standardwebhooks import Webhook

from tests.flows.receiver import HOST, receiving
from tests.flows.server import Server
from tests.flows.waiting import until


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


@pytest.fixture
def server(copy_of_it, tmp_path):
    with Server(tmp_path, WEBHOOK_ALLOWED_CIDRS=f"{HOST}/32") as made:
        yield copy_of_it(made).start()


def a_webhook(server, key, url, *kinds):
    body = {"url": url, "events": list(kinds or ("*",))}
    made = server.call("POST", "/api/webhooks", body, key=key)
    assert made.status == 201, made.body
    return made.json


def invited(server, given, count, key):
    emails = [f"p{number}.{time.monotonic_ns()}@example.com" for number in range(count)]
    body = {"emails": emails, "send_email": False}
    path = f"/api/campaigns/{given['campaign_id']}/invites"
    assert server.call("POST", path, body, key=key).status == 201


def log(server, key, webhook):
    path = f"/api/webhooks/{webhook['id']}/deliveries?limit=100"
    return server.call("GET", path, key=key).json["deliveries"]


def attempts(server, key, webhook):
    """Of the newest delivery."""
    return log(server, key, webhook)[0]["attempts"]


def test_what_happens_arrives_and_verifies(server, receiver):
    given = server.fixtures["A"]
    key = given["key_owner"]
    webhook = a_webhook(server, key, receiver.url("ok"), "invite.created", "webhook.ping")
    invited(server, given, 3, key)
    posts = receiver.wait_for(3, "ok")
    for post in posts:
        headers = {name.lower(): value for name, value in post.headers.items()}
        assert Webhook(webhook["secret"]).verify(post.body, headers)
        assert post.event["type"] == "invite.created"
    # It is marked after it has arrived.
    until(lambda: {d["status"] for d in log(server, key, webhook)} == {"delivered"})
    tested = server.call("POST", f"/api/webhooks/{webhook['id']}/test", key=key)
    assert tested.status == 202
    assert receiver.wait_for(4, "ok")[-1].event["type"] == "webhook.ping"


FAULTS = {
    "500": (500, None), "404": (404, None), "302": (302, None), "429": (429, None), "103": (None, "http"),
    "reset": (None, "reset"), "empty": (None, "reset"), "headers": (None, "http"),
}  # fmt: skip


def test_what_is_no_success_is_told_and_tried_again_and_no_redirect_is_followed(
    server, receiver
):
    key = server.fixtures["A"]["key_owner"]
    made = {
        word: a_webhook(server, key, receiver.url(f"once-{word}"), "webhook.ping")
        for word in FAULTS
    }
    for webhook in made.values():
        assert server.call("POST", f"/api/webhooks/{webhook['id']}/test", key=key).status == 202
    for word in FAULTS:
        receiver.wait_for(2, f"once-{word}")
    for word, webhook in made.items():
        until(lambda webhook=webhook: len(attempts(server, key, webhook)) == 2)
        first, second = attempts(server, key, webhook)
        assert (first["status"], first["error"]) == FAULTS[word]
        assert second["status"] == 204
    assert receiver.to("canary") == []
    for word in FAULTS:
        first, second = receiver.to(f"once-{word}")
        assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_an_answer_without_an_end_is_read_no_further_than_it_counts(server, receiver):
    key = server.fixtures["A"]["key_owner"]
    words = ("endless", "promises")
    made = [a_webhook(server, key, receiver.url(word), "webhook.ping") for word in words]
    before = server.memory()
    for webhook in made:
        server.call("POST", f"/api/webhooks/{webhook['id']}/test", key=key)
    until(lambda: all(attempts(server, key, webhook) for webhook in made))
    for webhook in made:
        (attempt,) = attempts(server, key, webhook)
        assert (attempt["status"], attempt["error"]) == (200, None)
        assert len(attempt["answer"]) <= 2_048
    assert server.memory() - before < 16 * 1024


def test_twenty_slow_endpoints_hold_up_nobody_else(server, receiver):
    """Ten drip a byte a second, ten never answer; twenty healthy ones of another organization hear of
    everything. `python -m bench webhooks` measures how soon.
    """
    slow, quick = server.fixtures["A"]["key_owner"], server.fixtures["B"]["key_owner"]
    for number in range(9):  # and the one that the demonstration brings
        a_webhook(server, slow, receiver.url(f"drip/{number}"))
        a_webhook(server, slow, receiver.url(f"hangs/{number}"))
    for number in range(18):
        a_webhook(server, quick, receiver.url(f"ok/{number}"))
    invited(server, server.fixtures["A"], 4, slow)
    receiver.wait_for(30)
    invited(server, server.fixtures["B"], 10, quick)
    for number in range(18):
        receiver.wait_for(10, f"ok/{number}")
