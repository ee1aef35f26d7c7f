"""Payments: the port to the payment provider."""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Order:
    """Order of credits."""

    payment_id: str
    cents: int
    currency: str
    description: str
    email: str
    success_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class Checkout:
    """Checkout: the page where an order is paid."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class PaymentEvent:
    """Payment event from the provider; `cents` of a refund are the total refunded so far."""

    kind: Literal["paid", "expired", "failed", "refunded"]
    payment_id: str | None
    payment_intent_id: str | None
    cents: int | None
    currency: str | None


class PaymentsUnavailable(Exception):
    """The payment provider is unreachable or refused the call; try again later."""


class InvalidSignature(Exception):
    """Invalid signature: the message is not from the payment provider, or it is too old."""


class PaymentProvider(Protocol):
    """Payment provider port."""

    configured: bool
    """True if payments are set up."""

    def create_checkout(self, order: Order) -> Checkout:
        """Create a checkout; the same order returns the same one. Raises PaymentsUnavailable."""

    def parse_event(self, body: bytes, signature: str) -> PaymentEvent | None:
        """Parse a message of the provider; None when it is irrelevant here.

        Raises InvalidSignature.
        """
