"""Credit ledger: append-only, with three kinds of credits and with holds.

Building blocks need the caller's open transaction. The rules are in
docs/decisions/0005-credit-ledger.md and are checked by `interviewrelay doctor`.
"""

from datetime import timedelta

from sqlalchemy import func, select, update

from interviewrelay.billing import (
    balance as billing_balance,
    daily_counts,
    low_balance_alerts,
    prices,
)
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.core.errors import InsufficientCredits
from interviewrelay.models import CreditAccount, CreditEntry, CreditHold, Organization
from interviewrelay.organizations import audit_log, plans

Movement = billing_balance.Movement
balance = billing_balance.total_balance


def open_account(organization: Organization) -> CreditAccount:
    """Open the account of a new organization, with its starter credits and its first month."""
    require_transaction()
    now = clock.now()
    account = CreditAccount(
        org_id=organization.id,
        starter=0,
        monthly=0,
        topup=0,
        held=0,
        seq=0,
        monthly_amount=plans.get_monthly_credits(
            organization.plan, organization.monthly_credits
        ),
        monthly_reset_at=clock.next_month(now),
        updated_at=now,
    )
    account.period_amount = account.monthly_amount
    db.session.add(account)
    db.session.flush()  # the entries refer to the organization and update the cached row
    billing_balance.post_entries(
        account,
        {"starter": plans.STARTER_CREDITS},
        Movement("grant", "grant:starter", "Starter credits"),
    )
    if account.monthly_amount:
        month = f"{now:%Y-%m}"
        billing_balance.post_entries(
            account,
            {"monthly": account.monthly_amount},
            Movement("grant", f"grant:{month}", f"Monthly credits for {month}"),
        )
    return account


def get_account(actor: Actor) -> CreditAccount:
    return get_organization_account(actor.org_id)


def get_organization_account(org_id: str) -> CreditAccount:
    """An organization's account, for administrators; a month that has begun is included."""
    return billing_balance.get_current_account(
        db.session.execute(
            select(CreditAccount).where(CreditAccount.org_id == org_id)
        ).scalar_one()
    )


def list_entries(
    actor: Actor, window: pagination.Window = pagination.Window()
) -> pagination.Page[CreditEntry]:
    """Ledger entries of an organization, newest first."""
    mine = select(CreditEntry).where(CreditEntry.org_id == actor.org_id)
    return pagination.fetch_page(mine, CreditEntry.created_at, CreditEntry.id, window)


def grant_credits(
    org_id: str, credits: int, reference: str, description: str | None = None
) -> CreditAccount:
    """Grant top-up credits by an administrator, once for each reference. `credits` > 0."""
    with transaction():
        words = description or prices.describe_topup(credits)
        if not get_moved_credits(org_id, reference):
            audit_log.add_entry(org_id, "credits_given", f"{credits:,}")
        return add_topup(org_id, credits, Movement("grant", reference, words))


def get_moved_credits(org_id: str, reference: str) -> int:
    """Credits moved for a reference; 0 when it is unknown."""
    mine = CreditEntry.org_id == org_id, CreditEntry.reference == reference
    query = select(func.coalesce(func.sum(CreditEntry.amount), 0)).where(*mine)
    return int(db.session.execute(query).scalar_one())


def add_topup(org_id: str, credits: int, movement: Movement) -> CreditAccount:
    """Building block: add top-up credits, bought or granted, once for each reference."""
    require_transaction()
    account = billing_balance.lock_account(org_id)
    billing_balance.post_entries(account, {"topup": credits}, movement)
    low_balance_alerts.check_level(account)
    return account


def remove_credits(
    org_id: str, credits: int, reference: str, description: str
) -> CreditAccount:
    """Take back up to so many unreserved credits, once for each reference."""
    with transaction():
        account = billing_balance.lock_account(org_id)
        if not get_moved_credits(org_id, reference):
            audit_log.add_entry(org_id, "credits_taken", f"up to {credits:,}")
        billing_balance.post_entries(
            account,
            billing_balance.split_debit(
                account, min(credits, billing_balance.available_credits(account))
            ),
            Movement("adjust", reference, description),
        )
        low_balance_alerts.check_level(account)
    return account


def hold_credits(
    org_id: str, session_id: str, minutes: int, campaign_id: str | None = None
) -> CreditHold:
    """Hold: reserve the credits for an interview's target length, or what is free; once.

    Raises InsufficientCredits when fewer than 5 are free.
    """
    require_transaction()
    account = billing_balance.lock_account(org_id)
    known = db.session.execute(
        select(CreditHold).where(
            CreditHold.org_id == org_id, CreditHold.session_id == session_id
        )
    ).scalar_one_or_none()
    if known is not None:
        return known
    _renew(account)
    free = billing_balance.available_credits(account)
    if free < prices.SMALLEST_BALANCE_TO_START:
        raise InsufficientCredits
    made = CreditHold(
        org_id=org_id,
        session_id=session_id,
        campaign_id=campaign_id,
        state="open",
        amount=min(free, minutes * prices.CREDITS_PER_MINUTE),
        created_at=clock.now(),
    )
    account.held += made.amount
    account.updated_at = clock.now()
    db.session.add(made)
    return made


def settle_hold(
    org_id: str, session_id: str, seconds: float, *, abandoned: bool, title: str
) -> int:
    """Settle: charge an ended interview and release its hold; returns the credits charged.

    Never fails for lack of credits: only what is there is charged. A repeat charges nothing and
    returns the first charge.
    """
    require_transaction()
    account = billing_balance.lock_account(org_id)
    if not _release(account, session_id, "posted"):
        return get_charged_credits(org_id, session_id)
    due = prices.get_price(seconds, abandoned=abandoned)
    taken = min(due, billing_balance.available_credits(account))
    words = f"Interview{', abandoned' if abandoned else ''}, {prices.describe_billed(seconds)}: {title}"
    if taken < due:
        words += f" ({due - taken} of {due} credits were unavailable and not charged)"
    _charge(account, session_id, taken, words)
    minutes = prices.count_started_minutes(seconds)
    campaign_id = db.session.execute(
        update(CreditHold)
        .where(CreditHold.session_id == session_id)
        .values(minutes=minutes, charged=taken)
        .returning(CreditHold.campaign_id)
    ).scalar_one()
    daily_counts.count_charged(org_id, campaign_id, minutes, taken)
    low_balance_alerts.check_level(account)
    return taken


def release_hold(org_id: str, session_id: str, *, title: str) -> None:
    """Release the hold of an interview that ended because of a server fault: no charge, an entry of
    0, once.
    """
    require_transaction()
    account = billing_balance.lock_account(org_id)
    if _release(account, session_id, "voided"):
        words = f"Interview ended by an error on our side, not charged: {title}"
        _charge(account, session_id, 0, words)


def get_charged_credits(org_id: str, session_id: str) -> int:
    """Credits charged for an interview so far."""
    amounts = db.session.execute(
        select(CreditEntry.amount).where(
            CreditEntry.org_id == org_id,
            CreditEntry.reference == f"session:{session_id}:charge",
        )
    ).scalars()
    return -sum(amounts)


def set_monthly_amount(org_id: str, amount: int) -> None:
    """Building block: change the monthly amount after a change of plan.

    For a larger amount, the difference is granted at once, once a month. A smaller one applies from
    the next month; nothing is taken back.
    """
    require_transaction()
    account = billing_balance.lock_account(org_id)
    _renew(account)
    more = amount - account.period_amount
    if more > 0:
        month = f"{account.monthly_reset_at - timedelta(days=1):%Y-%m}"
        words = f"Monthly credits for {month}, raised to {amount:,}"
        billing_balance.post_entries(
            account, {"monthly": more}, Movement("grant", f"plan:{month}:{amount}", words)
        )
        account.period_amount = amount
    account.monthly_amount = amount
    low_balance_alerts.check_level(account)


def renew_due_accounts() -> int:
    """Monthly reset of every account that is due; returns how many."""
    due = (
        db.session.execute(
            select(CreditAccount.org_id)
            .where(CreditAccount.monthly_reset_at <= clock.now())
            .limit(500)
        )
        .scalars()
        .all()
    )
    for org_id in due:
        with transaction():
            _renew(billing_balance.lock_account(org_id))
    return len(due)


def _charge(account: CreditAccount, session_id: str, credits: int, words: str) -> None:
    movement = Movement("charge", f"session:{session_id}:charge", words, session_id)
    billing_balance.post_entries(
        account, billing_balance.split_debit(account, credits), movement
    )


def _release(account: CreditAccount, session_id: str, state: str) -> bool:
    """Release an open hold; False when there is none."""
    amount = db.session.execute(
        update(CreditHold)
        .where(CreditHold.session_id == session_id, CreditHold.state == "open")
        .values(state=state, resolved_at=clock.now())
        .returning(CreditHold.amount)
    ).scalar_one_or_none()
    if amount is None:
        return False
    account.held -= amount
    return True


def _renew(account: CreditAccount) -> None:
    """Reset the monthly credits when the month is over. Unused ones expire; they never accumulate."""
    now = clock.now()
    if now < account.monthly_reset_at:
        return
    month = f"{now:%Y-%m}"
    lost, fresh = billing_balance.compute_month_change(account)
    if lost > 0:
        billing_balance.post_entries(
            account,
            {"monthly": -lost},
            Movement(
                "expire", f"expire:{month}", f"Unused monthly credits from before {month}"
            ),
        )
    if fresh > 0:
        billing_balance.post_entries(
            account,
            {"monthly": fresh},
            Movement("reset", f"grant:{month}", f"Monthly credits for {month}"),
        )
    account.monthly_reset_at = clock.next_month(now)
    account.period_amount = account.monthly_amount
    account.updated_at = now
    low_balance_alerts.check_level(account)
