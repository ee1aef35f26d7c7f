"""Kills and faults under load: everything confirmed must be stored exactly once."""

import argparse
import os
import signal
import time
import traceback
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Final, NoReturn

from bench import server
from bench.chaos import storage, storms, table, workers
from bench.chaos.host import Host
from bench.chaos.judging import Finding
from bench.chaos.table import Row
from tests.flows import mail_sink, receiver

CREDITS: Final = "9000000"
NO_SERVER: Final = "no PostgreSQL; scripts/services before the command starts one"
CHECKS: Final = ("D1", "D3", "D5", "D2")
"""Checks in the order in which they run. D4 is part of D1: the same kills affect both."""
ALL: Final = "D1 to D5"
ENDED: Final = "the run was ended before"
TIMED: Final = ("D1",)
"""Checks with a time limit for restarts; nothing else may run beside them."""
MINUTES: Final = 60
TIMED_MINUTES: Final = {"sqlite": 24, "postgresql": 34}
SHORT_MINUTES: Final = 10
"""Minutes after which a short run stops killing; the row says so."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Numbers of a run: random kills of the group, kills of the worker per point, turns before
    each kill in D3, seconds of faults.
    """

    kills: int
    workers: int
    turns: int
    seconds: float


SHORT: Final = {"sqlite": Plan(5, 1, 40, 3), "postgresql": Plan(3, 1, 20, 3)}
PARTS: Final = {"sqlite": 1.0, "postgresql": 0.4}
"""Share of `--kills` for each database."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=500, help="kills of the server group on SQLite; 2/5 of it on PostgreSQL, a fifth at each point of the worker, ten saved turns per kill")  # fmt: skip  # noqa: E501
    parser.add_argument(
        "--seconds", type=float, default=180, help="seconds of faults per database"
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--server", default=os.environ.get("TEST_DATABASE_URL", ""),
                        help="a PostgreSQL server")  # fmt: skip
    parser.add_argument("--redis", default=os.environ.get("TEST_REDIS_URL", ""),
                        help="Redis for the counters, with PostgreSQL")  # fmt: skip
    parser.add_argument("--ready", type=float, default=2.0, help="maximum seconds of a restart")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--checks", default="", help="only these, such as D1,D3")
    parser.add_argument(
        "--short", action="store_true", help="a minute or two, both databases at once"
    )


def run(given: argparse.Namespace) -> None:
    began = time.monotonic()
    table.head(given.seed)
    names = [name for name in PARTS if given.database in (name, "both")]

    rows: dict[str, list[Row]] = {name: [] for name in names}
    wanted = set(given.checks.replace("D4", "D1").split(",")) if given.checks else set(CHECKS)
    if unknown := wanted.difference(CHECKS):
        raise SystemExit(f"No such check: {', '.join(sorted(unknown))}. {ALL} there are.")
    before = signal.signal(signal.SIGTERM, _end)
    try:
        with ExitStack() as standing:
            places = [standing.enter_context(_standing(name, given)) for name in names]

            def run_checks(place: Place, checks: Iterable[str], minutes: float) -> None:
                for check in filter(wanted.intersection(checks).__contains__, CHECKS):
                    rows[place.name] += place.rows(check, began + minutes * 60)

            if not given.short:
                for place in places:
                    run_checks(place, TIMED, TIMED_MINUTES[place.name])
            rest, minutes = (
                (CHECKS, SHORT_MINUTES) if given.short else (set(CHECKS) - {*TIMED}, MINUTES)
            )
            with ThreadPoolExecutor(len(places)) as both:
                list(both.map(lambda place: run_checks(place, rest, minutes), places))
    finally:  # an interrupted run prints what it has found
        signal.signal(signal.SIGTERM, before)
        every = ([*rows[name], *unreached(name, rows[name], wanted)] for name in names)
        good = table.report(list(chain.from_iterable(every)), time.monotonic() - began)
    if not good:
        raise SystemExit(1)


def unreached(name: str, rows: Sequence[Row], wanted: Container[str]) -> Iterator[Row]:
    """Rows for the checks that the run didn't reach on a database."""
    for check in filter(wanted.__contains__, CHECKS):
        if not any(row.check.startswith(check) for row in rows):
            yield Row(check, name, missing=ENDED)


def _end(number: int, _frame: object) -> NoReturn:
    """Stop everything in order, so that no server is left behind."""
    raise SystemExit(128 + number)


@dataclass(frozen=True, slots=True)
class Place:
    """Database with its servers, a receiver and a mail sink; empty if there is no PostgreSQL."""

    name: str
    given: argparse.Namespace
    host: Host | None = None
    heard: receiver.Receiver | None = None
    letters: mail_sink.Letters | None = None

    def rows(self, check: str, until: float) -> Iterator[Row]:
        """Rows of one check, yielded as soon as they are known. Nothing is killed after `until`
        (monotonic).
        """
        host, heard, letters = self.host, self.heard, self.letters
        if host is None or heard is None or letters is None:
            yield Row(check, self.name, missing=NO_SERVER)
            return
        plan, seed = planned(self.name, self.given), self.given.seed
        limits = storms.Limits(self.given.ready, until)
        faults = (
            storage.failing_disk
            if self.name == "sqlite"
            else partial(storage.no_database, server=self.given.server)
        )
        acts: dict[str, Callable[[], Iterable[Row]]] = {
            "D1": lambda: storms.at_random(host, plan.kills, seed, limits),
            "D3": lambda: storms.once_saved(host, plan.turns, seed, limits),
            "D5": lambda: faults(host, seconds=plan.seconds, seed=seed),
            "D2": lambda: workers.Killings(host, plan.workers, until).all(heard, letters),
        }
        yield from told(check, self.name, acts[check])


@contextmanager
def _standing(name: str, given: argparse.Namespace) -> Iterator[Place]:
    """Server on a new database, removed afterwards."""
    if name == "postgresql" and not given.server:
        yield Place(name, given)
        return
    lite = name == "sqlite"
    more = {} if lite or not given.redis else {"REDIS_URL": given.redis}
    with (
        receiver.receiving() as heard,
        mail_sink.serving(mail_sink.Letters) as letters,
        server.fresh(
            "" if lite else given.server,
            SMTP_URL=letters.url,
            MAIL_FROM="Chaos <chaos@chaos.example>",
            WEBHOOK_ALLOWED_CIDRS=f"{receiver.HOST}/32",
            **more,
        ) as instance,
    ):
        grant = ("credits", "grant", workers.ORGANIZATION, CREDITS, "--reference", "chaos")
        instance.command(*grant)
        host = Host(instance)
        host.start()
        try:
            yield Place(name, given, host, heard, letters)
        finally:
            host.stop()


def planned(name: str, given: argparse.Namespace) -> Plan:
    """Plan for a database of this name."""
    if given.short:
        return SHORT[name]
    kills = max(1, round(given.kills * PARTS[name]))
    return Plan(kills, max(1, kills // 5), 10 * kills, given.seconds)


def told(check: str, database: str, act: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """Rows of a check, printed as soon as they are known. A check that raises has failed."""
    began = time.monotonic()
    try:
        for row in act():
            seconds = time.monotonic() - began
            print(f"{seconds:6.0f} s  {row.check}, {row.database}: {row.verdict}", flush=True)
            table.explain(row)
            yield row
    except Exception as fault:  # noqa: BLE001 - the others are to be run, and the table to be printed
        traceback.print_exc()
        yield Row(check, database, finding=Finding(wrong=[f"it broke off: {fault}"]))
