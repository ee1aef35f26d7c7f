"""File lock between threads and processes, on a file beside the resource that it guards."""

import os
import threading
import time
from collections import deque
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # Windows, where the server is a single process
    fcntl = None  # type: ignore[assignment]

AGAIN: Final = 0.001
"""Seconds between two attempts to get another process's lock: constant, so that no process starves."""


class LockTimeout(Exception):
    """Timeout: the lock was not acquired in time."""


class FairLock:
    """Fair lock: threads get it in the order of arrival. `threading.Lock` lets some starve."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, timeout: float) -> bool:
        """Acquire the lock, waiting at most `timeout` seconds; True if it is held."""
        with self._guard:
            if not self._held:
                self._held = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(timeout):
            return True
        with self._guard:
            if mine.is_set():  # acquired at the last moment
                return True
            self._waiting.remove(mine)
            return False

    def release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()  # handed over without being free in between
            else:
                self._held = False


class FileLock:
    """Lock held by one thread of one process; released when the process dies."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._threads = FairLock()
        self._descriptor, self._pid = -1, 0

    def acquire(self, timeout: float) -> bool:
        """Acquire the lock, waiting at most `timeout` seconds; True if it is held."""
        until = time.monotonic() + timeout
        if not self._threads.acquire(timeout):
            return False
        while not self._taken():
            if time.monotonic() >= until:
                self._threads.release()
                return False
            time.sleep(AGAIN)
        return True

    def release(self) -> None:
        if self._pid == os.getpid():
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        self._threads.release()

    def _taken(self) -> bool:
        if self._path is None or fcntl is None:
            return True
        try:
            # A file opened before a fork is shared with the parent.
            if self._pid != os.getpid():
                flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
                self._descriptor = os.open(self._path, flags, 0o600)
                self._pid = os.getpid()
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # read-only folder: the guarded resource reports it
            return True
        return True
