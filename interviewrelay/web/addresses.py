"""From where a request comes, as far as it can be believed.

`request.remote_addr` is the peer, or what exactly so many trusted proxies said (`TRUSTED_PROXIES`,
by ProxyFix in the factory); no other header is ever read.
"""

import ipaddress
from functools import lru_cache

from flask import request


def bucket() -> str:
    """The address that is counted: an IPv4 address, or the /64 of an IPv6 one, which one house has."""
    return network_of(request.remote_addr or "")


def network() -> str:
    """The network that is counted: an IPv4 address, or the /48 of an IPv6 one, which one site has."""
    return network_of(request.remote_addr or "", 48)


def loopback() -> bool:
    """Whether the caller is on this machine."""
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def network_of(text: str, prefix: int = 64) -> str:
    """The network of an address that is counted as one; `unknown` where it is none."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, prefix), strict=False))
