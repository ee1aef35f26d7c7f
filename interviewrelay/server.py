"""The server: the event loop collects each request whole, then a thread works on it.

A slow sender thus holds a few kilobytes, never a thread (docs/decisions/0004-server.md).
"""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import uvicorn
from a2wsgi import WSGIMiddleware
from flask import Flask

from interviewrelay.protocol import Protocol
from interviewrelay.web.front import REFUSED

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LARGEST_BODY: Final = 2 * 1024 * 1024
BODY_SECONDS: Final = 30
GRACE_SECONDS: Final = 25
BACKLOG: Final = 2048


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
            await self._refuse(scope, send, 408)
            return
        if body is None:
            await self._refuse(scope, send, 413)
            return
        await self._inner({**scope, "headers": _measured(scope, body)}, _given(body), send)

    async def _refuse(self, scope: Scope, send: Send, status: int) -> None:
        """The application says it: counted, and with the headers of every other answer."""

        async def closing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            await send(message)

        await self._inner({**scope, REFUSED: status}, _given(b""), closing)


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


def _measured(scope: Scope, body: bytes) -> list[tuple[bytes, bytes]]:
    """The headers with the body's length, which WSGI reads by: chunks do not tell theirs."""
    ways = (b"content-length", b"transfer-encoding")
    headers = [(name, value) for name, value in scope["headers"] if name not in ways]
    told = len(headers) < len(scope["headers"])
    return [*headers, (b"content-length", str(len(body)).encode())] if told else headers


def _given(body: bytes) -> Receive:
    told = False

    async def receive() -> Message:
        nonlocal told
        if told:
            await asyncio.Event().wait()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def listener(host: str, port: int) -> socket.socket:
    """A socket that several processes can accept from. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    made.listen(BACKLOG)
    made.set_inheritable(True)
    return made


def serve(
    app: Flask, host: str, port: int, threads: int, shared: socket.socket | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; what is under way is finished first.

    On an address of its own, or on a socket that is shared with other processes.
    """
    config = uvicorn.Config(
        Collected(app, threads),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        backlog=BACKLOG,
        proxy_headers=False,  # whom to believe is TRUSTED_PROXIES' to say, in the factory
        server_header=False,
        lifespan="off",
        ws="none",
        http=Protocol,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=16 * 1024,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn shuts down in order and then raises the signal again: that time it means nothing.
        signal.signal(number, lambda *_: None)
    uvicorn.Server(config).run(sockets=[shared] if shared else None)
