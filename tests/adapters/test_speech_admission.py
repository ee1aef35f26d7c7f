"""Turns at a speech model."""

import threading
import time

import pytest

from interviewrelay.adapters.speech.admission import CallLimit, FairLock
from interviewrelay.core.ports.speech import SpeechUnavailable


def later() -> float:
    return time.monotonic() + 600


def until_waiting(lock: FairLock, count: int) -> None:
    while len(lock._waiting) < count:
        time.sleep(0.001)


def test_urgent_calls_go_first_and_each_kind_in_its_order() -> None:
    lock, done = FairLock(), list[str]()

    def work(name: str, *, urgent: bool) -> None:
        with lock.hold(urgent=urgent, until=later()):
            done.append(name)

    threads = [
        threading.Thread(
            target=work, args=(name,), kwargs={"urgent": name.startswith("urgent")}
        )
        for name in ("job 1", "urgent 1", "job 2", "urgent 2")
    ]
    with lock.hold(urgent=True, until=later()):
        for place, thread in enumerate(threads, 1):
            thread.start()
            until_waiting(lock, place)
    for thread in threads:
        thread.join()
    assert done == ["urgent 1", "urgent 2", "job 1", "job 2"]


def test_a_long_call_lets_a_short_one_in_between_its_parts() -> None:
    lock, done = FairLock(), list[str]()
    began = threading.Event()

    def work_long() -> None:
        for part in range(3):
            with lock.hold(urgent=True, until=later()):
                if not began.is_set():
                    began.set()
                    until_waiting(lock, 1)
                done.append(f"long {part}")

    thread = threading.Thread(target=work_long)
    thread.start()
    began.wait()
    with lock.hold(urgent=True, until=later()):
        done.append("short")
    thread.join()
    assert done == ["long 0", "short", "long 1", "long 2"]


def test_who_has_waited_long_enough_is_told_and_blocks_nobody() -> None:
    lock = FairLock()
    with (
        lock.hold(urgent=True, until=later()),
        pytest.raises(SpeechUnavailable, match="busy"),
        lock.hold(urgent=True, until=0),
    ):
        pass
    with lock.hold(urgent=False, until=later()):
        pass


def test_a_fault_inside_gives_the_lock_back() -> None:
    lock = FairLock()
    with pytest.raises(ValueError), lock.hold(urgent=True, until=later()):
        raise ValueError
    with lock.hold(urgent=True, until=later()):
        pass


def test_only_calls_that_somebody_waits_for_are_limited() -> None:
    limit = CallLimit(1)
    with limit.admit(urgent=True):
        with pytest.raises(SpeechUnavailable, match="too many"), limit.admit(urgent=True):
            pass
        with limit.admit(urgent=False):
            pass
    with limit.admit(urgent=True):
        pass
