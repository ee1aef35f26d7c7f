"""Proving that what is stored agrees with itself."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy import false, func, select

from interviewrelay.database import db
from interviewrelay.domain import doctor_counters
from interviewrelay.domain.billing import POOLS
from interviewrelay.models import (
    Consent,
    CreditAccount,
    CreditEntry,
    CreditHold,
    Erasure,
    Interview,
    Said,
    TurnRow,
)

Check = Callable[[], Iterator[str]]


def examine() -> dict[str, list[str]]:
    """What each check found wrong, in sentences; all empty when everything is well."""
    return {name: list(check()) for name, check in CHECKS.items()}


def _entries_make_the_balance() -> Iterator[str]:
    for account in db.session.execute(select(CreditAccount)).scalars():
        for pool in POOLS:
            total = db.session.execute(
                select(func.coalesce(func.sum(CreditEntry.amount), 0)).where(
                    CreditEntry.org_id == account.org_id, CreditEntry.pool == pool
                )
            ).scalar_one()
            if total != getattr(account, pool):
                yield f"{account.org_id}: {pool} is {getattr(account, pool)}, its entries make {total}"


def _nothing_below_zero() -> Iterator[str]:
    low = (CreditEntry.balance_after < 0) | (CreditEntry.pool_after < 0)
    for org_id, seq in db.session.execute(
        select(CreditEntry.org_id, CreditEntry.seq).where(low)
    ):
        yield f"{org_id}: below zero after entry {seq}"


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
            yield f"{org_id}: {count} entries, the last is {last}, the account says {seq}"


def _one_charge_an_interview() -> Iterator[str]:
    rows = db.session.execute(
        select(CreditEntry.session_id, func.count(func.distinct(CreditEntry.reference)))
        .where(CreditEntry.kind == "charge")
        .group_by(CreditEntry.session_id)
        .having(func.count(func.distinct(CreditEntry.reference)) > 1)
    )
    for session_id, count in rows:
        yield f"{session_id}: charged {count} times"


def _debits_in_order() -> Iterator[str]:
    """A pool is touched only when the pools before it are empty."""
    left: dict[str, dict[str, int]] = {}
    rows = db.session.execute(
        select(CreditEntry).order_by(CreditEntry.org_id, CreditEntry.seq)
    ).scalars()
    for entry in rows:
        pools = left.setdefault(entry.org_id, dict.fromkeys(POOLS, 0))
        earlier = POOLS[: POOLS.index(entry.pool)]
        if entry.kind == "charge" and any(pools[p] for p in earlier):
            yield f"{entry.org_id}: entry {entry.seq} took from {entry.pool} too early"
        pools[entry.pool] += entry.amount


def _holds_add_up() -> Iterator[str]:
    for account in db.session.execute(select(CreditAccount)).scalars():
        held = db.session.execute(
            select(func.coalesce(func.sum(CreditHold.amount), 0)).where(
                CreditHold.org_id == account.org_id, CreditHold.state == "open"
            )
        ).scalar_one()
        total = account.starter + account.monthly + account.topup
        if held != account.held or held > total:
            yield f"{account.org_id}: holds make {held}, the account says {account.held} of {total}"


def _ended_interviews_are_settled() -> Iterator[str]:
    ended = select(Interview.id).where(
        Interview.status != "in_progress", Interview.test == false()
    )
    rows = db.session.execute(
        select(CreditHold.session_id).where(
            CreditHold.state == "open", CreditHold.session_id.in_(ended)
        )
    )
    for session_id in rows.scalars():
        yield f"{session_id}: ended, and its hold is open"


def _no_turn_without_consent() -> Iterator[str]:
    rows = db.session.execute(
        select(TurnRow.interview_id)
        .join(Interview, Interview.id == TurnRow.interview_id)
        .join(Consent, Consent.id == Interview.consent_id)
        .where(TurnRow.at < Consent.agreed_at)
        .distinct()
    )
    for interview_id in rows.scalars():
        yield f"{interview_id}: a turn is older than its consent"


def _turns_without_a_gap() -> Iterator[str]:
    rows = db.session.execute(
        select(TurnRow.interview_id, func.count(TurnRow.id), func.max(TurnRow.number))
        .group_by(TurnRow.interview_id)
        .having(func.count(TurnRow.id) != func.max(TurnRow.number))
    )
    for interview_id, count, last in rows:
        yield f"{interview_id}: {count} turns, the last is number {last}"


def _what_is_erased_is_gone() -> Iterator[str]:
    for kind in (Interview, CreditHold):
        column = Interview.id if kind is Interview else CreditHold.session_id
        query = select(Erasure.session_id).join(kind, column == Erasure.session_id)
        if kind is CreditHold:
            query = query.where(CreditHold.state == "open")
        for session_id in db.session.execute(query).scalars():
            yield f"{session_id}: erased, and still in {kind.__tablename__}"


def _every_answer_can_be_found() -> Iterator[str]:
    answers = (
        select(TurnRow.interview_id, func.count().label("count"))
        .where(TurnRow.speaker == "participant", TurnRow.text != "")
        .group_by(TurnRow.interview_id)
        .subquery()
    )
    kept = (
        select(Said.interview_id, func.count().label("count"))
        .group_by(Said.interview_id)
        .subquery()
    )
    rows = db.session.execute(
        select(answers.c.interview_id, answers.c.count, func.coalesce(kept.c.count, 0))
        .outerjoin(kept, kept.c.interview_id == answers.c.interview_id)
        .where(answers.c.count != func.coalesce(kept.c.count, 0))
    )
    for interview_id, said, count in rows:
        yield f"{interview_id}: {said} answers, {count} of them in the search"


CHECKS: Final[dict[str, Check]] = {
    "L1 entries make the balance": _entries_make_the_balance,
    "L2 nothing below zero": _nothing_below_zero,
    "L3 numbers without a gap": _numbers_without_a_gap,
    "L4 one charge an interview": _one_charge_an_interview,
    "L5 debits in order": _debits_in_order,
    "L6 holds add up": _holds_add_up,
    "ended interviews are settled": _ended_interviews_are_settled,
    "no turn without consent": _no_turn_without_consent,
    "turns without a gap": _turns_without_a_gap,
    "counters are right": doctor_counters.counters_are_right,
    "what is erased is gone": _what_is_erased_is_gone,
    "every answer can be found": _every_answer_can_be_found,
}
