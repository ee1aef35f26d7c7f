"""IP addresses, and the networks that count as one client."""

import ipaddress
from functools import lru_cache


@lru_cache(maxsize=4096)
def get_network(text: str, prefix: int = 64) -> str:
    """Network of an IP address for counting; `unknown` for anything else."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, prefix), strict=False))
