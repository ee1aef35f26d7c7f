"""Waiting time of small requests while hundreds of senders send large bodies slowly."""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable

from bench.commands import ROOT
from bench.server import Caller, fresh
from bench.verdicts import percentile

PATHS = ("/scripts", "/api/scripts", "/login")
ALONE = 50
"""Requests before the attacks."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=10, help="duration of each attack")


def run(given: argparse.Namespace) -> None:
    with fresh() as instance:
        key = {"Authorization": f"Bearer {instance.fixtures['A']['key_owner']}"}

        def ask() -> float:
            """Seconds of a small request, on a new connection."""
            began = time.monotonic()
            sent = {"name": "N" * 100, "description": "d" * 1_000}
            status, reply = Caller(instance.port).call("POST", "/api/projects", sent, key)
            if status != 201:
                raise RuntimeError(f"a small request was answered {status}: {reply}")
            return time.monotonic() - began

        ours = instance.process("interviewrelay", "serve", port=instance.port)
        try:
            for _ in range(10):  # warm-up
                ask()
            alone = percentile([ask() for _ in range(ALONE)], 95)
            print(f"alone: p95 {alone * 1000:.0f} ms")
            for path in PATHS:
                late = percentile(_during(ask, instance.port, given.seconds, path), 95)
                print(f"{path}: p95 {late * 1000:.0f} ms, {late / alone:.1f} times as long")
        finally:
            ours.close()


def _during(ask: Callable[[], float], port: int, seconds: float, path: str) -> list[float]:
    words = ["-m", "tests.flows.slow_bodies", str(port), str(seconds), path]
    waits = []
    with subprocess.Popen(
        [sys.executable, "-P", *words], cwd=ROOT, stdout=subprocess.DEVNULL
    ) as attack:
        while attack.poll() is None:
            waits.append(ask())
            time.sleep(0.05)
    return waits
