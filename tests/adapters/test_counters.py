"""The storages that count: each does the same; two processes share the one on disk."""

import multiprocessing
import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from limits.errors import StorageError
from limits.storage import storage_from_string

from interviewrelay.adapters.rate_limits import embedded
from interviewrelay.adapters.rate_limits.embedded import EmbeddedCounters, Window, WindowCount
from interviewrelay.core import clock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = int(datetime(2026, 3, 1, 13, tzinfo=UTC).timestamp())


@pytest.fixture(params=["embedded", "local"])
def storage(request, tmp_path):
    return storage_from_string(f"{request.param}://{tmp_path}/limits.db")


def at(moment, storage, *windows):
    with clock.freeze_at(moment):
        return storage.count([Window(*w) for w in windows] or [Window("a", 3600)])


def test_a_window_begins_with_its_first_call_and_ends_after_its_length(storage):
    assert at(NOON, storage) == [WindowCount(1, ONE)]
    assert at(NOON + timedelta(minutes=59), storage) == [WindowCount(2, ONE)]
    assert at(NOON + timedelta(minutes=60), storage) == [WindowCount(1, ONE + 3600)]


def test_several_windows_are_counted_in_their_order(storage):
    at(NOON, storage, ("b", 60))
    told = at(NOON, storage, ("a", 3600), ("b", 60))
    assert told == [WindowCount(1, ONE), WindowCount(2, ONE - 3540)]
    assert at(NOON, storage, ("b", 60), ("a", 3600)) == [
        WindowCount(3, ONE - 3540),
        WindowCount(2, ONE),
    ]


def test_a_window_from_a_far_future_begins_anew_and_a_slow_clock_does_not_matter(storage):
    at(NOON, storage)
    assert at(NOON - timedelta(minutes=5), storage) == [WindowCount(2, ONE)]
    assert at(NOON - timedelta(days=1), storage) == [WindowCount(1, ONE - 86_400)]


def test_it_serves_the_strategies_of_the_library(storage):
    with clock.freeze_at(NOON):
        assert [storage.incr("k", 60) for _ in range(3)] == [1, 2, 3]
        assert storage.incr("k", 60, amount=4) == 7
        assert (storage.get("k"), storage.get_expiry("k")) == (7, ONE - 3540)
        assert storage.get("other") == 0
        assert storage.check()
        storage.clear("k")
        assert storage.get("k") == 0
        storage.incr("k", 60)
        storage.reset()
        assert storage.get("k") == 0


def test_a_second_that_has_begun_is_rounded_so_that_no_window_is_shorter(storage):
    assert at(NOON + timedelta(milliseconds=1), storage) == [WindowCount(1, ONE + 1)]


def test_a_window_is_looked_at_only_while_it_runs(storage):
    at(NOON, storage, ("k", 60))
    with clock.freeze_at(NOON + timedelta(seconds=59)):
        assert storage.look("k") == WindowCount(1, ONE - 3540)
    with clock.freeze_at(NOON + timedelta(seconds=60)):
        assert storage.look("k") == WindowCount(0, ONE - 3540)


def test_it_needs_no_thread_of_its_own(storage):
    before = threading.active_count()
    for _ in range(50):
        at(NOON, storage)
    assert threading.active_count() == before


def test_callers_at_once_get_every_number_once(storage):
    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(lambda _: at(NOON, storage)[0].number, range(400)))
    assert sorted(told) == list(range(1, 401))


def _count_many(path, results):
    storage = EmbeddedCounters(f"embedded://{path}")
    results.put([storage.count([Window("a", 3600)])[0].number for _ in range(300)])


def test_processes_at_once_get_every_number_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    path = str(tmp_path / "limits.db")
    several = [context.Process(target=_count_many, args=(path, results)) for _ in range(3)]
    for process in several:
        process.start()
    told = [number for _ in several for number in results.get()]
    for process in several:
        process.join()
    assert sorted(told) == list(range(1, 901))


def test_a_file_that_is_no_database_is_a_fault_until_it_is_mended(tmp_path):
    path = tmp_path / "limits.db"
    path.write_bytes(b"no database at all " * 100)
    storage = EmbeddedCounters(f"embedded://{path}")
    with pytest.raises(StorageError):
        storage.count([Window("a", 60)])
    assert not storage.check()
    path.unlink()
    storage._again_at = 0.0
    assert storage.count([Window("a", 60)])[0].number == 1


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR_WRITE]
)
def test_only_a_lock_is_waited_for_and_a_fault_is_not_asked_again_at_once(
    tmp_path, monkeypatch, code
):
    tries = []

    class Refusing(sqlite3.Connection):
        def executescript(self, _):
            tries.append(1)
            fault = sqlite3.OperationalError("no")
            fault.sqlite_errorcode = code
            raise fault

    real = sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(
            embedded.sqlite3, "connect", lambda *a, **k: real(*a, **k, factory=Refusing)
        )
        patch.setattr(embedded, "AWAY", 3600.0)
        storage = EmbeddedCounters(f"embedded://{tmp_path}/limits.db")
        for _ in range(20):
            assert not storage.check()
        assert tries == [1]
    storage._again_at = 0.0
    assert storage.check()


def test_a_lock_is_waited_for_while_the_file_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "PATIENCE", 60.0)
    path = tmp_path / "limits.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        letting = threading.Timer(0.5, other.execute, ("ROLLBACK",))
        letting.start()
        assert EmbeddedCounters(f"embedded://{path}").check()
        letting.join()


@pytest.mark.skipif(os.name != "posix", reason="files have no modes")
def test_the_file_is_for_this_user_alone_also_one_of_an_earlier_version(tmp_path):
    old = tmp_path / "old.db"
    old.touch(mode=0o644)
    for path in (old, tmp_path / "new.db"):
        storage = EmbeddedCounters(f"embedded://{path}")
        assert storage.check()
        made = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]
        assert [f"{file.stat().st_mode & 0o777:o}" for file in made] == ["600"] * 3


def test_what_is_long_over_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "SWEEP_EVERY", 3)
    storage = EmbeddedCounters(f"embedded://{tmp_path}/limits.db")
    storage.count([Window("old", 60), Window("new", 60)])
    storage._done("UPDATE window SET began = began - 8000 WHERE key = 'old'", ())
    for _ in range(3):
        storage.count([Window("new", 60)])
    assert [row[0] for row in storage._done("SELECT key FROM window", ())] == ["new"]


def test_the_local_cap_forgets_rather_than_grows(monkeypatch):
    storage = embedded.LocalCounters()
    monkeypatch.setattr(storage, "MOST", 10)
    for number in range(40):
        storage.count([Window(f"k{number}", 60)])
    assert len(storage._kept) <= 12
