"""What one application of the tests has worked out and the next one need not: making an application,
and its statements, took longer than most tests do. Each is still an application of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, event
from werkzeug.routing import Map, RuleFactory

from interviewrelay.accounts import passwords
from interviewrelay.core.db.session import Base

as_dear_as_served = passwords._hasher
_cheap = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1)


@contextmanager
def hashes() -> Iterator[None]:
    """Passwords are hashed and compared in here at next to no cost: a fifth of a second of processor
    time went into each browser that logged in. What a hash costs has a test of its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: _cheap)
        yield


class _Routes(Map):
    """The routes of the first application; the others bring the same."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.whole, self.seen = False, set[Any]()

    def add(self, rulefactory: RuleFactory) -> None:
        for rule in rulefactory.get_rules(self):
            key = (rule.rule, rule.endpoint, frozenset(rule.methods or ()))
            if key not in self.seen:
                assert not self.whole, f"{rule} would be a route of every test's application"
                self.seen.add(key)
                super().add(rule)


_routes = _Routes(host_matching=False)


@contextmanager
def routes() -> Iterator[None]:
    """Applications made in here have the same routes, which are compiled once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "url_map_class", staticmethod(lambda **_: _routes))
        yield
    _routes.whole = True


class _Templates(BytecodeCache):
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.code


templates = _Templates()

_compiled: dict[str, tuple[Any, Any]] = {}


def statements(engine: Engine) -> None:
    """A statement that one engine has compiled is known to the next, as it is to a server that runs."""
    if engine.name not in _compiled:
        engine.connect().close()  # the dialect asks the first connection what it has to know
        _compiled[engine.name] = engine.dialect, engine._compiled_cache
    engine.dialect, engine._compiled_cache = _compiled[engine.name]
    engine.pool._dialect = engine.dialect


def unsynced(engine: Engine) -> None:
    """No test pulls the plug on the machine: SQLite need not wait for the disk."""
    if engine.name == "sqlite":
        event.listen(
            engine, "connect", lambda made, _: made.execute("PRAGMA synchronous = OFF")
        )


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner whom one test has made: the rows (table and values) that came with them."""

    member_id: str
    key: str
    rows: frozenset[tuple[str, tuple[Any, ...]]]


owners: dict[tuple[str, str, bool], Owner] = {}


def rows(engine: Engine) -> frozenset[tuple[str, tuple[Any, ...]]]:
    """All rows of an SQLite database that is nearly empty."""
    with engine.connect() as connection:
        return frozenset(
            (table.name, tuple(row))
            for table in Base.metadata.sorted_tables
            for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}")
        )


def put(engine: Engine, more: frozenset[tuple[str, tuple[Any, ...]]]) -> None:
    """Add rows to an SQLite database as they are."""
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table, values in more:
            places = ", ".join("?" * len(values))
            connection.exec_driver_sql(
                f"INSERT OR REPLACE INTO {table} VALUES ({places})", values
            )
