"""Chooses the tests that scripts/smoke runs on PostgreSQL, and writes them to tests/databases.txt:
few and short ones that together send every statement that all tests of the database send. Takes a
quarter of an hour:

    scripts/services .venv/bin/python -P -m pytest -n 0 -p tests.statement_cover \\
        -m "database and not gate" tests
"""

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

CHOSEN = Path(__file__).with_name("databases.txt")
ALWAYS = ("tests/core/db/", "tests/backups/test_restore")
"""What these prove is no matter of statements: locks, isolation, files."""
OVERHEAD = 0.05
"""Seconds that a further test costs besides its own time."""

_sent: set[str] = set()
_statements: defaultdict[str, set[str]] = defaultdict(set)
_seconds: defaultdict[str, float] = defaultdict(float)


def shape(statement: str) -> str:
    """A statement without its values, and with lists of one length."""
    short = re.sub(r"%\(\w+\)s(::\w+)?|%s", "?", statement)
    short = re.sub(r"\?(, \?)+", "?", short)
    short = re.sub(r"\(\?\)(, \(\?\))+", "(?)", short)
    short = re.sub(r"'[^']*'|\b\d+\b|_\d+\b", "0", short)
    return re.sub(r"\s+", " ", short)


def pytest_configure() -> None:
    for name in ("execute", "executemany"):
        setattr(psycopg.Cursor, name, _noted(getattr(psycopg.Cursor, name)))


def _noted(send: Any) -> Any:
    def noted(self: Any, query: Any, *more: Any, **named: Any) -> Any:
        _sent.add(shape(query.decode() if isinstance(query, bytes) else str(query)))
        return send(self, query, *more, **named)

    return noted


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    name = item.nodeid.partition("[")[0]
    _sent.clear()
    begun = time.perf_counter()
    result = yield
    _seconds[name] += time.perf_counter() - begun
    _statements[name] |= _sent
    return result


def pytest_sessionfinish() -> None:
    chosen = [name for name in _statements if name.startswith(ALWAYS)]
    left = (
        set().union(*_statements.values()).difference(*(_statements[name] for name in chosen))
    )
    while left:
        best = max(
            _statements,
            key=lambda name: len(_statements[name] & left) / (_seconds[name] + OVERHEAD),
        )
        chosen.append(best)
        left -= _statements[best]
    CHOSEN.write_text("".join(f"{name}\n" for name in sorted(chosen)), encoding="utf-8")
