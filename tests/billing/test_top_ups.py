"""Top-ups: one grant a payment, whatever the provider says how often and in which order."""

from itertools import permutations

import pytest
from sqlalchemy import select

from interviewrelay.billing import ledger, top_ups
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import Conflict, InvalidParameter, Maintenance
from interviewrelay.core.ports.payments import PaymentEvent, PaymentsUnavailable
from interviewrelay.models import CreditEntry, Payment
from interviewrelay.operations import consistency_check
from tests.billing.test_ledger import entries, hold, pools


@pytest.fixture
def payment(services, ann):
    return top_ups.order_top_up(services, ann.actor, 10_000)


def told(payment, kind="paid", intent="pi_1", **more):
    given = {"cents": payment.cents, "currency": "eur", **more}
    top_ups.process_payment_event(PaymentEvent(kind, payment.id, intent, **given))


def stored(payment):
    return db.session.execute(
        select(Payment)
        .where(Payment.id == payment.id)
        .execution_options(populate_existing=True)
    ).scalar_one()


def topup(ann):
    return pools(ann.actor.org_id)[2]


def well():
    found = {name: words for name, words in consistency_check.run_checks().items() if words}
    assert found == {}


def test_an_order_is_open_until_it_is_paid(payment, payments, ann):
    assert (payment.state, payment.credits, payment.cents) == ("open", 10_000, 10_000)
    assert payment.url == f"https://pay.example/{payment.id}"
    order = payments.orders[0]
    assert order.description == "Credit top-up: 10,000 credits (€100.00)"
    assert order.email == ann.email
    assert topup(ann) == 0


def test_paid_is_granted_once_however_often_it_is_told(payment, ann):
    for _ in range(3):
        told(payment)
    told(payment, intent="pi_other")
    assert topup(ann) == 10_000
    last = db.session.execute(select(CreditEntry).order_by(CreditEntry.seq.desc())).scalars()
    entry = last.first()
    assert (entry.kind, entry.pool, entry.amount) == ("purchase", "topup", 10_000)
    assert entry.description == "Credit top-up: 10,000 credits (€100.00)"
    assert (entry.payment_intent_id, entry.reference) == ("pi_1", "topup:pi_1")
    well()


@pytest.mark.parametrize(
    "wrong", [{"cents": 9_999}, {"cents": None}, {"currency": "usd"}, {"intent": None}]
)
def test_what_was_not_ordered_gives_nothing_and_is_kept_to_be_looked_at(payment, ann, wrong):
    told(payment, **wrong)
    assert topup(ann) == 0
    assert stored(payment).state == "mismatch"
    well()


def test_one_payment_intent_pays_for_one_order_only(payment, services, ann, ben):
    told(payment)
    for buyer in (ann, ben):
        other = top_ups.order_top_up(services, buyer.actor, 10_000)
        told(other)
        assert stored(other).state == "mismatch"
    assert (topup(ann), topup(ben)) == (10_000, 0)


def test_what_is_not_ours_changes_nothing(payment, ann):
    top_ups.process_payment_event(PaymentEvent("paid", None, None, 10_000, "eur"))
    top_ups.process_payment_event(PaymentEvent("paid", "other", "pi_9", 10_000, "eur"))
    top_ups.process_payment_event(PaymentEvent("refunded", None, "pi_9", 10_000, "eur"))
    assert topup(ann) == 0
    assert stored(payment).state == "open"


@pytest.mark.parametrize("kind", ["expired", "failed"])
def test_a_payment_that_came_to_nothing_may_still_come_to_something(payment, ann, kind):
    told(payment, kind, None, cents=None)
    assert stored(payment).state == kind
    told(payment)
    assert topup(ann) == 10_000
    told(payment, kind, None, cents=None)
    assert stored(payment).state == "paid"


def test_a_refund_takes_back_what_was_given_back_by_its_own_count(payment, ann):
    told(payment)
    for cents in (2_500, 2_500, 1_000, 4_000):
        told(payment, "refunded", cents=cents)
    assert topup(ann) == 6_000
    told(payment, "refunded", cents=99_999_999)
    told(payment, "refunded", cents=10_000)
    assert topup(ann) == 0
    refunds = [e for e in entries(ann.actor.org_id) if e[0] == "refund"]
    assert refunds == [("refund", "topup", -n) for n in (2_500, 1_500, 6_000)]
    well()


def test_a_refund_takes_at_most_what_is_there_and_not_held(payment, ann):
    told(payment)
    org = ann.actor.org_id
    ledger.remove_credits(org, 9_600, "test:used", "Used")  # 1,600 of other pools go first
    assert pools(org)[:3] == (0, 0, 2_000)
    hold(org, 50)
    told(payment, "refunded", cents=10_000)
    assert pools(org) == (0, 0, 500, 500)
    words = db.session.execute(
        select(CreditEntry.description).where(CreditEntry.kind == "refund")
    ).scalar_one()
    assert words == (
        "Refund of a top-up: 10,000 credits "
        "(8,500 of them had been used and were not taken back)"
    )
    told(payment, "refunded", cents=10_000)
    assert pools(org)[2] == 500
    well()


def test_a_refund_in_another_currency_is_none(payment, ann):
    told(payment)
    told(payment, "refunded", cents=10_000, currency="usd")
    assert topup(ann) == 10_000


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_messages_does_not_matter(payment, ann, order):
    messages = [("paid", {}), ("refunded", {"cents": 3_000}), ("refunded", {"cents": 4_000})]
    for number in order:
        kind, more = messages[number]
        told(payment, kind, **more)
    assert topup(ann) == 6_000
    well()


def test_only_packs_are_sold(services, ann):
    for pack in (0, 1, -1_000, 999, 100_000):
        with pytest.raises(InvalidParameter):
            top_ups.order_top_up(services, ann.actor, pack)


def test_without_a_provider_one_is_told_who_can_help(services, payments, ann):
    payments.configured = False
    with pytest.raises(Conflict, match="credits grant"):
        top_ups.order_top_up(services, ann.actor, 1_000)
    assert db.session.execute(select(Payment)).first() is None


def test_a_provider_that_is_away_leaves_nothing_to_pay(services, payments, ann):
    payments.fault = PaymentsUnavailable("x")
    with pytest.raises(Maintenance, match="haven’t been charged"):
        top_ups.order_top_up(services, ann.actor, 1_000)
    assert db.session.execute(select(Payment.state)).scalar_one() == "failed"
