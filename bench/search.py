"""Full-text search over a million answers: p50 and p95 of each kind of query, beside a scan by LIKE."""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from bench.rows import Writer
from bench.server import (
    Caller,
    Instance,
    Process,
    cpu_precisely,
    databases,
    fresh,
    on_databases,
)
from bench.spoken import ANSWERS, Sessions, moment_of, vocabulary
from interviewrelay.core.db.pagination import cursor_after

GOAL: Final = 0.050
Query = dict[str, str]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--answers", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=40, help="of each kind")
    on_databases(parser)


def run(given: argparse.Namespace) -> None:
    for name, server in databases(given):
        with fresh(server) as instance:
            _measure(name, instance, given)


def _measure(name: str, instance: Instance, given: argparse.Namespace) -> None:
    began = time.perf_counter()
    writer = Writer(instance.plain)
    models = [instance.fixtures[who]["session_id"] for who in ("A", "B")]
    Sessions(writer, models, given.answers // ANSWERS).write()
    took = time.perf_counter() - began
    print(f"\n## {name}: {given.answers:,} answers, filled in {took:.0f} s\n")
    print(_sizes(writer))
    table(instance, writer, given.answers, given.queries)
    writer.close()


def table(instance: Instance, writer: Writer, answers: int, queries: int) -> None:
    """CPU is that of the server and of the database; time has the machine's other work in it."""
    scan = _scan(writer, instance)
    ours = instance.process("interviewrelay", "serve", port=instance.port)
    print(f"LIKE scan for the newest 50 with a phrase: {scan * 1000:.0f} ms; ", end="")
    print(f"load of the machine {os.getloadavg()[0]:.1f}\n")
    print("| query | found | p50 ms | p95 ms | CPU p50 | CPU p95 | p95 ÷ LIKE | |")
    print("|---|---|---|---|---|---|---|---|")
    try:
        for kind, (who, make) in _kinds(answers // ANSWERS).items():
            asker = _Asker(instance, ours, writer, who)
            draw = random.Random(kind)
            asked = [asker.ask(make(draw)) for _ in range(queries)]
            _report(kind, asked, scan)
    finally:
        ours.close()


class _Asker:
    """Somebody of an organization."""

    def __init__(self, instance: Instance, ours: Process, writer: Writer, who: str) -> None:
        self._caller, self._ours, self._writer = Caller(instance.port), ours, writer
        self._key = {"Authorization": f"Bearer {instance.fixtures[who]['key_owner']}"}
        self._caller.call("GET", "/api/sessions?limit=1", headers=self._key)

    def ask(self, query: Query) -> tuple[float, float, int]:
        """Seconds, CPU seconds, and how many were found."""
        path = f"/api/sessions?{urlencode(query)}"
        pids = [*self._ours.pids, *self._writer.backends()]
        before, began = cpu_precisely(pids), time.perf_counter()
        status, answer = self._caller.call("GET", path, headers=self._key)
        taken = time.perf_counter() - began
        if status != 200:
            raise RuntimeError(f"{path} was answered {status}: {answer}")
        return taken, cpu_precisely(pids) - before, answer["total"]


def _report(kind: str, asked: list[tuple[float, float, int]], scan: float) -> None:
    taken, spent, found = zip(*asked, strict=True)
    p95, cpu95 = (statistics.quantiles(times, n=20)[18] for times in (taken, spent))
    p50, cpu50 = (statistics.median(times) for times in (taken, spent))
    verdict = "PASS" if p95 <= GOAL else "FAIL" if cpu95 > GOAL else "UNSURE: CPU passes"
    print(
        f"| {kind} | {min(found)}–{max(found)} | {p50 * 1000:.1f} | {p95 * 1000:.1f} |"
        f" {cpu50 * 1000:.1f} | {cpu95 * 1000:.1f} | {p95 / scan:.4f} | {verdict} |",
        flush=True,
    )


def _kinds(sessions: int) -> dict[str, tuple[str, Callable[[random.Random], Query]]]:
    """Who asks, and what: words by their rank in the vocabulary, the first one the most common."""
    known = vocabulary()

    def said(*ranks: tuple[int, int], quoted: bool = False, **more: str) -> Any:
        def make(draw: random.Random) -> Query:
            words = " ".join(known[draw.randrange(*span)] for span in ranks)
            return {"q": f'"{words}"' if quoted else words, **more}

        return make

    common, middle, rare = (0, 12), (60, 400), (1_500, 3_000)
    deep = cursor_after(moment_of(sessions // 2), f"{'f' * 8}-ffff-7fff-bfff-{'f' * 12}")
    return {
        "rare word": ("A", said(rare)),
        "middling word": ("A", said(middle)),
        "common word": ("A", said(common)),
        "two rare words": ("A", said(rare, rare)),
        "AND of 3 common": ("A", said(common, common, common)),
        "AND of 4 middling": ("A", said(middle, middle, middle, middle)),
        "common and rare": ("A", said(common, rare)),
        "phrase of 2 very common": ("A", said(common, common, quoted=True)),
        "phrase of 3 very common": ("A", said(common, common, common, quoted=True)),
        "phrase of 5 very common": ("A", said(*[common] * 5, quoted=True)),
        "phrase of 2 middling": ("A", said(middle, middle, quoted=True)),
        "word never said": ("A", lambda draw: {"q": f"xylophone{draw.randrange(1000)}"}),
        "common, by status": ("A", said(common, status="abandoned")),
        "common, status of none": ("A", said(common, status="in_progress")),
        "rare, by status": ("A", said(rare, status="abandoned")),
        "common, one month": ("A", said(common, start_date="2024-03-01", end_date="2024-03-31")),
        "middling, half-way down": ("A", said(middle, cursor=deep)),
        "0.1 %: common word": ("B", said(common)),
        "0.1 %: rare word": ("B", said(rare)),
        "0.1 %: AND of 3 common": ("B", said(common, common, common)),
        "0.1 %: phrase of 3": ("B", said(common, common, common, quoted=True)),
    }  # fmt: skip


def _scan(writer: Writer, instance: Instance) -> float:
    """Seconds of the same without an index over words, by the database's own driver."""
    org = instance.fixtures["A"]["org_id"]
    words = (
        "SELECT i.id FROM interview i JOIN turn t ON t.interview_id = i.id "
        f"WHERE i.org_id = '{org}' AND t.speaker = 'participant' "
        "AND lower(t.text) LIKE '%so but on a my%' "
        "ORDER BY i.started_at DESC LIMIT 50"
    )
    began = time.perf_counter()
    writer.run(words)
    return time.perf_counter() - began


def _sizes(writer: Writer) -> str:
    ((spoken,),) = writer.run(
        "SELECT sum(length(text)) FROM turn WHERE speaker = 'participant'"
    )
    if writer.lite:
        ((index,),) = writer.run("SELECT sum(length(block)) FROM said_words_data")
    else:
        ((index,),) = writer.run("SELECT pg_relation_size('said_words')")
    return (
        f"{spoken / 1e6:.0f} MB were said; the index has {index / 1e6:.0f} MB, "
        f"{index / spoken:.2f} of it\n"
    )
