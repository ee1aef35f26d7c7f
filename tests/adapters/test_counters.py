"""The storages that count: each does the same; two processes share the one on disk."""

import multiprocessing
import os
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from limits.errors import StorageError
from limits.storage import storage_from_string

from interviewrelay.adapters.rate_limits import embedded, redis
from interviewrelay.adapters.rate_limits.embedded import Count, EmbeddedCounters, Window
from interviewrelay.core import clock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = int(datetime(2026, 3, 1, 13, tzinfo=UTC).timestamp())
REDIS = os.environ.get("TEST_REDIS_URL", "")
KINDS = ["embedded", "local", *(["redis"] if REDIS else [])]


@pytest.fixture(params=KINDS)
def storage(request, tmp_path):
    if request.param == "redis":
        made = storage_from_string("counters-redis://", url=REDIS)
        made.reset()
        return made
    return storage_from_string(f"{request.param}://{tmp_path}/limits.db")


def at(moment, storage, *windows):
    with clock.standing_at(moment):
        return storage.count([Window(*w) for w in windows] or [Window("a", 3600)])


def test_a_window_begins_with_its_first_call_and_ends_after_its_length(storage):
    assert at(NOON, storage) == [Count(1, ONE)]
    assert at(NOON + timedelta(minutes=59), storage) == [Count(2, ONE)]
    assert at(NOON + timedelta(minutes=60), storage) == [Count(1, ONE + 3600)]


def test_several_windows_are_counted_in_their_order(storage):
    at(NOON, storage, ("b", 60))
    told = at(NOON, storage, ("a", 3600), ("b", 60))
    assert told == [Count(1, ONE), Count(2, ONE - 3540)]
    assert at(NOON, storage, ("b", 60), ("a", 3600)) == [Count(3, ONE - 3540), Count(2, ONE)]


def test_a_window_from_a_far_future_begins_anew_and_a_slow_clock_does_not_matter(storage):
    at(NOON, storage)
    assert at(NOON - timedelta(minutes=5), storage) == [Count(2, ONE)]
    assert at(NOON - timedelta(days=1), storage) == [Count(1, ONE - 86_400)]


def test_it_serves_the_strategies_of_the_library(storage):
    with clock.standing_at(NOON):
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
    assert at(NOON + timedelta(milliseconds=1), storage) == [Count(1, ONE + 1)]


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
    told = [number for _ in several for number in results.get(timeout=60)]
    for process in several:
        process.join(30)
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
        storage = EmbeddedCounters(f"embedded://{tmp_path}/limits.db")
        began = time.monotonic()
        for _ in range(20):
            assert not storage.check()
        assert time.monotonic() - began < 0.9
        assert tries == [1]
    storage._again_at = 0.0
    assert storage.check()


def test_a_lock_is_waited_for_while_the_file_is_made(tmp_path):
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


def test_while_redis_is_away_the_file_counts_and_redis_is_left_alone(tmp_path, monkeypatch):
    path = tmp_path / "limits.db"
    made = storage_from_string(
        "counters-redis-else-embedded://", url="redis://127.0.0.1:1/0", path=str(path)
    )
    asked = []
    first = made._first.count
    monkeypatch.setattr(made._first, "count", lambda *a: asked.append(1) or first(*a))
    assert [at(NOON, made)[0].number for _ in range(5)] == [1, 2, 3, 4, 5]
    assert len(asked) == 1
    other = EmbeddedCounters(f"embedded://{path}")
    assert at(NOON, other)[0].number == 6, "another process shares them"
    monkeypatch.setattr(made._first, "count", lambda *_: [Count(41, ONE)])
    made._again_at = 1e-9
    assert at(NOON, made) == [Count(41, ONE)]
    assert not made._again_at
    assert redis.AWAY <= 10


def test_a_window_is_looked_at_and_cleared_while_redis_is_away(tmp_path):
    made = storage_from_string(
        "counters-redis-else-embedded://",
        url="redis://127.0.0.1:1/0",
        path=str(tmp_path / "limits.db"),
    )
    with clock.standing_at(NOON):
        assert made.look("k").number == 0
        assert made._again_at, "it is left alone from then on"
        made.count([Window("k", 60)])
        assert made.look("k").number == 1
        made._again_at = 0.0
        made.clear("k")
        assert made._again_at
        assert made.look("k").number == 0


class OneRedis:
    """Two machines at one Redis that can be taken away, and come back with or without what it held."""

    def __init__(self, folder, monkeypatch):
        self._patch = monkeypatch
        self.machines = [
            storage_from_string(
                "counters-redis-else-embedded://", url=REDIS, path=str(folder / f"{name}.db")
            )
            for name in ("one", "two")
        ]
        self.machines[0].reset()
        self._real = [made._first.count for made in self.machines]

    def goes(self):
        def away(*_):
            raise StorageError(ConnectionError())

        for made in self.machines:
            self._patch.setattr(made._first, "count", away)

    def comes_back(self, *, empty):
        if empty:
            self.machines[0]._first.reset()
        for made, real in zip(self.machines, self._real, strict=True):
            self._patch.setattr(made._first, "count", real)
            made._again_at = 1e-9 if made._again_at else 0.0


@pytest.fixture
def one_redis(tmp_path, monkeypatch):
    if not REDIS:
        pytest.skip("scripts/services starts a Redis")
    return OneRedis(tmp_path, monkeypatch)


@pytest.mark.parametrize("empty", [True, False])
def test_redis_that_goes_forgives_nobody_a_call(one_redis, empty):
    one, two = one_redis.machines
    for _ in range(5):
        at(NOON, one)
        at(NOON, two)
    one_redis.goes()
    later = NOON + timedelta(minutes=1)
    assert [at(later, one)[0] for _ in range(3)] == [Count(n, ONE) for n in (10, 11, 12)]
    assert [at(later, two)[0] for _ in range(2)] == [Count(n, ONE) for n in (11, 12)]
    one_redis.comes_back(empty=empty)
    # Ten before, three and two meanwhile. The tenth was not the first machine's: only Redis, or the
    # second machine, could have told it of that one.
    missed = 1 if empty else 0
    assert at(later, one) == [Count(10 + 3 + 1 - missed, ONE)]
    assert at(later, two) == [Count(10 + 3 + 2 + 2 - missed, ONE)]
    assert at(later, one) == [Count(10 + 3 + 2 + 3 - missed, ONE)]


def test_who_knows_of_a_window_is_believed_though_another_began_it_anew(one_redis):
    one, two = one_redis.machines
    for _ in range(100):
        at(NOON, one)
    one_redis.goes()
    one_redis.comes_back(empty=True)
    assert at(NOON, two)[0].number == 1
    assert at(NOON, one)[0].number == 101
    assert at(NOON, two)[0].number == 102


def test_windows_that_are_over_are_not_carried_over(one_redis):
    one, _ = one_redis.machines
    at(NOON, one, ("m", 60))
    one_redis.goes()
    assert at(NOON + timedelta(minutes=2), one, ("m", 60)) == [Count(1, ONE - 3420)]
    one_redis.comes_back(empty=True)
    assert at(NOON + timedelta(minutes=4), one, ("m", 60)) == [Count(1, ONE - 3300)]


def test_a_machine_that_begins_anew_while_redis_is_away_goes_on_with_the_file(
    one_redis, tmp_path
):
    one, _ = one_redis.machines
    for _ in range(5):
        at(NOON, one)
    one_redis.goes()
    at(NOON, one)
    anew = storage_from_string(
        "counters-redis-else-embedded://",
        url="redis://127.0.0.1:1/0",
        path=str(tmp_path / "one.db"),
    )
    assert at(NOON, anew) == [Count(7, ONE)]


def test_what_is_known_does_not_grow_for_ever(monkeypatch):
    memory = redis.Memory()
    monkeypatch.setattr(memory, "MOST", 10)
    for number in range(40):
        memory.heard([Window(f"k{number}", 60)], [Count(1, ONE)])
    assert len(memory._known) <= 12
