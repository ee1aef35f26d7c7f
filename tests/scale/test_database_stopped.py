"""A PostgreSQL whose processes stand still (SIGSTOP): its machine takes what is sent, and nobody answers."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from interviewrelay.core.db import postgresql
from tests.conftest import SERVER
from tests.flows.server import Server, demonstration
from tests.flows.study import Study, refused

LONGEST = 20.0
"""Seconds: a statement under way, the try to end it, and what a busy machine takes for itself."""


@pytest.fixture
def server(template: str, tmp_path: Path) -> Iterator[Server]:
    if not SERVER:
        pytest.skip("scripts/services starts a PostgreSQL")
    with demonstration(template, tmp_path) as (made, fixtures):
        made.fixtures = fixtures  # type: ignore[attr-defined]
        yield made


def processes() -> list[int]:
    """PostgreSQL's own: the one that begins all others first."""
    with psycopg.connect(SERVER.replace("+psycopg", "", 1)) as connection:
        backend = connection.info.backend_pid
        told = Path(f"/proc/{backend}/stat").read_text(encoding="utf-8")
        first = told.rpartition(")")[2].split()[1]
    children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii")
    return [int(pid) for pid in (first, *children.split()) if int(pid) != backend]


@contextmanager
def stopped() -> Iterator[None]:
    all_of_them = processes()
    try:
        for pid in all_of_them:
            send(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in all_of_them:
            send(pid, signal.SIGCONT)


def send(pid: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, what)


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    began = time.monotonic()
    return act(), time.monotonic() - began


def test_all_is_refused_in_time_while_it_stands_still_and_nothing_is_lost(
    server: Server,
) -> None:
    study = Study(server)
    assert not refused(study.say("Before it stood still."))
    with ThreadPoolExecutor(12) as pool:
        reads = [pool.submit(study.read) for _ in range(4)]
        with stopped():
            waiting: list[Future[Any]] = [pool.submit(timed, study.read) for _ in range(8)]
            waiting += [pool.submit(timed, lambda: study.make("Not to be")) for _ in range(2)]
            answer, took = timed(lambda: server.call("GET", "/livez"))
            assert answer.status == 200
            assert took < 3 * postgresql.ASKED  # until one of the threads that wait is free
            assert server.call("GET", "/readyz").status == 503
            for one in waiting:
                answer, took = one.result(timeout=60)
                assert refused(answer), answer.body
                assert took < LONGEST
            _, took = timed(lambda: refused(study.say("Not now.")))
            assert took < LONGEST
            assert server.call("GET", "/livez").status == 200
        assert all(one.result(timeout=60).status in (200, 503) for one in reads)
    back = time.monotonic()
    while study.read().status != 200:
        time.sleep(0.1)
    assert time.monotonic() - back < 5
    assert not refused(study.say("After it went on."))
    assert not refused(study.make("After"))
    assert server.call("GET", "/readyz").json == {"status": "ok"}
    study.nothing_is_missing()
