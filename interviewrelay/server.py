"""The server: the event loop collects each request whole, then a thread works on it.

A slow sender thus holds a few kilobytes, never a thread (docs/decisions/0004-server.md).
"""

import asyncio
import json
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import uvicorn
from a2wsgi import WSGIMiddleware
from flask import Flask

from interviewrelay.ids import new_id

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LARGEST_BODY: Final = 2 * 1024 * 1024
BODY_SECONDS: Final = 30
SEND_SECONDS: Final = 60
"""How long a reader may take nothing of what is sent."""
GRACE_SECONDS: Final = 25


class Gone(Exception):
    """The sender went away before the body was whole."""


class Collected:
    """An ASGI front that hands a request on only when its body is there."""

    def __init__(self, application: Flask, threads: int) -> None:
        wsgi: Any = application.wsgi_app
        self._inner: Any = WSGIMiddleware(wsgi, workers=threads)

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
        line = scope["line"] = Line(send)
        watching = asyncio.create_task(line.watch(receive))
        try:
            await self._inner(scope, _given(body), line.send)
        finally:
            watching.cancel()


class Line:
    """The way to one reader. Once they are gone, or take nothing any more, what is sent is dropped:
    a thread that streams sees `gone` and stops, and is never left waiting for them.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self.gone = threading.Event()

    async def send(self, message: Message) -> None:
        if self.gone.is_set():
            return
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._send(message)
        except TimeoutError:
            self.gone.set()

    async def watch(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.gone.set()


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


def _given(body: bytes) -> Receive:
    told = False

    async def receive() -> Message:
        nonlocal told
        if told:
            await asyncio.Event().wait()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


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
        http="h11",
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=16 * 1024,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn shuts down in order and then raises the signal again: that time it means nothing.
        signal.signal(number, lambda *_: None)
    uvicorn.Server(config).run()
