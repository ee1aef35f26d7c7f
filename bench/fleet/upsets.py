"""Disturbances of the fleet while it works."""

import random
import threading
import time
from typing import Final

from bench.fleet.machines import Fleet
from bench.fleet.people import Line

AGAIN: Final = 1.0
"""Seconds until a killed process is restarted: RestartSec of the shipped units."""
SETTLED: Final = 1.0
"""Seconds from a ready server to the next one's stop."""


ASKS: Final = 0.25
"""Seconds between calls of an organization that has used up its calls."""


class Upset(threading.Thread):
    """Disturbance that repeats until it is stopped."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._over = threading.Event()
        self.count = 0
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            while not self._over.is_set():
                self.once()
        except BaseException as fault:  # noqa: BLE001 - told by `end`
            self.fault = fault

    def once(self) -> None:
        raise NotImplementedError

    def end(self) -> None:
        """Finish what was started. Raises what went wrong."""
        self._over.set()
        self.join()
        if self.fault is not None:
            raise self.fault


class Kills(Upset):
    """Kill and restart a server and a worker at once, in turn."""

    def __init__(self, fleet: Fleet, every: float, seed: int) -> None:
        super().__init__()
        self._fleet, self._every, self._draw = fleet, every, random.Random(seed)

    def once(self) -> None:
        # Slightly irregular, so that kills hit any moment.
        if self._over.wait(self._every * self._draw.uniform(0.9, 1.1)):
            return
        number = self.count
        server = self._fleet.servers[number % len(self._fleet.servers)]
        worker = self._fleet.workers[number % len(self._fleet.workers)]
        server.kill()
        worker.kill()
        self.count += 1
        time.sleep(AGAIN)
        server.start()
        worker.start()
        server.wait_ready()


class Stops(Upset):
    """Stop and restart one server after the other, as in an upgrade."""

    def __init__(self, fleet: Fleet) -> None:
        super().__init__()
        self._fleet = fleet
        self.exits: list[int] = []
        self.slowest = 0.0

    def once(self) -> None:
        server = self._fleet.servers[self.count % len(self._fleet.servers)]
        began = time.monotonic()
        self.exits.append(server.stop())
        self.slowest = max(self.slowest, time.monotonic() - began)
        server.start()
        server.wait_ready()
        self.count += 1
        self._over.wait(SETTLED)

    @property
    def all_of_them(self) -> bool:
        """Whether each server had its turn, or something went wrong."""
        return self.count >= len(self._fleet.servers) or self.fault is not None


class RedisAway(threading.Thread):
    """Kill Redis with all its data, and start it empty some seconds later."""

    def __init__(self, fleet: Fleet, after: float, seconds: float) -> None:
        super().__init__(daemon=True)
        self._fleet, self._after, self._seconds = fleet, after, seconds
        self.died = self.back = 0.0

    def run(self) -> None:
        time.sleep(self._after)
        self._fleet.redis.kill()
        self.died = time.monotonic()
        time.sleep(self._seconds)
        self._fleet.redis.start()
        self.back = time.monotonic()


class OverItsLimit(Upset):
    """Organization that has used up its calls and keeps calling. `let_through` counts the calls
    answered beyond the limit, `statuses` all of them.
    """

    def __init__(self, line: Line, key: str, limit: int) -> None:
        super().__init__()
        self._line, self._limit = line, limit
        self._told = {"Authorization": f"Bearer {key}"}
        self.statuses: dict[int, int] = {}

    def exhaust(self) -> None:
        """Call until the first refusal."""
        while self._ask() != 429:
            pass

    @property
    def let_through(self) -> int:
        return self.statuses.get(200, 0) - self._limit

    def once(self) -> None:
        self._ask()
        self.count += 1
        self._over.wait(ASKS)

    def _ask(self) -> int:
        status, _ = self._line.call("GET", "/api/projects", None, self._told)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        return status
