"""A lock between threads and between processes, on a file beside what it guards."""

import os
import threading
import time
from collections import deque
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # Windows: one process serves there
    fcntl = None  # type: ignore[assignment]

AGAIN: Final = 0.001
"""Seconds between two tries for another process's lock: few and even, so that nobody starves."""


class Busy(Exception):
    """A lock could not be had in the time that there was."""


class Queue:
    """A lock that threads get in the order in which they came; `threading.Lock` lets some starve."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, timeout: float) -> bool:
        """Whether it is held now; at most `timeout` seconds are waited."""
        with self._guard:
            if not self._held:
                self._held = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(timeout):
            return True
        with self._guard:
            if mine.is_set():  # it came at the last moment
                return True
            self._waiting.remove(mine)
            return False

    def release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()  # handed on: it is never free in between
            else:
                self._held = False


class FileLock:
    """Held by one thread of one process; a process that dies lets go of it."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._threads = Queue()
        self._descriptor, self._pid = -1, 0

    def acquire(self, timeout: float) -> bool:
        """Whether it is held now; at most `timeout` seconds are waited."""
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
            if self._pid != os.getpid():  # what was opened before a fork is shared with it
                flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
                self._descriptor = os.open(self._path, flags, 0o600)
                self._pid = os.getpid()
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a folder that cannot be written to: what is guarded says so itself
            return True
        return True
