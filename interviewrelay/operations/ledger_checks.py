"""Ledger checks: entries against balances, and that nobody can change them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import func, or_, select, text

from interviewrelay.billing.balance import POOLS
from interviewrelay.core.db.session import db
from interviewrelay.models import CreditAccount, CreditEntry, CreditHold, Payment
from interviewrelay.operations.counter_checks import Discrepancy

_TRIGGERS: Final = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'credit_entry'",
        {"credit_entry_no_update", "credit_entry_no_delete"},
    ),
    "postgresql": (
        (
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'credit_entry'::regclass "
            "AND tgenabled <> 'D' AND NOT tgisinternal"
        ),
        {"credit_entry_append_only"},
    ),
}


def find_discrepancies(some: Sequence[str] | None = None) -> Iterator[Discrepancy]:
    """Differences between the sum of entries and the balance of each kind of credits; of all
    organizations, or of those with these ids.
    """
    pools = CreditEntry.org_id, CreditEntry.pool
    query = select(*pools, func.sum(CreditEntry.amount)).group_by(*pools)
    if some is not None:
        query = query.where(CreditEntry.org_id.in_(some))
    sums = {(org_id, pool): int(total) for org_id, pool, total in db.session.execute(query)}
    for row in _accounts(some):
        for pool in POOLS:
            total, cached = sums.get((row.org_id, pool), 0), getattr(row, pool)
            if total != cached:
                yield Discrepancy(row.org_id, pool, total, cached)


def _entries_make_the_balance() -> Iterator[str]:
    for org_id, pool, total, cached in find_discrepancies():
        yield f"{org_id}: {pool} is {cached}, but its transactions add up to {total}"


def _each_entry_follows_the_one_before() -> Iterator[str]:
    for before, row in _told():
        pools = {**before, row.pool: before[row.pool] + row.amount}
        if (row.pool_after, row.balance_after) != (pools[row.pool], sum(pools.values())):
            yield (
                f"{row.org_id}: after transaction {row.seq}, {row.pool} is {row.pool_after} of "
                f"{row.balance_after}, but should be {pools[row.pool]} of {sum(pools.values())}"
            )


def _nothing_below_zero() -> Iterator[str]:
    low = (CreditEntry.balance_after < 0) | (CreditEntry.pool_after < 0)
    for org_id, seq in db.session.execute(
        select(CreditEntry.org_id, CreditEntry.seq).where(low)
    ):
        yield f"{org_id}: the balance is below zero after transaction {seq}"


def _numbers_without_a_gap() -> Iterator[str]:
    rows = db.session.execute(
        select(
            CreditAccount.org_id,
            CreditAccount.seq,
            func.count(CreditEntry.id),
            func.coalesce(func.max(CreditEntry.seq), 0),
        )
        .outerjoin(CreditEntry, CreditEntry.org_id == CreditAccount.org_id)
        .group_by(CreditAccount.org_id, CreditAccount.seq)
    )
    for org_id, seq, count, last in rows:
        if not seq == count == last:
            yield f"{org_id}: {count} transactions, but the last is {last} and the account has {seq}"


def _nobody_can_change_it() -> Iterator[str]:
    query, wanted = _TRIGGERS[db.engine.dialect.name]
    there = set(db.session.execute(text(query)).scalars())
    for name in sorted(wanted - there):
        yield f"the trigger {name} is missing, so transactions could be changed. Restore a backup"


def _one_charge_an_interview() -> Iterator[str]:
    rows = db.session.execute(
        select(CreditEntry.session_id, func.count(func.distinct(CreditEntry.reference)))
        .where(CreditEntry.kind == "charge")
        .group_by(CreditEntry.session_id)
        .having(func.count(func.distinct(CreditEntry.reference)) > 1)
    )
    for session_id, count in rows:
        yield f"{session_id}: charged {count} times"


def _a_reference_once() -> Iterator[str]:
    """Entries with the same reference must be adjacent; later ones would be a repeat."""
    span = func.max(CreditEntry.seq) - func.min(CreditEntry.seq) + 1
    rows = db.session.execute(
        select(CreditEntry.org_id, CreditEntry.reference)
        .group_by(CreditEntry.org_id, CreditEntry.reference)
        .having(span != func.count())
    )
    for org_id, reference in rows:
        yield f"{org_id}: {reference} was recorded more than once"


def _payments_give_once() -> Iterator[str]:
    given = (
        select(
            CreditEntry.org_id,
            CreditEntry.payment_intent_id,
            func.count().label("times"),
            func.sum(CreditEntry.amount).label("credits"),
        )
        .where(CreditEntry.kind == "purchase")
        .group_by(CreditEntry.org_id, CreditEntry.payment_intent_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Payment.id, Payment.credits, given.c.times, given.c.credits)
        .outerjoin(
            given,
            (given.c.org_id == Payment.org_id)
            & (given.c.payment_intent_id == Payment.payment_intent_id),
        )
        .where(
            Payment.state == "paid",
            or_(
                given.c.times.is_(None),
                given.c.times != 1,
                given.c.credits != Payment.credits,
            ),
        )
    )
    for payment_id, credits, times, got in rows:
        yield f"payment {payment_id}: {credits} paid, but {got or 0} added in {times or 0} transactions"


def _debits_in_order() -> Iterator[str]:
    """A kind of credits is debited only when the kinds before it are empty."""
    for before, row in _told():
        debit = row.kind in ("charge", "adjust") and row.amount < 0
        if debit and any(before[p] for p in POOLS[: POOLS.index(row.pool)]):
            yield f"{row.org_id}: transaction {row.seq} used {row.pool} credits too early"


def _holds_add_up() -> Iterator[str]:
    open_holds = dict(
        iter(
            db.session.execute(
                select(CreditHold.org_id, func.sum(CreditHold.amount))
                .where(CreditHold.state == "open")
                .group_by(CreditHold.org_id)
            )
        )
    )
    for row in _accounts():
        held = open_holds.get(row.org_id, 0)
        total = row.starter + row.monthly + row.topup
        if held != row.held or held > total:
            yield f"{row.org_id}: {held} reserved, but the account has {row.held} of {total}"


def _a_hold_ends_once() -> Iterator[str]:
    """A settled hold states the charged amount; an open or released one charged nothing."""
    charges = (
        select(
            CreditEntry.org_id,
            CreditEntry.session_id,
            func.sum(-CreditEntry.amount).label("sum"),
        )
        .where(CreditEntry.kind == "charge")
        .group_by(CreditEntry.org_id, CreditEntry.session_id)
        .subquery()
    )
    rows = db.session.execute(
        select(CreditHold, func.coalesce(charges.c.sum, 0)).outerjoin(
            charges,
            (charges.c.org_id == CreditHold.org_id)
            & (charges.c.session_id == CreditHold.session_id),
        )
    )
    for hold, charged in rows.yield_per(1_000):
        if (hold.state == "open") != (hold.resolved_at is None):
            yield f"{hold.session_id}: reservation {hold.state}, resolved at {hold.resolved_at}"
        if charged != (hold.charged or 0) or (charged and hold.state != "posted"):
            yield (
                f"{hold.session_id}: reservation {hold.state} with {hold.charged or 0} charged, "
                f"but the transactions show {charged}"
            )


def _accounts(some: Sequence[str] | None = None) -> Iterator[Any]:
    query = select(
        CreditAccount.org_id,
        CreditAccount.held,
        *(getattr(CreditAccount, pool) for pool in POOLS),
    ).order_by(CreditAccount.org_id)
    if some is not None:
        query = query.where(CreditAccount.org_id.in_(some))
    yield from db.session.execute(query)


def _told() -> Iterator[tuple[dict[str, int], Any]]:
    """Every entry in order, with the remaining credits of each kind before it."""
    rows = db.session.execute(
        select(
            CreditEntry.org_id,
            CreditEntry.seq,
            CreditEntry.pool,
            CreditEntry.amount,
            CreditEntry.kind,
            CreditEntry.pool_after,
            CreditEntry.balance_after,
        ).order_by(CreditEntry.org_id, CreditEntry.seq)
    )
    org_id, left = "", dict.fromkeys(POOLS, 0)
    for row in rows.yield_per(1_000):
        if row.org_id != org_id:
            org_id, left = row.org_id, dict.fromkeys(POOLS, 0)
        yield dict(left), row
        left[row.pool] += row.amount


LEDGER: Final[dict[str, Callable[[], Iterator[str]]]] = {
    "L1 transactions add up to the balance": _entries_make_the_balance,
    "L1 each transaction follows the previous one": _each_entry_follows_the_one_before,
    "L2 no balance below zero": _nothing_below_zero,
    "L3 transaction numbers have no gaps": _numbers_without_a_gap,
    "L3 transactions can't be changed": _nobody_can_change_it,
    "L4 one charge per interview": _one_charge_an_interview,
    "L4 references are unique": _a_reference_once,
    "L4 each payment adds credits once": _payments_give_once,
    "L5 credits are used in order": _debits_in_order,
    "L6 reservations add up": _holds_add_up,
    "L6 each reservation ends once": _a_hold_ends_once,
}
