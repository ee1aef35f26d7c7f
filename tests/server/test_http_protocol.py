"""How an idle connection ends: never with something unread, and never with a reset."""

import asyncio
import select
from contextlib import suppress

import pytest
import uvicorn
from flask import Flask

from interviewrelay.server import asgi_server, http_protocol
from interviewrelay.server.http_protocol import Protocol, State

SECONDS = 60
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(autouse=True)
def time_to_read(monkeypatch):
    """A refused sender has as long as it needs."""
    monkeypatch.setattr(http_protocol, "LINGER", SECONDS)


class Watched(Protocol):
    def __init__(self, *given):
        super().__init__(*given)
        self.made, self.came, self.asked = asyncio.Event(), asyncio.Event(), asyncio.Event()

    def connection_made(self, transport):
        super().connection_made(transport)
        self.made.set()

    def data_received(self, data):
        super().data_received(data)
        self.came.set()

    def on_headers_complete(self):
        super().on_headers_complete()
        self.asked.set()


def connected(story):
    """Tell `story` the server's end of a connection, and the client's reader and writer."""
    app = Flask("answers")
    app.add_url_rule("/", view_func=lambda: "here")
    config = uvicorn.Config(
        asgi_server.BufferedRequests(app, 1),
        http=Protocol,
        lifespan="off",
        log_config=None,
        timeout_keep_alive=SECONDS,
    )

    async def run():
        loop = asyncio.get_running_loop()
        config.load()
        made = Watched(config, State(), {}, loop)
        listener = await loop.create_server(lambda: made, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*listener.sockets[0].getsockname())
        await made.made.wait()
        await asyncio.wait_for(story(made, reader, writer), SECONDS)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        listener.close()

    asyncio.run(run())


def test_a_request_that_is_here_and_not_yet_read_is_answered():
    async def story(made, reader, writer):
        made.transport.pause_reading()
        writer.write(REQUEST)
        select.select([made.transport.get_extra_info("socket")], [], [], SECONDS)
        made.timeout_keep_alive_handler()
        made.transport.resume_reading()
        assert b" 200 OK" in await reader.readline()

    connected(story)


def test_what_comes_after_the_end_is_dropped():
    async def story(made, reader, writer):
        made.timeout_keep_alive_handler()
        assert await reader.read() == b""
        writer.write(REQUEST)
        await asyncio.sleep(0.1)
        assert made.cycle is None
        assert not made.transport.is_closing()

    connected(story)


def test_a_head_that_is_still_coming_when_the_server_ends_is_waited_for(monkeypatch):
    """Each part of it has the time of the last call anew."""
    monkeypatch.setattr(http_protocol, "LAST_CALL", SECONDS)

    async def story(made, reader, writer):
        made.server_state.ending = True
        made.shutdown()
        for part in (REQUEST[:9], REQUEST[9:20]):
            last_call = made.timeout_keep_alive_task
            writer.write(part)
            await made.came.wait()
            made.came.clear()
            assert last_call.cancelled()
            assert not made.timeout_keep_alive_task.cancelled()
        writer.write(REQUEST[20:])
        told = await reader.read()
        assert b" 200 OK" in told
        assert b"connection: close" in told.lower()

    connected(story)


def test_an_answer_under_way_when_the_server_ends_is_the_last():
    async def story(made, reader, writer):
        writer.write(REQUEST)
        await made.asked.wait()
        made.server_state.ending = True
        made.shutdown()
        assert b"connection: close" in (await reader.read()).lower()

    connected(story)


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: local"])
def test_who_does_not_finish_a_head_is_parted_from(monkeypatch, sent):
    monkeypatch.setattr(http_protocol, "HEAD_SECONDS", 0.3)

    async def story(_made, reader, writer):
        writer.write(sent)
        assert await reader.read() == b""

    connected(story)


def test_a_further_head_has_its_time_and_a_request_is_not_cut_off(monkeypatch):
    async def story(made, reader, writer):
        for _ in range(2):
            writer.write(REQUEST)
            assert b" 200 OK" in await reader.readuntil(b"here")
            assert made._head_due is None
        monkeypatch.setattr(http_protocol, "HEAD_SECONDS", 0.1)
        writer.write(REQUEST[:20])
        assert await reader.read() == b""

    connected(story)


def test_much_that_comes_at_once_is_read_in_small_parts(monkeypatch):
    parts, whole = [], asyncio.Event()
    app = Flask("counts")
    config = uvicorn.Config(
        asgi_server.BufferedRequests(app, 1),
        http=http_protocol.SmallReads,
        lifespan="off",
        log_config=None,
    )

    def data_received(_self, data):
        parts.append(data)
        if sum(map(len, parts)) == 1_000_000:
            whole.set()

    monkeypatch.setattr(Protocol, "data_received", data_received)

    async def run():
        config.load()
        listener = await asyncio.get_running_loop().create_server(
            lambda: http_protocol.SmallReads(config, State(), {}, None), "127.0.0.1", 0
        )
        _, writer = await asyncio.open_connection(*listener.sockets[0].getsockname())
        writer.write(bytes(range(250)) * 4_000)
        await asyncio.wait_for(whole.wait(), SECONDS)
        writer.close()
        listener.close()

    asyncio.run(run())
    assert b"".join(parts) == bytes(range(250)) * 4_000
    assert max(map(len, parts)) <= http_protocol.LARGEST_READ


@pytest.mark.parametrize("excess", [b"more", b"x" * 300_000])
def test_bytes_beyond_a_body_leave_its_answer_the_only_and_last_one(caplog, excess):
    async def story(made, reader, writer):
        writer.write(
            b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}" + excess
        )
        told = await reader.read()
        assert told.startswith(b"HTTP/1.1 405")
        assert told.count(b"HTTP/1.1 ") == 1
        assert b"connection: close" in told.lower()

    connected(story)
    assert "Exception in ASGI application" not in caplog.text


def test_a_body_that_breaks_off_behind_an_earlier_request_takes_no_answer_from_it(caplog):
    async def story(made, reader, writer):
        broken = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nZZ\r\n"
        writer.write(REQUEST + broken)
        assert b" 200 OK" in await reader.readline()

    connected(story)
    assert "Exception in ASGI application" not in caplog.text


def test_a_body_that_breaks_off_is_refused():
    async def story(made, reader, writer):
        writer.write(
            b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nZZ\r\n"
        )
        told = await reader.read()
        assert told.startswith(b"HTTP/1.1 400")
        assert told.count(b"HTTP/1.1 ") == 1

    connected(story)


@pytest.mark.parametrize("length", [65_600, 70_000, 700_000])
def test_an_address_longer_than_a_head_may_be_is_said_to_be_too_long(length):
    async def story(made, reader, writer):
        writer.write(b"GET /" + b"a" * length + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b" 414 " in await reader.readline()

    connected(story)
