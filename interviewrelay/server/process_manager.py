"""Process manager: child processes and the supervisor that keeps them alive.

The supervisor replaces a child that dies or hangs. Python cannot stop from inside a call that never
releases the interpreter, such as a catastrophic regular expression.
"""

import ctypes
import faulthandler
import gc
import logging
import mmap
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from interviewrelay.server.heartbeats import BEAT, Heartbeats, Pulse, Watchdog

log = logging.getLogger("interviewrelay.server.process_manager")

PATIENCE: Final = 30
"""Seconds for a process to shut down; slightly more than the server's own grace period."""
TICK: Final = 0.5
"""Seconds between two checks of the supervisor. A stopping child gets its signal at each check,
because it may have been between two handlers.
"""
LATE: Final = 2.0
"""Delay of a tick in seconds that shows that the supervisor itself was not running."""
TOO_SOON: Final = 1.0
"""Restart back-off in seconds: a process that lived shorter is replaced after this wait."""
REASONS: Final = ("died", "silent")
"""Reasons for replacing a child."""
LAST_WORDS: Final = 0.1
"""Seconds for a hung child to write the stack of each thread to standard error."""
_PR_SET_PDEATHSIG: Final = 1

CAN_FORK: Final = hasattr(os, "fork")


def wait_for_signal() -> None:
    """Wait for SIGTERM or SIGINT. Call it in the main thread."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    while not told.wait(3600):  # without a timeout, some systems deliver no signal here
        pass


def run_in_subprocess(work: Callable[[], object]) -> None:
    """Run `work` in a child process where possible, so that its memory is freed afterwards.

    The caller must be single-threaded and must have closed its database connections. Raises
    ChildProcessError when the work fails; the reason is in the log.
    """
    if not CAN_FORK:
        work()
        return
    sys.stdout.flush()  # otherwise both processes would write the buffered text
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


@dataclass(slots=True)
class _Child:
    slot: int
    born: float
    watchdog: Watchdog
    killed: bool = False


class Supervisor:
    """Supervisor of `count` forked processes that each run the same work.

    Call `run` in a process with a single thread. When the supervisor ends in any way, its children
    are killed (Linux) or told to end.
    """

    def __init__(self, count: int) -> None:
        self._heartbeats = Heartbeats(count)
        self._replaced = memoryview(mmap.mmap(-1, 16)).cast("Q")
        self._free = list(range(count))
        self._children: dict[int, _Child] = {}
        self._told, self._until = False, 0.0
        self._again_at = 0.0
        self._pid = os.getpid()

    def count_replaced(self) -> dict[str, int]:
        """Number of replaced children by reason; children can read it too."""
        return dict(zip(REASONS, self._replaced, strict=True))

    def run(self, work: Callable[[Pulse], None], ending: Callable[[], None]) -> None:
        """Run `work` in each child until SIGTERM or SIGINT. `ending` is called once, in this
        process, before the children are told to end.
        """
        self._work = work
        self._alive, self._mine = os.pipe()  # the system closes it when this process ends
        self._listen_for_signals()
        gc.collect()
        gc.freeze()  # loaded code stays shared with the children
        self._fill()
        due = time.monotonic() + TICK
        while self._children or not self._told:
            select.select([self._woken], [], [], max(0.0, due - time.monotonic()))
            self._drain()
            self._reap()
            if self._told and not self._until:
                self._until = time.monotonic() + PATIENCE
                ending()
                self._urge()
            if (late := time.monotonic() - due) >= 0:
                due = time.monotonic() + TICK
                self._tick(late)
            self._fill()

    def _listen_for_signals(self) -> None:
        self._woken, wakes = os.pipe()
        for end in (self._woken, wakes):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._be_told)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only wakes the loop

    def _be_told(self, *_: Any) -> None:
        self._told = True

    def _drain(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._woken, 512)

    def _reap(self) -> None:
        for pid, child in list(self._children.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            del self._children[pid]
            self._free.append(child.slot)
            if self._told:
                continue
            code = os.waitstatus_to_exitcode(status)
            self._replaced[child.killed] += 1
            if not child.killed:
                log.error("process_died", extra={"code": code, "count": len(self._children)})
            if time.monotonic() - child.born < TOO_SOON:
                self._again_at = time.monotonic() + TOO_SOON

    def _tick(self, late: float) -> None:
        for pid, child in self._children.items():
            if late >= LATE:
                child.watchdog.forgive()
            elif child.watchdog.tick() and not child.killed:
                child.killed = True
                log.error("process_not_responding", extra={"pid": pid})
                os.kill(pid, signal.SIGUSR1)
                time.sleep(LAST_WORDS)
                os.kill(pid, signal.SIGKILL)
        if self._told:
            self._urge()

    def _urge(self) -> None:
        for pid in self._children:
            os.kill(pid, _how(self._until))

    def _fill(self) -> None:
        while self._free and not self._told and time.monotonic() >= self._again_at:
            slot = self._free.pop()
            self._heartbeats.clear(slot)
            watchdog = Watchdog(self._heartbeats, slot)
            pid = os.fork()
            if pid == 0:
                self._be_one(slot)
            self._children[pid] = _Child(slot, time.monotonic(), watchdog)

    def _be_one(self, slot: int) -> NoReturn:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for number in (signal.SIGTERM, signal.SIGINT):  # until the server installs its own
                signal.signal(number, lambda *_: os._exit(0))
            with suppress(OSError, ValueError, RuntimeError):  # no standard error to write to
                faulthandler.register(signal.SIGUSR1)
            self._die_with_supervisor()
            os.close(self._mine)
            pulse = self._heartbeats.pulse(slot)
            pulse.beat_thread()  # watched from here on
            threading.Thread(target=self._live, args=(pulse,), daemon=True).start()
            self._work(pulse)
            code = 0
        except Exception:
            log.exception("process_failed")
        finally:
            os._exit(code)

    def _die_with_supervisor(self) -> None:
        """A hung child would not notice its end, and would block the port for another server."""
        die_with(self._pid)

    def _live(self, pulse: Pulse) -> None:
        """Beat until the supervisor is gone, then end."""
        while not select.select([self._alive], [], [], BEAT)[0]:
            pulse.beat_thread()
        until = time.monotonic() + PATIENCE
        while True:
            os.kill(os.getpid(), _how(until))
            time.sleep(TICK)


def die_with(parent: int) -> None:
    """Let the kernel kill this process with its parent (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it has already ended
        os._exit(1)


def _how(until: float) -> signal.Signals:
    """Signal for ending a process: SIGTERM, and SIGKILL after `until`."""
    return signal.SIGTERM if time.monotonic() < until else signal.SIGKILL
