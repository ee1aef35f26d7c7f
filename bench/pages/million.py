"""Each dashboard page with many sessions, compared with few: time and CPU of its server."""

import argparse
import http.client
import os
import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from bench import growth, seed
from bench.pages.aims import grown
from bench.pages.inside import Inside
from bench.pages.places import Place, everywhere, prepared
from bench.rows import Writer
from bench.server import cpu_precisely, databases

FEW: Final = 1_000
ASKED: Final = 5
"""Requests per round and size."""
LONGEST: Final = 30.0
"""Seconds for one page, after which it gets no more rounds."""
MORE: Final = {
    "/sessions, abandoned ones": "/sessions?status=abandoned",
    "/sessions, held in writing": "/sessions?mode=text",
    "/sessions, held by voice": "/sessions?mode=voice",
    "/sessions of a campaign": "/sessions?campaign_id={campaign_id}",
}


@dataclass
class Size:
    """Server with a number of sessions, called on one kept connection."""

    growing: growth.Size
    cookie: str
    places: dict[str, str]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        instance = self.growing.instance
        self._line = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=300)
        self._database = Writer(instance.plain)
        self._pids: list[int] = []

    def begin(self, path: str) -> None:
        """Reset the results of the previous page, and warm up."""
        self.wall, self.cpu = [], []
        self.ask(path)
        self._pids = [*self.growing.process.pids, *self._database.backends()]
        self.ask(path)

    def ask(self, path: str) -> tuple[float, float]:
        """Seconds, and CPU seconds of server and database, of one response."""
        before, began = cpu_precisely(self._pids), time.perf_counter()
        self._line.request("GET", path, headers={"Cookie": f"ir={self.cookie}"})
        answer = self._line.getresponse()
        answer.read()
        taken = time.perf_counter() - began
        if answer.status not in (200, 404):
            raise RuntimeError(f"{path} was answered {answer.status}")
        return taken, cpu_precisely(self._pids) - before


def run(given: argparse.Namespace) -> bool:
    """Measure all pages, and return whether they meet their targets."""
    held = True
    for name, server in databases(given):
        with ExitStack() as stack:
            few, many = (_size(stack, server, number) for number in (FEW, given.sessions))
            more = f"{given.sessions:,} sessions ÷ {FEW:,}"
            print(f"\n## {name}: {more}, load {os.getloadavg()[0]:.1f}\n")
            print("| page | ms, few | ms, many | ratio | CPU ratio | |")
            print("|---|---|---|---|---|---|")
            for page, path in few.places.items():
                if given.only_page in page:
                    held &= _compared(
                        page, (few, path), (many, many.places[page]), given.rounds
                    )
    return held


def _size(stack: ExitStack, server: str, sessions: int) -> Size:
    """Pages that grow: one campaign has half of all sessions, the others share the rest."""
    made = growth.started(stack, server, sessions, spread=True, proven=False)
    instance = made.instance
    ids = prepared(instance.environment, instance.fixtures["A"])
    ids |= {"campaign_id": seed.campaign_id(1), "session_id": seed.copied(sessions)}
    inside = Inside(instance.environment, instance.port)
    cookie = inside.log_in(instance.fixtures["A"])
    inside.close()
    desk = [place for place in everywhere(ids) if place.who == "desk"]
    desk += [Place(name, path.format(**ids), "desk") for name, path in MORE.items()]
    return Size(made, cookie, {place.name: place.path for place in desk})


def _compared(page: str, few: tuple[Size, str], many: tuple[Size, str], rounds: int) -> bool:
    """Measure in rounds A B A B, then B A B A, so that neither always has the same conditions."""
    until = time.monotonic() + LONGEST
    for size, path in (few, many):
        size.begin(path)
    for number in range(rounds):
        order = (few, many) if number % 2 == 0 else (many, few)
        taken: dict[int, list[tuple[float, float]]] = {id(few[0]): [], id(many[0]): []}
        for _ in range(ASKED):
            for size, path in order:
                taken[id(size)].append(size.ask(path))
        for size, _ in order:
            wall, cpu = zip(*taken[id(size)], strict=True)
            size.wall.append(statistics.median(wall))
            size.cpu.append(statistics.median(cpu))
        if time.monotonic() > until:
            break
    row, wrong = grown(page, (few[0].wall, many[0].wall), (few[0].cpu, many[0].cpu))
    print(row, flush=True)
    return not wrong
