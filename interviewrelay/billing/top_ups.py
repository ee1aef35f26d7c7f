"""Top-ups: ordered here, paid at the payment provider, granted once when it confirms."""

import logging

from sqlalchemy import select

from interviewrelay.billing import balance, ledger, low_balance_alerts, prices
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import Conflict, InvalidParameter, Maintenance
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.payments import Order, PaymentEvent, PaymentsUnavailable
from interviewrelay.models import CreditAccount, Payment
from interviewrelay.organizations import access
from interviewrelay.runtime.services import Services

log = logging.getLogger("interviewrelay.topups")


def order_top_up(
    services: Services, actor: Actor, pack: int, payment_id: str | None = None
) -> Payment:
    """Order a pack of credits; the payment has the checkout URL.

    A known `payment_id` resumes the payment after a server died: it is the idempotency key at the
    provider. Raises InvalidParameter for an unknown pack, Conflict when this server takes no
    payments, and Maintenance when the provider is unreachable.
    """
    if pack not in prices.TOPUP_PACKS:
        raise InvalidParameter.field(
            "pack", "one of " + ", ".join(map(str, prices.TOPUP_PACKS))
        )
    if not services.payments.configured:
        raise Conflict(
            "This server does not accept payments. Ask the server administrator to add credits "
            "(interviewrelay credits grant)."
        )
    email = access.get_membership(actor).user.email
    payment = _ordered(actor, pack, payment_id or new_id())
    if payment.url:
        return payment
    release_connection()
    try:
        checkout = services.payments.create_checkout(_order(services, payment, email))
    except PaymentsUnavailable:
        with transaction():
            _locked(payment.id, None)
            payment.state = "failed"
        raise Maintenance(
            "The payment could not be started. You haven’t been charged. Please try again."
        ) from None
    with transaction():
        _locked(payment.id, None)
        payment.checkout_id, payment.url = checkout.id, checkout.url
        if payment.state == "failed":
            payment.state = "open"
    return payment


def process_payment_event(event: PaymentEvent) -> None:
    """Process a payment event. Idempotent, and independent of the order of events."""
    with transaction():
        payment = _locked(event.payment_id, event.payment_intent_id)
        if payment is None:
            log.info("payment_unknown", extra={"kind": event.kind})
            return
        if event.kind == "paid":
            _paid(payment, event)
        elif event.kind == "refunded":
            if event.currency == payment.currency:
                payment.refund_seen = max(payment.refund_seen, event.cents or 0)
        elif payment.state == "open":
            payment.state = event.kind
        if payment.state == "paid":
            _take_back(payment)


def _ordered(actor: Actor, pack: int, payment_id: str) -> Payment:
    with transaction():
        known = _locked(payment_id, None)
        if known is not None:
            return known
        payment = Payment(
            id=payment_id,
            org_id=actor.org_id,
            credits=pack,
            cents=prices.get_topup_cents(pack),
            currency=prices.CURRENCY,
            created_at=clock.now(),
        )
        db.session.add(payment)
    return payment


def _order(services: Services, payment: Payment, email: str) -> Order:
    page = services.urls.page_url("/credits")
    return Order(
        payment_id=payment.id,
        cents=payment.cents,
        currency=payment.currency,
        description=prices.describe_topup(payment.credits),
        email=email,
        success_url=f"{page}?paid=1",
        cancel_url=page,
    )


def _locked(payment_id: str | None, payment_intent_id: str | None) -> Payment | None:
    """Find the payment by our id, or by the provider's if it sends no other."""
    if payment_id is not None:
        query = select(Payment).where(Payment.id == payment_id)
    elif payment_intent_id is not None:
        query = select(Payment).where(Payment.payment_intent_id == payment_intent_id)
    else:
        return None
    return db.session.execute(
        query.with_for_update(key_share=True).execution_options(populate_existing=True)
    ).scalar_one_or_none()


def _paid(payment: Payment, event: PaymentEvent) -> None:
    if payment.state == "paid":
        return
    ordered = payment.cents, payment.currency
    if (event.cents, event.currency) != ordered or _taken(payment, event.payment_intent_id):
        # The payment differs from the order, so a person must check it before credits are granted.
        payment.state = "mismatch"
        log.error(
            "payment_mismatch",
            extra={"payment": payment.id, "cents": event.cents, "currency": event.currency},
        )
        return
    payment.state, payment.paid_at = "paid", clock.now()
    payment.payment_intent_id = event.payment_intent_id
    ledger.add_topup(
        payment.org_id,
        payment.credits,
        balance.Movement(
            "purchase",
            f"topup:{payment.payment_intent_id}",
            prices.describe_topup(payment.credits),
            payment_intent_id=payment.payment_intent_id,
        ),
    )


def _taken(payment: Payment, payment_intent_id: str | None) -> bool:
    """True if the payment intent is missing, or has already paid for something else."""
    if not payment_intent_id:
        return True
    other = select(Payment.id).where(
        Payment.payment_intent_id == payment_intent_id, Payment.id != payment.id
    )
    return db.session.execute(other).first() is not None


def _take_back(payment: Payment) -> None:
    """Take credits back after a refund: from the top-up credits, at most what is there."""
    seen = min(payment.refund_seen, payment.cents)
    due = _credits(payment, seen) - _credits(payment, payment.refund_done)
    if due <= 0:
        return
    account: CreditAccount = balance.lock_account(payment.org_id)
    taken = max(0, min(due, account.topup, balance.available_credits(account)))
    words = f"Refund of a top-up: {due:,} credits"
    if taken < due:
        words += f" ({due - taken:,} of them had been used and were not taken back)"
    if taken:
        reference = f"refund:{payment.payment_intent_id}:{seen}"
        balance.post_entries(
            account,
            {"topup": -taken},
            balance.Movement(
                "refund", reference, words, payment_intent_id=payment.payment_intent_id
            ),
        )
        low_balance_alerts.check_level(account)
    payment.refund_done = seen
    payment.refunded_credits += taken


def _credits(payment: Payment, cents: int) -> int:
    return payment.credits * cents // payment.cents
