"""The server: the event loop collects each request whole, then a thread works on it.

A slow sender thus holds a few kilobytes, never a thread (docs/decisions/0004-server.md).
"""

import asyncio
import json
import signal
from collections.abc import Awaitable, Callable
from typing import Final

import uvicorn
from flask import Flask
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from interviewrelay.bridge import Bridge, Message, Scope, Send
from interviewrelay.ids import new_id

Receive = Callable[[], Awaitable[Message]]

LARGEST_BODY: Final = 2 * 1024 * 1024
BODY_SECONDS: Final = 30
GRACE_SECONDS: Final = 25
LARGEST_HEAD: Final = 64 * 1024


class Gone(Exception):
    """The sender went away before the body was whole."""


class Collected:
    """An ASGI front that hands a request on only when its body is there."""

    def __init__(self, application: Flask, threads: int) -> None:
        self._bridge = Bridge(application.wsgi_app, threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            body = await asyncio.wait_for(_whole(receive), BODY_SECONDS)
        except Gone:
            return
        except TimeoutError:
            await _refuse(send, 408, "REQUEST_TIMEOUT", "The request took too long to arrive.")
            return
        if body is None:
            await _refuse(send, 413, "PAYLOAD_TOO_LARGE", "The body is larger than 1 MiB.")
            return
        await self._bridge.answer(scope, body, send)


async def _whole(receive: Receive) -> bytes | None:
    """The body; None when it is too large. Raises Gone."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part = message.get("body", b"")
        size += len(part)
        if size <= LARGEST_BODY:
            parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts) if size <= LARGEST_BODY else None


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    """In the form of `web.errors`, which such a request never reaches."""
    error = {"code": code, "message": message, "request_id": new_id()}
    headers = [
        (b"content-type", b"application/json"),
        (b"connection", b"close"),
        (b"x-request-id", error["request_id"].encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"error": error}).encode()})


class BoundedHead(HttpToolsProtocol):
    """The parser keeps what it has read of a head, however long: here it has an end."""

    _read_of_head: int | None = 0

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._read_of_head is None:
            return
        self._read_of_head += len(data)
        if self._read_of_head > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("The request line or a header is too long.")

    def on_headers_complete(self) -> None:
        self._read_of_head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._read_of_head = 0


def serve(app: Flask, host: str, port: int, threads: int) -> None:
    """Serve until SIGTERM or SIGINT; what is under way is finished first."""
    config = uvicorn.Config(
        Collected(app, threads),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        http=BoundedHead,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn shuts down in order and then raises the signal again: that time it means nothing.
        signal.signal(number, lambda *_: None)
    uvicorn.Server(config).run()
