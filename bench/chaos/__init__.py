"""Kills and faults under load: what was acknowledged is there, once. One table at the end."""

import argparse
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
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
NO_RECORDINGS: Final = "no recordings yet: nothing is uploaded"
CHECKS: Final = ("D1", "D3", "D4", "D5", "D2")
"""In the order in which they are run."""
ALL: Final = "D1 to D5"
ENDED: Final = "the run was ended before"
MINUTES: Final = {"sqlite": 40, "postgresql": 60}
SHORT_MINUTES: Final = 10
"""From the beginning; after them nobody is killed any more on that database, and the row says so."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How often the group is killed at random, and the worker at each point; turns that are saved
    before a kill; seconds of faults.
    """

    kills: int
    workers: int
    turns: int
    seconds: float


SHORT: Final = {"sqlite": Plan(5, 1, 40, 3), "postgresql": Plan(3, 1, 20, 3)}
PARTS: Final = {"sqlite": 1.0, "postgresql": 0.4}
"""Of `--kills`, for each database."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=500, help="of the server group on SQLite; 2/5 on PostgreSQL, a fifth of it at each point of the worker, ten turns saved for each")  # fmt: skip  # noqa: E501
    parser.add_argument("--seconds", type=float, default=180, help="of faults, on each")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--server", default=os.environ.get("TEST_DATABASE_URL", ""),
                        help="a PostgreSQL server")  # fmt: skip
    parser.add_argument("--redis", default=os.environ.get("TEST_REDIS_URL", ""),
                        help="for the counters beside PostgreSQL")  # fmt: skip
    parser.add_argument(
        "--ready", type=float, default=2.0, help="seconds that a restart may take"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="a minute or two, both at once")


def run(given: argparse.Namespace) -> None:
    began = time.monotonic()
    table.head(given.seed)
    names = [name for name in PARTS if given.database in (name, "both")]

    rows: dict[str, list[Row]] = {name: [] for name in names}

    def on(name: str) -> None:
        minutes = SHORT_MINUTES if given.short else MINUTES[name]
        for row in _on(name, given, began + minutes * 60):
            rows[name].append(row)

    before = signal.signal(signal.SIGTERM, _end)
    try:
        if given.short:  # nothing is measured, so they may share the machine
            with ThreadPoolExecutor(len(names)) as both:
                list(both.map(on, names))
        else:
            for name in names:
                on(name)
    finally:  # whoever ends it before its time is told what was found until then
        signal.signal(signal.SIGTERM, before)
        every = ([*rows[name], *unreached(name, rows[name])] for name in names)
        good = table.report(list(chain.from_iterable(every)), time.monotonic() - began)
    if not good:
        raise SystemExit(1)


def unreached(name: str, rows: Sequence[Row]) -> Iterator[Row]:
    """A row for each check that the run on a database did not come to."""
    if any(row.check == ALL for row in rows):
        return
    for check in CHECKS:
        if not any(row.check.startswith(check) for row in rows):
            yield Row(check, name, missing=ENDED)


def _end(number: int, _frame: object) -> NoReturn:
    """In order, so that no server is left behind."""
    raise SystemExit(128 + number)


def _on(name: str, given: argparse.Namespace, until: float) -> Iterator[Row]:
    """All checks on one database, one after the other."""
    if name == "postgresql" and not given.server:
        yield Row(ALL, name, missing=NO_SERVER)
        return
    lite, plan = name == "sqlite", planned(name, given)
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
        limits, seed = storms.Limits(given.ready, until), given.seed
        killings = workers.Killings(host, plan.workers, until)
        away = partial(storage.no_database, server=given.server)
        faults = storage.failing_disk if lite else away
        try:
            yield from told(
                "D1", name, partial(storms.at_random, host, plan.kills, seed, limits)
            )
            yield from told(
                "D3", name, partial(storms.once_saved, host, plan.turns, seed, limits)
            )
            yield Row("D4 audio", name, missing=NO_RECORDINGS, void=True)
            yield from told("D5", name, partial(faults, host, seconds=plan.seconds, seed=seed))
            yield from told("D2", name, partial(killings.all, heard, letters))
        finally:
            host.stop()


def planned(name: str, given: argparse.Namespace) -> Plan:
    """What is done on a database of this name."""
    if given.short:
        return SHORT[name]
    kills = max(1, round(given.kills * PARTS[name]))
    return Plan(kills, max(1, kills // 5), 10 * kills, given.seconds)


def told(check: str, database: str, act: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """The rows of a check, each told as soon as it is known. One that breaks off has failed."""
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
