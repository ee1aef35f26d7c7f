"""Egress: reports of what leaves this server, from the adapters that send it to whoever records it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from interviewrelay.core import clock

Service = Literal["language_model", "speech_to_text", "text_to_speech", "email", "webhook"]
SERVICES: Final = get_args(Service)


@dataclass(slots=True)
class Transfer:
    """One transfer to another program: where to and how much, never what it contained."""

    service: Service
    host: str
    local: bool
    """True if the other program is on this machine."""
    size: int
    """Bytes of the content that left; 0 if no connection was made."""
    at: datetime
    model: str = ""
    tokens: int | None = None
    """Tokens in both directions, if the service counted them."""
    failed: bool = False


_collected: Final[ContextVar[list[Transfer] | None]] = ContextVar("transfers", default=None)


@contextmanager
def collect_transfers() -> Iterator[list[Transfer]]:
    """Collect what adapters report inside the block."""
    transfers: list[Transfer] = []
    token = _collected.set(transfers)
    try:
        yield transfers
    finally:
        _collected.reset(token)


def report_transfer(
    service: Service,
    host: str,
    size: int,
    *,
    local: bool = False,
    model: str = "",
    failed: bool = False,
) -> None:
    """Report a transfer, for the block that collects them, if there is one."""
    transfers = _collected.get()
    if transfers is not None:
        transfers.append(
            Transfer(service, host, local, size, clock.now(), model, failed=failed)
        )


def report_tokens(tokens: int) -> None:
    """Report the tokens of the latest transfer, as the service counted them."""
    transfers = _collected.get()
    if transfers and tokens:
        transfers[-1].tokens = tokens
