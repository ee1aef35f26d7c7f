"""From where a request comes, as far as it can be believed.

`request.remote_addr` is the peer, or what exactly so many trusted proxies said (`TRUSTED_PROXIES`,
by ProxyFix in the factory); no other header is ever read.
"""

import ipaddress

from flask import request

from interviewrelay.core.ip_addresses import network_of


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
