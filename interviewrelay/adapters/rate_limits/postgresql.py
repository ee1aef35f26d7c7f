"""What counts while Redis is away from servers that share a PostgreSQL: a table there, for all of them.

A row holds what Redis is known to have counted in a window (`known`) and what was counted here since
(`untold`); together they are its number. Whoever reaches Redis again first tells it what is untold
of all, so that nobody gets a call more by the absence, nor one less.
"""

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, NamedTuple

from limits.errors import StorageError
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import OperationalError, TimeoutError as AllInUse

from interviewrelay.adapters.rate_limits.embedded import Count, Window
from interviewrelay.adapters.rate_limits.redis import Known, RedisElse
from interviewrelay.core import clock
from interviewrelay.core.db import postgresql

PATIENCE: Final = 1.0
"""Seconds that a request waits for the table at most."""
CONNECTIONS: Final = 4
"""Of a process, beside those of its requests: a count takes a millisecond."""
AT_ONCE: Final = 500
"""Windows that are told in one step."""
SWEEP_EVERY: Final = 7_200.0
"""Seconds."""

# As in Redis: a window that is over, or of a clock that has been set back since, begins anew.
_ANEW: Final = "(w.ends <= %(now)s OR w.ends > %(now)s + 2 * w.seconds + 1)"
_COUNT: Final = f"""
INSERT INTO rate_window AS w (key, known, untold, ends, seconds) VALUES {{rows}}
ON CONFLICT (key) DO UPDATE SET
    known = CASE WHEN {_ANEW} THEN excluded.known ELSE greatest(w.known, excluded.known) END,
    untold = excluded.untold + CASE WHEN {_ANEW} THEN 0 ELSE w.untold END,
    ends = CASE WHEN {_ANEW} THEN excluded.ends ELSE w.ends END,
    seconds = excluded.seconds
RETURNING key, known + untold, ends
"""  # noqa: S608 - only names of our own
_TAKE: Final = """
WITH ours AS (
    SELECT key, untold FROM rate_window WHERE untold > 0 AND ends > %(now)s
    ORDER BY key LIMIT %(most)s FOR NO KEY UPDATE
)
UPDATE rate_window AS w SET known = w.known + ours.untold, untold = 0
FROM ours WHERE w.key = ours.key
RETURNING w.key, w.seconds, w.known - ours.untold, w.ends, ours.untold
"""
_PUT_BACK: Final = """
UPDATE rate_window SET known = known - %(untold)s, untold = untold + %(untold)s
WHERE key = %(key)s AND ends = %(ends)s
"""
# By the machine's clock, whatever a request's says: they hold addresses.
_SWEEP: Final = "DELETE FROM rate_window WHERE ends <= extract(epoch FROM now())"
_CLEAR: Final = "DELETE FROM rate_window WHERE key = coalesce(%(key)s, key)"
_LOOK: Final = (
    "SELECT known + untold, ends FROM rate_window WHERE key = %(key)s AND ends > %(now)s"
)


class Untold(NamedTuple):
    """A window that was counted here, and what Redis does not know of it."""

    window: Window
    known: Known


class DatabaseCounters:
    """The table. Raises StorageError."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(
            url,
            isolation_level="AUTOCOMMIT",
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=PATIENCE,
            pool_pre_ping=True,
            connect_args=postgresql.options(url),
        )
        event.listen(self._engine, "do_connect", _connect)

    def count(
        self, windows: Sequence[Window], known: Sequence[Known], amount: int
    ) -> list[Count]:
        """Count in each window, which goes on from what is known of it."""
        now = clock.now().timestamp()
        given: dict[str, Any] = {"now": now, "amount": amount}
        rows = []
        # In one order: two who wait for each other's rows wait for ever.
        for n, ((key, seconds), of_it) in enumerate(sorted(zip(windows, known, strict=True))):
            runs = now < of_it.ends <= now + 2 * seconds + 1
            given[f"key{n}"], given[f"seconds{n}"] = key, seconds
            given[f"known{n}"] = of_it.number if runs else 0
            given[f"ends{n}"] = of_it.ends if runs else math.ceil(now) + seconds
            rows.append(f"(%(key{n})s, %(known{n})s, %(amount)s, %(ends{n})s, %(seconds{n})s)")
        with self._connection() as connection:
            told = connection.exec_driver_sql(_COUNT.format(rows=", ".join(rows)), given).all()
        found = {key: Count(number, ends) for key, number, ends in told}
        return [found[key] for key, _ in windows]

    def take(self) -> list[Untold]:
        """Some of what is untold, of all servers; from now on it counts as told."""
        given = {"now": clock.now().timestamp(), "most": AT_ONCE}
        with self._connection() as connection:
            rows = connection.exec_driver_sql(_TAKE, given).all()
        return [
            Untold(Window(key, seconds), Known(known, ends, untold))
            for key, seconds, known, ends, untold in rows
        ]

    def put_back(self, taken: Sequence[Untold]) -> None:
        """Redis has not heard it."""
        with self._connection() as connection:
            for (key, _), (_, ends, untold) in taken:
                given = {"key": key, "ends": ends, "untold": untold}
                connection.exec_driver_sql(_PUT_BACK, given)

    def look(self, key: str) -> Count:
        now = clock.now().timestamp()
        with self._connection() as connection:
            row = connection.exec_driver_sql(_LOOK, {"key": key, "now": now}).first()
        return Count(row[0], row[1]) if row else Count(0, math.ceil(now))

    def clear(self, key: str | None = None) -> None:
        """One window, or all."""
        with self._connection() as connection:
            connection.exec_driver_sql(_CLEAR, {"key": key})

    def sweep(self) -> None:
        """Drop what is over."""
        with self._connection() as connection:
            connection.exec_driver_sql(_SWEEP)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except (OperationalError, AllInUse) as fault:
            raise StorageError(fault) from fault


class RedisElseDatabase(RedisElse):
    """Redis, and PostgreSQL while Redis does not answer: all servers count there together."""

    STORAGE_SCHEME: list[str] | None = ["counters-redis-else-database"]  # noqa: RUF012 - so the base class has it

    def __init__(self, uri: str, url: str = "", database_url: str = "", **options: Any) -> None:
        super().__init__(uri, url=url, **options)
        self._second = DatabaseCounters(database_url)
        self._sweep_at = time.monotonic() + SWEEP_EVERY

    def count(self, windows: Sequence[Window], amount: int = 1) -> list[Count]:
        if time.monotonic() >= self._sweep_at:
            self._sweep_at = time.monotonic() + SWEEP_EVERY
            with suppress(StorageError):
                self._second.sweep()
        return super().count(windows, amount)

    def _count_second(self, windows: Sequence[Window], amount: int) -> list[Count]:
        return self._second.count(windows, self._memory.taken(windows), amount)

    def _hand_over(self) -> None:
        while taken := self._second.take():
            try:
                self._first.count(
                    [one.window for one in taken], 0, [one.known for one in taken]
                )
            except StorageError:
                self._second.put_back(taken)
                raise

    def _look_second(self, key: str) -> Count:
        return self._second.look(key)

    def _clear_second(self, key: str | None) -> None:
        self._second.clear(key)


def _connect(*asked: Any) -> postgresql.Patient:
    made = postgresql.connect(*asked)
    made.seconds = PATIENCE
    return made
