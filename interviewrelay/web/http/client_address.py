"""Client address of a request, as far as it can be trusted.

`request.remote_addr` is the peer, or the address that the configured number of proxies reports
(`TRUSTED_PROXIES`, applied by ProxyFix in the factory); no other header is read.
"""

import ipaddress

from flask import request

from interviewrelay.core.ip_addresses import get_network


def get_sender_address() -> str:
    """Rate limit bucket: an IPv4 address, or the /64 of an IPv6 one, which a household has."""
    return get_network(request.remote_addr or "")


def get_sender_network() -> str:
    """Network for counting: an IPv4 address, or the /48 of an IPv6 one, which a site has."""
    return get_network(request.remote_addr or "", 48)


def is_loopback() -> bool:
    """True if the caller is on this machine."""
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
