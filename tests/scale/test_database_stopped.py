"""A PostgreSQL whose processes stand still (SIGSTOP): its machine takes what is sent, and nobody answers."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.conftest import SERVER
from tests.flows.server import Server, demonstration
from tests.flows.study import Study, refused
from tests.flows.waiting import until


@pytest.fixture
def server(template: str, tmp_path: Path) -> Iterator[Server]:
    if not SERVER:
        pytest.skip("scripts/services starts a PostgreSQL")
    with demonstration(template, tmp_path) as (made, fixtures):
        made.fixtures = fixtures  # type: ignore[attr-defined]
        yield made


def first_process() -> int:
    """PostgreSQL's own that begins all others."""
    with psycopg.connect(SERVER.replace("+psycopg", "", 1)) as connection:
        told = Path(f"/proc/{connection.info.backend_pid}/stat").read_text(encoding="utf-8")
        return int(told.rpartition(")")[2].split()[1])


@contextmanager
def stopped() -> Iterator[None]:
    first = first_process()
    standing = [first]
    try:
        send(first, signal.SIGSTOP)  # it begins no other from here on
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii")
        for pid in map(int, children.split()):
            standing.append(pid)
            send(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in standing:
            send(pid, signal.SIGCONT)


def send(pid: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, what)


def test_all_is_refused_while_it_stands_still_and_nothing_is_lost(
    server: Server,
) -> None:
    study = Study(server)
    assert not refused(study.say("Before it stood still."))
    with ThreadPoolExecutor(12) as pool:
        reads = [pool.submit(study.read) for _ in range(4)]
        with stopped():
            waiting: list[Future[Any]] = [pool.submit(study.read) for _ in range(8)]
            waiting += [pool.submit(study.make, "Not to be") for _ in range(2)]
            assert server.call("GET", "/livez").status == 200
            assert server.call("GET", "/readyz").status == 503
            for one in waiting:
                assert refused(one.result())
            assert refused(study.say("Not now."))
            assert server.call("GET", "/livez").status == 200
        assert all(one.result().status in (200, 503) for one in reads)
    until(lambda: study.read().status == 200)
    assert not refused(study.say("After it went on."))
    assert not refused(study.make("After"))
    assert server.call("GET", "/readyz").json == {"status": "ok"}
    study.nothing_is_missing()
