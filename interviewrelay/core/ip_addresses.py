"""IP addresses, and the networks that count as one sender."""

import ipaddress
from functools import lru_cache


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
