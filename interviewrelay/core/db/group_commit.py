"""Group commit: short changes that run on the driver's own cursor and are committed together.

Every answer of a participant takes this path, which bypasses the session
(docs/decisions/0015-group-commit.md).
"""

import contextvars
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Generic, TypeVar

from flask import Flask, current_app
from sqlalchemy import Dialect, Engine

from interviewrelay.core.db.compiled_statements import CompiledStatement, Names, Rows
from interviewrelay.core.db.session import (
    WRITERS,
    allow_raw_writes,
    db,
    refuse_transaction,
    release_connection,
    require_transaction,
)
from interviewrelay.core.db.sqlite import PATIENCE, limit_busy_wait
from interviewrelay.core.errors import StorageUnavailable
from interviewrelay.core.file_lock import FileLock, LockTimeout

Result = TypeVar("Result")

GROUP: Final = "changes that wait"
LARGEST_GROUP: Final = 64


class UniqueViolation(Exception):
    """Unique violation: a row with this key already exists."""


class StatementRunner:
    """Runs statements on one driver connection. Raises StorageUnavailable."""

    def __init__(self, connection: Any, dialect: Dialect) -> None:
        self._cursor, self._dialect = connection.cursor(), dialect
        self.lite = dialect.name == "sqlite"

    def rows(self, statement: CompiledStatement, **values: Any) -> list[list[Any]]:
        known = statement.compile_for(self._dialect)
        self.run(known.words, known.given(values))
        return [known.row(found) for found in self._cursor.fetchall()]

    def change(self, statement: CompiledStatement, **values: Any) -> int:
        """Run a change; returns the number of rows changed. Raises UniqueViolation."""
        known = statement.compile_for(self._dialect)
        self.run(known.words, known.given(values))
        count: int = self._cursor.rowcount
        return count

    def change_each(
        self, statement: CompiledStatement, names: Names, rows: Rows, **same: Any
    ) -> None:
        """Run a change once for each of `rows`, whose values are keyed by `names`, as text. Raises
        UniqueViolation.
        """
        known = statement.compile_for(self._dialect)
        self._do(self._cursor.executemany, known.words, known.given_each(names, rows, same))

    def run(self, words: str, values: Any = ()) -> None:
        self._do(self._cursor.execute, words, values)

    def _do(self, how: Callable[[str, Any], Any], words: str, values: Any) -> None:
        driver = self._dialect.loaded_dbapi
        try:
            how(words, values)
        except driver.IntegrityError as fault:
            raise UniqueViolation from fault
        except driver.OperationalError as fault:
            raise StorageUnavailable from fault


@contextmanager
def open_reader() -> Iterator[StatementRunner]:
    """A runner for reads outside any transaction."""
    connection = db.engine.raw_connection()
    try:
        yield StatementRunner(connection, db.engine.dialect)
    finally:
        connection.close()


def current_runner() -> StatementRunner:
    """The runner of the current transaction, for its building blocks."""
    require_transaction()
    return StatementRunner(db.session.connection().connection, db.engine.dialect)


def commit_change(work: Callable[[StatementRunner], Result]) -> Result:
    """Change the database: all of `work` is committed when this returns, or nothing.

    Do not call it inside a transaction. `work` may run in another thread, in the caller's context.
    It must not call other services, and it must decide only by what its own statements read. Raises
    StorageUnavailable.
    """
    refuse_transaction()
    if db.session.registry.has():
        release_connection()
    entry = _Entry(work)
    group: GroupCommitter | None = current_app.extensions[GROUP]
    if group is None:
        _alone(entry)
    else:
        group.write(entry)
    return entry.outcome()


def init_app(app: Flask) -> None:
    """Set up group commit for SQLite. PostgreSQL groups concurrent commits by itself."""
    lock: FileLock | None = app.extensions[WRITERS]
    with app.app_context():
        app.extensions[GROUP] = GroupCommitter(db.engine, lock) if lock else None


class _Entry(Generic[Result]):
    """A queued change and its result."""

    def __init__(self, work: Callable[[StatementRunner], Result]) -> None:
        self._work, self._context = work, contextvars.copy_context()
        self._result: list[Result] = []
        self.fault: BaseException | None = None
        self.done = False
        self.called = threading.Event()
        self.until = time.monotonic() + PATIENCE

    def run(self, runner: StatementRunner) -> None:
        self._result = [self._context.run(self._do, runner)]

    def _do(self, runner: StatementRunner) -> Result:
        with allow_raw_writes():
            return self._work(runner)

    def outcome(self) -> Result:
        if self.fault is not None:
            raise self.fault
        return self._result[0]


def _alone(entry: _Entry[Any]) -> None:
    connection = db.engine.raw_connection()
    try:
        entry.run(StatementRunner(connection, db.engine.dialect))
        connection.commit()
    except db.engine.dialect.loaded_dbapi.OperationalError as fault:
        raise StorageUnavailable from fault
    finally:
        connection.close()  # this rolls back the uncommitted changes


class GroupCommitter:
    """Group committer for SQLite in one process: the first writer commits for all that wait.

    Each change is a savepoint, so a failed one is undone alone. Every caller waits for the commit.
    """

    def __init__(self, engine: Engine, lock: FileLock) -> None:
        self._engine, self._lock = engine, lock
        self._guard = threading.Lock()
        self._waiting: deque[_Entry[Any]] = deque()
        self._led = False

    def write(self, entry: _Entry[Any]) -> None:
        """Queue the entry; returns once it is committed or has failed."""
        with self._guard:
            self._waiting.append(entry)
            leads, self._led = not self._led, True
        if not leads:
            entry.called.wait()
        if not entry.done:
            self._lead()

    def _lead(self) -> None:
        taken: list[_Entry[Any]] = []
        try:
            self._commit(taken)
        finally:
            for entry in taken:
                entry.done = True
                entry.called.set()
            with self._guard:
                if self._waiting:
                    self._waiting[0].called.set()  # it becomes the next leader
                else:
                    self._led = False

    def _commit(self, taken: list[_Entry[Any]]) -> None:
        until = self._waiting[0].until  # deadline of the leader
        if not self._lock.acquire(until - time.monotonic()):
            _refuse(self._late(taken), LockTimeout())
            return
        connection = self._engine.raw_connection()
        try:
            runner = StatementRunner(connection, self._engine.dialect)
            with limit_busy_wait(until, runner.run):
                runner.run("BEGIN IMMEDIATE")
            while len(taken) < LARGEST_GROUP and (entry := self._next(taken)):
                _within(runner, entry[0])
            connection.commit()
        except BaseException as fault:
            _refuse(taken or self._late(taken), fault)
            if not isinstance(fault, Exception):
                raise
        finally:
            connection.close()
            self._lock.release()

    def _late(self, taken: list[_Entry[Any]]) -> list[_Entry[Any]]:
        """The leader and all entries that have waited as long; the others may still succeed."""
        self._next(taken)
        while self._waiting and self._waiting[0].until <= time.monotonic():
            self._next(taken)
        return taken

    def _next(self, taken: list[_Entry[Any]]) -> list[_Entry[Any]]:
        """The next waiting entry, if any; it is added to `taken`."""
        with self._guard:
            found = [self._waiting.popleft()] if self._waiting else []
        taken += found
        return found


def _within(runner: StatementRunner, entry: _Entry[Any]) -> None:
    runner.run("SAVEPOINT one")
    try:
        entry.run(runner)
    except BaseException as fault:  # noqa: BLE001 - re-raised in the thread that queued the change
        entry.fault = fault
        runner.run("ROLLBACK TO one")  # fails if a full disk has rolled back the whole group
    runner.run("RELEASE one")


def _refuse(entries: list[_Entry[Any]], cause: BaseException | None = None) -> None:
    for entry in entries:
        entry.fault = StorageUnavailable()
        entry.fault.__cause__ = cause
