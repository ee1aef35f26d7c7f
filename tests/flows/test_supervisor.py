"""Supervision: a process that hangs for good is replaced, and nobody else waits for it."""

import http.client
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.flows.receiver import HOST, receiving
from tests.flows.server import ROOT, Server, alive, children
from tests.flows.study import Study
from tests.flows.waiting import PATIENCE, until

TICKS = os.sysconf("SC_CLK_TCK")


def used(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) / TICKS


def hang(server: Any) -> threading.Thread:
    """Let one request run a regular expression for ever; returns when it does."""
    a = server.fixtures["A"]
    before = {pid: used(pid) for pid in server.children()}

    def ask() -> None:
        with suppress(OSError, http.client.HTTPException):
            server.call(
                "POST",
                f"/api/scripts/{a['script_id']}/preview",
                {"answers": []},
                key=a["key_owner"],
            )

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: any(used(pid) > before[pid] + 1 for pid in before))
    return asking


def running(tmp_path: Path, copy_of_it: Any, **settings: str) -> Any:
    return copy_of_it(Server(tmp_path, IR_FAILPOINT="preview hangs", **settings)).start()


def logged(server: Any, event: str) -> list[Any]:
    lines = [line for line in server.log.read_text().splitlines() if line.startswith("{")]
    return [told for told in map(json.loads, lines) if told.get("event") == event]


def test_a_server_that_hangs_answers_again(tmp_path: Path, copy_of_it: Any) -> None:
    with running(tmp_path, copy_of_it) as server:
        (first,) = server.children()
        asking = hang(server)
        assert server.call("GET", "/livez").status == 200
        assert first not in server.children()
        asking.join(PATIENCE)
        assert [told["pid"] for told in logged(server, "process_not_responding")] == [first]
        assert "failpoints.py" in server.log.read_text(), "where it hung is told"
        figures = server.call("GET", "/metrics").body.decode()
        assert 'interviewrelay_processes_replaced_total{reason="silent"} 1.0\n' in figures
        assert 'interviewrelay_processes_replaced_total{reason="died"} 0.0\n' in figures


def test_an_answer_that_hangs_a_process_is_given_up_and_the_interview_goes_on(
    tmp_path: Path, copy_of_it: Any
) -> None:
    with copy_of_it(Server(tmp_path, IR_FAILPOINT="reading hangs")).start() as server:
        study = Study(server)
        said = f"{study.path}/turns", {"number": study.number, "text": "It took a week."}
        with suppress(OSError, http.client.HTTPException):
            server.call("POST", *said)
        state = server.call("GET", f"{study.path}/state").json
        assert [turn["speaker"] for turn in state["turns"]] == ["ai", "participant", "ai"]
        assert state["next_number"] == 4
        assert len(logged(server, "process_not_responding")) == 1
        (given_up,) = logged(server, "answer_analysis_abandoned")
        assert given_up["session"] == state["session_id"]
        assert server.call("POST", *said).json["turn"]["number"] == 3, "the same again"


def test_the_others_serve_while_one_hangs(tmp_path: Path, copy_of_it: Any) -> None:
    with running(tmp_path, copy_of_it, PROCESSES="2") as server:
        hang(server)
        served = 0
        while not logged(server, "process_not_responding"):
            served += server.call("GET", "/livez").status == 200
            time.sleep(0.05)
        assert served > 1, "the last one may have waited"
        until(lambda: len(server.children()) == 2)


@pytest.mark.parametrize("count", ["1", "2"])
def test_a_server_that_hangs_ends_when_it_is_told(
    tmp_path: Path, copy_of_it: Any, count: str
) -> None:
    with running(tmp_path, copy_of_it, PROCESSES=count) as server:
        family = server.children()
        hang(server)
        assert server.term() == 0
        assert not any(alive(pid) for pid in family)


def test_a_machine_that_stood_still_accuses_nobody(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        server.start()
        family = [*server.children(), server.process.pid]
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(14)
        for pid in reversed(family):  # the one that watches is the first to go on
            os.kill(pid, signal.SIGCONT)
        time.sleep(3)
        assert [*server.children(), server.process.pid] == family


def one_job_is_due(server: Any) -> None:
    database = server.folder / "instance" / "interviewrelay.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM job WHERE id > (SELECT min(id) FROM job)")
        assert connection.execute("SELECT count(*) FROM job").fetchone() == (1,)


@pytest.fixture
def worker(tmp_path: Path, copy_of_it: Any) -> Any:
    """A worker whose first job hangs, under way."""
    allowed = {"WEBHOOK_ALLOWED_CIDRS": f"{HOST}/32"}
    with Server(tmp_path, HOLD_OUTGOING="1", **allowed) as server:
        one_job_is_due(copy_of_it(server))
        environment = {**server.environment, "HOLD_OUTGOING": "", "IR_FAILPOINT": "job hangs"}
        words = [sys.executable, "-P", "-m", "interviewrelay", "worker"]
        with server.log.open("ab") as log:
            made = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=log)
        yield server, made
        made.terminate()
        assert made.wait(PATIENCE) == 0


def test_a_job_that_hangs_stops_no_other_work_of_a_worker(worker: Any) -> None:
    server, process = worker
    until(lambda: children(process.pid))
    (first,) = children(process.pid)
    with receiving() as receiver:
        server.start()  # what it has to send waits for the worker
        a, key = server.fixtures["A"], server.fixtures["A"]["key_owner"]
        wanted = {"url": receiver.url("ok"), "events": ["invite.created"]}
        assert server.call("POST", "/api/webhooks", wanted, key=key).status == 201
        invited = {"emails": ["somebody@example.com"], "send_email": False}
        path = f"/api/campaigns/{a['campaign_id']}/invites"
        assert server.call("POST", path, invited, key=key).status == 201
        receiver.wait_for(1, "ok")
    until(lambda: logged(server, "process_not_responding"))
    assert [told["pid"] for told in logged(server, "process_not_responding")] == [first]
