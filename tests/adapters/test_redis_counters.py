"""Counters in Redis: machines share them, and without Redis each process counts for itself."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from limits.storage import storage_from_string

from interviewrelay.accounts.login_backoff import FREE, Backoff
from interviewrelay.adapters.rate_limits import redis
from interviewrelay.adapters.rate_limits.embedded import Window, WindowCount
from interviewrelay.adapters.rate_limits.redis import RedisCounters

REDIS = os.environ.get("TEST_REDIS_URL", "")
NOWHERE = "redis://127.0.0.1:1/0"
HOUR = Window("a", 3600)


@pytest.fixture
def machines(monkeypatch):
    if not REDIS:
        pytest.skip("scripts/services starts a Redis")
    monkeypatch.setattr(redis, "PATIENCE", 60.0)
    both = [RedisCounters("", url=REDIS) for _ in range(2)]
    both[0].reset()
    return both


def test_two_machines_share_a_window_and_tell_one_end_of_it(machines):
    one, two = machines
    began = int(time.time())
    told = [machine.count([HOUR])[0] for machine in (one, two, one)]
    assert [count.number for count in told] == [1, 2, 3]
    assert len({count.ends for count in told}) == 1
    assert began + 3600 <= told[0].ends <= time.time() + 3601
    assert two.look("a") == told[-1]


def test_several_windows_are_counted_in_their_order(machines):
    one, two = machines
    one.count([Window("b", 60)])
    hour, minute = two.count([HOUR, Window("b", 60)])
    assert (hour.number, minute.number) == (1, 2)
    assert minute.ends < time.time() + 62 < hour.ends


def test_a_window_begins_anew_when_it_is_over(machines):
    one, two = machines
    assert one.count([Window("short", 1)])[0].number == 1
    time.sleep(1.1)
    assert two.look("short").number == 0
    assert two.count([Window("short", 1)])[0].number == 1


def test_callers_at_once_get_every_number_once(machines):
    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(lambda n: machines[n % 2].count([HOUR])[0].number, range(400)))
    assert sorted(told) == list(range(1, 401))


def test_it_serves_the_strategies_of_the_library(machines):
    storage = storage_from_string("counters-redis://", url=REDIS)
    began = int(time.time())
    assert [storage.incr("k", 60) for _ in range(3)] == [1, 2, 3]
    assert storage.incr("k", 60, amount=4) == 7
    assert storage.get("k") == 7
    assert began + 60 <= storage.get_expiry("k") <= time.time() + 61
    assert storage.get("other") == 0
    assert storage.check()
    storage.clear("k")
    assert storage.get("k") == 0


def test_wrong_passwords_at_one_machine_make_the_other_wait(machines):
    one, two = (Backoff(counters(machine), "c", "a", "n") for machine in machines)
    for n in range(FREE):
        assert one.check() == two.check() == 0
        (one, two)[n % 2].count_failure()
    assert 0 < two.check() <= 30
    assert 0 < one.check() <= 30


def test_without_redis_each_process_counts_for_itself_and_redis_is_left_alone(monkeypatch):
    assert redis.AWAY <= 10
    monkeypatch.setattr(redis, "AWAY", 3600.0)
    one, two = (RedisCounters("", url=NOWHERE) for _ in range(2))
    asked = []
    incr = one._redis.incr
    monkeypatch.setattr(one._redis, "incr", lambda *a: asked.append(1) or incr(*a))
    assert [one.count([HOUR])[0].number for _ in range(5)] == [1, 2, 3, 4, 5]
    assert len(asked) == 1
    assert two.count([HOUR])[0].number == 1
    assert one.look("a").number == 5
    assert one.check()
    one.clear("a")
    assert one.look("a").number == 0


def test_redis_that_is_back_counts_again(monkeypatch):
    monkeypatch.setattr(redis, "AWAY", 3600.0)
    made = RedisCounters("", url=NOWHERE)
    assert made.count([HOUR])[0].number == 1
    monkeypatch.setattr(made._redis, "incr", lambda *_: 41)
    monkeypatch.setattr(made, "_with_ends", lambda *_: [WindowCount(41, 7)])
    assert made.count([HOUR])[0].number == 2, "it is not asked yet"
    made._away_until = 1e-9
    assert made.count([HOUR]) == [WindowCount(41, 7)]
    assert not made._away_until


def test_only_one_request_waits_for_redis_that_is_still_away(monkeypatch):
    monkeypatch.setattr(redis, "AWAY", 3600.0)
    made = RedisCounters("", url=NOWHERE)
    made.count([HOUR])
    made._away_until = 1e-9
    made.count([HOUR])
    assert made._away_until > time.monotonic()


def counters(machine):
    """As the pages give them to the log-in."""

    class Counters:
        look, clear = staticmethod(machine.look), staticmethod(machine.clear)

        @staticmethod
        def count(windows, amount=1):
            return machine.count([Window(*window) for window in windows], amount)

    return Counters
