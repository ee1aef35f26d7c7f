"""Address guard against server-side request forgery: calls to URLs that people typed reach only
public addresses.

A name is resolved once, all its addresses are checked, and the call goes to one that was checked.
"""

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import SplitResult, urlsplit

import idna

from interviewrelay.core.config.parsers import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Rule = Literal["url", "scheme", "userinfo", "host", "port", "address"]

LONGEST_URL: Final = 2_048
WEB_PORTS: Final = (443, 8443)

LOOPBACK: Final = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
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
"""Networks that are not public. A mapped address is checked as the IPv4 address that it contains."""


class OutboundRefused(Exception):
    """Forbidden URL; the text names the rule, never a resolved IP address."""

    def __init__(self, rule: Rule, words: str) -> None:
        super().__init__(words)
        self.rule: Rule = rule


Kind = Literal["dns", "connect", "tls", "timeout", "reset", "too_large", "http"]


class OutboundFailed(Exception):
    """Failed call; the text says how in a word or two."""

    def __init__(self, kind: Kind, words: str) -> None:
        super().__init__(words)
        self.kind: Kind = kind


@dataclass(frozen=True, slots=True)
class AddressGuard:
    """Address guard: https to public addresses on `ports` (None: any), and https or http to the
    `allowed` networks.
    """

    allowed: Sequence[Network] = ()
    ports: Sequence[int] | None = WEB_PORTS

    def resolve(self, url: str) -> "Destination":
        """Resolve and check a URL. Raises OutboundRefused and OutboundFailed."""
        parts = parse_url(url)
        host = _host(parts.hostname or "")
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        addresses = _addresses(host, port)
        inside = all(self._allows(address) for address in addresses)
        if not inside and any(not _is_public(address) for address in addresses):
            raise OutboundRefused("address", "the host is not on the public internet")
        if not inside and _literal(host):
            raise OutboundRefused("host", "the host must be a name and not an IP address")
        if not inside and not secure:
            raise OutboundRefused("scheme", "only https is allowed")
        if not inside and self.ports is not None and port not in self.ports:
            known = " or ".join(map(str, self.ports))
            raise OutboundRefused("port", f"the port must be {known}")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Destination(secure, host, port, path, tuple(map(str, addresses)))

    def _allows(self, address: Address) -> bool:
        return any(_bare(address) in network for network in self.allowed)


@dataclass(frozen=True, slots=True)
class Destination:
    is_https: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def parse_url(url: str) -> SplitResult:
    """Split and check a URL. Raises OutboundRefused."""
    if len(url) > LONGEST_URL:
        raise OutboundRefused("url", "the address is too long")
    if any(ord(c) <= 32 or ord(c) == 127 or c == "\\" for c in url):
        raise OutboundRefused(
            "url", "the address contains a space, a control character or a backslash"
        )
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - the property parses the port only when read
    except ValueError:
        raise OutboundRefused("url", "the address is malformed") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise OutboundRefused(
            "scheme", "the address must start with https:// and include a host"
        )
    if "@" in parts.netloc:
        raise OutboundRefused("userinfo", "the address must not contain a user name")
    if "#" in url:
        raise OutboundRefused("url", "the address must not contain a fragment")
    return parts


def _host(name: str) -> str:
    """Host name for the look-up. Numeric forms are refused: `127.1`, `0x7f.1`."""
    if _literal(name):
        return name
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise OutboundRefused("host", "the host name is invalid") from None
    last = name.rstrip(".").rpartition(".")[2].lower()
    if not last or last.isdigit() or last.startswith("0x"):
        raise OutboundRefused("host", "the host name is invalid")
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
        raise OutboundFailed("dns", "the host name cannot be resolved") from None
    texts = dict.fromkeys(str(where[0]).partition("%")[0] for *_, where in found)
    return [ipaddress.ip_address(text) for text in texts]


def _is_public(address: Address) -> bool:
    bare = _bare(address)
    return not any(bare in network for network in NOT_PUBLIC)


def _bare(address: Address) -> Address:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
