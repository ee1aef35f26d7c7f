"""Low-balance alerts to the owners, once for each level that the balance falls to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from interviewrelay.billing import balance, prices, representation
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import require_transaction, transaction
from interviewrelay.core.errors import InsufficientCredits, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.mail import outbox
from interviewrelay.models import CreditAccount
from interviewrelay.organizations import audit_log
from interviewrelay.webhooks import events

MOST: Final = 1_000_000_000
_DEPTH: Final = {"info": 0, "warning": 1, "critical": 2}


def check_level(account: CreditAccount) -> None:
    """Building block after any movement: record the level, and alert if it got worse."""
    require_transaction()
    severity, sentence = balance.build_warning(account)
    if _DEPTH[severity] > _DEPTH[account.warned]:
        account.last_low_balance_warning_at = clock.now()
        subject = "Credits are low" if severity == "warning" else "Credits have almost run out"
        if balance.total_balance(account) < prices.SMALLEST_BALANCE_TO_START:
            subject = "Credits have run out"
        _tell(account, subject, sentence, f"low:{new_id()}")
    account.warned = severity


def set_warning_level(actor: Actor, credits: int | None) -> CreditAccount:
    """Set an alert threshold in credits, or None for the plan's rule alone.

    If the balance is already lower, the owners are alerted at once. Raises InvalidParameter.
    """
    if credits is not None and not 1 <= credits <= MOST:
        words = f"Enter a whole number from 1 to {MOST:,}, or leave the field empty."
        raise InvalidParameter.field("warn_below", f"integer from 1 to {MOST}", words)
    with transaction():
        account = balance.lock_account(actor.org_id)
        account.warn_below = credits
        told = f"below {credits:,} credits" if credits else "the standard level"
        audit_log.add_entry(actor.org_id, "settings_warning", told)
        check_level(account)
    return account


@contextmanager
def alert_on_refusal(org_id: str) -> Iterator[None]:
    """Wrap a transaction that may fail for lack of credits; if it does, alert the owners."""
    try:
        yield
    except InsufficientCredits:
        alert_owners(org_id)
        raise


def alert_owners(org_id: str) -> None:
    """Alert the owners, at most once a day, that a participant could not start for lack of credits."""
    with transaction():
        account = balance.get_current_account(balance.lock_account(org_id))
        free = balance.available_credits(account)
        held = (
            f" {account.held:,} more are reserved for interviews in progress."
            if account.held
            else ""
        )
        sentence = (
            f"A participant could not start an interview. {free} credits are available and "
            f"{prices.SMALLEST_BALANCE_TO_START} are needed.{held} After you add credits, the "
            "participant can start with the same link."
        )
        day = f"refused:{org_id}:{clock.now():%Y-%m-%d}"
        _tell(account, "An interview could not start", sentence, day, "credits.depleted")


def _tell(
    account: CreditAccount, subject: str, sentence: str, dedupe: str, kind: str = ""
) -> None:
    """Alert by email and as an event, once for each `dedupe`."""
    facts = {"subject": subject, "sentence": sentence, "path": "/credits"}
    if not outbox.enqueue_notice(account.org_id, ["owner"], "credits", facts, dedupe):
        return
    empty = balance.total_balance(account) < prices.SMALLEST_BALANCE_TO_START
    kind = kind or ("credits.depleted" if empty else "credits.low")
    events.emit_events(
        account.org_id, events.EventPayload(kind, representation.Credits.read(account))
    )
