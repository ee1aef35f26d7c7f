"""Embedded rate limit counters: windows that start with their first call, one storage call a
request.

`limits` has no storage that several processes can share without a server, and its memory storage
runs a timer thread. These storages have the same interface, so that Flask-Limiter uses them as
usual, with one more method: `count` returns the end of the window with the number, for several
windows at once. Time is the request's (`interviewrelay.core.clock`).
"""

import math
import os
import sqlite3
import threading
import time
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from limits.errors import StorageError
from limits.storage import Storage

from interviewrelay.core import clock
from interviewrelay.core.db.faults import is_locked


class Window(NamedTuple):
    """Rate limit window: a key, and its length in seconds."""

    key: str
    seconds: int


class WindowCount(NamedTuple):
    """Calls in a window, including this one, and its end in Unix seconds."""

    number: int
    ends: int

    @property
    def wait(self) -> int:
        """Seconds until the end, at least one."""
        return max(1, math.ceil(self.ends - clock.now().timestamp()))


class CounterStorage(Storage):
    """Storage that returns count and end in one call. Raises StorageError when it cannot count."""

    STORAGE_SCHEME: list[str] | None = None

    @abstractmethod
    def count(self, windows: Sequence[Window], amount: int = 1) -> list[WindowCount]:
        """Count one call in each window; results in their order."""

    @abstractmethod
    def look(self, key: str) -> WindowCount:
        """State of a window without counting; 0 and now when there is none."""

    @property
    def base_exceptions(self) -> type[Exception]:
        return StorageError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        return self.count([Window(key, expiry)], amount)[0].number

    def get(self, key: str) -> int:
        return self.look(key).number

    def get_expiry(self, key: str) -> float:
        return self.look(key).ends

    def check(self) -> bool:
        """True if it can count."""
        try:
            self.count([Window("check", 60)])
        except StorageError:
            return False
        return True


# An expired window starts anew, and so does one far in the future, written before the clock was
# set back (or by another test); clocks of servers may differ by a window. ?1 is now, ?2 the
# next whole second, ?3 the amount.
_ANEW: Final = "ends <= ?1 OR ends > excluded.ends * 2 - ?2"
_UPSERT: Final = f"""
INSERT INTO window (key, number, ends) VALUES {{rows}}
ON CONFLICT (key) DO UPDATE SET
    number = iif({_ANEW}, excluded.number, number + excluded.number),
    began = iif({_ANEW}, unixepoch(), began),
    ends = iif({_ANEW}, excluded.ends, ends)
RETURNING key, number, ends
"""  # noqa: S608 - only names of our own
_ONE: Final = _UPSERT.format(rows="(?4, ?3, ?5)")
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS window (
    key TEXT PRIMARY KEY, number INTEGER NOT NULL, ends INTEGER NOT NULL,
    began INTEGER NOT NULL DEFAULT (unixepoch())
) STRICT, WITHOUT ROWID
"""
# By the machine's clock, whatever the request's; no window is longer than an hour.
_SWEEP: Final = "DELETE FROM window WHERE began < unixepoch() - 7200"
_PRAGMAS: Final = """
    PRAGMA page_size = 1024;  -- a commit writes a page to the log: smaller ones make it cheaper
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;  -- the power may take the last counts away, a kill never does
"""
SWEEP_EVERY: Final = 2_000
PATIENCE: Final = 5.0
"""Timeout in seconds for another process's lock."""
AWAY: Final = 1.0
"""Seconds before a file that could not be opened is tried again, so that callers do not pile up."""


class EmbeddedCounters(CounterStorage):
    """Counters in their own SQLite file, shared by all processes of the machine.

    One connection a process: a count takes microseconds, so the lock is never held long.
    """

    STORAGE_SCHEME: list[str] | None = ["embedded"]  # noqa: RUF012 - so the base class has it

    def __init__(self, uri: str, **options: Any) -> None:
        super().__init__(uri, **options)
        self._path = uri.partition("://")[2]
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None
        self._pid = 0
        self._fault: sqlite3.Error | None = None
        self._again_at = 0.0
        self._statements: dict[int, str] = {}
        self._until_sweep = SWEEP_EVERY

    def count(self, windows: Sequence[Window], amount: int = 1) -> list[WindowCount]:
        now = clock.now().timestamp()
        whole = math.ceil(now)
        if len(windows) == 1:  # the usual case
            ((key, seconds),) = windows
            ((_, number, ends),) = self._done(_ONE, (now, whole, amount, key, whole + seconds))
            return [WindowCount(number, ends)]
        given: list[Any] = [now, whole, amount]
        for key, seconds in windows:
            given += (key, whole + seconds)
        rows = self._done(self._statement(len(windows)), given)
        found = {key: WindowCount(number, ends) for key, number, ends in rows}
        return [found[key] for key, _ in windows]

    def look(self, key: str) -> WindowCount:
        now = clock.now().timestamp()
        rows = self._done(
            "SELECT number, ends FROM window WHERE key = ? AND ends > ?", (key, now)
        )
        return WindowCount(*rows[0]) if rows else WindowCount(0, math.ceil(now))

    def reset(self) -> int | None:
        self._done("DELETE FROM window", ())
        return None

    def clear(self, key: str) -> None:
        self._done("DELETE FROM window WHERE key = ?", (key,))

    def _statement(self, count: int) -> str:
        if count not in self._statements:
            rows = ", ".join(f"(?{4 + 2 * n}, ?3, ?{5 + 2 * n})" for n in range(count))
            self._statements[count] = _UPSERT.format(rows=rows)
        return self._statements[count]

    def _done(self, statement: str, given: Sequence[Any]) -> list[Any]:
        with self._lock:
            try:
                connection = self._connection()
                rows = connection.execute(statement, given).fetchall()
                self._until_sweep -= 1
                if self._until_sweep <= 0:
                    self._until_sweep = SWEEP_EVERY
                    connection.execute(_SWEEP)
            except sqlite3.Error as fault:
                self._forget()
                raise StorageError(fault) from fault
            return rows

    def _connection(self) -> sqlite3.Connection:
        # A connection must not be used after a fork.
        if self._open is None or self._pid != os.getpid():
            if self._fault and time.monotonic() < self._again_at:
                raise self._fault
            try:
                self._open, self._pid = _opened(self._path), os.getpid()
            except sqlite3.Error as fault:
                self._fault, self._again_at = fault, time.monotonic() + AWAY
                raise
            self._fault = None
        return self._open

    def _forget(self) -> None:
        """Close the file, so that the next call reopens it: it may have been repaired."""
        if self._open is not None and self._pid == os.getpid():
            self._open.close()
        self._open = None


def _opened(path: str) -> sqlite3.Connection:
    with suppress(OSError):  # opening the file reports the error
        Path(path).touch(mode=0o600)  # it holds IP addresses
        for file in (path, f"{path}-wal", f"{path}-shm"):
            Path(file).chmod(0o600)  # created by an earlier version
    made = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=PATIENCE
    )
    try:
        _prepare(made)
    except sqlite3.Error:
        made.close()
        raise
    return made


def _prepare(connection: sqlite3.Connection) -> None:
    """Set up the file. SQLite does not wait for another process that is just creating it, so we do;
    waiting does not help with other errors, such as a full disk.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.executescript(_PRAGMAS)
            connection.execute(_TABLE)
        except sqlite3.OperationalError as fault:
            if not is_locked(fault) or time.monotonic() >= until:
                raise
            time.sleep(0.01)
        else:
            return


class LocalCounters(CounterStorage):
    """Counters of this process only, used while the shared counters are unavailable."""

    STORAGE_SCHEME: list[str] | None = ["local"]  # noqa: RUF012 - so the base class has it
    MOST: Final = 10_000

    def __init__(self, uri: str = "local://", **options: Any) -> None:
        super().__init__(uri, **options)
        self._lock = threading.Lock()
        self._kept: dict[str, WindowCount] = {}

    def count(self, windows: Sequence[Window], amount: int = 1) -> list[WindowCount]:
        now = clock.now().timestamp()
        told = []
        with self._lock:
            if len(self._kept) > self.MOST:
                self._kept = {k: c for k, c in self._kept.items() if c.ends > now}
                if len(self._kept) > self.MOST:
                    self._kept.clear()
            for key, seconds in windows:
                before = self._kept.get(key)
                if before is None or not now < before.ends <= now + 2 * seconds + 1:
                    made = WindowCount(amount, math.ceil(now) + seconds)
                else:
                    made = WindowCount(before.number + amount, before.ends)
                self._kept[key] = made
                told.append(made)
        return told

    def look(self, key: str) -> WindowCount:
        now = clock.now().timestamp()
        kept = self._kept.get(key)
        return kept if kept and kept.ends > now else WindowCount(0, math.ceil(now))

    def reset(self) -> int | None:
        self._kept.clear()
        return None

    def clear(self, key: str) -> None:
        self._kept.pop(key, None)
