"""HTTP client for URLs that people typed (`address_guard` decides which are allowed).

It follows no redirects, uses no proxy from the environment, decompresses nothing, and enforces a
total timeout, even against a slow or stalling server.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar
from urllib.parse import urlsplit

from interviewrelay.adapters.http.address_guard import (
    AddressGuard,
    Destination,
    Kind,
    OutboundFailed,
    OutboundRefused,
)
from interviewrelay.core.config.settings import is_loopback
from interviewrelay.core.egress import Service, report_transfer

Result = TypeVar("Result")

BEGINNING_SECONDS: Final = 1.0
UNSENT: Final[frozenset[Kind]] = frozenset(("dns", "connect", "tls"))
"""Failures before anything was sent."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case; of repeated headers the last."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """Request, with limits on the response: `most` bytes and a total timeout in seconds.

    If the response is not wanted `whole`, only its head is required, and whatever of the body
    arrives within a second, up to `most` bytes.
    """

    url: str
    body: bytes
    headers: Mapping[str, str]
    seconds: float
    max_bytes: int
    reads_whole: bool = True
    method: Literal["POST", "GET"] = "POST"
    service: Service | None = None
    """Service for the report of what left this server; None if it holds no data of a study."""
    model: str = ""


def send_request(guard: AddressGuard, message: HttpRequest) -> HttpResponse:
    """Response of a URL. Raises OutboundRefused and OutboundFailed."""
    call = _Call(guard, message)
    try:
        response = _in_time(call.run, message.seconds, late=call.hang_up)
    except OutboundFailed as fault:
        sent = 0 if fault.kind in UNSENT else len(message.body)
        _report(message, sent, failed=True)
        raise
    _report(message, len(message.body), failed=not 200 <= response.status < 300)
    return response


def _report(message: HttpRequest, sent: int, *, failed: bool) -> None:
    if message.service is not None:
        host = urlsplit(message.url).hostname or ""
        local, model = is_loopback(host), message.model
        report_transfer(message.service, host, sent, local=local, model=model, failed=failed)


def check_url(guard: AddressGuard, url: str, seconds: float) -> None:
    """Check that a URL may be called now. Raises OutboundRefused and OutboundFailed."""
    _in_time(lambda: guard.resolve(url), seconds)


def _in_time(
    act: Callable[[], Result], seconds: float, late: Callable[[], None] = lambda: None
) -> Result:
    """Run `act` in its own thread with a timeout, so that neither a resolver nor a slow stream can
    block the caller.
    """
    done, made = threading.Event(), list[Result]()
    fault: Exception = OutboundFailed("http", "no answer")

    def run() -> None:
        nonlocal fault
        try:
            made.append(act())
        except (OutboundRefused, OutboundFailed) as found:
            fault = found
        except (OSError, http.client.HTTPException, ValueError) as found:
            fault = OutboundFailed(*_told(found))
        finally:
            done.set()

    threading.Thread(target=run, name="outbound", daemon=True).start()
    if not done.wait(seconds):
        late()
        raise OutboundFailed("timeout", "timeout")
    if not made:
        raise fault
    return made[0]


class _Call:
    """One call, which can be aborted while it runs."""

    def __init__(self, guard: AddressGuard, message: HttpRequest) -> None:
        self._guard, self._message = guard, message
        self._given_up = threading.Event()
        self._connection: http.client.HTTPConnection | None = None
        self._sock: socket.socket | None = None

    def run(self) -> HttpResponse:
        try:
            return self._made()
        finally:
            if self._connection is not None:
                self._connection.close()

    def _made(self) -> HttpResponse:
        sent = self._message
        place = self._guard.resolve(sent.url)
        kind = _Secure if place.is_https else _Plain
        self._connection = connection = kind(place, sent.seconds)
        connection.connect()
        self._sock = connection.sock  # the connection drops it when the response ends
        if self._given_up.is_set():
            raise OutboundFailed("timeout", "timeout")
        connection.request(sent.method, place.path, sent.body or None, dict(sent.headers))
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        if not sent.reads_whole:
            return HttpResponse(answer.status, self._beginning(answer), headers)
        body = answer.read(sent.max_bytes + 1)
        if len(body) > sent.max_bytes:
            raise OutboundFailed("too_large", "answer too large")
        return HttpResponse(answer.status, body, headers)

    def _beginning(self, answer: http.client.HTTPResponse) -> bytes:
        """Start of the body: the part that arrives soon. The status is already known."""
        read, until = b"", time.monotonic() + BEGINNING_SECONDS
        if self._sock is not None:
            self._sock.settimeout(BEGINNING_SECONDS)
        with suppress(OSError, http.client.HTTPException):
            while len(read) < self._message.max_bytes and time.monotonic() < until:
                part = answer.read1(self._message.max_bytes - len(read))
                if not part:
                    break
                read += part
        return read

    def hang_up(self) -> None:
        """Abort: wakes the thread from any read."""
        self._given_up.set()
        if self._sock is not None:
            with suppress(OSError):  # it may be closed already
                self._sock.shutdown(socket.SHUT_RDWR)


class _Final(http.client.HTTPResponse):
    """Final response after informational ones ("103 Early Hints"). The library skips only 100 and
    takes any other for the final response.
    """

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 101 < status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _Plain(http.client.HTTPConnection):
    """Connects to the checked addresses, even if the name resolves differently now."""

    response_class = _Final

    def __init__(self, place: Destination, seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=seconds)
        self._addresses = place.addresses

    def connect(self) -> None:
        self.sock = _connected(self._addresses, self.port, self.timeout)


class _Secure(http.client.HTTPSConnection):
    """The same with TLS; the certificate must match the name."""

    response_class = _Final

    def __init__(self, place: Destination, seconds: float) -> None:
        self._trust = ssl.create_default_context()
        super().__init__(place.host, place.port, timeout=seconds, context=self._trust)
        self._addresses = place.addresses

    def connect(self) -> None:
        plain = _connected(self._addresses, self.port, self.timeout)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)


def _connected(addresses: Sequence[str], port: int, seconds: float | None) -> socket.socket:
    fault: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), seconds)
        except OSError as found:
            fault = found
    raise fault


def _told(fault: Exception) -> tuple[Kind, str]:
    if isinstance(fault, TimeoutError):
        return "timeout", "timeout"
    if isinstance(fault, ssl.SSLError):
        return "tls", "certificate"
    if isinstance(
        fault, (ConnectionResetError, BrokenPipeError, http.client.RemoteDisconnected)
    ):
        return "reset", "connection"
    return ("connect", "connection") if isinstance(fault, OSError) else ("http", "no HTTP")
