"""Background checks of all counters and balances, once a day in small batches.

Differences are reported and never repaired: a repair would hide their cause.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, takewhile
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.models import BackgroundCheck, Campaign, CreditAccount
from interviewrelay.operations import counter_checks, ledger_checks
from interviewrelay.operations.counter_checks import Discrepancy

log = logging.getLogger(__name__)

EVERY: Final = timedelta(days=1)
LEASE: Final = timedelta(minutes=10)
"""Lease of a batch; after it, another worker may take over."""
MOST: Final = 50
"""Batch size in campaigns or organizations, and fewer where these have many rows:"""
MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Kind:
    whose: str
    """Owner of the counter, as the log names it."""
    key: Any
    rows: Any
    """SQL estimate of the rows to count for one owner."""
    compare: Callable[[Sequence[str]], Iterator[Discrepancy]]


_KINDS: Final = {
    "counters": _Kind(
        "campaign", Campaign.id, Campaign.invites_sent, counter_checks.find_discrepancies
    ),
    "balances": _Kind(
        "org", CreditAccount.org_id, CreditAccount.seq, ledger_checks.find_discrepancies
    ),
}


def check_next_batch() -> int:
    """Check the next due batch of each kind; returns the number of differences."""
    return sum(_go_on(name, kind) for name, kind in _KINDS.items())


def count_discrepancies() -> int:
    """Number of differences in the last complete pass, or in the current one if it is higher."""
    rows = db.session.execute(select(BackgroundCheck.wrong, BackgroundCheck.wrong_before)).all()
    return sum(max(row) for row in rows)


def _go_on(name: str, kind: _Kind) -> int:
    after = _claimed(name)
    if after is None:
        return 0
    some, over = _next(kind, after)
    count = 0
    for place, what, real, told in _compared(kind, some):
        count += 1
        of_it = {kind.whose: place, "counter": what, "found": told, "expected": real}
        log.error("counters_differ", extra=of_it)
    _put_down(name, "" if over else some[-1], count)
    return count


def _claimed(name: str) -> str | None:
    """Claim the next batch; returns where to continue, None if it is not due."""
    now, there = clock.now(), select(BackgroundCheck.due_at).where(BackgroundCheck.name == name)
    due = db.session.execute(there).scalar_one_or_none()
    release_connection()
    if due is not None and due > now:
        return None
    with transaction():
        if due is None:
            sqlite = db.engine.dialect.name == "sqlite"
            insert = (insert_on_sqlite if sqlite else insert_on_postgresql)(BackgroundCheck)
            first = {"name": name, "after": "", "due_at": now, "wrong": 0, "wrong_before": 0}
            db.session.execute(insert.on_conflict_do_nothing(), [first])
        claim = update(BackgroundCheck).where(
            BackgroundCheck.name == name, BackgroundCheck.due_at <= now
        )
        claimed = claim.values(due_at=now + LEASE).returning(BackgroundCheck.after)
        return db.session.execute(
            claimed, execution_options={"synchronize_session": False}
        ).scalar_one_or_none()


def _next(kind: _Kind, after: str) -> tuple[list[str], bool]:
    """Owners of the next batch, and whether it is the last."""
    query = select(kind.key, kind.rows).where(kind.key > after).order_by(kind.key)
    found = db.session.execute(query.limit(MOST + 1)).all()
    sums = accumulate(rows for _, rows in found[:MOST])
    fit = len(list(takewhile(lambda total: total <= MOST_ROWS, sums)))
    some = [place for place, _ in found[: max(fit, 1)]]
    return some, len(some) == len(found)


def _compared(kind: _Kind, some: Sequence[str]) -> list[Discrepancy]:
    """Compare in order, within one snapshot, since a counter and its rows change together."""
    release_connection()
    if db.engine.dialect.name != "sqlite":  # already so on other databases
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        return sorted(kind.compare(some), key=itemgetter(0, 1))
    finally:
        release_connection()


def _put_down(name: str, after: str, count: int) -> None:
    now = clock.now()
    through = {"wrong": 0, "wrong_before": BackgroundCheck.wrong + count, "due_at": now + EVERY}
    going_on = {"wrong": BackgroundCheck.wrong + count, "due_at": now}
    with transaction():
        changes = update(BackgroundCheck).where(BackgroundCheck.name == name)
        db.session.execute(
            changes.values(after=after, **(going_on if after else through)),
            execution_options={"synchronize_session": False},
        )
