"""What the processes of a server have done: each counts by itself, all of them are added up.

A process keeps its counts in a file of its own, in a folder that the processes of one server share.
Whoever is asked adds up the files, so that the answer is the same whichever process gives it.
"""

import json
import os
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

METHODS: Final = frozenset(
    ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
)
"""Methods that are counted by name; any other is `other`."""
BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds that an answer may take; each call counts under the first that is enough, or under none."""

Call = tuple[str, str, int]
"""Method, pattern of the route, status."""


class Tallies:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._pid = os.getpid()
        self._begin()

    def add(self, call: Call, seconds: float) -> None:
        """One call was answered, in so many seconds."""
        place = next((at for at, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        with self._guard:
            if self._pid != os.getpid():  # what was counted before a fork is the parent's
                self._pid = os.getpid()
                self._begin()
            self._calls[call] += 1
            self._places[call[1], place] += 1
            self._seconds[call[1]] += seconds
            self._news = True

    def keep(self) -> None:
        """Let the other processes know; nothing is written when there is no news."""
        with self._guard:
            if not self._news or self._pid != os.getpid():
                return
            words = json.dumps(
                {
                    "calls": [[*call, n] for call, n in self._calls.items()],
                    "places": [[*place, n] for place, n in self._places.items()],
                    "seconds": list(self._seconds.items()),
                }
            )
            self._news = False
        part = self._folder / f".{self._pid}"
        try:
            self._folder.mkdir(exist_ok=True, mode=0o700)
            part.write_text(words, encoding="utf-8")
            part.replace(self._folder / f"{self._pid}.json")
        except (
            OSError
        ):  # a full disk: nothing hangs on a count, and the next one tells it again
            self._news = True

    def forget(self) -> None:
        """The server begins anew: what earlier ones have counted is gone."""
        for path in self._folder.glob("*.json"):
            path.unlink(missing_ok=True)

    def failed(self) -> list[tuple[Call, int]]:
        """What was answered with a fault of ours, by all processes, the most frequent first."""
        self.keep()
        faults = [(call, n) for call, n in self._sums()[0].items() if call[2] >= 500]
        return sorted(faults, key=lambda fault: (-fault[1], fault[0]))

    def lines(self) -> Iterable[str]:
        """All processes' counts in the text form of Prometheus."""
        self.keep()
        calls, places, seconds = self._sums()
        yield "# HELP interviewrelay_requests_total Requests that were answered."
        yield "# TYPE interviewrelay_requests_total counter"
        for (method, route, status), n in sorted(calls.items()):
            labels = f'method="{method}",route="{route}",status="{status}"'
            yield f"interviewrelay_requests_total{{{labels}}} {n}"
        name = "interviewrelay_request_seconds"
        yield f"# HELP {name} How long answers took, from the first hook to the last."
        yield f"# TYPE {name} histogram"
        for route in sorted(seconds):
            so_far = 0
            for at, bound in enumerate((*BOUNDS, "+Inf")):
                so_far += places[route, at]
                yield f'{name}_bucket{{route="{route}",le="{bound}"}} {so_far}'
            yield f'{name}_sum{{route="{route}"}} {seconds[route]:.6f}'
            yield f'{name}_count{{route="{route}"}} {so_far}'

    def _begin(self) -> None:
        self._calls: Counter[Call] = Counter()
        self._places: Counter[tuple[str, int]] = Counter()
        self._seconds: dict[str, float] = _Sums()
        self._news = False

    def _sums(self) -> tuple[Counter[Call], Counter[tuple[str, int]], dict[str, float]]:
        calls: Counter[Call] = Counter()
        places: Counter[tuple[str, int]] = Counter()
        seconds = _Sums()
        for path in self._folder.glob("*.json"):
            told = json.loads(path.read_text(encoding="utf-8"))
            for method, route, status, n in told["calls"]:
                calls[method, route, status] += n
            for route, at, n in told["places"]:
                places[route, at] += n
            for route, spent in told["seconds"]:
                seconds[route] += spent
        return calls, places, seconds


class _Sums(dict[str, float]):
    def __missing__(self, key: str) -> float:
        return 0.0
