"""SQLite setup: pragmas and busy timeouts."""

import math
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from sqlalchemy import Engine

PATIENCE: Final = 5.0
"""Timeout in seconds for a change: first behind our own writers, then for other programs."""
BUSY_MS: Final = round(PATIENCE * 1000)
PRAGMAS: Final = (
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),  # an acknowledged answer is on disk
    ("busy_timeout", str(BUSY_MS)),
    ("foreign_keys", "ON"),
    ("secure_delete", "ON"),
    ("trusted_schema", "OFF"),
    ("temp_store", "MEMORY"),
    ("wal_autocheckpoint", "1000"),
)


def configure_connection(connection: Any, _record: object) -> None:
    """Set up each new SQLite connection."""
    # The driver opens no transactions; `core.db.session` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in PRAGMAS:
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()


@contextmanager
def backup_source(engine: Engine) -> Iterator[sqlite3.Connection]:
    """The driver's own connection, for SQLite's online copy."""
    with closing(engine.raw_connection()) as pooled:
        driver: Any = pooled.driver_connection
        yield driver


@contextmanager
def limit_busy_wait(moment: float, run: Callable[[str], object]) -> Iterator[None]:
    """Limit how long SQLite waits for other programs, until a monotonic time.

    A caller that has queued for four seconds has one left, so those behind it do not wait in turn.
    """
    left = int(max(0.0, moment - time.monotonic()) * 1000) if moment < math.inf else BUSY_MS
    if left > BUSY_MS - 100:  # the usual case: saves the two statements
        yield
        return
    run(f"PRAGMA busy_timeout = {left}")
    try:
        yield
    finally:
        run(f"PRAGMA busy_timeout = {BUSY_MS}")
