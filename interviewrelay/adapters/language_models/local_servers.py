"""Local model servers, found by asking ports of this machine for their list of models.

Only ports of 127.0.0.1 that the settings allow are called, and never our own.
"""

import ipaddress
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import urlsplit

from interviewrelay.adapters.http import client
from interviewrelay.adapters.http.address_guard import (
    AddressGuard,
    OutboundFailed,
    OutboundRefused,
)
from interviewrelay.core.config.settings import Settings, is_loopback
from interviewrelay.core.ports.language_models import LocalEndpoint

HOST: Final = "127.0.0.1"
GUARD: Final = AddressGuard(allowed=(ipaddress.ip_network(f"{HOST}/32"),), ports=None)
SECONDS: Final = 2.0
LARGEST_LIST: Final = 256 * 1024
MOST_MODELS: Final = 50
LONGEST_NAME: Final = 200


def list_allowed_ports(settings: Settings) -> tuple[int, ...]:
    """Ports of the settings, without our own."""
    base = urlsplit(settings.base_url)
    usual = 443 if base.scheme == "https" else 80
    ours = {settings.port}
    if is_loopback(base.hostname or ""):
        ours.add(base.port or usual)
    return tuple(port for port in settings.llm_local_ports if port not in ours)


def build_base_url(port: int) -> str:
    return f"http://{HOST}:{port}/v1"


def find_endpoints(ports: Sequence[int]) -> list[LocalEndpoint]:
    """Probe all ports concurrently; silent ones are left out."""
    if not ports:
        return []
    with ThreadPoolExecutor(len(ports), thread_name_prefix="local_models") as pool:
        return [found for found in pool.map(_ask, ports) if found is not None]


def _ask(port: int) -> LocalEndpoint | None:
    """Model server on a port; None if nothing listens."""
    url, wanted = f"{build_base_url(port)}/models", {"Accept": "application/json"}
    message = client.HttpRequest(url, b"", wanted, SECONDS, LARGEST_LIST, method="GET")
    try:
        answer = client.send_request(GUARD, message)
    except OutboundFailed as failed:
        return None if failed.kind == "connect" else LocalEndpoint(port, fault=str(failed))
    except OutboundRefused as refused:
        return LocalEndpoint(port, fault=str(refused))
    if answer.status != 200:
        return LocalEndpoint(port, fault=f"status {answer.status}")
    names = _names(answer.body)
    if names is None:
        return LocalEndpoint(port, fault="no list of models")
    return LocalEndpoint(port, names) if names else LocalEndpoint(port, fault="no model")


def _names(body: bytes) -> list[str] | None:
    """Model names of an OpenAI-compatible list; None if it is none."""
    try:
        found = [model["id"] for model in json.loads(body)["data"] or ()]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    names = [n for n in found if isinstance(n, str) and n.isprintable() and n.strip()]
    return list(dict.fromkeys(n for n in names if len(n) <= LONGEST_NAME))[:MOST_MODELS]
