"""A million sessions compared with a thousand: CPU and time of each read and of a turn, as
ratios.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from bench import seed
from bench.load import Client, Crowd, Interviewed, Same, request
from bench.server import Caller, Instance, Process, databases, fresh
from bench.turn import ANSWERS, begin
from interviewrelay.core.config import settings
from interviewrelay.core.db import session
from interviewrelay.core.db.pagination import build_cursor
from interviewrelay.factory import create_app

GOAL: Final = 1.2
SLICE: Final = 1.0
"""Seconds of load on one size before the other one's turn."""


@dataclass
class Size:
    """Instance with a number of sessions, and its results in the current job."""

    sessions: int
    instance: Instance
    process: Process
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    wrong: int = 0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=7, help="number of rounds A B B A …")
    parser.add_argument("--jobs", default="", help="only these, separated by commas")


def run(given: argparse.Namespace) -> None:
    for name, server in databases(given):
        _compare(name, server, given)


def _compare(name: str, server: str, given: argparse.Namespace) -> None:
    with ExitStack() as stack:
        sizes = [started(stack, server, sessions) for sessions in (given.few, given.sessions)]
        load = os.getloadavg()[0]
        print(f"\n## {name}: {given.sessions:,} sessions ÷ {given.few:,}, load {load:.1f}\n")
        print("| job | CPU µs, few | CPU µs, many | CPU ratio | p50 ratio | |")
        print("|---|---|---|---|---|---|")
        for job, make in JOBS.items():
            if not given.jobs or job in given.jobs.split(","):
                _measure(sizes, make, given.rounds)
                _report(job, *sizes)


def started(
    stack: ExitStack, server: str, sessions: int, *, spread: bool = False, proven: bool = True
) -> Size:
    """Server with a number of sessions, half a minute apart or `spread` over the last year. With
    `proven`, `doctor` runs too.
    """
    instance = stack.enter_context(fresh(server))
    began = time.perf_counter()
    app = create_app(settings.read_settings(instance.environment))
    a = instance.fixtures["A"]
    times = seed.over_a_year(sessions) if spread else seed.Times()
    seed.fill(app, a["org_id"], a["session_id"], sessions, times)
    with app.app_context():
        session.dispose()
    print(f"{sessions:,} sessions filled in {time.perf_counter() - began:.0f} s", flush=True)
    if proven:
        instance.command("doctor")  # fails if something is wrong
    process = instance.process("interviewrelay", "serve", port=instance.port)
    stack.callback(process.close)
    return Size(sessions, instance, process)


def _get(path: str | Callable[[Size], str]) -> Callable[[Size], Client]:
    def make(size: Size) -> Client:
        asked = path if isinstance(path, str) else path(size)
        key = {"Authorization": f"Bearer {size.instance.fixtures['A']['key_owner']}"}
        return Same(request("GET", asked, headers=key))

    return make


def _deep(size: Size) -> str:
    """Cursor behind 45 of a hundred sessions, from the newest."""
    there = int(size.sessions * 0.55)
    return build_cursor(seed.moment(there), seed.copied(there))


def _month(size: Size) -> str:
    """Month in the middle."""
    day = seed.moment(size.sessions // 2)
    return f"start_date={day:%Y-%m}-01&end_date={day:%Y-%m}-28"


def _talk(size: Size) -> Client:
    return Interviewed(lambda: begin(Caller(size.instance.port), size.instance), ANSWERS)


CAMPAIGN: Final = seed.campaign_id(7)
JOBS: Final[dict[str, Callable[[Size], Client]]] = {
    "campaigns": _get("/api/campaigns?limit=50"),
    "campaign": _get(f"/api/campaigns/{CAMPAIGN}"),
    "sessions": _get("/api/sessions"),
    "by status": _get("/api/sessions?status=abandoned"),
    "by month": _get(lambda size: f"/api/sessions?{_month(size)}"),
    "by campaign": _get(f"/api/sessions?campaign_id={CAMPAIGN}"),
    "campaign and status": _get(f"/api/sessions?campaign_id={CAMPAIGN}&status=completed"),
    "cursor": _get(lambda size: f"/api/sessions?cursor={_deep(size)}"),
    "cursor, by status": _get(lambda s: f"/api/sessions?status=completed&cursor={_deep(s)}"),
    "session": _get(f"/api/sessions/{seed.copied(9)}"),
    "transcript": _get(f"/api/session/{seed.copied(1)}/transcript"),
    "turn": _talk,
}


def _measure(sizes: list[Size], make: Callable[[Size], Client], rounds: int) -> None:
    """Measure in rounds A B, then B A, so that neither always has the same conditions."""
    crowds = {size.sessions: Crowd(size.process.port, [make(size)]) for size in sizes}
    for size in sizes:
        size.cpu, size.wall, size.wrong = [], [], 0
        crowds[size.sessions].press(0.3)
    for number in range(rounds):
        for size in sizes if number % 2 == 0 else reversed(sizes):
            before = size.process.cpu_seconds
            load = crowds[size.sessions].press(SLICE)
            size.cpu.append((size.process.cpu_seconds - before) / len(load.taken))
            size.wall.append(statistics.median(load.taken))
            size.wrong += load.wrong


def _report(job: str, few: Size, many: Size) -> None:
    if few.wrong or many.wrong:
        print(f"| {job} | void: {few.wrong} and {many.wrong} errors | | | | |", flush=True)
        return
    cpu, wall = _ratios(many.cpu, few.cpu), _ratios(many.wall, few.wall)
    middle = statistics.median(cpu)
    verdict = "PASS" if max(cpu) <= GOAL else "FAIL" if min(cpu) > GOAL else "UNSURE"
    if verdict == "UNSURE" and middle <= GOAL:
        verdict = "PASS at the median"
    print(
        f"| {job} | {statistics.median(few.cpu) * 1e6:.0f} | {statistics.median(many.cpu) * 1e6:.0f} |"
        f" {middle:.2f} [{cpu[0]:.2f}–{cpu[-1]:.2f}] |"
        f" {statistics.median(wall):.2f} [{wall[0]:.2f}–{wall[-1]:.2f}] | {verdict} |",
        flush=True,
    )


def _ratios(these: list[float], those: list[float]) -> list[float]:
    return sorted(a / b for a, b in zip(these, those, strict=True))
