"""Who is let in, and in which order."""

import threading
import time

from interviewrelay.core.file_lock import FairLock, FileLock


def waiting(lock, order, number, timeout=600):
    def wait():
        if lock.acquire(timeout):
            order.append(number)
            lock.release()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_threads_are_let_in_as_they_came():
    lock, order = FairLock(), []
    assert lock.acquire(1)
    threads = []
    for number in range(20):
        threads.append(waiting(lock, order, number))
        while len(lock._waiting) <= number:
            time.sleep(0.001)
    lock.release()
    for thread in threads:
        thread.join()
    assert order == list(range(20))
    assert lock.acquire(0)


def test_who_waits_too_long_is_told_so_and_forgotten():
    lock = FairLock()
    assert lock.acquire(0)
    assert not lock.acquire(0.01)
    assert not lock._waiting
    lock.release()
    assert lock.acquire(0)


def test_the_lock_is_handed_on_and_never_free_in_between():
    lock, order = FairLock(), []
    assert lock.acquire(0)
    thread = waiting(lock, order, 1)
    while not lock._waiting:
        time.sleep(0.001)
    lock.release()
    assert order == [1] or not lock.acquire(0)
    thread.join()
    assert order == [1]


def test_two_locks_on_one_file_exclude_each_other(tmp_path):
    path = tmp_path / "lock"
    one, other = FileLock(path), FileLock(path)
    assert one.acquire(1)
    assert not other.acquire(0.05)
    one.release()
    assert other.acquire(1)
    other.release()


def test_many_writers_share_what_they_count():
    lock, counted = FileLock(None), [0]

    def count():
        for _ in range(200):
            assert lock.acquire(600)
            before = counted[0]
            time.sleep(0)
            counted[0] = before + 1
            lock.release()

    threads = [threading.Thread(target=count) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted == [3_200]
