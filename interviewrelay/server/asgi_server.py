"""ASGI server: the event loop receives each request completely, then a thread handles it.

A slow sender therefore holds a few kilobytes but no thread (docs/decisions/0004-server.md).
"""

import asyncio
import ctypes
import re
import signal
import socket
import struct
import sys
import threading
from contextlib import suppress
from types import FrameType
from typing import Final

import uvicorn
from flask import Flask

from interviewrelay.core.errors import RETRY_SOON, ServerBusy
from interviewrelay.core.ip_addresses import get_network
from interviewrelay.core.observability.metrics import METHODS, RequestMetrics
from interviewrelay.server.heartbeats import BEAT, Pulse
from interviewrelay.server.http_protocol import SmallReads, State, format_refusal
from interviewrelay.server.request_bodies import (
    BODY_SECONDS,
    SMALL,
    UPLOAD_SECONDS,
    UPLOAD_SHARE,
    UPLOADS,
    BodyBudget,
    BodyRefused,
    SenderGone,
)
from interviewrelay.server.request_limits import LARGEST_BODY, build_refusal, get_max_body_bytes
from interviewrelay.server.wsgi_bridge import (
    REFUSED,
    Bridge,
    Message,
    Receive,
    Scope,
    Send,
    header_name,
)

LINGER: Final = 1.0
"""Seconds without a byte until a refused sender's connection is closed. Closing while they still
send would reset the connection and lose the response.
"""
GRACE_SECONDS: Final = 25
SWITCH_SECONDS: Final = 0.0005
"""Thread switch interval in seconds. A thread returns from the database many times in a turn; it
then continues at once instead of after Python's 5 ms each time.
"""
BACKLOG: Final = 2048
LET_IN: Final = 0.2
"""Seconds at shutdown in which connections that are already established are still accepted."""
CATCH_UP: Final = 5.0
"""Seconds that the first requests wait for turns left over from the last shutdown."""
WORDED: Final = 1
"""Number of refusals that the application renders at a time: a flood of them must not take threads
and processor time from real requests.
"""
SPEECH: Final = re.compile(r"/interview/[^/]+/(?:audio|audio/[^/]+/pause|speech/[^/]+)/?")
"""Routes that wait for speech engines."""
SPEECH_THREADS: Final = 4
_M_ARENA_MAX: Final = -8
_SO_ATTACH_FILTER: Final = 26
_ARENAS: Final = 2


class BufferedRequests:
    """Request buffering: an ASGI front that passes a request on once its body is complete and
    `caught_up` is set.
    """

    def __init__(
        self, application: Flask, threads: int, caught_up: threading.Event | None = None
    ) -> None:
        self._caught_up = caught_up
        self._bridge = Bridge(application.wsgi_app, threads)
        # Liveness is answered even while all threads are busy.
        self._alive = Bridge(application.wsgi_app, 1)
        # Requests that wait for a recogniser or a voice must not occupy the threads of all others.
        self._speech = Bridge(application.wsgi_app, SPEECH_THREADS)
        self._bodies = BodyBudget()
        # Recordings can be large: they must not evict the answers of others.
        self._uploads = BodyBudget(UPLOADS, UPLOAD_SHARE, UPLOAD_SECONDS)
        self._worded = 0
        settings = application.extensions.get("settings")
        self._proxies = settings.trusted_proxies if settings else 0
        self._metrics: RequestMetrics | None = application.extensions.get("request_metrics")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        most, announced = get_max_body_bytes(scope["path"]), _announced(scope)
        if announced > most:
            await self._refuse(scope, receive, send, 413)
            return
        if self._caught_up is not None and scope["path"] != "/livez":
            await asyncio.to_thread(self._caught_up.wait, CATCH_UP)
            self._caught_up = None
        bodies = (
            self._bodies if most <= LARGEST_BODY or 0 < announced <= SMALL else self._uploads
        )
        with bodies.open(_sender(scope, self._proxies), announced) as body:
            try:
                whole = await bodies.read(body, receive, most)
            except SenderGone:
                return
            except BodyRefused as refused:
                status = refused.status
            else:
                await self._choose_bridge(scope["path"]).answer(scope, whole, receive, send)
                return
        await self._refuse(scope, receive, send, status)

    def _choose_bridge(self, path: str) -> Bridge:
        if path == "/livez":
            return self._alive
        return self._speech if SPEECH.fullmatch(path) else self._bridge

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, status: int) -> None:
        """Refuse the request at once.

        The application renders the refusal, so that it is counted and has the usual headers, unless
        it is already rendering several others.
        """
        closing = _closing(receive, send)
        if self._worded >= WORDED:
            await self._turn_away(scope, closing, status)
            return
        refused = {**scope, REFUSED: (status, get_max_body_bytes(scope["path"]))}
        self._worded += 1
        try:
            messages = await self._bridge.answered(refused, b"", receive, closing)
        finally:
            self._worded -= 1
        for message in messages:
            await closing(message)

    async def _turn_away(self, scope: Scope, closing: Send, status: int) -> None:
        """Refuse without the application, which is already rendering other refusals."""
        if self._metrics is not None:
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._metrics.record((method, "", status), 0.0)
        refusal = build_refusal(status, get_max_body_bytes(scope["path"]))
        headers, body = format_refusal(refusal)
        if status == ServerBusy.status:
            headers = [*headers, ("Retry-After", RETRY_SOON)]
        told = [(header_name(name), value.encode()) for name, value in headers]
        await closing({"type": "http.response.start", "status": status, "headers": told})
        await closing({"type": "http.response.body", "body": body})


def _closing(receive: Receive, send: Send) -> Send:
    """Sends the last response of a connection whose peer is still sending."""

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (header_name("Connection"), b"close")]
        if message["type"] == "http.response.start" or message.get("more_body"):
            await send(message)
            return
        await send({**message, "more_body": True})
        await _dropped(receive)
        await send({"type": "http.response.body", "body": b""})

    return closing


def _sender(scope: Scope, proxies: int) -> str:
    """Client address for the body budget: the peer's, or the one that the trusted proxies report."""
    if proxies:
        told = b",".join(
            value for name, value in scope["headers"] if name == b"x-forwarded-for"
        )
        hops = [hop for one in told.decode("latin-1").split(",") if (hop := one.strip())]
        if len(hops) >= proxies:
            return get_network(hops[-proxies])
    return get_network((scope.get("client") or ("",))[0])


def _announced(scope: Scope) -> int:
    """Announced content length; 0 when none is given."""
    return next((int(told) for name, told in scope["headers"] if name == b"content-length"), 0)


async def _dropped(receive: Receive) -> None:
    """Drain: read and drop what is still sent, until it ends or pauses."""
    with suppress(TimeoutError):
        async with asyncio.timeout(BODY_SECONDS):
            more = True
            while more:
                more = (await asyncio.wait_for(receive(), LINGER)).get("more_body", False)


def open_listener(host: str, port: int) -> socket.socket:
    """Listening socket that several processes can accept from. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    made.listen(BACKLOG)
    made.set_inheritable(True)
    return made


def stop_accepting(shared: socket.socket) -> None:
    """Stop accepting: refuse new connections to a `listener`; established ones are still served.

    A new client gets no answer, retries after a second and finds the port closed. A proxy then uses
    another server, since nothing of the request was read. Closing the port at once would drop
    connections that the kernel has accepted and we have not. Linux only.
    """
    # Drop each packet that opens a connection (TCP flag SYN); pass all others.
    program = struct.pack(
        "HBBI" * 4,
        *(0x30, 0, 0, 13),  # load the byte with the flags
        *(0x45, 0, 1, 0x02),  # is SYN set?
        *(0x06, 0, 0, 0),  # then drop
        *(0x06, 0, 0, 0xFFFF_FFFF),  # else pass
    )
    kept = ctypes.create_string_buffer(program)
    with suppress(OSError, AttributeError):
        filter = struct.pack("HL", 4, ctypes.addressof(kept))
        shared.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, filter)


class GracefulServer(uvicorn.Server):
    """Graceful shutdown: accepts connections that the kernel already holds before the port closes,
    and marks every response as the last one of its connection.
    """

    server_state: State

    def __init__(self, config: uvicorn.Config, *, alone: bool, pulse: Pulse | None) -> None:
        super().__init__(config)
        self.server_state = State()
        self._alone, self._pulse = alone, pulse

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        if self._pulse is not None:
            self._beat(self._pulse, asyncio.get_running_loop())
        await super().serve(sockets)

    def _beat(self, pulse: Pulse, loop: asyncio.AbstractEventLoop) -> None:
        pulse.beat_loop()
        loop.call_later(BEAT, self._beat, pulse, loop)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.server_state.ending = True
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self._alone:  # otherwise the supervisor stops the shared socket
            for shared in sockets or ():
                stop_accepting(shared)
        for _ in range(4):  # the loop needs a few rounds to accept what is waiting
            await asyncio.sleep(LET_IN / 4)
        await super().shutdown(sockets)


def serve(
    app: Flask,
    threads: int,
    shared: socket.socket,
    pulse: Pulse | None = None,
    caught_up: threading.Event | None = None,
) -> None:
    """Serve on a `listener` until SIGTERM or SIGINT; requests in progress are finished first.

    A process under a supervisor (which stops the listener itself) beats its `pulse`. Until
    `caught_up` is set, only the liveness check is answered.
    """
    _few_arenas()
    sys.setswitchinterval(SWITCH_SECONDS)
    config = uvicorn.Config(
        BufferedRequests(app, threads, caught_up),
        log_config=None,
        access_log=False,
        backlog=BACKLOG,
        proxy_headers=False,  # the factory applies TRUSTED_PROXIES
        server_header=False,
        lifespan="off",
        ws="none",
        http=SmallReads,  # type: ignore[arg-type]  # any protocol does
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn shuts down in order and then raises the signal again; that one is ignored.
        signal.signal(number, lambda *_: None)
    try:
        GracefulServer(config, alone=pulse is None, pulse=pulse).run(sockets=[shared])
    finally:
        if pulse is not None:
            pulse.end_loop()


def _few_arenas() -> None:
    """Limit glibc to one heap for all threads but the first. Only one thread runs at a time, so
    memory that one frees can be used by the next.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
