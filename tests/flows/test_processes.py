"""Several real server processes on one socket."""

import http.client
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.flows.server import Server, alive, children, waiting_for_writers
from tests.flows.waiting import PATIENCE, until

PROCESSES = 4


REDIS = os.environ.get("TEST_REDIS_URL", "")
"""`scripts/services` starts one."""


@pytest.fixture(params=["", REDIS] if REDIS else [""])
def server(request: Any, tmp_path: Path, copy_of_it: Any) -> Any:
    more = {"REDIS_URL": request.param} if request.param else {}
    with Server(tmp_path, PROCESSES=str(PROCESSES), THREADS="4", **more) as made:
        made.program = waiting_for_writers()
        yield copy_of_it(made).start()


def test_exactly_the_plans_calls_pass_and_a_kill_forgets_none(server: Any) -> None:
    free = [server.fixtures["FREE"][name] for name in ("key_owner", "key_second")]

    def ask(number: int) -> Any:
        return server.call("GET", "/api/projects", key=free[number % 2])

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(ask, range(600)))
    assert sorted(a.status for a in answers) == [200] * 100 + [429] * 500
    left = sorted(int(a.headers["x-ratelimit-remaining"]) for a in answers if a.status == 200)
    assert left == list(range(100))
    assert len({a.headers["x-ratelimit-reset"] for a in answers}) == 1
    family = [server.process.pid, *children(server.process.pid)]
    assert len(family) == 1 + PROCESSES
    for pid in family:
        os.kill(pid, signal.SIGKILL)
    server.process.wait(PATIENCE)
    until(lambda: not any(alive(pid) for pid in family[1:]))
    server.start()
    assert ask(0).status == 429
    assert (
        server.call("GET", "/api/projects", key=server.fixtures["A"]["key_owner"]).status == 200
    )


def test_a_process_that_dies_is_begun_again_and_all_end_in_order(tmp_path: Path) -> None:
    with Server(tmp_path, PROCESSES="3") as server:
        server.start()
        first = children(server.process.pid)
        os.kill(first[0], signal.SIGKILL)
        until(lambda: first[0] not in (now := children(server.process.pid)) and len(now) == 3)
        assert server.call("GET", "/readyz").status == 200
        family = children(server.process.pid)
        assert server.term() == 0
        assert not any(alive(pid) for pid in family)


def test_without_their_parent_the_processes_end(tmp_path: Path) -> None:
    with Server(tmp_path, PROCESSES="2") as server:
        server.start()
        family = children(server.process.pid)
        server.kill9()
        until(lambda: not any(alive(pid) for pid in family))


DEAF = """
import os, pathlib, signal, sys, time
from interviewrelay.server import process_manager

def work(_pulse):
    signal.signal(signal.SIGTERM, lambda *_: None)
    pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
    time.sleep(1.5)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    time.sleep(3600)

process_manager.Supervisor(1).run(work, lambda: None)
"""


def test_without_its_parent_a_process_ends_that_was_between_two_handlers(
    tmp_path: Path,
) -> None:
    told = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-P", "-c", DEAF, str(told)]) as parent:
        until(lambda: told.exists() and told.read_text())
        parent.kill()
    until(lambda: not alive(int(told.read_text())))


def test_one_process_does_the_periodic_work_and_another_takes_over(tmp_path: Path) -> None:
    with Server(tmp_path, PROCESSES="3") as server:
        server.start()
        lock = server.folder / "instance" / "rounds.lock"

        def leaders() -> list[int]:
            inode = f":{lock.stat().st_ino} "
            lines = Path("/proc/locks").read_text().splitlines()
            return [
                int(line.split()[4]) for line in lines if inode in line and "->" not in line
            ]

        until(lambda: len(leaders()) == 1)
        (leader,) = leaders()
        assert leader in children(server.process.pid)
        os.kill(leader, signal.SIGKILL)
        until(lambda: leaders() not in ([], [leader]))


def test_writers_of_several_processes_all_get_their_turn(server: Any) -> None:
    key = server.fixtures["RACE"]["key_owner"]

    def write(number: int) -> int:
        sent = {"name": f"P{number}"}
        status: int = server.call("POST", "/api/projects", sent, key=key).status
        return status

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(write, range(400))) == {201}


def test_the_front_refuses_with_the_headers_of_every_answer(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        server.start()
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        headers = {"Content-Length": "3000000", "Accept": "application/json"}
        line.request("POST", "/api/projects", headers=headers)  # and nothing of the body
        answer = line.getresponse()
        assert (answer.status, json.load(answer)["error"]["code"]) == (413, "PAYLOAD_TOO_LARGE")
        line.close()
        for name in ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"):
            assert answer.headers[name].isdigit()
        assert answer.headers["ratelimit-policy"] == '"address";q=60;w=3600'
        assert answer.headers["x-content-type-options"] == "nosniff"
        headers = {"X_Forwarded_For": "10.9.9.9"}
        told = server.call("GET", "/api/projects", **headers)
        assert told.headers["x-ratelimit-remaining"] == "58", "a header moves nobody"
