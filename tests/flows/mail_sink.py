"""A mail server on loopback that keeps what it gets."""

import contextlib
import email.policy
import socket
import time
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Letters:
    """By whom they are for."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.kept: dict[str, EmailMessage] = {}

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        (whom,) = envelope.rcpt_tos
        self.kept[whom] = email.message_from_bytes(
            envelope.content, policy=email.policy.default
        )  # type: ignore[assignment]
        return "250 OK"

    def to(self, address: str) -> EmailMessage:
        """What somebody is sent; it is on its way when this is asked."""
        until = time.monotonic() + 20
        while address not in self.kept:
            assert time.monotonic() < until, f"there is no letter to {address}"
            time.sleep(0.05)
        return self.kept[address]

    def words(self, address: str) -> str:
        """The same as one line of plain text."""
        text = self.to(address).get_body(("plain",))
        assert isinstance(text, EmailMessage)
        return " ".join(text.get_content().split())


@contextlib.contextmanager
def serving() -> Iterator[Letters]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Letters(f"smtp://127.0.0.1:{port}")
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield made
    finally:
        controller.stop()
