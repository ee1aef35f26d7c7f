"""What every taker of payments does, and what the real one says to Stripe and believes of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import pytest

from interviewrelay.adapters.stripe_payments import NoPayments, StripePayments
from interviewrelay.core.ports.payments import (
    InvalidSignature,
    Order,
    PaymentEvent,
    PaymentsUnavailable,
)
from tests import stripe_stand_in
from tests.fakes import FakePayments
from tests.stripe_stand_in import KEY, SECRET, StandIn, event, signed

ORDER = Order(
    payment_id="01a20e90-6e08-7283-9beb-7fecb39d2def",
    cents=10_000,
    currency="eur",
    description="Credit top-up: 10,000 credits (€100.00)",
    email="ann@alder.example",
    success_url="https://interviews.example.com/credits?paid=1",
    cancel_url="https://interviews.example.com/credits",
)
PAID = PaymentEvent("paid", ORDER.payment_id, "pi_1", 10_000, "eur")


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with stripe_stand_in.serving() as stripe:
        yield stripe


@pytest.fixture
def real(stand_in: StandIn) -> StripePayments:
    return StripePayments(KEY, SECRET, stand_in.url)


@pytest.fixture(params=["fake", "stripe"])
def payments(request: pytest.FixtureRequest, real: StripePayments) -> Any:
    return FakePayments() if request.param == "fake" else real


@pytest.fixture
def message(payments: Any, stand_in: StandIn) -> tuple[bytes, str]:
    """That the order was paid, as this provider would say it."""
    if isinstance(payments, FakePayments):
        return json.dumps(asdict(PAID)).encode(), "good"
    real_order = {
        "client_reference_id": ORDER.payment_id,
        "amount_total": 10_000,
        "currency": "eur",
    }
    body = stand_in.paid(real_order)
    return body, signed(body)


def test_an_order_has_one_place_to_pay_however_often_it_is_begun(payments: Any) -> None:
    assert payments.configured
    first, again = payments.create_checkout(ORDER), payments.create_checkout(ORDER)
    assert first == again
    assert first.url.startswith("https://")
    assert payments.create_checkout(replace(ORDER, payment_id="other")) != first


def test_a_signed_message_is_read(payments: Any, message: tuple[bytes, str]) -> None:
    assert payments.parse_event(*message) == PAID


def test_a_message_without_its_signature_is_refused(
    payments: Any, message: tuple[bytes, str]
) -> None:
    for signature in ("", "nonsense", "t=1,v1=00", "t=é,v1=ü"):
        with pytest.raises(InvalidSignature):
            payments.parse_event(message[0], signature)


def test_without_a_key_nothing_is_taken_and_nothing_believed() -> None:
    assert not NoPayments().configured
    with pytest.raises(PaymentsUnavailable):
        NoPayments().create_checkout(ORDER)
    with pytest.raises(InvalidSignature):
        NoPayments().parse_event(b"{}", "")


def test_stripe_is_asked_for_the_pack_and_told_whose_it_is(
    real: StripePayments, stand_in: StandIn
) -> None:
    real.create_checkout(ORDER)
    asked = stand_in.asked[0]
    assert asked["mode"] == "payment"
    assert asked["line_items[0][price_data][product_data][name]"] == ORDER.description
    assert asked["line_items[0][price_data][unit_amount]"] == "10000"
    assert asked["customer_email"] == ORDER.email
    assert asked["success_url"] == ORDER.success_url
    assert asked["payment_intent_data[metadata][payment_id]"] == ORDER.payment_id


@pytest.mark.gate
@pytest.mark.parametrize("status", [400, 401, 402, 429, 500])
def test_a_stripe_that_refuses_is_away(
    real: StripePayments, stand_in: StandIn, status: int
) -> None:
    stand_in.status = status
    with pytest.raises(PaymentsUnavailable):
        real.create_checkout(ORDER)


def test_a_stripe_that_is_not_there_is_away() -> None:
    with pytest.raises(PaymentsUnavailable):
        StripePayments(KEY, SECRET, "http://127.0.0.1:1").create_checkout(ORDER)


def test_a_changed_byte_another_secret_or_an_old_message_is_refused(
    real: StripePayments, stand_in: StandIn
) -> None:
    body = stand_in.paid({"client_reference_id": "x", "amount_total": 1, "currency": "eur"})
    assert real.parse_event(body, signed(body, age=290)) is not None
    for words, signature in (
        (body + b" ", signed(body)),
        (json.dumps(json.loads(body)).encode(), signed(body)),
        (body, signed(body, secret="whsec_other")),
        (body, signed(body, age=310)),
        (b"\xff", signed(b"\xff")),
        (b"not json", signed(b"not json")),
    ):
        with pytest.raises(InvalidSignature):
            real.parse_event(words, signature)


@pytest.mark.parametrize(
    "body",
    [
        event("customer.created", {"id": "cus_1"}),
        event("checkout.session.completed", {"payment_status": "unpaid"}),
        b"{}",
        b"[]",
        b'{"type": "charge.refunded", "data": {"object": 1}}',
    ],
)
def test_what_concerns_nothing_here_is_read_as_nothing(
    real: StripePayments, body: bytes
) -> None:
    assert real.parse_event(body, signed(body)) is None
