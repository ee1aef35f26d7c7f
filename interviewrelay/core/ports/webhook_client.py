"""What calls the addresses of webhooks, as a protocol (as `ports`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answered:
    """What a webhook's address answered: the beginning of its body, and the seconds after which it
    wants to be asked again, where it says so.
    """

    status: int
    body: bytes = b""
    retry_after: int | None = None


class CallRefused(Exception):
    """No webhook may be at an address. `rule` is what it breaks; the text names no address that was
    found.
    """

    def __init__(self, rule: str, words: str) -> None:
        super().__init__(words)
        self.rule = rule


class CallFailed(Exception):
    """There was no answer. The text is one of dns, blocked_address, connect, tls, timeout, reset,
    http.
    """


class Calls(Protocol):
    """Calls the addresses of webhooks."""

    def check(self, url: str) -> None:
        """Whether one may be there, as things are now. Raises CallRefused."""
        ...

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """What it answers, within 15 seconds. Raises CallFailed."""
        ...
