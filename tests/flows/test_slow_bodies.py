"""Slow bodies, very many: the server keeps a little of them and serves everybody else meanwhile."""

import http.client
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.flows.server import ROOT, Server
from tests.flows.slow_bodies import SENDERS
from tests.flows.waiting import PATIENCE

SECONDS = "10"
GROWTH = 64 * 1024
"""KiB."""
SMALL = json.dumps({"name": "N" * 100, "description": "d" * 1_000})


def ask(server: Any) -> None:
    """A small body, on a connection of its own."""
    key = server.fixtures["A"]["key_owner"]
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    line.request("POST", "/api/projects", SMALL, headers)
    answer = line.getresponse()
    assert answer.status == 201, answer.read()
    answer.read()
    line.close()


@pytest.mark.parametrize("path", ["/scripts", "/api/scripts", "/login"])
def test_slow_bodies_cost_their_senders_and_nobody_else(
    tmp_path: Path, copy_of_it: Any, path: str
) -> None:
    with copy_of_it(Server(tmp_path)).start() as server:
        for _ in range(50):
            ask(server)
        before = most = server.memory()
        words = [sys.executable, "-P", "-m", "tests.flows.slow_bodies", str(server.port)]
        with subprocess.Popen(
            [*words, SECONDS, path], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as attack:
            while attack.poll() is None:
                ask(server)
                most = max(most, server.memory())
                time.sleep(0.05)
            assert attack.stdout is not None
            told = json.load(attack.stdout)
        figures = (
            f"{SENDERS} senders, told {told}; {before // 1024} MiB, at most "
            f"{(most - before) // 1024} more"
        )
        assert most - before <= GROWTH, figures
        assert set(told) <= {"503", "408", "429", "413"}, figures
        assert server.call("GET", "/readyz").json["status"] == "ok", "no disk is full"
