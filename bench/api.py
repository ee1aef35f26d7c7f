"""The API compared with a bare function, FastAPI and Django REST framework: CPU and time per
request.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench import seed
from bench.commands import ROOT
from bench.load import Client, Crowd, Interviewed, Load, Numbered, Same, request
from bench.server import Caller, Instance, Process, changing, free_port
from bench.turn import ANSWERS, begin
from interviewrelay.factory import create_app

PEERS = ROOT / "var" / "peers"
ORDER = ("floor", "interviewrelay", "fastapi", "drf")
SLICE = 1.5
"""Seconds of load on one variant before the next one's turn."""


@dataclass
class Job:
    """Benchmark job; `client` creates a client for a variant."""

    name: str
    client: Callable[[str], Client]
    clients: int = 8
    variants: tuple[str, ...] = ORDER


@dataclass
class Row:
    """Results of a variant in one job, one per round."""

    cpu: list[float] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        return sum(load.wrong for load in self.loads)

    def quantile(self, percent: int) -> float:
        taken = [second for load in self.loads for second in load.taken]
        return statistics.quantiles(taken, n=100)[percent - 1] * 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sessions", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5, help="number of rounds A B A B …")
    parser.add_argument("--jobs", default="", help="only these, separated by commas")
    parser.add_argument("--variants", default=",".join(ORDER))
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database")
    parser.add_argument(
        "--changes", type=int, default=0, help="other changes per second during the measurement"
    )


def run(given: argparse.Namespace) -> None:
    instance = Instance(given.database_url)
    try:
        a = instance.fixtures["A"]
        os.environ.update(instance.environment)
        seed.fill(create_app(), a["org_id"], a["session_id"], given.sessions)
        wanted = [v for v in ORDER if v in given.variants.split(",")]
        started = {name: _start(name, instance) for name in wanted}
        try:
            what = f"{given.sessions} sessions, {given.rounds} rounds of {SLICE} s"
            what += f", {given.changes} changes a second"
            print(f"{what}, load of the machine {os.getloadavg()[0]:.1f}")
            void = []
            with changing(instance, given.changes):
                for job in _jobs(instance, {n: p.port for n, p in started.items()}):
                    if not given.jobs or job.name in given.jobs.split(","):
                        rows = _measure(job, started, given.rounds)
                        _report(job, rows)
                        void += [job.name] if any(row.wrong for row in rows.values()) else []
            if void:
                sys.exit(f"Requests failed in: {', '.join(void)}.")
        finally:
            for process in started.values():
                process.close()
    finally:
        instance.close()


def _start(name: str, instance: Instance) -> Process:
    """Start a variant on the instance's database, with one process each."""
    if name == "interviewrelay":
        return instance.process("interviewrelay", "serve", port=instance.port)
    port = free_port()
    a = instance.fixtures["A"]
    lite = not instance.database_url
    plain = str(instance.database) if lite else instance.database_url.replace("+psycopg", "")
    if name == "floor":
        return instance.process("bench.floor", plain, str(port), a["org_id"], port=port)
    python = _peers()
    urls = {
        "fastapi": f"sqlite+aiosqlite:///{plain}"
        if lite
        else plain.replace("postgresql", "postgresql+asyncpg"),
        "drf": f"sqlite://{plain}" if lite else plain,
    }
    words = {
        "fastapi": ["uvicorn", "bench.peers.fastapi_app:app", "--port", str(port), "--loop", "uvloop",
                    "--http", "httptools", "--no-access-log", "--log-level", "warning"],
        "drf": ["granian", "--interface", "wsgi", "--port", str(port), "--workers", "1",
                "--blocking-threads", "4", "--no-ws", "bench.peers.drf_app:application"],
    }  # fmt: skip
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BENCH_URL": urls[name],
        "BENCH_ORG": a["org_id"],
        "BENCH_KEY": a["key_owner"],
    }
    return Process([str(python), "-P", "-m", *words[name]], environment, port)


def _peers() -> Path:
    """Python environment with the packages in bench/requirements.txt."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        needed = str(ROOT / "bench" / "requirements.txt")
        subprocess.run(
            [str(python), "-P", "-m", "pip", "install", "-q", "-r", needed], check=True
        )
    return python


def _jobs(instance: Instance, ports: dict[str, int]) -> list[Job]:
    a = instance.fixtures["A"]
    key = {"Authorization": f"Bearer {a['key_owner']}"}
    numbers = itertools.count(1)
    campaign = seed.campaign_id(1)

    def get(path: str, **headers: str) -> Callable[[str], Client]:
        return lambda _: Same(request("GET", path, headers={**key, **headers}))

    def invite(_: str) -> Client:
        return Numbered(
            lambda n: request(
                "POST",
                f"/api/campaigns/{campaign}/invites",
                {"emails": [f"new{n}@bench.example"], "send_email": False},
                key,
            ),
            numbers,
        )

    def participant(variant: str) -> Client:
        if variant == "interviewrelay":
            return Interviewed(lambda: begin(Caller(instance.port), instance), ANSWERS)
        held = seed.copied(2)
        return Numbered(
            lambda n: request(
                "POST",
                f"/interview/{held}/turns",
                {"number": 1_000 + 2 * n, "text": ANSWERS[n % 6]},
            ),
            numbers,
        )

    listed = "/api/campaigns?limit=50"
    jobs = [
        Job("list", get(listed)),
        Job("detail", get(f"/api/campaigns/{campaign}")),
        Job("sessions", get(f"/api/sessions?campaign_id={campaign}&status=completed")),
        Job("transcript", get(f"/api/session/{seed.copied(1)}/transcript")),
        Job("invite", invite),
        Job("turn", participant, clients=16),
    ]
    if "interviewrelay" in ports:
        tag = Caller(instance.port).tag(listed, key)
        if tag:
            known = get(listed, **{"If-None-Match": tag})

            def unchanged(variant: str) -> Client:
                return known(variant) if variant == "interviewrelay" else get(listed)(variant)

            jobs.insert(1, Job("unchanged", unchanged, variants=("floor", "interviewrelay")))
    return jobs


def _measure(job: Job, started: dict[str, Process], rounds: int) -> dict[str, Row]:
    """Measure in rounds A B C …, then backwards, so that no variant always has the same
    conditions.
    """
    names = [name for name in started if name in job.variants]
    crowds = {
        name: Crowd(started[name].port, [job.client(name) for _ in range(job.clients)])
        for name in names
    }
    for crowd in crowds.values():
        crowd.press(0.5)
    rows = {name: Row() for name in names}
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            crowds[name].prepare()
            before = started[name].cpu_seconds
            load = crowds[name].press(SLICE)
            rows[name].cpu.append((started[name].cpu_seconds - before) / len(load.taken))
            rows[name].loads.append(load)
    return rows


def _report(job: Job, rows: dict[str, Row]) -> None:
    print(f"\n## {job.name}, {job.clients} clients\n")
    print("| variant | requests/s | CPU µs | CPU ÷ floor | ours rps ÷ this | p50 ms | p99 ms |")
    print("|---|---|---|---|---|---|---|")
    for name, row in rows.items():
        if row.wrong:
            print(f"| {name} | void: {row.wrong} errors | | | | | |")
            continue
        rate = statistics.median(load.per_second for load in row.loads)
        cpu = statistics.median(row.cpu) * 1e6
        ratio = _ratio(row.cpu, rows["floor"].cpu) if "floor" in rows else "–"
        ours = rows.get("interviewrelay")
        speed = "–"
        if ours and name != "interviewrelay":
            speed = _ratio(
                [load.per_second for load in ours.loads],
                [load.per_second for load in row.loads],
            )
        print(
            f"| {name} | {rate:.0f} | {cpu:.0f} | {ratio} | {speed} |"
            f" {row.quantile(50):.1f} | {row.quantile(99):.1f} |",
            flush=True,
        )


def _ratio(these: list[float], those: list[float]) -> str:
    """Median [lowest–highest] of the rounds' ratios."""
    ratios = [a / b for a, b in zip(these, those, strict=True)]
    return f"{statistics.median(ratios):.2f} [{min(ratios):.2f}–{max(ratios):.2f}]"
