"""Credit balance: the kinds of credits, and the ledger entries that change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, case, inspect, select

from interviewrelay.billing import prices
from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.models import CreditAccount, CreditEntry
from interviewrelay.organizations import plans

POOLS: Final = ("monthly", "starter", "topup")
"""Kinds of credits in the order of spending: what expires first is spent first."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Reason for a movement of credits. `reference` is an idempotency key within the organization."""

    kind: str
    reference: str
    description: str
    session_id: str | None = None
    payment_intent_id: str | None = None


def lock_account(org_id: str) -> CreditAccount:
    """The organization's credit account, locked until the transaction ends."""
    return db.session.execute(
        select(CreditAccount)
        .where(CreditAccount.org_id == org_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).scalar_one()


def total_balance(account: CreditAccount) -> int:
    """Total of all kinds, including reserved credits."""
    return account.starter + account.monthly + account.topup


def available_credits(account: CreditAccount) -> int:
    """Credits that are not reserved."""
    return total_balance(account) - account.held


def build_warning(account: CreditAccount) -> tuple[str, str]:
    """Low-balance level (`info`, `warning`, `critical`), with a sentence unless the level is fine."""
    total = total_balance(account)
    severity = plans.get_severity(total, account.monthly_amount)
    if severity == "info":
        own = account.warn_below
        if own is None or total >= own:
            return severity, ""
        return "warning", f"You have {total:,} credits left, below your alert level of {own:,}."
    if total < prices.SMALLEST_BALANCE_TO_START:
        return (
            severity,
            f"You have {total} credits left. New interviews can’t start until you add credits.",
        )
    return (
        severity,
        f"You have only {total:,} credits left. Add credits so that new interviews can start.",
    )


def compute_month_change(account: CreditAccount) -> tuple[int, int]:
    """Monthly reset: credits that expire from the monthly ones, and credits granted, in this order.

    The rest of the month expires, except what open holds need; a hold reserves from all kinds
    together. Then the monthly credits are filled up to the plan's amount.
    """
    lost = min(account.monthly, available_credits(account))
    return lost, max(0, account.monthly_amount - account.monthly + lost)


def monthly_pool_at(now: datetime) -> ColumnElement[int]:
    """SQL expression for the monthly credits at a moment, after a due monthly reset."""
    needed = CreditAccount.held - CreditAccount.starter - CreditAccount.topup
    amount = CreditAccount.monthly_amount
    return case(
        (CreditAccount.monthly_reset_at > now, CreditAccount.monthly),
        (needed > amount, needed),
        else_=amount,
    )


def get_current_account(account: CreditAccount) -> CreditAccount:
    """The account at present, read-only.

    The first start or the worker books a new month. Until then it is only computed here, so reading
    changes nothing and still shows the spendable credits.
    """
    now = clock.now()
    if now < account.monthly_reset_at:
        return account
    lost, fresh = compute_month_change(account)
    known = {
        column.key: getattr(account, column.key) for column in inspect(CreditAccount).columns
    }
    began = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return CreditAccount(
        **known
        | {
            "monthly": account.monthly - lost + fresh,
            "period_amount": account.monthly_amount,
            "monthly_reset_at": clock.next_month(now),
            "updated_at": began,
        }
    )


def split_debit(account: CreditAccount, credits: int) -> dict[str, int]:
    """Split a debit over the kinds of credits, as negative amounts."""
    parts: dict[str, int] = {}
    for pool in POOLS:
        part = min(credits, getattr(account, pool))
        if part:
            parts[pool] = -part
            credits -= part
    return parts


def post_entries(
    account: CreditAccount, amounts: Mapping[str, int], movement: Movement
) -> None:
    """Book one entry for each kind that changes, with the cached balance; once for each reference.

    If none changes, an entry of 0 records the reference, so that a repeat changes nothing either.
    """
    known = db.session.execute(
        select(CreditEntry.id).where(
            CreditEntry.org_id == account.org_id, CreditEntry.reference == movement.reference
        )
    ).first()
    if known:
        return
    now = clock.now()
    for pool, amount in (amounts or {POOLS[0]: 0}).items():
        account.seq += 1
        setattr(account, pool, getattr(account, pool) + amount)
        db.session.add(
            CreditEntry(
                org_id=account.org_id,
                seq=account.seq,
                pool=pool,
                amount=amount,
                kind=movement.kind,
                pool_after=getattr(account, pool),
                balance_after=total_balance(account),
                reference=movement.reference,
                description=movement.description,
                session_id=movement.session_id,
                payment_intent_id=movement.payment_intent_id,
                created_at=now,
            )
        )
    account.updated_at = now
