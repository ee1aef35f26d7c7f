"""The database: one handle, one way to change it, and column types that mean the same everywhere.

SQLite (the default) and PostgreSQL behave alike here: a change happens in `transaction()`, which
takes the write lock at its beginning, so that nothing read inside it can be overtaken.
"""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import REAL, Boolean, DateTime, Dialect, Double, MetaData, Text, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError, PendingRollbackError
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, registry
from sqlalchemy.types import INTEGER, TypeDecorator

from interviewrelay.errors import StorageUnavailable

# Constraint names: SQLite's batch migrations can only change what has a name.
NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment. SQLite keeps it as sortable text, `2024-10-20T10:00:00.000000Z`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        kind = Text() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON value: text on SQLite, JSONB on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(
            Text() if dialect.name == "sqlite" else JSONB(none_as_null=True)
        )

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return (
            json.loads(value) if isinstance(value, str) and dialect.name == "sqlite" else value
        )


class Flag(TypeDecorator[bool]):
    """True or false; SQLite's strict tables know only numbers."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(INTEGER() if dialect.name == "sqlite" else Boolean())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name != "sqlite" else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:  # noqa: ARG002
        return None if value is None else bool(value)


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
# SQLite lets one writer in and is unfair to the rest; queueing here keeps the wait short for all.
_one_writer = threading.Lock()


@contextmanager
def transaction() -> Iterator[None]:
    """Change the database: all of it or nothing, committed at the end of the block.

    Does not nest. Objects loaded before it keep their values: what a decision rests on must be read
    inside (`access.locked`). Raises StorageUnavailable when the database cannot take the change.
    """
    if _writing.get():
        raise RuntimeError("transaction() does not nest: call a building block instead")
    session = db.session()
    session.commit()  # ends the reading before it; nothing is waiting to be written by then
    lock = _one_writer if db.engine.dialect.name == "sqlite" else None
    if lock:
        lock.acquire()
    token = _writing.set(True)
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
        _writing.reset(token)
        if lock:
            lock.release()


@contextmanager
def writing_by_hand() -> Iterator[None]:
    """For migrations, which bring a connection of their own: it begins with the write lock."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def end_reading() -> None:
    """Give the connection back before a call to the outside: nothing is read while it lasts."""
    refuse_transaction()
    db.session.commit()  # there is nothing to write: that happens in transaction() only


def scrub() -> int:
    """After an erasure: nothing that was overwritten stays in SQLite's log. Nothing to count: 0.

    Somebody who reads an older state holds it back; the next erasure or the periodic task empties it.
    """
    refuse_transaction()
    if db.engine.dialect.name != "sqlite":
        return 0
    end_reading()
    with _one_writer, db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return 0


def require_transaction() -> None:
    """For building blocks that change something on behalf of a verb."""
    if not _writing.get():
        raise RuntimeError("this needs an open transaction()")


def refuse_transaction() -> None:
    """For calls to the outside, which must never happen while the write lock is held."""
    if _writing.get():
        raise RuntimeError("no call to the outside inside a transaction()")


def attach(app: Flask, url: str, threads: int) -> None:
    """Give the application its database; `threads` is how many may use it at once."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    options: dict[str, Any] = {"pool_pre_ping": not url.startswith("sqlite")}
    if ":memory:" not in url:
        options |= {"pool_size": threads, "max_overflow": 4}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)


def session_fault_types() -> Sequence[type[Exception]]:
    """What the database raises when it cannot be used now, for the renderer of failures."""
    return (OperationalError, PendingRollbackError)


PRAGMAS: Final = (
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),  # an acknowledged answer is on disk
    ("busy_timeout", "5000"),
    ("foreign_keys", "ON"),
    ("secure_delete", "ON"),
    ("trusted_schema", "OFF"),
    ("temp_store", "MEMORY"),
    ("wal_autocheckpoint", "1000"),
)


def _pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = (
        None  # the driver opens no transactions of its own; _begin does
    )
    cursor = connection.cursor()
    for name, value in PRAGMAS:
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@event.listens_for(Session, "before_flush")
def _only_in_transactions(session: Session, *_: object) -> None:
    if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
        require_transaction()


@event.listens_for(Session, "do_orm_execute")
def _no_stray_writes(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        require_transaction()
