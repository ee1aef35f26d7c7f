"""A worker that dies at its worst moments: everything is told at least once, and at most once more."""

import contextlib
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.flows import mail_sink
from tests.flows.receiver import HOST, receiving
from tests.flows.server import Server, demonstration

LATER = timedelta(minutes=10)
"""After which every lease is over."""
PEOPLE = 5


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


def with_failpoint(server: Server, name: str) -> Server:
    server.environment["IR_FAILPOINT"] = name
    return server


def dies(server: Server) -> None:
    assert server.process is not None
    server.process.wait(30)
    assert server.process.returncode == -9


def a_round(server: Server) -> None:
    """Whatever the dead one left, done as if ten minutes had gone by."""
    server.environment.pop("IR_FAILPOINT", None)
    at = f"{datetime.now(UTC) + LATER:%Y-%m-%dT%H:%M:%SZ}"
    server.command("worker", "--once", "--now", at)


def invite(server, given, *, mailed):
    body = {"emails": [f"p{n}@x.example" for n in range(PEOPLE)], "send_email": mailed}
    path = f"/api/campaigns/{given['campaign_id']}/invites"
    with contextlib.suppress(ConnectionError):  # it may die before it has answered
        made = server.call("POST", path, body, key=given["key_owner"])
        assert made.status == 201, made.body


@pytest.mark.parametrize("point", ["delivery claimed", "delivery sent", "delivery marked"])
def test_no_event_is_lost_and_one_is_told_twice_at_most(template, tmp_path, receiver, point):
    told = {"WEBHOOK_ALLOWED_CIDRS": f"{HOST}/32"}
    with demonstration(template, tmp_path, **told) as (server, fixtures):
        given = fixtures["A"]
        for org in (given, fixtures["B"]):  # nobody answers there: each retry would count
            path = f"/api/webhooks/{org['webhook_id']}"
            assert server.call("DELETE", path, key=org["key_owner"]).status == 204
        webhook = {"url": receiver.url("ok"), "events": ["invite.created"]}
        made = server.call("POST", "/api/webhooks", webhook, key=given["key_owner"])
        server.term()
        with_failpoint(server, f"{point}:3").start()
        invite(server, given, mailed=False)
        dies(server)
        a_round(server)
        server.start()
        path = f"/api/webhooks/{made.json['id']}/deliveries?limit=100"
        log = server.call("GET", path, key=given["key_owner"]).json["deliveries"]
        assert Counter(d["status"] for d in log) == {"delivered": PEOPLE}
        heard = Counter(post.headers["webhook-id"] for post in receiver.to("ok"))
        assert heard.keys() == {d["event_id"] for d in log}
        # Two are under way at once: each of them may have to be told again.
        assert sum(heard.values()) - PEOPLE <= 2
        assert len({post.body for post in receiver.to("ok")}) == PEOPLE


@pytest.mark.parametrize("point", ["mail claimed", "mail sent"])
def test_no_mail_is_lost_and_one_is_sent_twice_at_most(template, tmp_path, point):
    with (
        mail_sink.serving() as letters,
        demonstration(template, tmp_path, SMTP_URL=letters.url) as (server, fixtures),
    ):
        until = time.monotonic() + 30  # the demonstration's own mails go first
        before = -1
        while before != len(letters.kept) and time.monotonic() < until:
            before = len(letters.kept)
            time.sleep(2)
        server.term()
        with_failpoint(server, f"{point}:3").start()
        invite(server, fixtures["A"], mailed=True)
        dies(server)
        a_round(server)
        for number in range(PEOPLE):
            letters.to(f"p{number}@x.example")
        theirs = [letters.times[f"p{number}@x.example"] for number in range(PEOPLE)]
        assert sum(theirs) - PEOPLE <= 1


def test_what_is_kept_no_longer_goes_though_the_sweep_is_killed(template, tmp_path):
    with demonstration(template, tmp_path) as (server, fixtures):
        key = fixtures["A"]["key_owner"]
        before = server.call("GET", "/api/sessions", key=key).json["total"]
        people = [line.split("\t") for line in server.command("accounts", "list").splitlines()]
        (slug,) = (row[0] for row in people if "owner@alder.example" in row)
        server.term()
        server.command("retention", "set", slug, "1")
        with_failpoint(server, "retention:2").start()
        dies(server)
        a_round(server)
        a_round(server)
        server.start()
        left = server.call("GET", "/api/sessions", key=key).json["total"]
        assert left < before
        assert "FAIL" not in server.command("doctor")
