"""Slow bodies, very many: the server keeps a little of them and serves everybody else meanwhile."""

import http.client
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.flows.server import ROOT, Server
from tests.flows.slow_bodies import SENDERS

SECONDS = 10.0
GROWTH = 64 * 1024
"""KiB."""
P95 = 0.1
SLOWED = 4
"""What is left of it on a machine that is busy with other things: so many times what it is alone."""
ATTACKS = 3
"""How often it is tried: what else the machine does can slow the others down, and never speed them up."""
SMALL = json.dumps({"name": "N" * 100, "description": "d" * 1_000})


def ask(server: Any) -> float:
    """How long a small body and its answer take, on a connection of their own."""
    key = server.fixtures["A"]["key_owner"]
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    began = time.monotonic()
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("POST", "/api/projects", SMALL, headers)
    answer = line.getresponse()
    assert answer.status == 201, answer.read()
    answer.read()
    line.close()
    return time.monotonic() - began


@pytest.mark.parametrize("path", ["/scripts", "/api/scripts", "/login"])
def test_slow_bodies_cost_their_senders_and_nobody_else(
    tmp_path: Path, copy_of_it: Any, path: str
) -> None:
    with copy_of_it(Server(tmp_path)).start() as server:
        alone = _p95([ask(server) for _ in range(50)])
        before, waits, figures = server.memory(), [], ""
        for _ in range(ATTACKS):
            told, waited, most = _attacked(server, path)
            waits.append(_p95(waited))
            figures = (
                f"{SENDERS} senders, told {told}; {before // 1024} MiB, at most "
                f"{(most - before) // 1024} more; others waited "
                f"{statistics.median(waited) * 1000:.0f} ms, p95 {waits[-1] * 1000:.0f} ms "
                f"(before: p95 {alone * 1000:.0f} ms)"
            )
            assert most - before <= GROWTH, figures
            assert set(told) <= {"503", "408", "429", "413"}, figures
            if waits[-1] <= max(P95, SLOWED * alone):
                break
        assert min(waits) <= max(P95, SLOWED * alone), figures
        assert server.call("GET", "/readyz").json["status"] == "ok", "no disk is full"


def _attacked(server: Any, path: str) -> tuple[dict[str, int], list[float], int]:
    """What the senders were told, how long others waited meanwhile, and the most KiB that were taken."""
    most, waits = 0, []
    words = [sys.executable, "-P", "-m", "tests.flows.slow_bodies", str(server.port)]
    with subprocess.Popen(
        [*words, str(SECONDS), path], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as attack:
        time.sleep(3)  # all are there
        until = time.monotonic() + SECONDS - 4
        while time.monotonic() < until:
            waits.append(ask(server))
            most = max(most, server.memory())
            time.sleep(0.05)
        return json.loads(attack.communicate(timeout=60)[0]), waits, most


def _p95(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=20)[18]
