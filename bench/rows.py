"""Bulk inserts for millions of rows, as fast as each database allows."""

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import psycopg

CHUNK = 20_000


class Writer:
    """Writer for an SQLite file, or for a PostgreSQL server by its address."""

    def __init__(self, plain: str) -> None:
        self.lite = "://" not in plain
        if self.lite:
            self._file = sqlite3.connect(plain, isolation_level=None)
            self._file.execute("PRAGMA synchronous = OFF")
            self._file.execute("PRAGMA cache_size = -200000")
        else:
            self._server = psycopg.connect(plain, autocommit=True)
            self._server.execute("SET maintenance_work_mem = '512MB'")

    def put(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        names = ", ".join(columns)
        if self.lite:
            places = ", ".join("?" * len(columns))
            words = f"INSERT INTO {table} ({names}) VALUES ({places})"
            for part in _parts(rows):
                self._file.execute("BEGIN IMMEDIATE")
                self._file.executemany(words, part)
                self._file.execute("COMMIT")
            return
        with self._server.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def run(self, words: str) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows, if any."""
        done: Any = (self._file if self.lite else self._server).execute(words)
        return list(done.fetchall()) if done.description else []

    def backends(self) -> list[int]:
        """Server processes that work on this database for others."""
        if self.lite:
            return []
        words = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        return [pid for (pid,) in self.run(f"{words} AND pid <> pg_backend_pid()")]

    def close(self) -> None:
        (self._file if self.lite else self._server).close()


def _parts(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    waiting = iter(rows)
    return iter(lambda: list(itertools.islice(waiting, CHUNK)), [])
