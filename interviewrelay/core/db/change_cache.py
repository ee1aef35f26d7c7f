"""Change cache: values derived from stored rows, kept until any row changes.

For every connection, SQLite counts the commits of others. Reading the counter takes microseconds,
and an unchanged counter proves that the data is unchanged (docs/decisions/0017-cached-responses.md).
PostgreSQL has nothing cheaper than reading again, so nothing is cached there.
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
CommitMark = tuple[int, int]

WATCH: Final = "watch"
_MARK: Final = "interviewrelay.mark"
MOST: Final = 64
"""Maximum number of items; one more empties the cache."""
_CONNECTIONS: Final = count(1)


def init_app(app: Flask) -> None:
    """Attach the cache to the application. Call it after the database is attached."""
    with app.app_context():
        url = db.engine.url
    file = url.database if url.get_backend_name() == "sqlite" else None
    app.extensions[WATCH] = _Watch(file) if file and file != ":memory:" else None


def commit_counter() -> CommitMark | None:
    """Commit counter: equal as long as nothing was committed; None when unknown.

    A request reads it once, so its answer shows the data as of its arrival.
    """
    watch: _Watch | None = current_app.extensions[WATCH]
    if watch is None:
        return None
    if not has_request_context():
        return watch.mark()
    given = request.environ
    if _MARK not in given:
        given[_MARK] = watch.mark()
    known: CommitMark | None = given[_MARK]
    return known


class ChangeCache(Generic[Item]):
    """Cache of items that depend only on stored rows and on their own keys.

    The first access after a change drops all of them, so erased data is never kept.
    """

    def __init__(self) -> None:
        self._kept: tuple[CommitMark | None, dict[Hashable, Item]] = (None, {})

    def items(self) -> dict[Hashable, Item]:
        """Items cached since the last change, for reading and adding.

        Ask for it before reading any row: an item read later can only be too new, never stale.
        """
        now = commit_counter()
        if now is None:
            return {}
        of, items = self._kept
        if of != now or len(items) > MOST:
            items = {}
            self._kept = now, items
        return items


class _Watch:
    """Watches a database file on its own read-only connection."""

    def __init__(self, path: str) -> None:
        self._path, self._lock = path, threading.Lock()
        self._open: sqlite3.Connection | None = None
        self._pid = self._number = 0

    def mark(self) -> CommitMark | None:
        with self._lock:
            try:
                (commits,) = self._connection().execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                self._open = None
                return None
            return self._number, commits

    def _connection(self) -> sqlite3.Connection:
        # A connection must not be used after a fork.
        if self._open is None or self._pid != os.getpid():
            self._open = sqlite3.connect(
                self._path, isolation_level=None, check_same_thread=False
            )
            # The counter of one connection cannot be compared with that of another.
            self._pid, self._number = os.getpid(), next(_CONNECTIONS)
        return self._open
