"""Webhook client for URLs that organizations typed.

Its dependencies are loaded with the first call, so a server without webhooks stays small.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from interviewrelay.core.config.parsers import Network
from interviewrelay.core.ports.webhook_client import (
    WebhookCallFailed,
    WebhookResponse,
    WebhookUrlRefused,
)

SECONDS: Final = 15.0
"""Total timeout from name look-up to response head."""
CHECK_SECONDS: Final = 5.0
MOST: Final = 16 * 1024


class HttpWebhookClient:
    """Calls public addresses over https, and allowed networks also over http, on any port."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._allowed = allowed

    def check_url(self, url: str) -> None:
        from interviewrelay.adapters.http import address_guard, client

        try:
            client.check_url(
                address_guard.AddressGuard(allowed=self._allowed), url, CHECK_SECONDS
            )
        except address_guard.OutboundRefused as refused:
            raise WebhookUrlRefused(refused.rule, str(refused)) from None
        except address_guard.OutboundFailed as failed:
            raise WebhookUrlRefused("host", str(failed)) from None

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> WebhookResponse:
        from interviewrelay.adapters.http import address_guard, client

        sent = client.HttpRequest(
            url, body, headers, SECONDS, MOST, reads_whole=False, service="webhook"
        )
        try:
            answer = client.send_request(
                address_guard.AddressGuard(allowed=self._allowed), sent
            )
        except address_guard.OutboundRefused:
            raise WebhookCallFailed("blocked_address") from None
        except address_guard.OutboundFailed as failed:
            raise WebhookCallFailed(failed.kind) from None
        return WebhookResponse(answer.status, answer.body, _wait(answer.headers))


def _wait(headers: Mapping[str, str]) -> int | None:
    """`Retry-After` in seconds, if it is a number."""
    text = headers.get("retry-after", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
