"""Usage, top-ups and the administrator's summary by HTTP; payments from the order to the refund."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from interviewrelay import factory
from interviewrelay.billing import ledger
from interviewrelay.core import clock
from interviewrelay.core.config import settings
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import Payment, StoredResponse
from tests import stripe_stand_in
from tests.conftest import FreshClient
from tests.factories import a_campaign, a_finished_interview
from tests.fakes import FakeMailer, FakePdf
from tests.stripe_stand_in import KEY, SECRET, event, refunded, signed
from tests.web import reference_samples as samples
from tests.web.openapi.test_published_reference import compare


@pytest.fixture
def get(client, ann):
    def ask(path, status=200):
        response = client.get(path, headers=ann.auth)
        assert response.status_code == status, response.json
        return response.json

    return ask


def test_usage_of_this_month(get, services, ann):
    campaign = a_campaign(ann)
    interview = a_finished_interview(services, campaign, "It was fine.")
    found = get("/api/billing/usage?limit=1")
    assert found["currency"] == "eur"
    assert found["start_date"].endswith("-01")
    assert found["by_campaign"] == [
        {
            "campaign_id": campaign.id,
            "name": "Autumn",
            "sessions": 1,
            "minutes": 1,
            "credits": 5,
        }
    ]
    assert found["by_day"] == [
        {"date": interview.ended_at.date().isoformat(), "sessions": 1, "credits": 5}
    ]
    assert (found["total_sessions"], found["total_minutes"], found["total_credits_used"]) == (
        1,
        1,
        5,
    )
    assert found["transactions"][0]["session_id"] == interview.id
    more = found["pagination"]
    assert (more["total"], more["limit"], more["offset"], more["has_more"]) == (3, 1, 0, True)
    rest = get(f"/api/billing/usage?cursor={more['next_cursor']}")
    assert [t["transaction_type"] for t in rest["transactions"]] == ["grant", "grant"]


def test_an_account_is_told_whole_or_a_page_at_a_time(get, ann):
    for number in range(110):
        ledger.grant_credits(ann.actor.org_id, 1, f"test:{number}")
    whole = get("/api/billing/usage")["transactions"]
    found = get("/api/billing/usage?limit=50")
    cursor = found["pagination"].pop("next_cursor")
    assert found["pagination"] == {"total": 112, "limit": 50, "offset": 0, "has_more": True}
    asked = get("/api/billing/usage?limit=1000")
    assert (len(asked["transactions"]), asked["pagination"]["limit"]) == (100, 100)
    told = found["transactions"]
    while cursor:
        found = get(f"/api/billing/usage?limit=50&cursor={cursor}")
        told += found["transactions"]
        assert found["pagination"]["total"] == 112
        cursor = found["pagination"]["next_cursor"]
    assert len({entry["id"] for entry in told}) == len(told) == 112
    assert told == whole


def test_a_total_that_is_counted_no_further_says_so(get, monkeypatch):
    monkeypatch.setattr(pagination, "MOST_COUNTED", 1)
    found = get("/api/billing/usage?limit=1")["pagination"]
    assert (found["total"], found["total_is_capped"], found["has_more"]) == (1, True, True)


def test_edges_of_usage_come_back_as_they_were_asked_for(get):
    found = get("/api/billing/usage?start_date=2024-02-01&end_date=2024-02-29T12:00:00%2B01:00")
    assert (found["start_date"], found["end_date"]) == (
        "2024-02-01",
        "2024-02-29T11:00:00.000Z",
    )


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("start_date=soon", "start_date"), ("end_date=2024-02-30", "end_date"),
        ("start_date=2024-02-02&end_date=2024-02-01", "end_date"), ("limit=0", "limit"),
        ("cursor=x", "cursor"),
    ],
)  # fmt: skip
def test_what_usage_cannot_read_is_named(get, query, field):
    error = get(f"/api/billing/usage?{query}", 400)["error"]
    assert (error["code"], error["details"]["field"]) == ("INVALID_PARAMETER", field)


def test_the_summary_is_for_administrators_of_the_server(client, ann, ben):
    assert client.get("/api/admin/credits/summary", headers=ann.auth).status_code == 403
    with transaction():
        ann.membership.user.system_admin = True
    ledger.remove_credits(ben.actor.org_id, 1_590, "test:most", "Most")
    response = client.get("/api/admin/credits/summary", headers=ann.auth)
    assert response.status_code == 200
    compare(samples.CREDIT_SUMMARY, response.json)


@pytest.mark.parametrize(
    "body", [{}, {"pack": "1000"}, {"pack": 1_001}, {"pack": True}, {"pack": None}]
)
def test_only_packs_can_be_ordered(client, ann, body):
    response = client.post("/api/billing/topups", json=body, headers=ann.auth)
    assert response.status_code == 400
    assert response.json["error"]["details"]["field"] == "pack"


def test_without_payments_the_answer_says_who_can_help(client, ann, payments):
    payments.configured = False
    response = client.post("/api/billing/topups", json={"pack": 1_000}, headers=ann.auth)
    assert (response.status_code, response.json["error"]["code"]) == (409, "CONFLICT")
    assert "credits grant" in response.json["error"]["message"]
    assert client.post("/stripe/webhook", data=b"{}").status_code == 404


@pytest.fixture
def paying(app, tmp_path, database_url):
    """A second application on the same database that speaks to the stand-in for Stripe."""
    with stripe_stand_in.serving() as stripe:
        given = {
            "INSTANCE_DIR": str(tmp_path / "paying"), "DATABASE_URL": database_url,
            "SECRET_KEYS": "a key for tests only and long enough to be taken",
            "IR_TESTING": "1", "STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRET": SECRET, "STRIPE_BASE_URL": stripe.url,
        }  # fmt: skip
        made = factory.create_app(
            settings.read_settings(given), mailer=FakeMailer(), pdf=FakePdf()
        )
        made.test_client_class = FreshClient
        yield made.test_client(use_cookies=False), stripe


def test_a_top_up_from_the_order_to_the_refund(paying, ann, get):
    client, stripe = paying
    ordered = client.post("/api/billing/topups", json={"pack": 5_000}, headers=ann.auth)
    assert ordered.status_code == 201
    assert ordered.json["status"] == "open"
    assert ordered.json["description"] == "Credit top-up: 5,000 credits (€50.00)"
    (checkout,) = stripe.checkouts.values()
    assert ordered.json["url"] == checkout["url"]

    def tell(body, status=200, signature=None):
        headers = {"Stripe-Signature": signature or signed(body)}
        response = client.post("/stripe/webhook", data=body, headers=headers)
        assert response.status_code == status, response.data
        return response

    def topup():
        return get("/api/billing/credits")["topup_credits"]

    paid = stripe.paid(checkout)
    refused = tell(paid, 400, signed(paid, age=400))
    assert refused.json["error"]["code"] == "INVALID_PARAMETER"
    tell(paid, 400, "t=1,v1=00")
    tell(paid + b"\n", 400, signed(paid))
    assert topup() == 0
    tell(event("customer.created", {"id": "cus_1"}))
    tell(
        event("checkout.session.completed", {**checkout, "payment_intent": "pi_1"})
    )  # not paid yet
    assert topup() == 0
    for _ in range(3):
        tell(paid)
    assert topup() == 5_000
    for cents in (2_000, 2_000, 5_000):
        tell(refunded(checkout, cents))
    assert topup() == 0
    kinds = [t["transaction_type"] for t in get("/api/billing/usage")["transactions"]]
    assert kinds[:3] == ["refund", "refund", "purchase"]


@pytest.fixture
def order(paying, ann):
    """Orders a pack with a key; and Stripe's stand-in."""
    client, stripe = paying

    def send(at="2031-05-01T12:00:00Z"):
        headers = {**ann.auth, "Idempotency-Key": "order-1", "X-Test-Now": at}
        return client.post("/api/billing/topups", json={"pack": 1_000}, headers=headers)

    return send, stripe


def test_a_top_up_with_a_key_is_ordered_once(order):
    send, stripe = order
    first, again = send(), send()
    assert first.status_code == 201, first.text
    assert (again.status_code, again.data) == (201, first.data)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(stripe.asked) == 1


def test_a_top_up_that_failed_can_be_sent_again_with_its_key(order):
    send, stripe = order
    stripe.status = 500
    assert send().status_code == 503
    stripe.status = 200
    assert send().status_code == 201
    assert len(stripe.checkouts) == 1


@pytest.mark.parametrize("stored", [False, True])
def test_a_server_that_dies_with_a_top_up_orders_it_once(order, stored):
    send, stripe = order
    first = send()
    died = {"state": "running", "running_until": clock.parse_iso("2031-05-01T12:01:00Z")}
    with transaction():
        db.session.execute(update(StoredResponse).values(**died, sealed=None, status=None))
        if not stored:  # it died before it had read what Stripe answered
            db.session.execute(update(Payment).values(checkout_id=None, url=None))
    assert send("2031-05-01T12:00:59Z").json["error"]["code"] == "REQUEST_IN_PROGRESS"
    again = send("2031-05-01T12:01:00Z")
    assert (again.status_code, again.json) == (201, first.json)
    assert len(stripe.checkouts) == 1
    assert len(stripe.asked) == (1 if stored else 2)
    assert db.session.execute(select(func.count(Payment.id))).scalar_one() == 1
    assert send("2031-05-01T12:01:01Z").headers["Idempotent-Replayed"] == "true"


def test_a_stripe_that_is_away_is_a_503_and_charges_nothing(paying, ann):
    client, stripe = paying
    stripe.status = 500
    response = client.post("/api/billing/topups", json={"pack": 5_000}, headers=ann.auth)
    assert (response.status_code, response.json["error"]["code"]) == (503, "MAINTENANCE")
    assert "Retry-After" in response.headers


def test_the_page_sells_packs_and_shows_the_months_usage(desk, services, ann, payments):
    a_finished_interview(services, a_campaign(ann), "It was fine.")
    page = desk.get("/credits").text
    assert page.count('name="pack"') == 4
    assert "By campaign, this month" in page
    assert "Autumn" in page
    pay = desk.post("/credits/topups", data={"pack": "10000"}).text
    assert f'href="https://pay.example/{payments.orders[0].payment_id}"' in pay
    assert "Thank you" in desk.get("/credits?paid=1").text
    assert desk.post("/credits/topups", data={"pack": "x"}).status_code == 400
    payments.configured = False
    page = desk.get("/credits").text
    assert 'name="pack"' not in page
    assert "interviewrelay credits grant" in page


def test_the_outbox_shows_notices_beside_invitations(desk, ann):
    ledger.remove_credits(ann.actor.org_id, 1_400, "test:most", "Most")
    page = desk.get("/outbox").text
    assert '<a href="/credits">Credits' in page


def test_the_page_shows_any_month_of_the_last_year(desk, services, ann):
    last = clock.now().replace(day=1) - timedelta(days=2)
    with clock.freeze_at(last):
        a_finished_interview(services, a_campaign(ann, name="Of before"), "It was fine.")
    now = desk.get("/credits").text
    assert "No interviews ended this month." in now
    assert now.count("<option") == 13
    page = desk.get(f"/credits?month={last:%Y-%m}").text
    told = f"{last:%b} {last.year}"
    assert f"By campaign, in {told}" in page
    assert "Of before" in page
    assert f'value="{last:%Y-%m}" selected' in page
    for odd in ("1999-01", "x", "2026-13"):
        assert "By campaign, this month" in desk.get(f"/credits?month={odd}").text
