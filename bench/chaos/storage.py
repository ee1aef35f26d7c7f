"""Database faults while people write (D5).

On SQLite, libfiu makes syncs and writes fail. On PostgreSQL, all connections end and none are
accepted for a while, as when its server is stopped.
"""

import random
import time
from collections.abc import Iterator
from typing import Final

import psycopg

from bench.chaos.clients import Record, crowd
from bench.chaos.host import Host
from bench.chaos.judging import Finding, judged
from bench.chaos.stored import read
from bench.chaos.table import Row
from tests.flows.preloads import SYNCS, WRITE, failing

SYNCS_FAILING: Final = 0.2
WRITES_FAILING: Final = 0.01
"""Share of failing writes; a change has several writes and one sync."""
PATIENCE: Final = 40.0
"""Extra seconds to wait until something was refused and something saved."""
ENOUGH: Final = 20
AWAY: Final = (0.5, 3.0)
THERE: Final = (1.0, 3.0)
"""Range of seconds for which the database is available."""
BACK_WITHIN: Final = 5.0


def failing_disk(host: Host, seconds: float, seed: int) -> Iterator[Row]:
    """Check with random faults of the file; a healthy server reads it afterwards."""
    row = Row("D5 syncs and writes fail", host.database, "0 missing, refusals are 503")
    campaign = host.campaign("Failing disk")
    host.stop()
    host.start(**failing({**dict.fromkeys(SYNCS, SYNCS_FAILING), WRITE: WRITES_FAILING}))
    with crowd(host, campaign, seed) as people:
        time.sleep(seconds)
        until = time.monotonic() + PATIENCE
        while people.turns < ENOUGH and time.monotonic() < until:
            time.sleep(0.1)
        record = people.end()
    host.kill()
    host.start()
    row.take(record, _refused(record, judged(record, read(host, campaign))))
    row.kills = record.refused
    yield row


def no_database(host: Host, seconds: float, seed: int, server: str) -> Iterator[Row]:
    """Check with an unavailable database; `server` is the address used to take it away and give
    it back.
    """
    row = Row(
        "D5 database away", host.database, "0 missing, refusals are 503", within=BACK_WITHIN
    )
    campaign, draw = host.campaign("Database away"), random.Random(seed)
    name = host.instance.database_url.rpartition("/")[2]
    until, returns = time.monotonic() + seconds, list[float]()
    plain = server.replace("+psycopg", "")
    with (
        psycopg.connect(plain, autocommit=True) as admin,
        crowd(host, campaign, seed) as people,
    ):
        while time.monotonic() < until:
            time.sleep(draw.uniform(*THERE))
            _let_in(admin, name, "false")
            time.sleep(draw.uniform(*AWAY))
            _let_in(admin, name, "true")
            returns.append(_back(host))
        time.sleep(1)
        record = people.end()
    row.take(record, _refused(record, judged(record, read(host, campaign))))
    row.kills, row.slowest = len(returns), max(returns, default=None)
    yield row


def _let_in(admin: psycopg.Connection, name: str, allowed: str) -> None:
    admin.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {allowed}".encode())
    if allowed == "false":
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )


def _back(host: Host) -> float:
    """Seconds until reading works again."""
    began = time.monotonic()
    while time.monotonic() - began < 4 * BACK_WITHIN:
        if host.call("GET", "/api/projects", key=host.key).status == 200:
            break
        time.sleep(0.02)
    return time.monotonic() - began


def _refused(record: Record, finding: Finding) -> Finding:
    if not record.refused:
        finding.wrong.append("no write was refused: the faults did not reach the database")
    return finding
