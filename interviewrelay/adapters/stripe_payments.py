"""Stripe Checkout payments, or none."""

import json
import logging
from typing import Any, Final

from interviewrelay.core.ports.payments import (
    Checkout,
    InvalidSignature,
    Order,
    PaymentEvent,
    PaymentsUnavailable,
)

log = logging.getLogger("interviewrelay.payments")

TIMEOUT_SECONDS: Final = 15
TOLERANCE_SECONDS: Final = 300
"""Maximum age in seconds of a Stripe message, against replay attacks."""

_CHECKOUTS: Final = {
    "checkout.session.completed": "paid",
    "checkout.session.async_payment_succeeded": "paid",
    "checkout.session.async_payment_failed": "failed",
    "checkout.session.expired": "expired",
}


class NoPayments:
    """Payments without an API key: none can be made or reported."""

    configured = False

    def create_checkout(self, order: Order) -> Checkout:  # noqa: ARG002
        raise PaymentsUnavailable("no payment provider is configured")

    def parse_event(self, body: bytes, signature: str) -> PaymentEvent | None:  # noqa: ARG002
        raise InvalidSignature("no payment provider is configured")


class StripePayments:
    """Stripe Checkout. The library is large, so it is loaded on first use."""

    configured = True

    def __init__(self, key: str, webhook_secret: str, base_url: str) -> None:
        self._key, self._secret, self._base_url = key, webhook_secret, base_url

    def create_checkout(self, order: Order) -> Checkout:
        import stripe

        mark: Any = {"payment_id": order.payment_id}
        price: Any = {
            "currency": order.currency,
            "unit_amount": order.cents,
            "product_data": {"name": order.description},
        }
        client = stripe.StripeClient(
            self._key,
            base_addresses={"api": self._base_url},
            http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
            max_network_retries=1,
        )
        try:
            made = client.v1.checkout.sessions.create(
                params={
                    "mode": "payment",
                    "line_items": [{"price_data": price, "quantity": 1}],
                    "client_reference_id": order.payment_id,
                    "customer_email": order.email,
                    "metadata": mark,
                    # Refund events contain the charge, which inherits the metadata of its
                    # payment intent.
                    "payment_intent_data": {"metadata": mark, "description": order.description},
                    "success_url": order.success_url,
                    "cancel_url": order.cancel_url,
                },
                options={"idempotency_key": order.payment_id},
            )
        except stripe.StripeError as fault:
            log.warning("stripe_refused", extra={"kind": type(fault).__name__})
            raise PaymentsUnavailable(type(fault).__name__) from None
        if not made.url:
            raise PaymentsUnavailable("Stripe returned no payment URL")
        return Checkout(made.id, made.url)

    def parse_event(self, body: bytes, signature: str) -> PaymentEvent | None:
        import stripe

        try:
            stripe.WebhookSignature.verify_header(
                body, signature, self._secret, TOLERANCE_SECONDS
            )
            event = json.loads(body)
        except (stripe.SignatureVerificationError, ValueError, TypeError):
            raise InvalidSignature("the signature is invalid or too old") from None
        return _read(event)


def _read(event: Any) -> PaymentEvent | None:
    """The few relevant events; Stripe sends whatever is enabled there."""
    try:
        told, kind = event["data"]["object"], event["type"]
        if kind in _CHECKOUTS:
            return _of_checkout(_CHECKOUTS[kind], told)
        if kind == "charge.refunded":
            return PaymentEvent(
                "refunded",
                (told.get("metadata") or {}).get("payment_id"),
                told.get("payment_intent"),
                told.get("amount_refunded"),
                told.get("currency"),
            )
    except (KeyError, TypeError, AttributeError):
        log.warning("stripe_event_unreadable")
    return None


def _of_checkout(kind: Any, told: dict[str, Any]) -> PaymentEvent | None:
    if kind == "paid" and told.get("payment_status") != "paid":
        return None  # completed but not yet paid: another event follows
    return PaymentEvent(
        kind,
        told.get("client_reference_id"),
        told.get("payment_intent"),
        told.get("amount_total"),
        told.get("currency"),
    )
