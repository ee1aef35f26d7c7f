"""Request metrics of all processes of a server, added up.

Each process counts with `prometheus_client` and saves its samples to its own file, in a folder that
the server's processes share. Any process can add the files up, so the result does not depend on
which one responds. The library's own multiprocess mode writes to mapped memory instead, where a
full disk would kill the process.
"""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.metrics_core import Metric

METHODS: Final = frozenset(
    ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
)
"""Methods that are counted by name; any other is `other`."""
BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds of the histogram buckets, in seconds."""

CallLabels = tuple[str, str, int]
"""Method, route pattern, status."""

disable_created_metrics()  # type: ignore[no-untyped-call]


class RequestMetrics:
    """Counter and histogram of requests, shared through files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._begin()

    def record(self, call: CallLabels, seconds: float) -> None:
        """Record one request."""
        with self._guard:
            if self._pid != os.getpid():  # counts from before a fork belong to the parent
                self._begin()
            self._changed = True
        self._requests.labels(*call).inc()
        self._seconds.labels(call[1]).observe(seconds)

    def save(self) -> None:
        """Save the counts for the other processes, if there are new ones."""
        with self._guard:
            if not self._changed or self._pid != os.getpid():
                return
            self._changed = False
        families = [
            (family.name, family.documentation, family.type, [s[:3] for s in family.samples])
            for family in self._registry.collect()
        ]
        part = self._folder / f".{self._pid}"
        try:
            self._folder.mkdir(exist_ok=True, mode=0o700)
            part.write_text(json.dumps(families), encoding="utf-8")
            part.replace(self._folder / f"{self._pid}.json")
        except OSError:  # a full disk: the next save tries again
            self._changed = True

    def clear(self) -> None:
        """Delete the counts of earlier servers."""
        for path in self._folder.glob("*.json"):
            path.unlink(missing_ok=True)

    def failures(self) -> list[tuple[CallLabels, int]]:
        """Requests of all processes with status 500 or above, most frequent first."""
        found = [
            ((s.labels["method"], s.labels["route"], int(s.labels["status"])), int(s.value))
            for family in self.collect()
            for s in family.samples
            if s.labels.get("status", "") >= "500"
        ]
        return sorted(found, key=lambda failure: (-failure[1], failure[0]))

    def collect(self) -> Iterator[Metric]:
        """Sums over all processes, in the form of a Prometheus collector."""
        self.save()
        families: dict[str, Metric] = {}
        sums: dict[str, dict[tuple[str, tuple[tuple[str, str], ...]], float]] = {}
        for path in self._folder.glob("*.json"):
            for name, help, kind, samples in json.loads(path.read_text(encoding="utf-8")):
                families[name] = Metric(name, help, kind)
                of_family = sums.setdefault(name, {})
                for sample, labels, value in samples:
                    key = (sample, tuple(labels.items()))
                    of_family[key] = of_family.get(key, 0.0) + value
        for name, family in families.items():
            for (sample, labels), value in sums[name].items():
                family.add_sample(sample, dict(labels), value)
            yield family

    def _begin(self) -> None:
        self._pid, self._changed = os.getpid(), False
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "interviewrelay_requests",
            "Answered requests.",
            ("method", "route", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "interviewrelay_request_seconds",
            "Time to answer a request, in seconds.",
            ("route",),
            registry=registry,
            buckets=BOUNDS,
        )
