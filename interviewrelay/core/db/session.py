"""Database session and transactions: one handle, and one way to change data.

SQLite (the default) and PostgreSQL behave alike: a change happens in `transaction()`, which takes
the write lock at its start, so that nothing read inside it can become stale.
"""

import hashlib
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import REAL, Double, MetaData, Text, event, func, literal_column, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError, PendingRollbackError, TimeoutError as AllInUse
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, registry
from sqlalchemy.sql.dml import UpdateBase

from interviewrelay.core.db import sqlite
from interviewrelay.core.db.sqlite import PATIENCE, limit_busy_wait
from interviewrelay.core.db.types import Flag as Flag, Json as Json, UtcDateTime as UtcDateTime
from interviewrelay.core.db.wakeup import Wakeup
from interviewrelay.core.errors import StorageUnavailable
from interviewrelay.core.file_lock import FileLock, LockTimeout

# Named constraints: SQLite's batch migrations can only change what has a name.
NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables. SQLite tables are strict: a value of the wrong type is an error there too."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            str: Text(),
            bool: Flag(),
            datetime: UtcDateTime(),
            float: Double().with_variant(REAL(), "sqlite"),
        },
    )

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "__tablename__" in cls.__dict__:
            given = cls.__dict__.get("__table_args__", ())
            cls.__table_args__ = (*given, {"sqlite_strict": True})
        super().__init_subclass__(**kwargs)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_locking: ContextVar[bool] = ContextVar("locking", default=False)
_joined: ContextVar[list[Callable[[], object]] | None] = ContextVar("joined", default=None)
# SQLite allows one writer and does not queue the others fairly, across processes either. This
# lock queues them first and keeps the wait short.
WRITERS: Final = "one writer"
BELL: Final = "bell"
_until: ContextVar[float] = ContextVar("until", default=math.inf)


@contextmanager
def transaction() -> Iterator[None]:
    """Transaction: everything is committed at the end of the block, or nothing.

    Does not nest. Objects loaded before it keep their values, so read inside it whatever a decision
    depends on (`access.lock_row`). Raises StorageUnavailable when the database cannot take the
    change. Inside a `unit_of_work()` it becomes a savepoint: undone alone if it fails, committed with
    the
    unit.
    """
    if _writing.get():
        raise RuntimeError("transaction() cannot be nested. Call a building block instead")
    inside = _joined.get() is not None
    if not inside:
        _end_reading()
    token = _writing.set(True)
    try:
        with _savepoint() if inside else _whole():
            yield
    finally:
        _writing.reset(token)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Unit of work: the transactions of several service functions, committed or rolled back
    together.

    It holds the write lock from its start, so make no external calls inside it; pass work that must
    follow the commit to `on_commit`. Does not nest.
    """
    refuse_transaction()
    _end_reading()
    afterwards: list[Callable[[], object]] = []
    with _whole(afterwards):
        yield
    for act in afterwards:
        act()


@contextmanager
def _whole(afterwards: list[Callable[[], object]] | None = None) -> Iterator[None]:
    """The transaction itself, from the write lock to the commit."""
    session = db.session()
    with _queued():
        joined, beginning = _joined.set(afterwards), _locking.set(True)
        try:
            yield
            session.commit()
        except OperationalError as fault:
            session.rollback()
            raise StorageUnavailable from fault
        except BaseException:
            session.rollback()
            raise
        finally:
            _locking.reset(beginning)
            _joined.reset(joined)
            rings = session.info.pop(BELL, False)
    if rings:
        bell: Wakeup = current_app.extensions[BELL]
        bell.notify()


@contextmanager
def _queued() -> Iterator[None]:
    """Wait for the turn to write to SQLite. Raises StorageUnavailable."""
    lock: FileLock | None = current_app.extensions[WRITERS]
    until = time.monotonic() + PATIENCE
    if lock and not lock.acquire(PATIENCE):
        raise StorageUnavailable from LockTimeout()
    token = _until.set(until)
    try:
        yield
    finally:
        _until.reset(token)
        if lock:
            lock.release()


@contextmanager
def _savepoint() -> Iterator[None]:
    try:
        with db.session.begin_nested():
            yield
    except OperationalError as fault:
        raise StorageUnavailable from fault


def on_commit(act: Callable[[], object]) -> None:
    """Run `act` after the commit: now, or at the end of the unit of work.

    Call it after the function's own `transaction()`, for example to delete files only after the
    rows that name them.
    """
    waiting = _joined.get()
    if waiting is None:
        refuse_transaction()
        act()
    else:
        waiting.append(act)


def wake_on_commit() -> None:
    """Wake the worker after the commit, for building blocks that create background work."""
    require_transaction()
    db.session.info[BELL] = True


def exclusive_lock(name: str) -> bool:
    """Advisory lock by name until the end of the unit; False if another process holds it.

    On SQLite the write lock already ensures this.
    """
    if db.engine.dialect.name == "sqlite":
        return True
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    got: bool = db.session.execute(select(func.pg_try_advisory_xact_lock(number))).scalar_one()
    return got


def count_affected(change: UpdateBase) -> int:
    """Run an update or a delete; returns the number of affected rows."""
    return len(db.session.execute(change.returning(literal_column("1"))).all())


@contextmanager
def allow_raw_writes() -> Iterator[None]:
    """Allow raw writes on a migration's own connection, which starts with the write lock."""
    token = _locking.set(True)
    try:
        yield
    finally:
        _locking.reset(token)


def release_connection() -> None:
    """Release the connection before an external call, so that no read transaction stays open."""
    refuse_transaction()
    _end_reading()


def _end_reading() -> None:
    db.session.commit()  # nothing to write: changes happen only in transaction()


def checkpoint_wal() -> int:
    """Checkpoint SQLite's log after an erasure, so that no overwritten data stays in it; 0 when
    done.

    A reader of an older state delays it; the next erasure or the periodic task empties the log.
    """
    refuse_transaction()
    if db.engine.dialect.name != "sqlite":
        return 0
    release_connection()
    with _queued(), db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        with limit_busy_wait(_until.get(), driver.execute):
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return 0


def require_transaction() -> None:
    """Guard for building blocks: raises unless a transaction is open."""
    if not _writing.get():
        raise RuntimeError("call this inside a transaction()")


def refuse_transaction() -> None:
    """Guard for external calls: raises while the write lock is held."""
    if _locking.get():
        raise RuntimeError("do not call external services inside a transaction() or a unit()")


def init_app(app: Flask, url: str, threads: int) -> None:
    """Attach the database to the application; `threads` is the maximum of concurrent users."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    options: dict[str, Any] = {"pool_pre_ping": not url.startswith("sqlite")}
    if ":memory:" not in url:
        options |= {"pool_size": threads, "max_overflow": 8, "pool_timeout": PATIENCE}
    if not url.startswith("sqlite"):
        from interviewrelay.core.db import postgresql  # loads the driver too

        options["connect_args"] = postgresql.build_connect_options(url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    app.extensions[WRITERS] = None
    app.extensions[BELL] = Wakeup()
    if engine.dialect.name == "sqlite":
        file = engine.url.database
        if path := (Path(file) if file and file != ":memory:" else None):
            with suppress(OSError):  # opening the file reports the error
                path.touch(mode=0o600)  # readable only for this user, and so is its log
        app.extensions[WRITERS] = FileLock(Path(f"{path}.lock") if path else None)
        event.listen(engine, "connect", sqlite.configure_connection)
    else:
        postgresql.limit_waits(engine)
    event.listen(engine, "begin", _begin)


def dispose() -> None:
    """Close every connection before a fork, since none may be used on both sides."""
    db.session.remove()
    db.engine.dispose()


def get_error_types(app: Flask) -> Sequence[type[Exception]]:
    """Exception types of an unavailable database, through the session and past it."""
    with app.app_context():
        driver: type[Exception] = db.engine.dialect.loaded_dbapi.OperationalError
    return (OperationalError, PendingRollbackError, AllInUse, driver)


def _begin(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if not _locking.get():
        connection.exec_driver_sql("BEGIN")
        return
    with limit_busy_wait(_until.get(), connection.exec_driver_sql):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@event.listens_for(Session, "before_flush")
def _only_in_transactions(session: Session, *_: object) -> None:
    if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
        require_transaction()


@event.listens_for(Session, "do_orm_execute")
def _no_stray_writes(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        require_transaction()
