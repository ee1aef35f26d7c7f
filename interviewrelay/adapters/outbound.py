"""Calls to addresses that somebody typed: where they may go, and how they are made.

A name is resolved once, all its addresses are judged, and the call goes to one that was judged.
No redirect is followed, no proxy of the environment is used, nothing is unpacked, and no call takes
longer than it was given, whatever the other side does.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import SplitResult, urlsplit

import idna

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Result = TypeVar("Result")

LONGEST_URL: Final = 2_048
WEB_PORTS: Final = (443, 8443)

NOT_PUBLIC: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32"),
        *(
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
        ),
    )
)
"""Not on the public net. A mapped address is judged as the IPv4 address that it holds."""


class OutboundRefused(Exception):
    """The call may not be made; the text names the rule, never an address that was found."""


class OutboundFailed(Exception):
    """The call was made and came to nothing; the text says how, in a word or two."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Where calls may go: over https to public addresses, on `ports` (None: on any), and to the
    `allowed` networks besides, where plain http will do.
    """

    allowed: Sequence[Network] = ()
    ports: Sequence[int] | None = WEB_PORTS

    def place(self, url: str) -> "Place":
        """Where a URL leads, resolved and judged. Raises OutboundRefused and OutboundFailed."""
        parts = parsed(url)
        host = _host(parts.hostname or "")
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        addresses = _addresses(host, port)
        inside = all(self._allows(address) for address in addresses)
        if not inside and any(not _is_public(address) for address in addresses):
            raise OutboundRefused("the host is not on the public net")
        if not inside and _literal(host):
            raise OutboundRefused("a host has to have a name")
        if not inside and not secure:
            raise OutboundRefused("only https is allowed")
        if not inside and self.ports is not None and port not in self.ports:
            raise OutboundRefused("the port is not allowed")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Place(secure, host, port, path, tuple(map(str, addresses)))

    def _allows(self, address: Address) -> bool:
        return any(_bare(address) in network for network in self.allowed)


@dataclass(frozen=True, slots=True)
class Place:
    secure: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted, and what is wanted of the answer: at most so many bytes, in so many seconds."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    seconds: float
    most: int


def post(guard: Guard, message: Message) -> Answer:
    """What a URL answers to a POST. Raises OutboundRefused and OutboundFailed."""
    call = _Call(guard, message)
    return _in_time(call.made, message.seconds, late=call.hang_up)


def judge(guard: Guard, url: str, seconds: float) -> None:
    """Whether calls may go to a URL as things are now. Raises OutboundRefused and OutboundFailed."""
    _in_time(lambda: guard.place(url), seconds)


def _in_time(
    act: Callable[[], Result], seconds: float, late: Callable[[], None] = lambda: None
) -> Result:
    """What comes of an act, done in a thread of its own: neither a resolver nor a stream of single
    bytes can hold up whoever waits for it.
    """
    done, made = threading.Event(), list[Result]()
    fault: Exception = OutboundFailed("no answer")

    def run() -> None:
        nonlocal fault
        try:
            made.append(act())
        except (OutboundRefused, OutboundFailed) as found:
            fault = found
        except (OSError, http.client.HTTPException, ValueError) as found:
            fault = OutboundFailed(_word(found))
        finally:
            done.set()

    threading.Thread(target=run, name="outbound", daemon=True).start()
    if not done.wait(seconds):
        late()
        raise OutboundFailed("timeout")
    if not made:
        raise fault
    return made[0]


class _Call:
    """One call, which can be given up while it is made."""

    def __init__(self, guard: Guard, message: Message) -> None:
        self._guard, self._message = guard, message
        self._given_up = threading.Event()
        self._connection: http.client.HTTPConnection | None = None

    def made(self) -> Answer:
        try:
            return self._made()
        finally:
            if self._connection is not None:
                self._connection.close()

    def _made(self) -> Answer:
        sent = self._message
        place = self._guard.place(sent.url)
        kind = _Secure if place.secure else _Plain
        self._connection = connection = kind(place, sent.seconds)
        connection.connect()
        if self._given_up.is_set():
            raise OutboundFailed("timeout")
        connection.request("POST", place.path, sent.body, dict(sent.headers))
        answer = connection.getresponse()
        body = answer.read(sent.most + 1)
        if len(body) > sent.most:
            raise OutboundFailed("answer too large")
        return Answer(answer.status, body)

    def hang_up(self) -> None:
        """Wakes the thread from whatever it reads."""
        self._given_up.set()
        found = self._connection.sock if self._connection is not None else None
        if found is not None:
            try:
                found.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has hung up itself


class _Plain(http.client.HTTPConnection):
    """Connects to the addresses that were judged, whatever the name means by now."""

    def __init__(self, place: Place, seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=seconds)
        self._addresses = place.addresses

    def connect(self) -> None:
        self.sock = _connected(self._addresses, self.port, self.timeout)


class _Secure(http.client.HTTPSConnection):
    """The same; the certificate has to be that of the name."""

    def __init__(self, place: Place, seconds: float) -> None:
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


def parsed(url: str) -> SplitResult:
    """The parts of a URL that calls can be made to. Raises OutboundRefused."""
    if len(url) > LONGEST_URL:
        raise OutboundRefused("the address is too long")
    if any(ord(c) <= 32 or ord(c) == 127 or c == "\\" for c in url):
        raise OutboundRefused("the address holds a blank, a control character or a backslash")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it is only now that it is read
    except ValueError:
        raise OutboundRefused("the address cannot be read") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise OutboundRefused("the address has to begin with https:// and name a host")
    if "@" in parts.netloc:
        raise OutboundRefused("the address holds a user name")
    if "#" in url:
        raise OutboundRefused("the address holds a fragment")
    return parts


def _host(name: str) -> str:
    """The host as it is looked up. What only looks like a number is no name: `127.1`, `0x7f.1`."""
    if _literal(name):
        return name
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise OutboundRefused("the host is no name") from None
    last = name.rstrip(".").rpartition(".")[2].lower()
    if not last or last.isdigit() or last.startswith("0x"):
        raise OutboundRefused("the host is no name")
    return name


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _addresses(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OutboundFailed("the host has no address") from None
    texts = dict.fromkeys(str(where[0]).partition("%")[0] for *_, where in found)
    return [ipaddress.ip_address(text) for text in texts]


def _is_public(address: Address) -> bool:
    bare = _bare(address)
    return not any(bare in network for network in NOT_PUBLIC)


def _bare(address: Address) -> Address:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _word(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return "timeout"
    if isinstance(fault, ssl.SSLError):
        return "certificate"
    return "connection" if isinstance(fault, OSError) else "no HTTP"
