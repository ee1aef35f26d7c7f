"""From the event loop to the threads: a WSGI application behind ASGI, for bodies that are whole.

General bridges carry a body piece by piece in both directions, which costs more than many a request.
Here the body is there before the work begins (`server.Collected`), and an answer whose length is
known goes back in one piece; only answers without a length are streamed, as fast as they are read.
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
"""The front's word, in the scope and the environment: the status that it refuses with, and the bytes
that a body may have here."""
SEND_SECONDS: Final = 60

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


class Line:
    """The way to one reader, for an answer that is streamed to them.

    Once they are gone, or take nothing for `SEND_SECONDS`, what is sent is dropped and `gone` is set:
    the thread that streams closes the stream there, and is never left waiting for them.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self.gone = threading.Event()

    async def send(self, message: Message) -> None:
        """Waits until the connection has room, so that a slow reader holds back the sender."""
        if self.gone.is_set():
            return
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._send(message)
        except TimeoutError:
            self.gone.set()

    async def watch(self) -> None:
        """Until they hang up."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone.set()


class Bridge:
    """Runs an application in a pool of `threads`, which begin with the first request.

    A queue and a wake-up of the loop: an executor's futures, and the loop's beside them, cost as much
    as a small answer.
    """

    def __init__(self, application: Application, threads: int) -> None:
        self._application, self._threads = application, threads
        self._waiting: SimpleQueue[_Work] = SimpleQueue()

    async def answer(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        """Work on a request and send its answer."""
        for message in await self.answered(scope, body, receive, send):
            await send(message)

    async def answered(
        self, scope: Scope, body: bytes, receive: Receive, send: Send
    ) -> list[Message]:
        """Work on a request; what of its answer is left to be sent."""
        for number in range(self._threads):
            name = f"request-{number}"
            threading.Thread(target=self._serve, name=name, daemon=True).start()
        self._threads = 0
        loop = asyncio.get_running_loop()
        work = _Work(environ(scope, body), Line(receive, send), loop)
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
        self, request: dict[str, Any], line: Line, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._request, self._line, self._loop = request, line, loop
        self._head: Message = {}
        self.done: asyncio.Future[list[Message]] = loop.create_future()

    def tell(self, how: Callable[[Any], None], what: object) -> None:
        """Say to whoever waits how it went."""
        with suppress(RuntimeError):  # the loop is closed: the server has gone down
            self._loop.call_soon_threadsafe(self._settle, how, what)

    def _settle(self, how: Callable[[Any], None], what: object) -> None:
        if not self.done.done():  # cancelled, when the server goes down
            how(what)

    def run(self, application: Application) -> list[Message]:
        """What is left to be sent when the thread is done: all of it, unless it was streamed."""
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
        return bodiless or any(name == b"content-length" for name, _ in self._head["headers"])

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


def environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """A request as PEP 3333 wants it."""
    client, host = scope.get("client") or ("", 0), scope.get("server") or ("", 0)
    made: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # Latin-1 stands for the bytes themselves: what is no UTF-8 is refused by the router.
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
            continue  # X_Forwarded_For would pass for X-Forwarded-For
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
