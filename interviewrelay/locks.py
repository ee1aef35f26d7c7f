"""A lock between threads and between processes, on a file beside what it guards."""

import os
import threading
import time
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # Windows: one process serves there
    fcntl = None  # type: ignore[assignment]

AGAIN: Final = 0.001
"""Seconds between two tries for another process's lock: few and even, so that nobody starves."""


class FileLock:
    """Held by one thread of one process; a process that dies lets go of it."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._threads = threading.Lock()
        self._descriptor, self._pid = -1, 0

    def acquire(self, timeout: float) -> bool:
        """Whether it is held now; at most `timeout` seconds are waited."""
        until = time.monotonic() + timeout
        if not self._threads.acquire(timeout=timeout):
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
