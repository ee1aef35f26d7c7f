"""The way from a stream of the application to one reader."""

import asyncio
import threading

import pytest
from flask import Flask, Response

from interviewrelay.core.errors import PayloadTooLarge
from interviewrelay.server import asgi_server, wsgi_bridge
from interviewrelay.web.middleware import server_refusals

SECONDS = 60
SCOPE = {
    "type": "http", "http_version": "1.1", "method": "GET", "path": "/", "raw_path": b"/", "query_string": b"",
    "root_path": "", "scheme": "http", "headers": [(b"host", b"localhost")], "server": ("localhost", 80),
}  # fmt: skip


class Streaming:
    """An application that streams until nobody reads; it counts what it made."""

    def __init__(self, most=1_000_000):
        self.made, self.most, self.ended = 0, most, threading.Event()
        self.app = Flask("streams")
        self.app.add_url_rule("/", view_func=self.view)

    def view(self):
        def pieces():
            try:
                while self.made < self.most:
                    self.made += 1
                    yield b"x" * 1_000
            finally:
                self.ended.set()

        return Response(pieces())


def served(app, receive, send):
    async def run():
        collected = asgi_server.BufferedRequests(app, 2)
        await asyncio.wait_for(collected(dict(SCOPE), receive, send), SECONDS)

    asyncio.run(run())


def asks(then):
    """A reader that sends its request and goes away when it has read `then`, if it does."""
    sent = asyncio.Event()

    async def receive():
        if not sent.is_set():
            sent.set()
            return {"type": "http.request", "body": b"", "more_body": False}
        await then.wait()
        return {"type": "http.disconnect"}

    return receive


def test_whether_it_is_alive_is_told_while_all_threads_have_work():
    app, busy, done = Flask(__name__), threading.Barrier(3), threading.Event()

    @app.get("/work")
    def work():
        busy.wait(SECONDS)
        done.wait(SECONDS)
        return "done"

    app.add_url_rule("/livez", view_func=lambda: "alive")
    told = []

    async def run():
        collected = asgi_server.BufferedRequests(app, 2)

        def call(path):
            async def send(message):
                told.append((path, message.get("body")))

            scope = {**SCOPE, "path": path, "raw_path": path.encode()}
            return asyncio.create_task(collected(scope, asks(asyncio.Event()), send))

        working = [call("/work"), call("/work")]
        await asyncio.to_thread(busy.wait, SECONDS)
        await asyncio.wait_for(call("/livez"), SECONDS)
        assert ("/livez", b"alive") in told
        assert ("/work", b"done") not in told
        done.set()
        await asyncio.gather(*working)

    asyncio.run(run())
    assert told.count(("/work", b"done")) == 2


@pytest.mark.parametrize(
    "waits",
    ["/interview/t/audio", "/interview/t/audio/clip-0001/pause", "/interview/t/speech/1"],
)
def test_answers_are_taken_while_others_wait_for_a_recogniser(waits):
    app, busy, done = Flask(__name__), threading.Barrier(5), threading.Event()

    def recognise():
        busy.wait(SECONDS)
        done.wait(SECONDS)
        return "recognised"

    app.add_url_rule(waits, "waits", recognise)
    quick = (
        "/interview/t/turns",
        "/interview/t/audio/clip-0001/pieces/7",
        "/interview/t/state",
    )
    for path in quick:
        app.add_url_rule(path, path, lambda: "taken")
    told = []

    async def run():
        collected = asgi_server.BufferedRequests(app, 1)

        def call(path):
            async def send(message):
                told.append((path, message.get("body")))

            scope = {**SCOPE, "path": path, "raw_path": path.encode()}
            return asyncio.create_task(collected(scope, asks(asyncio.Event()), send))

        working = [call(waits) for _ in range(asgi_server.SPEECH_THREADS + 2)]
        await asyncio.to_thread(busy.wait, SECONDS)
        for path in quick:
            await asyncio.wait_for(call(path), SECONDS)
        assert {(path, b"taken") for path in quick} <= set(told)
        done.set()
        busy.abort()
        await asyncio.gather(*working)

    asyncio.run(run())


def test_others_are_answered_when_what_was_owed_is_done(monkeypatch):
    monkeypatch.setattr(asgi_server, "CATCH_UP", SECONDS)
    app, told, caught_up = Flask(__name__), [], threading.Event()
    app.add_url_rule("/livez", "livez", lambda: "alive")
    app.add_url_rule("/work", "work", lambda: "done")

    async def run():
        collected = asgi_server.BufferedRequests(app, 2, caught_up)

        async def call(path):
            async def send(message):
                told.append(message.get("body"))

            scope = {**SCOPE, "path": path, "raw_path": path.encode()}
            await collected(scope, asks(asyncio.Event()), send)

        waiting = [asyncio.create_task(call("/work")) for _ in range(3)]
        await asyncio.sleep(0.1)
        await asyncio.wait_for(call("/livez"), SECONDS)
        assert told == [None, b"alive"]
        caught_up.set()
        await asyncio.gather(*waiting)

    asyncio.run(run())
    assert told.count(b"done") == 3


def test_a_flood_of_refusals_takes_no_threads():
    """One is worded by the application, which is slow here; all others are refused at once."""
    app, hold = Flask(__name__), threading.Event()
    server_refusals.register(app)
    app.register_error_handler(
        PayloadTooLarge, lambda refused: (refused.message, refused.status)
    )
    app.before_request_funcs[None].insert(0, lambda: hold.wait(SECONDS) and None)
    told = []

    async def run():
        collected, all_but_one = asgi_server.BufferedRequests(app, 8), asyncio.Event()
        length = (b"content-length", b"9000000")
        scope = {**SCOPE, "method": "POST", "headers": [*SCOPE["headers"], length]}

        async def send(message):
            if message["type"] == "http.response.start":
                told.append(message["status"])
                if len(told) == 19:
                    all_but_one.set()

        calls = [
            asyncio.create_task(collected(dict(scope), asks(asyncio.Event()), send))
            for _ in range(20)
        ]
        await asyncio.wait_for(all_but_one.wait(), SECONDS)
        assert told == [413] * 19
        hold.set()
        await asyncio.gather(*calls)

    asyncio.run(run())
    assert told == [413] * 20


def test_a_stream_waits_for_its_reader():
    made, most_ahead = Streaming(most=200), []
    read = 0

    async def send(message):
        nonlocal read
        await asyncio.sleep(0.002)
        read += bool(message.get("body"))
        most_ahead.append(made.made - read)

    served(made.app, asks(asyncio.Event()), send)
    assert read == 200
    assert max(most_ahead) <= 15  # a handful of pieces wait, however slow the reader is


def test_a_stream_ends_when_its_reader_goes_away():
    made, away = Streaming(), asyncio.Event()
    read = 0

    async def send(message):
        nonlocal read
        await asyncio.sleep(0)
        read += 1
        if read == 50:
            away.set()

    served(made.app, asks(away), send)
    assert made.ended.is_set()
    assert made.made < 10_000


def test_a_reader_who_takes_nothing_holds_no_thread(monkeypatch):
    monkeypatch.setattr(wsgi_bridge, "SEND_SECONDS", 0.1)
    made = Streaming()

    async def send(message):
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    served(made.app, asks(asyncio.Event()), send)
    assert made.ended.is_set()


@pytest.mark.parametrize("gone", [False, True])
def test_what_is_sent_to_nobody_is_dropped(gone):
    sent = []

    async def send(message):
        sent.append(message)

    line = wsgi_bridge.StreamingResponse(None, send)
    if gone:
        line.gone.set()
    asyncio.run(line.send({"type": "http.response.body"}))
    assert len(sent) == (not gone)
