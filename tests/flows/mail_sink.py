"""A mail server on loopback that keeps what it gets."""

import asyncio
import contextlib
import email.policy
import random
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, TypeVar

from aiosmtpd.controller import Controller

from tests.flows.waiting import PATIENCE, hold_port, until

Sink = TypeVar("Sink", bound="Letters")


class Letters:
    """By whom they are for."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.kept: dict[str, EmailMessage] = {}
        self.times: Counter[str] = Counter()
        """How often each was written to."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        (whom,) = envelope.rcpt_tos
        self.times[whom] += 1
        self.kept[whom] = email.message_from_bytes(
            envelope.content, policy=email.policy.default
        )  # type: ignore[assignment]
        return "250 OK"

    def to(self, address: str) -> EmailMessage:
        """What somebody is sent; it is on its way when this is asked."""
        until(lambda: address in self.kept)
        return self.kept[address]

    def words(self, address: str) -> str:
        """The same as one line of plain text."""
        text = self.to(address).get_body(("plain",))
        assert isinstance(text, EmailMessage)
        return " ".join(text.get_content().split())


class Rude(Letters):
    """One that fails at random, but never after it has said that it took a letter."""

    def __init__(self, url: str, rate: float = 0.0, hangs: float = 0.0, seed: int = 1) -> None:
        """`rate` is how often a step fails, `hangs` how often it takes two seconds instead."""
        super().__init__(url)
        self.rate, self.hangs, self.calls = rate, hangs, 0
        self.taken: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self._drawn = random.Random(seed)

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, host: str, words: list[str]
    ) -> list[str]:
        self.calls += 1
        session.host_name = host
        return words

    async def handle_MAIL(self, server: Any, _session: Any, envelope: Any, *given: Any) -> str:  # noqa: N802
        if fault := await self._fault(server):
            return fault
        envelope.mail_from = given[0]
        return "250 OK"

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, *given: Any) -> str:  # noqa: N802
        if fault := await self._fault(server):
            return fault
        envelope.rcpt_tos.append(given[0])
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if fault := await self._fault(server):
            return fault
        self.taken[envelope.rcpt_tos[0]] += 1
        return await super().handle_DATA(server, session, envelope)

    async def _fault(self, server: Any) -> str | None:
        drawn = self._drawn.random()
        if drawn < self.hangs:
            self.faults["hang"] += 1
            await asyncio.sleep(2)
            return "451 too late"
        if drawn < self.hangs + self.rate / 2:
            self.faults["4xx"] += 1
            return "451 not now"
        if drawn < self.hangs + self.rate:
            self.faults["drop"] += 1
            server.transport.abort()
            return "421 gone"
        return None


@contextlib.contextmanager
def serving(kind: type[Sink] = Letters, **more: Any) -> Iterator[Sink]:
    with hold_port() as held:
        port = held.getsockname()[1]
        made = kind(f"smtp://127.0.0.1:{port}", **more)
        controller = Controller(made, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
        controller.start()
    try:
        yield made
    finally:
        controller.stop()
