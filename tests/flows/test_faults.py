"""Faults under a server: what is refused says so, and nothing that was acknowledged is missing."""

import os
import shutil
import sqlite3
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.flows.faults import SmallDisk
from tests.flows.preloads import SYNCS, another_clock, failing
from tests.flows.server import Server, waiting_for_writers
from tests.flows.study import Study, mails_and_webhooks_still_leave, refused, typed
from tests.flows.waiting import PATIENCE


def test_a_full_disk(tmp_path: Path, copy_of_it: Any) -> None:
    small = tmp_path / "small"
    with SmallDisk(small, "24m") as disk, Server(small) as server:
        server.log = tmp_path / "server.log"
        folder = server.folder / "instance"
        copy_of_it(server).start()
        study = Study(server)
        stuffing = folder / "stuffing"
        assert server.call("GET", "/readyz").json == {"status": "ok"}
        if disk.mounted:
            stuffing.write_bytes(b"x" * (shutil.disk_usage(folder).free - 300_000))
        disk.limit(server, 1_500_000)
        for number in range(2_000):
            if refused(study.make(f"Project {number}")):
                break
        else:
            pytest.fail("the disk did not fill up")
        assert study.read().status == 200
        words = "It took an hour by bus, and then we waited." * 100
        page = typed(server, study.path, words, study.number)
        assert "couldn’t save that" in page
        assert words in page
        pdf = f"/api/sessions/{server.fixtures['A']['session_id']}/pdf"
        assert server.call("GET", pdf, key=study.key).status == 200
        assert server.call("GET", "/livez").status == 200
        assert server.call("GET", "/readyz").json["status"] == "degraded"
        assert b"interviewrelay_storage_degraded 1" in server.call("GET", "/metrics").body
        disk.relieve(server, [stuffing])
        mails_and_webhooks_still_leave(study)
        assert not refused(study.say(words))
        assert not refused(study.make("After"))
        assert server.call("GET", "/readyz").json == {"status": "ok"}
        study.nothing_is_missing("disk space")


@pytest.fixture
def server(tmp_path: Path, copy_of_it: Any) -> Any:
    with Server(tmp_path) as made:
        yield copy_of_it(made)


def test_a_database_that_somebody_else_has_locked(server: Any) -> None:
    study = Study(server.start())
    path = server.folder / "instance" / "interviewrelay.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refused(study.say("While it was locked."))
        with ThreadPoolExecutor(12) as people:  # more than there are threads
            told = list(people.map(study.make, [f"Not {n}" for n in range(12)]))
        assert all(map(refused, told))
        assert {answer.headers["retry-after"] for answer in told} == {"1"}
        assert study.read().status == 200
        other.execute("ROLLBACK")
    assert not refused(study.say("When it was free again."))
    study.nothing_is_missing()


def test_who_waits_for_a_locked_database_is_served_when_it_is_free(server: Any) -> None:
    server.program = waiting_for_writers()
    study = Study(server.start())
    path = server.folder / "instance" / "interviewrelay.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = threading.Thread(target=study.make, args=("Waited",))
        waiting.start()
        time.sleep(1)
        assert study.projects == []
        other.execute("ROLLBACK")
        waiting.join(PATIENCE)
    assert study.projects == ["Waited"]
    study.nothing_is_missing()


def test_a_database_that_cannot_be_written_to(server: Any) -> None:
    """As after `chattr +i`, a disk mounted read-only, or an owner that changed: the file is there."""
    study = Study(server.start())
    assert not refused(study.say("Before."))
    path = server.folder / "instance" / "interviewrelay.db"
    server.term()
    with Locked(path):
        server.start()
        assert study.read().status == 200
        assert refused(study.make("Not to be"))
        assert refused(study.say("Not to be either."))
        assert server.call("GET", "/readyz").json["status"] == "degraded"
        server.term()
    server.start()
    assert not refused(study.make("Written"))
    study.nothing_is_missing()


class Locked:
    """A file that not even root can write to, or whose mode says so."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._path.chmod(0o400)
        self._attribute("+i")

    def __exit__(self, *_: object) -> None:
        self._attribute("-i")
        self._path.chmod(0o600)

    def _attribute(self, change: str) -> None:
        if os.geteuid() == 0:
            subprocess.run(["chattr", change, str(self._path)], check=True)


def test_writes_that_the_disk_does_not_take(tmp_path: Path, copy_of_it: Any) -> None:
    """A fifth of all syncs fails: what is refused may be there or not, what is saved is."""
    faults = failing(dict.fromkeys(SYNCS, 0.2))
    with Server(tmp_path) as server:
        copy_of_it(server)
        study = Study(server.start())
        server.term()
        server.environment |= faults
        server.start()
        tried = [refused(study.make(f"Project {number}")) for number in range(200)]
        assert 10 < sum(tried) < 190
        for number in range(6):
            text = f"Answer {number}: it took {number} minutes."
            tries = [refused(study.say(text))]
            while tries[-1] and len(tries) < 40:  # as the page does: the same again
                tries.append(refused(study.say(text)))
            assert not tries[-1]
        server.kill9()
        for name in faults:
            del server.environment[name]
        study.number = server.start().call("GET", f"{study.path}/state").json["next_number"]
        study.nothing_is_missing()
        assert not refused(study.make("After"))


@pytest.mark.parametrize("offset", ["+2h", "-2h", "+40d"])
def test_a_clock_that_jumps_and_jumps_back(server: Any, offset: str) -> None:
    study = Study(server.start())
    assert not refused(study.say("Before the clock was set."))
    real = dict(server.environment)
    for environment in ({**real, **another_clock(offset)}, real):
        server.term()
        server.environment = environment
        server.start()
        if offset != "+40d":  # an interview that is left for a day is over
            assert not refused(study.say(f"The clock of {len(study.said)}."))
        mails_and_webhooks_still_leave(study)
    state = server.call("GET", f"{study.path}/state").json
    assert [t["number"] for t in state["turns"]] == list(range(1, len(state["turns"]) + 1))
    if offset != "+40d":
        done = server.call("POST", f"{study.path}/complete", {}).json
        assert done["status"] == "completed"
        (seconds,) = asked(
            server, f"SELECT duration_seconds FROM interview WHERE id = '{study.session}'"
        )
        assert 0 <= seconds[0] < 3_600, "the jump is no part of it"
    twice = (
        "SELECT org_id, reference, count(*) FROM credit_entry WHERE kind = 'reset' "
        "GROUP BY org_id, reference, pool HAVING count(*) > 1"
    )
    assert asked(server, twice) == []
    # What was stored by a clock ahead is of the future now: the doctor says so, and nothing else.
    study.nothing_is_missing(*(["system clock"] if offset.startswith("+") else []))


def asked(server: Server, query: str) -> list[Any]:
    path = server.folder / "instance" / "interviewrelay.db"
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()
