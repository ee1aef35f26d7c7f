"""What one process leaves to be done, a worker of another machine begins at once."""

import os
import threading
import time

import pytest

from interviewrelay.adapters import redis_wakeup
from interviewrelay.adapters.redis_wakeup import RedisWakeup
from interviewrelay.core.db.wakeup import Wakeup


def test_a_bell_is_heard_in_another_process_of_the_same_redis():
    here, there = (
        RedisWakeup(os.environ["TEST_REDIS_URL"]),
        RedisWakeup(os.environ["TEST_REDIS_URL"]),
    )
    there.listen()
    there.listen()
    until = time.monotonic() + 10
    heard = False
    while not heard and time.monotonic() < until:  # it takes a moment to listen
        here.notify()
        heard = there.wait(0.1)
    assert heard
    assert here.wait(0)


def test_without_redis_nobody_waits_and_the_own_bell_rings():
    bell = RedisWakeup("redis://127.0.0.1:1")
    begun = time.monotonic()
    for _ in range(100):
        bell.notify()
    assert time.monotonic() - begun < 2 * redis_wakeup.PATIENCE + 0.5
    assert bell.wait(0)


@pytest.mark.parametrize("rings", [0, 1, 3])
def test_a_bell_wakes_once_however_often_it_rang(rings):
    bell = Wakeup()
    bell.listen()
    for _ in range(rings):
        bell.notify()
    assert (bell.wait(0), bell.wait(0)) == (rings > 0, False)
    threading.Timer(0.05, bell.notify).start()
    assert bell.wait(5)
