"""The database: one handle, and one way to change it.

SQLite (the default) and PostgreSQL behave alike here: a change happens in `transaction()`, which
takes the write lock at its beginning, so that nothing read inside it can be overtaken.
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
from sqlalchemy import REAL, Double, MetaData, Text, event, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError, PendingRollbackError, TimeoutError as AllInUse
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, registry

from interviewrelay.core.db import sqlite
from interviewrelay.core.db.sqlite import PATIENCE, waiting_until
from interviewrelay.core.db.types import Flag as Flag, Json as Json, UtcDateTime as UtcDateTime
from interviewrelay.core.db.wakeup import Bell
from interviewrelay.core.errors import StorageUnavailable
from interviewrelay.core.file_lock import Busy, FileLock

# Constraint names: SQLite's batch migrations can only change what has a name.
NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The tables' base. SQLite tables are strict: a value of the wrong type is an error there too."""

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
# SQLite lets one writer in and is unfair to the rest, across processes too; queueing before it
# keeps the wait short for all.
WRITERS: Final = "one writer"
BELL: Final = "bell"
_until: ContextVar[float] = ContextVar("until", default=math.inf)


@contextmanager
def transaction() -> Iterator[None]:
    """Change the database: all of it or nothing, committed at the end of the block.

    Does not nest. Objects loaded before it keep their values: what a decision rests on must be read
    inside (`access.locked`). Raises StorageUnavailable when the database cannot take the change.
    Inside a `unit()` it is a part of that: undone alone when it fails, kept when the unit is.
    """
    if _writing.get():
        raise RuntimeError("transaction() does not nest: call a building block instead")
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
def unit() -> Iterator[None]:
    """Several verbs as one change: their transactions join, and are kept or undone together.

    Holds the write lock from its beginning, so no call to the outside may be made within it: what
    must follow the change is given to `once_committed`. Does not nest.
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
    """From the write lock to the commit."""
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
        bell: Bell = current_app.extensions[BELL]
        bell.ring()


@contextmanager
def _queued() -> Iterator[None]:
    """As the only one who writes to SQLite. Raises StorageUnavailable."""
    lock: FileLock | None = current_app.extensions[WRITERS]
    until = time.monotonic() + PATIENCE
    if lock and not lock.acquire(PATIENCE):
        raise StorageUnavailable from Busy()
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


def once_committed(act: Callable[[], object]) -> None:
    """Do something outside the database when the change is there: now, or at the end of the unit.

    Stands after the verb's `transaction()`. Files go only after the rows that name them.
    """
    waiting = _joined.get()
    if waiting is None:
        refuse_transaction()
        act()
    else:
        waiting.append(act)


def ring_when_committed() -> None:
    """For building blocks that leave something for a worker: it looks at once, not in a while."""
    require_transaction()
    db.session.info[BELL] = True


def alone_with(name: str) -> bool:
    """Whether no other unit that asked for this name is under way, in any process; until its end.

    On SQLite the write lock has settled it: there is only ever one.
    """
    if db.engine.dialect.name == "sqlite":
        return True
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    got: bool = db.session.execute(select(func.pg_try_advisory_xact_lock(number))).scalar_one()
    return got


@contextmanager
def writing_by_hand() -> Iterator[None]:
    """For migrations, which bring a connection of their own: it begins with the write lock."""
    token = _locking.set(True)
    try:
        yield
    finally:
        _locking.reset(token)


def end_reading() -> None:
    """Give the connection back before a call to the outside: nothing is read while it lasts."""
    refuse_transaction()
    _end_reading()


def _end_reading() -> None:
    db.session.commit()  # there is nothing to write: that happens in transaction() only


def scrub() -> int:
    """After an erasure: nothing that was overwritten stays in SQLite's log. Nothing to count: 0.

    Somebody who reads an older state holds it back; the next erasure or the periodic task empties it.
    """
    refuse_transaction()
    if db.engine.dialect.name != "sqlite":
        return 0
    end_reading()
    with _queued(), db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        with waiting_until(_until.get(), driver.execute):
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return 0


def require_transaction() -> None:
    """For building blocks that change something on behalf of a verb."""
    if not _writing.get():
        raise RuntimeError("this needs an open transaction()")


def refuse_transaction() -> None:
    """For calls to the outside, which must never happen while the write lock is held."""
    if _locking.get():
        raise RuntimeError("no call to the outside inside a transaction() or a unit()")


def attach(app: Flask, url: str, threads: int) -> None:
    """Give the application its database; `threads` is how many may use it at once."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    options: dict[str, Any] = {"pool_pre_ping": not url.startswith("sqlite")}
    if ":memory:" not in url:
        options |= {"pool_size": threads, "max_overflow": 4, "pool_timeout": PATIENCE}
    if not url.startswith("sqlite"):
        from interviewrelay.core.db import postgresql  # and its driver, for whoever needs it

        options["connect_args"] = postgresql.options(url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    app.extensions[WRITERS] = None
    app.extensions[BELL] = Bell()
    if engine.dialect.name == "sqlite":
        file = engine.url.database
        if path := (Path(file) if file and file != ":memory:" else None):
            with suppress(OSError):  # who opens it says what is wrong
                path.touch(mode=0o600)  # for this user's eyes alone, and so its log
        app.extensions[WRITERS] = FileLock(Path(f"{path}.lock") if path else None)
        event.listen(engine, "connect", sqlite.set_up)
    else:
        postgresql.bound(engine)
    event.listen(engine, "begin", _begin)


def let_go() -> None:
    """Close every connection, before the process is divided: none may be used on both sides."""
    db.session.remove()
    db.engine.dispose()


def session_fault_types() -> Sequence[type[Exception]]:
    """What the database raises when it cannot be used now, for the renderer of failures."""
    return (OperationalError, PendingRollbackError, AllInUse)


def _begin(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if not _locking.get():
        connection.exec_driver_sql("BEGIN")
        return
    with waiting_until(_until.get(), connection.exec_driver_sql):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@event.listens_for(Session, "before_flush")
def _only_in_transactions(session: Session, *_: object) -> None:
    if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
        require_transaction()


@event.listens_for(Session, "do_orm_execute")
def _no_stray_writes(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        require_transaction()
