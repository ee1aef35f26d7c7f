"""Credit ledger: append-only, with three kinds of credits and with holds.

Building blocks need the caller's open transaction. The rules are in
docs/decisions/0005-credit-ledger.md and are checked by `interviewrelay doctor`.
"""

from datetime import timedelta

from sqlalchemy import func, select, update

from interviewrelay.billing import balance as pools, daily_counts, low_balance_alerts
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.core.errors import InsufficientCredits
from interviewrelay.models import CreditAccount, CreditEntry, CreditHold, Organization
from interviewrelay.organizations import audit_log, plans

Movement = pools.Movement
balance = pools.balance


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
        monthly_amount=plans.monthly_credits(organization.plan, organization.monthly_credits),
        monthly_reset_at=clock.next_month(now),
        updated_at=now,
    )
    account.period_amount = account.monthly_amount
    db.session.add(account)
    db.session.flush()  # the entries refer to the organization and update the cached row
    pools.enter(
        account,
        {"starter": plans.STARTER_CREDITS},
        Movement("grant", "grant:starter", "Starter credits"),
    )
    if account.monthly_amount:
        month = f"{now:%Y-%m}"
        pools.enter(
            account,
            {"monthly": account.monthly_amount},
            Movement("grant", f"grant:{month}", f"Monthly credits for {month}"),
        )
    return account


def account(actor: Actor) -> CreditAccount:
    return account_of(actor.org_id)


def account_of(org_id: str) -> CreditAccount:
    """An organization's account, for administrators; a month that has begun is included."""
    return pools.current(
        db.session.execute(
            select(CreditAccount).where(CreditAccount.org_id == org_id)
        ).scalar_one()
    )


def ledger(
    actor: Actor, window: pagination.Window = pagination.Window()
) -> pagination.Page[CreditEntry]:
    """Ledger entries of an organization, newest first."""
    mine = select(CreditEntry).where(CreditEntry.org_id == actor.org_id)
    return pagination.page(mine, CreditEntry.created_at, CreditEntry.id, window)


def grant(
    org_id: str, credits: int, reference: str, description: str | None = None
) -> CreditAccount:
    """Grant top-up credits by an administrator, once for each reference. `credits` > 0."""
    with transaction():
        words = description or plans.topup_words(credits)
        if not entered(org_id, reference):
            audit_log.note(org_id, "credits_given", f"{credits:,}")
        return add_topup(org_id, credits, Movement("grant", reference, words))


def entered(org_id: str, reference: str) -> int:
    """Credits moved for a reference; 0 when it is unknown."""
    mine = CreditEntry.org_id == org_id, CreditEntry.reference == reference
    query = select(func.coalesce(func.sum(CreditEntry.amount), 0)).where(*mine)
    return int(db.session.execute(query).scalar_one())


def add_topup(org_id: str, credits: int, movement: Movement) -> CreditAccount:
    """Building block: add top-up credits, bought or granted, once for each reference."""
    require_transaction()
    account = pools.locked(org_id)
    pools.enter(account, {"topup": credits}, movement)
    low_balance_alerts.watch(account)
    return account


def take_back(org_id: str, credits: int, reference: str, description: str) -> CreditAccount:
    """Take back up to so many unreserved credits, once for each reference."""
    with transaction():
        account = pools.locked(org_id)
        if not entered(org_id, reference):
            audit_log.note(org_id, "credits_taken", f"up to {credits:,}")
        pools.enter(
            account,
            pools.spread(account, min(credits, pools.free(account))),
            Movement("adjust", reference, description),
        )
        low_balance_alerts.watch(account)
    return account


def hold(
    org_id: str, session_id: str, minutes: int, campaign_id: str | None = None
) -> CreditHold:
    """Hold: reserve the credits for an interview's target length, or what is free; once.

    Raises InsufficientCredits when fewer than 5 are free.
    """
    require_transaction()
    account = pools.locked(org_id)
    known = db.session.execute(
        select(CreditHold).where(
            CreditHold.org_id == org_id, CreditHold.session_id == session_id
        )
    ).scalar_one_or_none()
    if known is not None:
        return known
    _renew(account)
    free = pools.free(account)
    if free < plans.SMALLEST_BALANCE_TO_START:
        raise InsufficientCredits
    made = CreditHold(
        org_id=org_id,
        session_id=session_id,
        campaign_id=campaign_id,
        state="open",
        amount=min(free, minutes * plans.CREDITS_PER_MINUTE),
        created_at=clock.now(),
    )
    account.held += made.amount
    account.updated_at = clock.now()
    db.session.add(made)
    return made


def settle(org_id: str, session_id: str, seconds: float, *, abandoned: bool, title: str) -> int:
    """Settle: charge an ended interview and release its hold; returns the credits charged.

    Never fails for lack of credits: only what is there is charged. A repeat charges nothing and
    returns the first charge.
    """
    require_transaction()
    account = pools.locked(org_id)
    if not _release(account, session_id, "posted"):
        return charged(org_id, session_id)
    due = plans.price(seconds, abandoned=abandoned)
    taken = min(due, pools.free(account))
    words = f"Interview{', abandoned' if abandoned else ''}, {plans.billed(seconds)}: {title}"
    if taken < due:
        words += f" ({due - taken} of {due} credits were not there and are not charged)"
    _charge(account, session_id, taken, words)
    minutes = plans.started_minutes(seconds)
    campaign_id = db.session.execute(
        update(CreditHold)
        .where(CreditHold.session_id == session_id)
        .values(minutes=minutes, charged=taken)
        .returning(CreditHold.campaign_id)
    ).scalar_one()
    daily_counts.charged(org_id, campaign_id, minutes, taken)
    low_balance_alerts.watch(account)
    return taken


def waive(org_id: str, session_id: str, *, title: str) -> None:
    """Waive: release the hold of an interview that ended by a fault of ours, with an entry of 0,
    once.
    """
    require_transaction()
    account = pools.locked(org_id)
    if _release(account, session_id, "voided"):
        words = f"Interview ended by a fault of ours, not charged: {title}"
        _charge(account, session_id, 0, words)


def charged(org_id: str, session_id: str) -> int:
    """Credits charged for an interview so far."""
    amounts = db.session.execute(
        select(CreditEntry.amount).where(
            CreditEntry.org_id == org_id,
            CreditEntry.reference == f"session:{session_id}:charge",
        )
    ).scalars()
    return -sum(amounts)


def change_amount(org_id: str, amount: int) -> None:
    """Building block: change the monthly amount after a change of plan.

    For a larger amount, the difference is granted at once, once a month. A smaller one applies from
    the next month; nothing is taken back.
    """
    require_transaction()
    account = pools.locked(org_id)
    _renew(account)
    more = amount - account.period_amount
    if more > 0:
        month = f"{account.monthly_reset_at - timedelta(days=1):%Y-%m}"
        words = f"Monthly credits for {month}, raised to {amount:,}"
        pools.enter(
            account, {"monthly": more}, Movement("grant", f"plan:{month}:{amount}", words)
        )
        account.period_amount = amount
    account.monthly_amount = amount
    low_balance_alerts.watch(account)


def renew_due() -> int:
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
            _renew(pools.locked(org_id))
    return len(due)


def _charge(account: CreditAccount, session_id: str, credits: int, words: str) -> None:
    movement = Movement("charge", f"session:{session_id}:charge", words, session_id)
    pools.enter(account, pools.spread(account, credits), movement)


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
    lost, fresh = pools.turn_of_month(account)
    if lost > 0:
        pools.enter(
            account,
            {"monthly": -lost},
            Movement("expire", f"expire:{month}", f"Monthly credits left over before {month}"),
        )
    if fresh > 0:
        pools.enter(
            account,
            {"monthly": fresh},
            Movement("reset", f"grant:{month}", f"Monthly credits for {month}"),
        )
    account.monthly_reset_at = clock.next_month(now)
    account.period_amount = account.monthly_amount
    account.updated_at = now
    low_balance_alerts.watch(account)
