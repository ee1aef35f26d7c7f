"""HTTP protocol: malformed requests get the usual error body, and no connection closes while a
request on it is unread.
"""

import asyncio
import json
import re
import sys
from http import HTTPStatus
from selectors import EVENT_READ, DefaultSelector
from typing import Any, Final

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from interviewrelay.core.errors import (
    HeadersTooLarge,
    InvalidParameter,
    Refusal,
    UnknownMethod,
    UriTooLong,
)
from interviewrelay.core.ids import new_id

NO_REQUEST: Final = InvalidParameter(
    "This is not a valid HTTP request. Use an HTTP method in capitals, exactly one Host header, and "
    "either Content-Length or Transfer-Encoding."
)
REQUEST_LINE: Final = re.compile(rb"[!#-'*+.^`|~\w-]+ [!-~]+ HTTP/1\.[01]\r?\n")
LINGER: Final = 1.0
"""Seconds for a sender to read the response, since closing at once would lose it."""
GRACE: Final = 30.0
"""Seconds for the response to an earlier request when the next one is malformed."""
LAST_CALL: Final = 1
"""Seconds at shutdown for a request that is arriving on an idle connection."""
LARGEST_HEAD: Final = 64 * 1024
LARGEST_READ: Final = 16 * 1024
"""Bytes read from a connection at once. Every sender may occupy this much memory before any budget
applies; the event loop's default is 256 KiB.
"""
HEAD_SECONDS: Final = 30.0
"""Timeout in seconds for a complete request head, from the connection or from its first byte."""


class State(ServerState):
    """State that the server's connections share."""

    ending = False
    """True once every response is the last one of its connection."""


class SmallReads(asyncio.BufferedProtocol):
    """Passes received data to a `Protocol` in parts of at most `LARGEST_READ` bytes."""

    _buffer = memoryview(bytearray(LARGEST_READ))
    """Shared by all connections: data is taken out before the next read."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._inner = Protocol(*given, **named)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._inner.connection_made(transport)

    def get_buffer(self, _sizehint: int) -> memoryview:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self._inner.data_received(bytes(self._buffer[:nbytes]))

    def eof_received(self) -> None:
        self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._inner.connection_lost(exc)


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol with machine-readable errors, a size limit for request heads, and
    connections that never end with a reset.
    """

    server_state: State
    _parted = False
    _newest = b""
    """The part of the request that is being parsed."""
    _read_of_head: int | None = 0
    """Bytes of the request head that is being read; None between a head and the end of its body."""
    _head_due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()
        if self.server_state.ending:
            self.shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_here()
        super().connection_lost(exc)

    def _wait_for_head(self) -> None:
        self._head_due = self.loop.call_later(HEAD_SECONDS, self._no_head)

    def _head_is_here(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None

    def _no_head(self) -> None:
        self._head_due = None
        if not (self._parted or self.transport.is_closing()):
            self._part()

    def shutdown(self) -> None:
        """Shut down. An idle connection that closed at once would answer with a reset to a request
        that is arriving or not yet read.
        """
        self.timeout_keep_alive = LAST_CALL
        if self._is_idle():
            self._wait_for_more()
        elif not self.cycle.response_started:  # a started response has announced keep-alive
            self.cycle.keep_alive = False

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection, unless data has arrived that is not yet read."""
        if self._parted or self.transport.is_closing():
            return
        if self._has_unread():
            self._wait_for_more()
        else:
            self._part()

    def _is_idle(self) -> bool:
        """True if no request with a complete head is in progress."""
        return self.cycle is None or self.cycle.response_complete

    def _wait_for_more(self) -> None:
        self._unset_keepalive_if_required()
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def _has_unread(self) -> bool:
        with DefaultSelector() as selector:
            selector.register(self.transport.get_extra_info("socket").fileno(), EVENT_READ)
            return bool(selector.select(0))

    def _part(self) -> None:
        """Send no more; drain what arrives until the peer closes, for a limited time."""
        self._parted = True
        if self.transport.can_write_eof() and (self._is_idle() or self.cycle.disconnected):
            self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.close)

    def data_received(self, data: bytes) -> None:
        if self._parted:
            return
        if self._read_of_head is not None:
            self._read_of_head += len(data)
        self._newest = data
        super().data_received(data)
        self._newest = b""
        if self._read_of_head is not None and self._read_of_head > LARGEST_HEAD:
            self._refuse(HeadersTooLarge() if self.headers else UriTooLong())
        elif self.server_state.ending and self._is_idle():
            self._wait_for_more()
        elif self._read_of_head and self._head_due is None:
            self._wait_for_head()

    def on_headers_complete(self) -> None:
        if len(self.url) > LARGEST_HEAD:
            raise ValueError("the URL is too long for the parser")
        if not self._is_plain():
            raise ValueError("ambiguous request headers")
        self._read_of_head = None
        self._head_is_here()
        super().on_headers_complete()
        if self.server_state.ending:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        # The application has not taken the data before it.
        if len(self.cycle.body) > LARGEST_READ:
            self.flow.pause_reading()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._read_of_head = 0

    def _is_plain(self) -> bool:
        """True if Host and Content-Length appear at most once: ambiguous framing allows request
        smuggling.
        """
        names = [name for name, _ in self.headers]
        ways = [value.lower() for name, value in self.headers if name == b"transfer-encoding"]
        return (
            self.parser.get_http_version() in ("1.0", "1.1")
            and names.count(b"host") == 1
            and ways in ([], [b"chunked"])
            and not (ways and b"content-length" in names)
        )

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's message is not used
        if len(self.url) > LARGEST_HEAD:
            self._refuse(UriTooLong())
        else:
            self._refuse(UnknownMethod() if self._has_unknown_method() else NO_REQUEST)

    def _has_unknown_method(self) -> bool:
        """True if the method is the only thing wrong with the request."""
        wrong = isinstance(sys.exception(), httptools.HttpParserInvalidMethodError)
        return wrong and REQUEST_LINE.match(self._newest) is not None

    def _refuse(self, refusal: Refusal) -> None:
        if self._parted or self.transport.is_closing():
            return
        if not self._is_idle() and not self.cycle.more_body:
            # Data behind a complete but invalid request is no request; only the response is
            # left to send.
            self._parted = True
            self.cycle.keep_alive = False
            return
        if self.pipeline:  # an earlier request gets its response first
            self.pipeline.clear()
            self._parted = True
            self.loop.call_later(GRACE, self.transport.close)
            return
        # its body cannot be read completely, so the request must not be handled
        if not self._is_idle():
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        headers, body = format_refusal(refusal)
        status = HTTPStatus(refusal.status)
        told = "".join(f"{name}: {value}\r\n" for name, value in headers)
        line = f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        self.transport.write(f"{line}{told}Connection: close\r\n\r\n".encode() + body)
        self._part()


def format_refusal(refusal: Refusal) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body of a refusal that bypasses the application."""
    request_id = new_id()
    body = json.dumps({"error": refusal.shape(request_id)}).encode()
    headers = [
        *refusal.headers.items(),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Request-Id", request_id),
    ]
    return headers, body
