"""A day of a medium-sized installation in half an hour: memory, open files and SQLite's log stay
small.
"""

import argparse
import itertools
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bench.commands import begun
from bench.load import Connection, request
from bench.people import Called, People, rich
from bench.server import Instance, databases, family, on_databases
from bench.telling import telling
from bench.verdicts import Row, heading, judged, percentile, tell

THINK: Final = (1.0, 3.0)
WARM: Final = 1 / 6
"""Share of the run after which growth is measured; caches have filled by then."""
LOOKS: Final = 60
INTERVIEWS_A_MINUTE: Final = 6
"""Maximum interviews per participant and minute."""
EACH: Final = 10_000
"""Number of requests for which growth is reported."""
LOG_MIB: Final = 64.0
SERVER_MIB: Final = 300.0
WORKER_MIB: Final = 150.0


@dataclass(frozen=True, slots=True)
class Look:
    """Snapshot of the processes of server and worker; memory is resident, in MiB."""

    requests: int
    server: float
    worker: float
    files: int
    log: float


@dataclass
class Asked:
    """Results of the calls: seconds of each, and unexpected responses."""

    taken: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument(
        "--rate", type=float, default=30, help="calls per second, in addition to answers"
    )
    parser.add_argument("--people", type=int, default=20, help="concurrent interviews")
    parser.add_argument(
        "--slope", type=float, default=1, help="maximum MiB added per 10,000 requests"
    )
    on_databases(parser)


def run(given: argparse.Namespace) -> None:
    rows = [row for name, server in databases(given) for row in _measured(name, server, given)]
    if any(row.verdict in ("FAIL", "void") for row in rows):
        raise SystemExit(1)


def _measured(name: str, server: str, given: argparse.Namespace) -> list[Row]:
    seconds, over = given.minutes * 60, threading.Event()
    asked, looks = Asked(), list[Look]()
    with telling(server, {"A": ["/hook"]}, "*", TRUSTED_PROXIES="1") as scene:
        instance, process, called = scene.instance, scene.process, scene.called
        rich(instance)
        with _worker(instance) as worker:
            links = called.links(int(given.people * (given.minutes * INTERVIEWS_A_MINUTE + 2)))

            def look() -> None:
                while not over.wait(seconds / LOOKS):
                    looks.append(
                        _look(instance, process.pids, family(worker), len(asked.taken))
                    )

            beside = [
                threading.Thread(
                    target=_call, args=(called, process.port, given.rate, asked, over)
                ),
                threading.Thread(target=look),
            ]
            for thread in beside:
                thread.start()
            heard = People(process.port, iter(links), THINK).hold(
                given.people, 0, seconds, lambda: None
            )
            over.set()
            for thread in beside:
                thread.join()
    requests = 1 + len(heard.turns) / max(1, len(asked.taken))  # per call
    looks = [replace(look, requests=round(look.requests * requests)) for look in looks]
    rows = judge(looks, [*asked.wrong, *heard.wrong], given.slope)
    heading(f"{name}: {given.minutes:g} minutes, {given.people} concurrent interviews")
    tell(
        Row("calls, and answers", f"{len(asked.taken)}, {len(heard.turns)}"),
        Row("time of a call in ms, p50 and p99", _milli(asked.taken)),
        Row("time of an answer in ms, p50 and p99", _milli(heard.turns)),
        *rows,
    )
    return rows


def judge(looks: Sequence[Look], wrong: Sequence[str], slope: float) -> list[Row]:
    """Table rows with targets; they need at least four snapshots."""
    warm = looks[int(len(looks) * WARM) :]
    if len(warm) < 3:
        return [Row("snapshots", str(len(looks)), "≥ 4", "void")]
    half = len(warm) // 2
    files = [max(look.files for look in part) for part in (warm[:half], warm[half:])]
    told = [
        ("server, MiB added per 10,000 requests", growth(warm, "server"), slope),
        ("worker, MiB added per 10,000 requests", growth(warm, "worker"), slope),
        ("server, MiB at most", max(look.server for look in looks), SERVER_MIB),
        ("worker, MiB at most", max(look.worker for look in looks), WORKER_MIB),
        ("open files, more in the second half", float(files[1] - files[0]), 5.0),
        ("SQLite's log, MiB at most", max(look.log for look in looks), LOG_MIB),
        ("unexpected responses", float(len(wrong)), 0.0),
    ]
    rows = [
        Row(name, f"{value:.2f}".removesuffix(".00"), f"≤ {most:g}", judged([value], most=most))
        for name, value, most in told
    ]
    return [*rows, *(Row("unexpected response", one) for one in [*wrong][:5])]


def growth(looks: Sequence[Look], what: str) -> float:
    """MiB added per 10,000 requests, by least squares."""
    requests = [float(look.requests) for look in looks]
    if len(set(requests)) < 2:
        return 0.0
    line = statistics.linear_regression(requests, [getattr(look, what) for look in looks])
    return line.slope * EACH


def _look(instance: Instance, server: Sequence[int], worker: Sequence[int], calls: int) -> Look:
    log = instance.database.with_name(instance.database.name + "-wal")
    return Look(
        calls,
        sum(map(_resident, server)),
        sum(map(_resident, worker)),
        sum(map(_open_files, [*server, *worker])),
        log.stat().st_size / 2**20 if log.exists() else 0.0,
    )


def _resident(pid: int) -> float:
    with suppress(OSError):  # it has ended
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0.0


def _open_files(pid: int) -> int:
    with suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    return 0


@contextmanager
def _worker(instance: Instance) -> Iterator[int]:
    """Process id of a worker beside the server."""
    with begun(instance.environment, "worker") as process:
        try:
            yield process.pid
        finally:
            process.terminate()


def _call(called: Called, port: int, rate: float, asked: Asked, over: threading.Event) -> None:
    """Make a steady rate of calls, as dashboards, programs and readers do."""
    a, line, draw = called.given, Connection(port), random.Random(1)
    key = {"Authorization": f"Bearer {a['key_owner']}"}
    session = f"/api/session/{a['session_id']}"
    reads = [
        "/api/sessions", "/api/sessions?limit=100&offset=100", "/api/sessions?q=minutes",
        f"/api/sessions?campaign_id={a['campaign_id']}", "/api/campaigns", "/api/projects",
        f"/api/campaigns/{a['campaign_id']}/invites", "/api/billing/credits",
        "/api/billing/usage?limit=50", "/api/events?limit=50",
        f"/api/sessions/{a['session_id']}", f"{session}/transcript",
        f"{session}/transcript?format=csv", "/readyz",
    ]  # fmt: skip
    began = time.monotonic()
    for number in itertools.count():
        if over.wait(max(0.0, began + number / rate - time.monotonic())):
            break
        if number % 10 == 9:
            invited = {"emails": [f"soak{number}@bench.example"], "send_email": False}
            path = f"/api/campaigns/{a['campaign_id']}/invites"
            sent = request("POST", path, invited, key)
        elif number % 300 == 100:
            sent = request("GET", f"{session}/pdf", None, key)
        else:
            sent = request("GET", draw.choice(reads), None, key)
        began_call = time.monotonic()
        try:
            status, _ = line.call(sent)
        except OSError as fault:
            status, line = 0, Connection(port)
            asked.wrong.append(f"{_head(sent)}: {fault!r}")
        asked.taken.append(time.monotonic() - began_call)
        if status not in (0, 200, 201):
            asked.wrong.append(f"{_head(sent)}: {status}")
    line.close()


def _head(sent: bytes) -> str:
    return sent.partition(b"\r")[0].decode()


def _milli(taken: Sequence[float]) -> str:
    return (
        ", ".join(f"{percentile(taken, cut) * 1000:.0f}" for cut in (50, 99)) if taken else "–"
    )
