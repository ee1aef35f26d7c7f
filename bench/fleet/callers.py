"""Callers that never retry: each failed request is one that people would have seen fail."""

import http.client
import itertools
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Generator
from typing import Any, Final

from bench.fleet.machines import Fleet
from bench.fleet.people import Line
from bench.turn import ANSWERS

CALLERS: Final = 16
PACE: Final = 0.2
"""Seconds between the starts of two requests of a caller, if the first is answered by then."""
WELL: Final = (200, 201)
LOOKS: Final = 40
"""Links that are only opened, in turn; each allows 60 views per minute."""

Request = tuple[str, str, Any, dict[str, str]]
Asks = Generator[Request, Any, None]
"""Generator of requests, each created after the response to the one before."""


class Callers:
    """Callers of all kinds, including changes that must not run twice, until there were `most`
    requests and `enough` is set.
    """

    def __init__(
        self,
        fleet: Fleet,
        invite: Callable[[int], list[str]],
        most: int,
        enough: Callable[[], bool],
    ) -> None:
        self._fleet, self._most, self._enough = fleet, most, enough
        self._key = {"Authorization": f"Bearer {fleet.fixtures['A']['key_owner']}"}
        self._links = itertools.cycle(invite(LOOKS))
        self._tokens = iter(invite(500))
        self._guard = threading.Lock()
        self.sent = 0
        self.failed: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.made: list[str] = []
        """Names of the projects reported as created."""

    def call(self) -> None:
        """Send all requests and wait for the responses."""
        kinds = (
            self._lists,
            self._looks,
            self._speaks,
            self._makes,
            self._opens,
            self._makes_once,
        )
        threads = [
            threading.Thread(
                target=self._one, args=(number, kinds[number % len(kinds)]), daemon=True
            )
            for number in range(CALLERS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _one(self, number: int, kind: Callable[[], Asks]) -> None:
        line, asks, due = Line(self._fleet.nginx, 500 + number), kind(), time.monotonic()
        heard: Any = None
        while self._another():
            due = max(due + PACE, time.monotonic() - PACE)
            time.sleep(max(0.0, due - time.monotonic()))
            request = next(asks) if heard is None else asks.send(heard)
            began = time.monotonic()
            try:
                status, heard = line.call(*request)
            except (OSError, http.client.HTTPException) as fault:
                self._fails(request, type(fault).__name__)
                asks, heard = kind(), None
            else:
                self.seconds.append(time.monotonic() - began)
                if status not in WELL:
                    self._fails(request, str(status))
                    asks, heard = kind(), None
                elif request[:2] == ("POST", "/api/projects"):
                    self.made.append(request[2]["name"])
        line.close()

    def _another(self) -> bool:
        with self._guard:
            more = self.sent < self._most or not self._enough()
            self.sent += more
            return more

    def _fails(self, request: Request, why: str) -> None:
        with self._guard:
            door = "/".join(request[1].split("/")[:2] + request[1].split("/")[3:])
            self.failed[f"{request[0]} {door}: {why}"] += 1

    def _lists(self) -> Asks:
        while True:
            yield "GET", "/api/campaigns", None, self._key

    def _looks(self) -> Asks:
        while True:
            with self._guard:
                token = next(self._links)
            yield "GET", f"/interview/{token}", None, {}

    def _opens(self) -> Asks:
        while True:
            yield "GET", "/login", None, {"Accept": "text/html"}

    def _makes(self) -> Asks:
        while True:
            yield "POST", "/api/projects", {"name": f"P {uuid.uuid4()}"}, self._key

    def _makes_once(self) -> Asks:
        while True:
            key = {**self._key, "Idempotency-Key": uuid.uuid4().hex}
            yield "POST", "/api/projects", {"name": f"P {uuid.uuid4()}"}, key

    def _speaks(self) -> Asks:
        while True:
            with self._guard:
                path = f"/interview/{next(self._tokens)}"
            heard = yield "POST", f"{path}/start", {"consent": True}, {}
            for text in itertools.cycle(ANSWERS):
                said = {"number": heard["next_number"], "text": text}
                heard = yield "POST", f"{path}/turns", said, {}
                if heard["turn"] is None:
                    break
