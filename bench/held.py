"""Concurrent interviews with participants who think, and turns per second with participants who
don't.
"""

import argparse
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from bench.people import Called, Heard, People, rich
from bench.server import Process, databases, fresh
from bench.trees import Tree
from bench.verdicts import Row, heading, percentile, spread, tell

SETTLE = 3.0
"""Seconds until all have started, in addition to the longest pause."""
SATURATED = 0.7
"""Cores used by one saturated process."""
TURNS_AN_INTERVIEW = 4
"""Minimum number of turns per interview, which determines how many links are made."""


@dataclass(frozen=True, slots=True)
class Step:
    """Measurement of a number of concurrent interviews: waiting times and cost."""

    people: int
    seconds: float
    heard: Heard
    ours: float
    """CPU seconds of the server; `databases` has those of its database."""
    databases: float
    pss: float
    """Memory of all processes in MiB."""

    @property
    def rate(self) -> float:
        return len(self.heard.turns) / self.seconds

    @property
    def cores(self) -> float:
        return (self.ours + self.databases) / self.seconds

    @property
    def turn_cpu(self) -> float:
        """CPU milliseconds per turn, openings included."""
        return (self.ours + self.databases) * 1_000 / max(1, len(self.heard.turns))

    def late(self, percent: float) -> float:
        """Percentile of the waiting time, in milliseconds."""
        return percentile(self.heard.turns, percent) * 1_000

    def within(self, bound: float) -> bool:
        return not self.heard.wrong and bool(self.heard.turns) and self.late(95) <= bound

    def __str__(self) -> str:
        if self.heard.wrong:
            return f"| {self.people} | void: {self.heard.wrong[0]} | | | | | | |"
        return (
            f"| {self.people} | {self.rate:.0f} | {self.late(50):.0f} | {self.late(95):.0f} |"
            f" {self.late(99):.0f} | {self.ours / self.seconds:.2f} +"
            f" {self.databases / self.seconds:.2f} | {self.turn_cpu:.1f} | {self.pss:.0f} |"
        )


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--think", default="1,3", help="range of seconds before an answer")
    parser.add_argument("--bound", type=float, default=300, help="maximum p95 of a turn, in ms")
    parser.add_argument("--step", type=float, default=12, help="seconds per step")
    parser.add_argument(
        "--from", dest="least", type=int, default=50, help="first number of interviews"
    )
    parser.add_argument(
        "--clients", type=int, default=32, help="concurrent participants who don't think"
    )


def run(given: argparse.Namespace) -> None:
    for name, server in databases(given):
        _measure(name, server, given)


def _measure(name: str, server: str, given: argparse.Namespace) -> None:
    low, high = (float(part) for part in given.think.split(","))
    with ExitStack() as stack:
        instance = stack.enter_context(fresh(server, TRUSTED_PROXIES="1"))
        rich(instance)
        process = instance.process("interviewrelay", "serve", port=instance.port)
        stack.callback(process.close)
        called = Called(instance, process)
        called.call("DELETE", f"/api/webhooks/{called.given['webhook_id']}")
        trees = Tree.of(process), Tree.of_database(instance)

        def hold(people: int, think: tuple[float, float] = (low, high)) -> Step:
            step = _held(called, process, trees, people, think, given.step)
            print(step, flush=True)
            return step

        print(f"\n## {name}: concurrent interviews, {low:g}–{high:g} s to think, one process, load"
              f" {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")  # fmt: skip
        print("| people | turns/s | p50 ms | p95 ms | p99 ms | cores, ours + database's"
              " | CPU ms a turn | PSS MiB |\n|---|---|---|---|---|---|---|---|")  # fmt: skip
        at_rest = sum(tree.pss_mib() for tree in trees)
        best, worse = most(hold, given.least, lambda step: step.within(given.bound))
        print(f"\n{given.clients} who don't think:\n", flush=True)
        pressed = [hold(given.clients, (0, 0)) for _ in range(3)]
        heading(name)
        tell(*rows(best, worse, pressed, at_rest, given.bound))


def _held(
    called: Called, process: Process, trees: tuple[Tree, Tree], people: int,
    think: tuple[float, float], seconds: float,
) -> Step:  # fmt: skip
    lasts = SETTLE + 2 * max(think) + seconds
    each = lasts / max(sum(think) / 2, 0.05) / TURNS_AN_INTERVIEW + 2
    wanted = people * each if max(think) else 500 * lasts / TURNS_AN_INTERVIEW
    crowd = People(process.port, iter(called.links(int(wanted))), think)
    costs: list[tuple[float, float, float]] = []

    def look() -> None:
        ours, databases = (tree.cpu_seconds() for tree in trees)
        costs.append((ours, databases, time.perf_counter()))

    heard = crowd.hold(people, SETTLE, seconds, look)
    (ours, theirs, began), (ours_then, theirs_then, ended) = costs
    pss = sum(tree.pss_mib() for tree in trees)
    return Step(people, ended - began, heard, ours_then - ours, theirs_then - theirs, pss)


def most(
    hold: Callable[[int], Step], least: int, fits: Callable[[Step], bool]
) -> tuple[Step | None, Step]:
    """Largest step that fits and smallest that doesn't: doubled until one doesn't fit, then
    halved three times.
    """
    best, people = None, least
    while fits(step := hold(people)):
        best, people = step, people * 2
    worse = step
    low, high = (best.people if best else 0), people
    for _ in range(3):
        middle = (low + high) // 2
        if middle in (low, high):
            break
        if fits(step := hold(middle)):
            best, low = step, middle
        else:
            high, worse = middle, step
    return best, worse


def rows(
    best: Step | None, worse: Step, pressed: list[Step], at_rest: float, bound: float
) -> list[Row]:
    """Table rows. If the failing load left most of a processor unused, other programs were using
    it, and the server can handle more than was measured.
    """
    within = f"p95 ≤ {bound:g} ms, no error"
    starved = not worse.heard.wrong and worse.cores < SATURATED
    limit = Row("cores in use beyond that", f"{worse.people} people: {worse.cores:.2f}",
                f"≥ {SATURATED:g}", "UNSURE" if starved else "PASS")  # fmt: skip
    if best is None:
        held = [
            Row("concurrent interviews", "none", within, "UNSURE" if starved else "FAIL"),
            limit,
        ]
    else:
        more = (best.pss - at_rest) * 1_024 / best.people
        held = [
            Row("concurrent interviews", f"{best.people}, p95 {best.late(95):.0f} ms", within, "PASS"),
            limit,
            Row("people per core in use", f"{best.people / best.cores:.0f}"),
            Row("people per GiB in use", f"{best.people / best.pss * 1_024:.0f}"),
            Row("memory", f"{best.pss:.0f} MiB, of which {at_rest:.0f} at rest;"
                          f" {more:.0f} KiB more per participant"),
        ]  # fmt: skip
    if wrong := [fault for step in pressed for fault in step.heard.wrong]:
        return [
            *held,
            Row("turns per second without thinking", f"void: {wrong[0]}", "", "void"),
        ]
    rates = spread([step.rate for step in pressed], 0)
    cores = spread([step.cores for step in pressed])
    each = spread([step.rate / step.cores for step in pressed], 0)
    return [
        *held,
        Row("turns per second without thinking", f"{rates} at {cores} cores"),
        Row("turns per second per core in use", each),
    ]
