"""WSGI bridge: from the event loop to threads, for requests with complete bodies.

General bridges stream a body in both directions, which often costs more than the request itself.
Here the body is complete before the work starts, and a response with a known length is sent in one
piece. Only large responses and those without a length are streamed, as fast as they are read.
"""

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from queue import SimpleQueue
from typing import Any, Final
from urllib.parse import unquote_to_bytes

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

REFUSED: Final = "interviewrelay.refused"
"""Key in the scope and the environment with which the server asks for a refusal: the status, and
the body limit in bytes.
"""
SEND_SECONDS: Final = 60
LARGEST_PIECE: Final = 1024 * 1024
"""Length in bytes of the largest response that is sent in one piece."""

_OWN_NAMES: Final = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}


class HeaderName(bytes):
    """Header name on the wire, with the capitals it was given; equal to itself in any case.

    uvicorn lowers every name before it looks at it and writes it.
    """

    def lower(self) -> "HeaderName":
        return self

    def __eq__(self, other: object) -> bool:
        return bytes.lower(self) == other

    __hash__ = bytes.__hash__


@lru_cache(maxsize=256)
def header_name(name: str) -> HeaderName:
    """Header name of an ASGI message, as it is to be written."""
    return HeaderName(name.encode("latin-1"))


class StreamingResponse:
    """Streaming response to one reader.

    Once the reader disconnects, or reads nothing for `SEND_SECONDS`, further data is dropped and
    `gone` is set. The streaming thread then closes the stream and never stays blocked.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self.gone = threading.Event()

    async def send(self, message: Message) -> None:
        """Send, waiting until the connection has room: back-pressure on the application."""
        if self.gone.is_set():
            return
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._send(message)
        except TimeoutError:
            self.gone.set()

    async def watch(self) -> None:
        """Wait until the reader disconnects."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone.set()


class Bridge:
    """Runs an application in a pool of `threads`, which start with the first request.

    It uses a queue and a wake-up of the loop: an executor's futures, and the loop's beside them,
    cost as much as a small response.
    """

    def __init__(self, application: Application, threads: int) -> None:
        self._application, self._threads = application, threads
        self._waiting: SimpleQueue[_Work] = SimpleQueue()

    async def answer(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        """Handle a request and send its response."""
        for message in await self.answered(scope, body, receive, send):
            await send(message)

    async def answered(
        self, scope: Scope, body: bytes, receive: Receive, send: Send
    ) -> list[Message]:
        """Handle a request; returns the messages that are still to be sent."""
        for number in range(self._threads):
            name = f"request-{number}"
            threading.Thread(target=self._serve, name=name, daemon=True).start()
        self._threads = 0
        loop = asyncio.get_running_loop()
        work = _Work(build_environ(scope, body), StreamingResponse(receive, send), loop)
        self._waiting.put(work)
        return await work.done

    def _serve(self) -> None:
        while True:
            work = self._waiting.get()
            try:
                messages = work.run(self._application)
            except BaseException as fault:  # noqa: BLE001 - it is the awaiting task's
                work.tell(work.done.set_exception, fault)
            else:
                work.tell(work.done.set_result, messages)


class _Work:
    """One request in its thread."""

    def __init__(
        self, request: dict[str, Any], line: StreamingResponse, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._request, self._line, self._loop = request, line, loop
        self._head: Message = {}
        self.done: asyncio.Future[list[Message]] = loop.create_future()

    def tell(self, how: Callable[[Any], None], what: object) -> None:
        """Report the result to the event loop."""
        with suppress(RuntimeError):  # the loop is closed: the server is down
            self._loop.call_soon_threadsafe(self._settle, how, what)

    def _settle(self, how: Callable[[Any], None], what: object) -> None:
        if not self.done.done():  # cancelled at shutdown
            how(what)

    def run(self, application: Application) -> list[Message]:
        """Run the application; returns the messages to send, unless they were streamed."""
        parts = application(self._request, self._begin)
        try:
            if self._in_one_piece:
                return [self._head, {"type": "http.response.body", "body": b"".join(parts)}]
            return self._stream(parts)
        finally:
            if close := getattr(parts, "close", None):
                close()

    def _begin(self, status: str, headers: list[tuple[str, str]], fault: Any = None) -> None:
        if fault is not None:
            raise fault[1].with_traceback(fault[2])
        told = [(header_name(name), value.encode("latin-1")) for name, value in headers]
        self._head = {"type": "http.response.start", "status": int(status[:3]), "headers": told}

    @property
    def _in_one_piece(self) -> bool:
        bodiless = self._request["REQUEST_METHOD"] == "HEAD" or self._head["status"] in (
            204,
            304,
        )
        return bodiless or any(
            name == b"content-length" and int(value) <= LARGEST_PIECE
            for name, value in self._head["headers"]
        )

    def _stream(self, parts: Iterable[bytes]) -> list[Message]:
        watching = asyncio.run_coroutine_threadsafe(self._line.watch(), self._loop)
        try:
            self._now(self._head)
            for part in parts:
                self._now({"type": "http.response.body", "body": part, "more_body": True})
                if self._line.gone.is_set():
                    break
        finally:
            watching.cancel()
        return [] if self._line.gone.is_set() else [{"type": "http.response.body", "body": b""}]

    def _now(self, message: Message) -> None:
        asyncio.run_coroutine_threadsafe(self._line.send(message), self._loop).result()


def build_environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """WSGI environment of a request (PEP 3333)."""
    client, host = scope.get("client") or ("", 0), scope.get("server") or ("", 0)
    made: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # Latin-1 represents the raw bytes; the router refuses invalid UTF-8.
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host[0],
        "SERVER_PORT": str(host[1] or 80),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" in name:
            continue  # otherwise X_Forwarded_For would pass for X-Forwarded-For
        key = _OWN_NAMES.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        if key in made:
            text = made[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        made[key] = text
    if body:
        made["CONTENT_LENGTH"] = str(len(body))
    if REFUSED in scope:
        made[REFUSED] = scope[REFUSED]
    return made
