"""Several server processes on one socket, and a parent that does nothing but keep them alive."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Final, NoReturn

log = logging.getLogger("interviewrelay.processes")

PATIENCE: Final = 30
"""Seconds that a process gets to end in order; a little more than the server's own grace."""
AGAIN: Final = 1
"""Seconds until a process is told once more to end: it may have been between two handlers."""
TOO_SOON: Final = 1.0
"""A process that lived shorter than this is begun again after as long a wait."""


def keep(count: int, work: Callable[[], None], ending: Callable[[], None]) -> None:
    """Let `count` processes do `work` until SIGTERM or SIGINT; one that dies is begun again. `ending`
    is called once, in this process, before the others are told to end.

    The caller must be single-threaded. Each process ends when this one is gone, however it went.
    """
    Family(count, work, ending).keep()


def until_told() -> None:
    """Wait for SIGTERM or SIGINT. The caller must be the main thread."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    while not told.wait(3600):  # without a limit no signal would get through on some systems
        pass


def apart(work: Callable[[], object]) -> None:
    """Do `work` in a process of its own, where there can be one: the memory it needs goes with it.

    The caller must be single-threaded and have let go of the database. Raises ChildProcessError when
    the work failed; why, is in the log.
    """
    if not hasattr(os, "fork"):
        work()
        return
    sys.stdout.flush()  # or both of them would write what is buffered
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        except Exception:
            log.exception("process_failed")
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise ChildProcessError


class Family:
    def __init__(
        self, count: int, work: Callable[[], None], ending: Callable[[], None]
    ) -> None:
        self._count, self._work, self._at_the_end = count, work, ending
        self._born: dict[int, float] = {}
        self._ending, self._until = False, 0.0
        self._alive, self._mine = os.pipe()  # closed by the system when this process is gone

    def keep(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        signal.signal(signal.SIGALRM, self._urge)
        while not self._ending and len(self._born) < self._count:
            self._begin()
        while self._born:
            pid, status = os.wait()
            lived = time.monotonic() - self._born.pop(pid, 0)
            if self._ending:
                continue
            code = os.waitstatus_to_exitcode(status)
            log.error("process_died", extra={"code": code, "count": len(self._born)})
            if lived < TOO_SOON:
                time.sleep(TOO_SOON)
            if not self._ending:
                self._begin()
        signal.alarm(0)

    def _begin(self) -> None:
        pid = os.fork()
        if pid == 0:
            self._be_one()
        self._born[pid] = time.monotonic()
        if self._ending:  # the signal came in between
            os.kill(pid, signal.SIGTERM)

    def _be_one(self) -> NoReturn:
        code = 1
        try:
            signal.alarm(0)
            for number in (signal.SIGTERM, signal.SIGINT):  # until the server has its own
                signal.signal(number, lambda *_: os._exit(0))
            os.close(self._mine)
            threading.Thread(target=self._end_with_parent, daemon=True).start()
            self._work()
            code = 0
        except Exception:
            log.exception("process_failed")
        finally:
            os._exit(code)

    def _end_with_parent(self) -> None:
        os.read(self._alive, 1)
        until = time.monotonic() + PATIENCE
        while True:
            os.kill(os.getpid(), _how(until))
            time.sleep(AGAIN)

    def _end(self, *_: Any) -> None:
        self._until = time.monotonic() + PATIENCE
        if not self._ending:
            self._ending = True
            self._at_the_end()
        self._urge()

    def _urge(self, *_: Any) -> None:
        for pid in list(self._born):
            os.kill(pid, _how(self._until))
        signal.alarm(AGAIN)


def _how(until: float) -> signal.Signals:
    """The signal that tells a process to end, from `until` on whether it will or not."""
    return signal.SIGTERM if time.monotonic() < until else signal.SIGKILL
