"""Webhooks are called by this, at addresses that organizations typed."""

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Final

from interviewrelay.adapters import outbound
from interviewrelay.adapters.guard import Guard, OutboundFailed, OutboundRefused
from interviewrelay.ports_calls import Answered, CallFailed, CallRefused

SECONDS: Final = 15.0
"""From the look-up of the name to the head of the answer."""
CHECK_SECONDS: Final = 5.0
MOST: Final = 16 * 1024

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class WebhookCalls:
    """Calls public addresses over https, and the allowed networks over http too, at any port."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._guard = Guard(allowed=allowed)

    def check(self, url: str) -> None:
        try:
            outbound.judge(self._guard, url, CHECK_SECONDS)
        except OutboundRefused as refused:
            raise CallRefused(refused.rule, str(refused)) from None
        except OutboundFailed as failed:
            raise CallRefused("host", str(failed)) from None

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        sent = outbound.Message(url, body, headers, SECONDS, MOST, whole=False)
        try:
            answer = outbound.post(self._guard, sent)
        except OutboundRefused:
            raise CallFailed("blocked_address") from None
        except OutboundFailed as failed:
            raise CallFailed(failed.kind) from None
        return Answered(answer.status, answer.body, _wait(answer.headers))


def _wait(headers: Mapping[str, str]) -> int | None:
    """What `Retry-After` asks for in seconds, as far as it is a number."""
    text = headers.get("retry-after", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
