"""Webhook client port: calls the endpoints of webhooks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class WebhookResponse:
    """Response of a webhook endpoint: status, start of the body, and Retry-After in seconds if
    given.
    """

    status: int
    body: bytes = b""
    retry_after: int | None = None


class WebhookUrlRefused(Exception):
    """A URL that may not be called. `rule` names the broken rule; the text holds no resolved IP
    address.
    """

    def __init__(self, rule: str, words: str) -> None:
        super().__init__(words)
        self.rule = rule


class WebhookCallFailed(Exception):
    """No response. The text is one of dns, blocked_address, connect, tls, timeout, reset, http."""


class WebhookClient(Protocol):
    """Calls webhook endpoints."""

    def check_url(self, url: str) -> None:
        """Check that a webhook URL may be called now. Raises WebhookUrlRefused."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> WebhookResponse:
        """Post a delivery and return the response, within 15 seconds. Raises WebhookCallFailed."""
