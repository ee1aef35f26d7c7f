"""What one process leaves to be done, a worker of another machine begins at once."""

import os
import threading

import pytest

from interviewrelay.adapters import redis_wakeup
from interviewrelay.adapters.redis_wakeup import RedisWakeup
from interviewrelay.core.db.wakeup import Wakeup
from tests.flows.waiting import PATIENCE, until


def test_a_bell_is_heard_in_another_process_of_the_same_redis():
    here, there = (
        RedisWakeup(os.environ["TEST_REDIS_URL"]),
        RedisWakeup(os.environ["TEST_REDIS_URL"]),
    )
    there.listen()
    there.listen()

    def heard():
        here.notify()
        return there.wait(0.1)

    until(heard)  # it takes a moment to listen
    assert here.wait(0)


def test_without_redis_it_is_asked_once_and_the_own_bell_rings(monkeypatch):
    monkeypatch.setattr(redis_wakeup, "AWAY", 3600.0)
    bell, asked = RedisWakeup("redis://127.0.0.1:1"), []
    publish = bell._redis.publish
    bell._redis.publish = lambda *words: asked.append(words) or publish(*words)
    for _ in range(100):
        bell.notify()
    assert len(asked) == 1
    assert bell.wait(0)


@pytest.mark.parametrize("rings", [0, 1, 3])
def test_a_bell_wakes_once_however_often_it_rang(rings):
    bell = Wakeup()
    bell.listen()
    for _ in range(rings):
        bell.notify()
    assert (bell.wait(0), bell.wait(0)) == (rings > 0, False)
    threading.Timer(0.05, bell.notify).start()
    assert bell.wait(PATIENCE)
