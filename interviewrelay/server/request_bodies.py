"""Request body budget: bytes that one process buffers, in total and for each sender.

A body counts from its first bytes until its request is answered. When the budget is used up, the
slowest body is evicted, so that its sender bears the cost. A minimum rate ends bodies that hardly
move.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from interviewrelay.server.wsgi_bridge import Receive

KIB: Final = 1024
MIB: Final = 1024 * KIB
BODY_SECONDS: Final = 30.0
PACE: Final = KIB
"""Minimum average rate in bytes a second, required after `PACE_AFTER` seconds."""
PACE_AFTER: Final = 5.0
BUDGET: Final = 16 * MIB
SHARE: Final = 4 * MIB
"""Maximum share of the budget for incoming bodies of one address, in bytes."""
UPLOADS: Final = 64 * MIB
"""Budget of recordings, whose bodies can be larger than the other budget."""
UPLOAD_SHARE: Final = 36 * MIB
UPLOAD_SECONDS: Final = 120.0
SMALL: Final = 64 * KIB
RESERVE: Final = 4
"""Divisor: a quarter of the budget, and of each share, is reserved for bodies with a small
announced length.
"""
ROOM: Final = 0.95
"""Target level after an eviction, so that the next chunk does not trigger another one."""
YOUNG: Final = 1.0
"""Seconds in which a body is not ranked by its rate if there is an older one."""


class BodyRefused(Exception):
    """Body refused: it is not read to its end; `status` says why."""

    def __init__(self, status: int) -> None:
        self.status = status


class SenderGone(Exception):
    """The sender disconnected before the body was complete."""


class PendingBody:
    """A request body in progress, and its part of the budget."""

    def __init__(self, sender: str, *, small: bool, now: float) -> None:
        self.sender, self.small, self.began = sender, small, now
        self.data = bytearray()
        self.held = 0
        self.due: asyncio.Timeout | None = None
        self.evicted = False

    def rank(self, now: float) -> tuple[bool, float]:
        """Eviction order, lowest first: bodies past their first second, and of those the slowest."""
        age = now - self.began
        return age < YOUNG, self.held / max(age, 0.001)


class BodyBudget:
    """Budget of the bodies in one event loop."""

    def __init__(
        self, budget: int = BUDGET, share: int = SHARE, seconds: float | None = None
    ) -> None:
        self._budget, self._share, self._seconds = budget, share, seconds
        self._incoming: set[PendingBody] = set()
        self._held = 0
        self._shares: Counter[str] = Counter()

    @property
    def held(self) -> int:
        """Bytes of all bodies, including those of requests in progress."""
        return self._held

    @contextmanager
    def open(self, sender: str, announced: int) -> Iterator[PendingBody]:
        """A body that holds its part of the budget until its request is answered.

        `announced` is its length in bytes, 0 when none is given.
        """
        loop = asyncio.get_running_loop()
        body = PendingBody(sender, small=0 < announced <= SMALL, now=loop.time())
        try:
            yield body
        finally:
            self._arrived(body)
            self._held -= body.held

    async def read(self, body: PendingBody, receive: Receive, most: int) -> bytes:
        """Read the whole body. Raises SenderGone and BodyRefused."""
        try:
            async with asyncio.timeout(PACE_AFTER) as body.due:
                await self._collect(body, receive, most)
        except TimeoutError:
            raise BodyRefused(503 if body.evicted else 408) from None
        self._arrived(body)
        whole, body.data = bytes(body.data), bytearray()
        return whole

    async def _collect(self, body: PendingBody, receive: Receive, most: int) -> None:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise SenderGone
            part = message.get("body", b"")
            if len(body.data) + len(part) > most:
                raise BodyRefused(413)
            if part:
                body.data += part
                self._take(body, len(part))
            if body.evicted:
                raise BodyRefused(503)
            if not message.get("more_body"):
                return
            self._expect_more(body)

    def _expect_more(self, body: PendingBody) -> None:
        if body.due is not None:
            seconds = min(self._seconds or BODY_SECONDS, max(PACE_AFTER, len(body.data) / PACE))
            body.due.reschedule(body.began + seconds)

    def _take(self, body: PendingBody, size: int) -> None:
        self._incoming.add(body)
        body.held += size
        self._held += size
        self._shares[body.sender] += size
        part = 1.0 if body.small else 1 - 1 / RESERVE
        if self._shares[body.sender] > (share := self._share * part):
            mine = [one for one in self._incoming if one.sender == body.sender]
            self._evict(mine, self._shares[body.sender] - share * ROOM)
        if self._held > (budget := self._budget * part):
            self._evict(self._incoming, self._held - budget * ROOM)

    def _evict(self, among: Iterable[PendingBody], size: float) -> None:
        """Evict the slowest bodies until so many bytes are free."""
        now = asyncio.get_running_loop().time()
        for body in sorted(among, key=lambda one: one.rank(now)):
            if size <= 0:
                return
            size -= body.held
            self._let_go(body, now)

    def _let_go(self, body: PendingBody, now: float) -> None:
        body.evicted = True
        self._arrived(body)
        self._held -= body.held
        body.held, body.data = 0, bytearray()
        if body.due is not None and not body.due.expired():
            body.due.reschedule(now)

    def _arrived(self, body: PendingBody) -> None:
        """The body is complete or ended: it no longer counts as incoming."""
        if body in self._incoming:
            self._incoming.discard(body)
            self._shares[body.sender] -= body.held
            if not self._shares[body.sender]:
                del self._shares[body.sender]
