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
        alone = [ask(server) for _ in range(50)]
        before, most, waits = server.memory(), 0, []
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
            told = json.loads(attack.communicate(timeout=60)[0])
        p95, p95_alone = (statistics.quantiles(given, n=20)[18] for given in (waits, alone))
        figures = (
            f"{SENDERS} senders, told {told}; {before // 1024} MiB, at most "
            f"{(most - before) // 1024} more; {len(waits)} others waited "
            f"{statistics.median(waits) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms "
            f"(before: p95 {p95_alone * 1000:.0f} ms)"
        )
        assert most - before <= GROWTH, figures
        assert p95 <= max(P95, SLOWED * p95_alone), figures
        assert set(told) <= {"503", "408", "429", "413"}, figures
        assert server.call("GET", "/readyz").json["status"] == "ok", "no disk is full"
