"""Payments, as the product asks for them."""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants to pay for."""

    payment_id: str
    cents: int
    currency: str
    description: str
    email: str
    success_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where it can be paid."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class PaymentEvent:
    """What the payment provider tells of a payment of ours; `cents` of a refund are all so far."""

    kind: Literal["paid", "expired", "failed", "refunded"]
    payment_id: str | None
    payment_intent_id: str | None
    cents: int | None
    currency: str | None


class PaymentsAway(Exception):
    """The payment provider could not be reached, or took nothing; try again later."""


class SignatureWrong(Exception):
    """What claims to be from the payment provider is not, or is too old."""


class Payments(Protocol):
    """Takes money."""

    @property
    def configured(self) -> bool:
        """Whether this server can take payments at all."""
        ...

    def begin(self, order: Order) -> Checkout:
        """Open a place to pay; the same order again gives the same place. Raises PaymentsAway."""
        ...

    def read(self, body: bytes, signature: str) -> PaymentEvent | None:
        """What a message of the provider's says; None when it concerns nothing here.

        Raises SignatureWrong.
        """
        ...
