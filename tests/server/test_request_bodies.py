"""The budget of request bodies: who is turned away, for what, and that all of it comes back."""

import asyncio
import json
import selectors
from urllib.parse import quote

import pytest
from flask import Flask, request

from interviewrelay.server import asgi_server, request_bodies, request_limits
from interviewrelay.server.request_bodies import KIB, MIB, BodyBudget, BodyRefused, SenderGone

PART = b"x" * 1_000


class Sender:
    """Sends a body in parts, each when it is let."""

    def __init__(self, budget, address="192.0.2.1", announced=1_000_000, most=1_000_000):
        self._parts = asyncio.Queue()
        self._budget, self._most = budget, most
        self._given = address, announced
        self.over = asyncio.create_task(self._run())

    async def _run(self):
        with self._budget.open(*self._given) as body:
            try:
                return len(await self._budget.read(body, self._parts.get, self._most))
            except BodyRefused as refused:
                return -refused.status

    async def send(self, *parts, last=False):
        for part in parts:
            message = {"type": "http.request", "body": part, "more_body": not last}
            self._parts.put_nowait(message)
        for _ in range(5):
            await asyncio.sleep(0)

    async def hang_up(self):
        self._parts.put_nowait({"type": "http.disconnect"})


class Jumps(selectors.DefaultSelector):
    """Clock of a loop that has nothing but timers: it jumps to the next one as soon as nothing is left
    to do before it."""

    now = 0.0

    def select(self, timeout=None):
        self.now += timeout or 0.0
        return super().select(timeout and 0)


def jumping_loop():
    clock = Jumps()
    loop = asyncio.SelectorEventLoop(clock)
    loop.time = lambda: clock.now
    return loop


def told(story, **budget):
    async def run():
        made = BodyBudget(**budget)
        await asyncio.wait_for(story(made), 60)
        assert made.held == 0, "everything has been given back"
        assert not made._incoming
        assert not made._shares

    with asyncio.Runner(loop_factory=jumping_loop) as runner:
        runner.run(run())


def test_who_sends_too_slowly_is_told_so(monkeypatch):
    monkeypatch.setattr(request_bodies, "PACE_AFTER", 0.2)
    monkeypatch.setattr(request_bodies, "PACE", 10_000)

    async def story(budget):
        slow, quick, silent = Sender(budget), Sender(budget), Sender(budget)
        await slow.send(PART)
        await quick.send(*[PART] * 5)
        assert await silent.over == -408
        assert await slow.over == -408
        assert not quick.over.done(), "it has sent enough for half a second"
        await quick.send(PART, last=True)
        assert await quick.over == 6_000

    told(story)


def test_a_slow_sender_holds_no_thread(monkeypatch):
    """One thread serves all; it is not among those whose bodies are still coming."""
    monkeypatch.setattr(request_bodies, "PACE_AFTER", 600.0)
    app = Flask("counts")
    app.add_url_rule("/", methods=["POST"], view_func=lambda: str(len(request.data)))
    collected, rest, answers = asgi_server.BufferedRequests(app, 1), asyncio.Event(), []

    async def call(first, slow):
        parts = [{"type": "http.request", "body": first, "more_body": slow}]

        async def receive():
            if not parts:
                await rest.wait()
                return {"type": "http.request", "body": b"the rest"}
            return parts.pop()

        async def send(message):
            if message.get("body"):
                answers.append(message["body"])

        await collected(scope_of([]), receive, send)

    async def run():
        slow = [asyncio.create_task(call(PART, slow=True)) for _ in range(3)]
        await asyncio.wait_for(call(b"four", slow=False), 60)
        assert answers == [b"4"]
        rest.set()
        await asyncio.gather(*slow)

    asyncio.run(run())
    assert answers == [b"4", *[b"1008"] * 3]


def test_nobody_may_take_longer_than_half_a_minute(monkeypatch):
    monkeypatch.setattr(request_bodies, "BODY_SECONDS", 0.1)

    async def story(budget):
        sender = Sender(budget)
        await sender.send(*[PART] * 500)
        assert await sender.over == -408

    told(story)


def test_the_slowest_of_an_address_goes_when_its_share_is_full(monkeypatch):
    monkeypatch.setattr(request_bodies, "YOUNG", 0.0)

    async def story(budget):
        other = Sender(budget, "192.0.2.9")
        await other.send(PART)
        slow = Sender(budget)
        await slow.send(PART)
        await asyncio.sleep(0.05)
        quick = Sender(budget)
        await quick.send(*[PART] * 4)
        assert await slow.over == -503
        for left in (other, quick):
            await left.send(b"", last=True)
        assert (await other.over, await quick.over) == (1_000, 4_000)

    told(story, share=6_000)  # large ones may have 4,500


def test_a_newcomer_is_not_judged_by_its_pace():
    async def story(budget):
        old = Sender(budget)
        await old.send(*[PART] * 3)
        budget._incoming.copy().pop().began -= 2
        new = Sender(budget)
        await new.send(PART)
        assert await old.over == -503
        await new.send(PART, last=True)
        assert await new.over == 2_000

    told(story, share=4_000)


def test_small_bodies_get_through_when_large_ones_have_filled_the_budget():
    async def story(budget):
        senders = [Sender(budget, f"192.0.2.{number}") for number in range(8)]
        for sender in senders:
            await sender.send(*[PART] * 4)
        large = [sender for sender in senders if not sender.over.done()]
        assert len(large) == 6
        small = Sender(budget, "198.51.100.1", announced=8_000)
        await small.send(*[PART] * 8)
        assert not any(sender.over.done() for sender in large)
        await small.send(b"", last=True)
        assert await small.over == 8_000
        for sender in large:
            await sender.hang_up()
        for sender in large:
            with pytest.raises(SenderGone):
                await sender.over

    told(story, budget=32_000)


def test_a_body_counts_until_its_request_is_answered():
    async def story(budget):
        with budget.open("192.0.2.1", 1_000) as body:
            message = {"type": "http.request", "body": PART}

            async def receive():
                return message

            assert await budget.read(body, receive, 1_000) == PART
            assert (budget.held, body.data) == (1_000, b"")

    told(story)


def test_what_is_larger_than_it_may_be_is_refused_at_that_byte():
    async def story(budget):
        sender = Sender(budget, most=1_500)
        await sender.send(PART, PART)
        assert await sender.over == -413

    told(story)


ANSWER = "\N{GRINNING FACE}" * 10_000
METADATA = {f"{number:02}" + "\N{GRINNING FACE}" * 98: "\N{GRINNING FACE}" * 500 for number in range(50)}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/api/projects", 1024 * KIB),
        ("/scripts/import", 2048 * KIB),
        ("/settings/branding", 2048 * KIB),
        ("/settings/security/password", 64 * KIB),
        ("/login", 64 * KIB),
        ("/logins", 2048 * KIB),
        ("/setup", 64 * KIB),
        ("/password/of-somebody", 64 * KIB),
        ("/join/somebody", 64 * KIB),
        ("/interview", 64 * KIB),
        ("/interview/token/complete", 64 * KIB),
        ("/interview/token/turns", 128 * KIB),
        ("/interview/token/review", 128 * KIB),
        ("/interview/token/start", 384 * KIB),
        ("/interview/token/audio", 26 * MIB),
        ("/interview/token/audio/", 26 * MIB),
        ("/interview/token/audio/clip-0001/pieces/7", 8 * MIB),
        ("/interview/token/audio/clip-0001/pause", 64 * KIB),
        ("/interview/token/audio/clip-0001/pieces/x", 64 * KIB),
        ("/interview/token/more/audio", 64 * KIB),
        ("/api/interview/token/audio", 1 * MIB),
    ],
)
def test_how_large_a_body_may_be_is_said_by_its_path(path, most):
    assert request_limits.get_max_body_bytes(path) == most


def test_recordings_take_no_room_from_answers():
    """Three whole recordings at once fit; the slowest of more makes room for the others."""

    async def story(budget):
        whole = b"x" * (15 * MIB)
        senders = [
            Sender(budget, f"192.0.2.{n}", announced=len(whole), most=26 * MIB)
            for n in range(3)
        ]
        for sender in senders:
            await sender.send(whole, last=True)
        assert [await sender.over for sender in senders] == [15 * MIB] * 3

    limits = request_bodies.UPLOADS, request_bodies.UPLOAD_SHARE
    told(story, budget=limits[0], share=limits[1])
    front = asgi_server.BufferedRequests(Flask("counts"), 1)
    assert front._uploads is not front._bodies


def test_participants_may_send_the_longest_answer_in_any_writing():
    longest = request_limits.get_max_body_bytes("/interview/token/turns")
    assert len(json.dumps({"number": 1, "text": ANSWER, "client_turn_id": "c" * 100})) < longest
    assert len("number=1&text=" + quote(ANSWER)) < longest
    start = json.dumps({"consent": True, "metadata": METADATA})
    assert len(start) < request_limits.get_max_body_bytes("/interview/token/start")


def scope_of(headers):
    return {
        "type": "http", "http_version": "1.1", "method": "POST", "path": "/", "raw_path": b"/",
        "query_string": b"", "scheme": "http", "headers": [(b"host", b"localhost"), *headers],
        "server": ("localhost", 80), "client": ("203.0.113.7", 1),
    }  # fmt: skip


class Told:
    trusted_proxies = 1


def counted_for(headers, proxies):
    """The address that a body has counted for."""
    app = Flask("counts")
    app.add_url_rule("/", methods=["POST"], view_func=lambda: str(len(request.data)))
    app.extensions["settings"] = Told() if proxies else None
    collected, seen = asgi_server.BufferedRequests(app, 1), []
    opened = collected._bodies.open
    collected._bodies.open = lambda sender, size: seen.append(sender) or opened(sender, size)

    async def receive():
        return {"type": "http.request", "body": b"four"}

    async def send(message):
        if "body" in message:
            seen.append(message["body"])

    asyncio.run(collected(scope_of(headers), receive, send))
    assert seen.pop() == b"4"
    return seen[0]


def test_a_body_counts_for_whom_trusted_proxies_name_and_for_nobody_else():
    one = [(b"x-forwarded-for", b"192.0.2.1"), (b"x-forwarded-for", b"198.51.100.2, 192.0.2.3")]
    assert counted_for(one, proxies=True) == "192.0.2.3"
    assert counted_for([(b"x-forwarded-for", b"2001:db8::1")], proxies=True) == "2001:db8::/64"
    assert counted_for(one, proxies=False) == "203.0.113.7"
    assert counted_for([], proxies=True) == "203.0.113.7"
