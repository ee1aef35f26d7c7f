"""What was made of what is stored, kept until anything is stored.

SQLite counts, for every connection, what others have committed to the file; asking it costs a few
microseconds, and a count that stands still is proof (docs/decisions/0017-kept-answers.md).
PostgreSQL has nothing that is cheaper than reading again: there nothing is kept.
"""

import os
import sqlite3
import threading
from collections.abc import Hashable
from itertools import count
from typing import Final, Generic, TypeVar

from flask import Flask, current_app, has_request_context, request

from interviewrelay.core.db.session import db

Item = TypeVar("Item")
Mark = tuple[int, int]

WATCH: Final = "watch"
_MARK: Final = "interviewrelay.mark"
MOST: Final = 64
"""So many items a shelf holds; with one more it begins anew."""
_CONNECTIONS: Final = count(1)


def attach(app: Flask) -> None:
    """After the database is there."""
    with app.app_context():
        url = db.engine.url
    file = url.database if url.get_backend_name() == "sqlite" else None
    app.extensions[WATCH] = _Watch(file) if file and file != ":memory:" else None


def mark() -> Mark | None:
    """The same as long as nobody commits anything; None where that cannot be known.

    A request asks once: its answer shows what was there when it came.
    """
    watch: _Watch | None = current_app.extensions[WATCH]
    if watch is None:
        return None
    if not has_request_context():
        return watch.mark()
    given = request.environ
    if _MARK not in given:
        given[_MARK] = watch.mark()
    known: Mark | None = given[_MARK]
    return known


class Shelf(Generic[Item]):
    """Items that follow from what is stored, and from their names, alone.

    With the first look after a change all are let go: nothing that was erased stays behind.
    """

    def __init__(self) -> None:
        self._kept: tuple[Mark | None, dict[Hashable, Item]] = (None, {})

    def items(self) -> dict[Hashable, Item]:
        """What was put here since the last change, to be looked at and added to.

        It must be asked for before anything is read: what is read later is too new for it at worst.
        """
        now = mark()
        if now is None:
            return {}
        of, items = self._kept
        if of != now or len(items) > MOST:
            items = {}
            self._kept = now, items
        return items


class _Watch:
    """Looks at a database file on a connection of its own, which never writes."""

    def __init__(self, path: str) -> None:
        self._path, self._lock = path, threading.Lock()
        self._open: sqlite3.Connection | None = None
        self._pid = self._number = 0

    def mark(self) -> Mark | None:
        with self._lock:
            try:
                (commits,) = self._connection().execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                self._open = None
                return None
            return self._number, commits

    def _connection(self) -> sqlite3.Connection:
        if self._open is None or self._pid != os.getpid():  # none survives a fork
            self._open = sqlite3.connect(
                self._path, isolation_level=None, check_same_thread=False
            )
            # A connection's count means nothing to another one.
            self._pid, self._number = os.getpid(), next(_CONNECTIONS)
        return self._open
