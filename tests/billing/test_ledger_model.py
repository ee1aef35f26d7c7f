"""The ledger against a small model of it: any acts, in any order, any of them repeated."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from interviewrelay import factory
from interviewrelay.accounts import accounts
from interviewrelay.billing import balance, ledger, prices, top_ups
from interviewrelay.core import clock
from interviewrelay.core.config import settings as config_settings
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InsufficientCredits
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.payments import PaymentEvent
from interviewrelay.models import CreditAccount, CreditEntry, CreditHold, Payment
from interviewrelay.operations import consistency_check
from tests import conftest
from tests.fakes import FakeMailer, FakePdf

NOON = datetime(2024, 1, 30, 12, tzinfo=UTC)
ORDER = ("monthly", "starter", "topup")


class Model:
    """What the ledger should hold, in few lines."""

    def __init__(self, amount, now):
        self.amount = amount
        self.pools = {"monthly": amount, "starter": 600, "topup": 0}
        self.held, self.charged, self.known = {}, {}, set()
        self.given, self.reset_at = amount, clock.next_month(now)
        self.payments = {}

    @property
    def free(self):
        return sum(self.pools.values()) - sum(self.held.values())

    def give(self, reference, credits):
        if reference not in self.known:
            self.pools["topup"] += credits
            self.known.add(reference)

    def take(self, reference, credits):
        credits = min(credits, self.free)
        if reference not in self.known:
            self._spread(credits)
            self.known.add(reference)

    def tell(self, number, *, paid=False, cents=0):
        """A payment of 1,000: paid or not, cents given back, cents for which credits were taken."""
        was, seen, done = self.payments.get(number, (False, 0, 0))
        if paid and not was:
            self.pools["topup"] += 1_000
        was, seen = was or paid, max(seen, cents)
        if was and seen > done:
            self.pools["topup"] -= max(0, min(seen - done, self.pools["topup"], self.free))
            done = seen
        self.payments[number] = was, seen, done

    def change(self, amount, now):
        self.renew(now)
        self.pools["monthly"] += max(0, amount - self.given)
        self.amount, self.given = amount, max(self.given, amount)

    def renew(self, now):
        if now >= self.reset_at:
            self.given = self.amount
            self.pools["monthly"] -= max(0, min(self.pools["monthly"], self.free))
            self.pools["monthly"] = max(self.pools["monthly"], self.amount)
            self.reset_at = clock.next_month(now)

    def can_hold(self, now):
        before = dict(self.pools), self.reset_at, self.given
        self.renew(now)
        possible = self.free >= 5
        if not possible:
            self.pools, self.reset_at, self.given = before
        return possible

    def end(self, session, due):
        if self.held.pop(session, None) is not None:
            self.charged[session] = min(due, self.free)
            self._spread(self.charged[session])
        return self.charged.get(session, 0)

    def _spread(self, credits):
        for pool in ORDER:
            part = min(credits, self.pools[pool])
            self.pools[pool] -= part
            credits -= part


def make_machine(fresh_app):
    class Ledger(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.app, self.undo = fresh_app()
            self.now, self.sessions, self.seen, self.orders = NOON, [], [], {}
            with clock.freeze_at(self.now), transaction():
                made = accounts.add_organization("L", plan="enterprise", monthly_credits=60)
            self.org, self.model = made.id, Model(60, self.now)

        def teardown(self):
            self.undo()

        @rule(credits=st.integers(1, 400), number=st.integers(1, 6))
        def grant(self, credits, number):
            with clock.freeze_at(self.now):
                ledger.grant_credits(self.org, credits, f"admin:{number}", "Gift")
            self.model.give(f"admin:{number}", credits)

        @rule(credits=st.integers(1, 900), number=st.integers(1, 6))
        def take_back(self, credits, number):
            with clock.freeze_at(self.now):
                ledger.remove_credits(self.org, credits, f"back:{number}", "Back")
            self.model.take(f"back:{number}", credits)

        @rule(minutes=st.integers(1, 40))
        def hold(self, minutes):
            session, possible = new_id(), self.model.can_hold(self.now)
            if possible:
                self.model.held[session] = min(self.model.free, minutes * 10)
                self.sessions.append(session)
            try:
                with clock.freeze_at(self.now), transaction():
                    ledger.hold_credits(self.org, session, minutes)
            except InsufficientCredits:
                assert not possible
            else:
                assert possible

        @precondition(lambda self: self.sessions)
        @rule(data=st.data())
        def hold_again(self, data):
            session = data.draw(st.sampled_from(self.sessions))
            with clock.freeze_at(self.now), transaction():
                ledger.hold_credits(self.org, session, 30)

        @rule(number=st.integers(0, 2), cents=st.integers(0, 1_000))
        def hear_of_a_payment(self, number, cents):
            """Paid when no cents are named, else given back; ordered before either is heard of."""
            if number not in self.orders:
                self.orders[number] = new_id()
                order = Payment(
                    id=self.orders[number], org_id=self.org, credits=1_000, cents=1_000,
                    currency="eur",
                )  # fmt: skip
                with transaction():
                    db.session.add(order)
            kind, told = ("refunded", cents) if cents else ("paid", 1_000)
            event = PaymentEvent(kind, self.orders[number], f"pi_{number}", told, "eur")
            with clock.freeze_at(self.now):
                top_ups.process_payment_event(event)
            self.model.tell(number, paid=not cents, cents=cents)

        @rule(amount=st.sampled_from([0, 60, 100, 500]))
        def change_plan(self, amount):
            with clock.freeze_at(self.now), transaction():
                ledger.set_monthly_amount(self.org, amount)
            self.model.change(amount, self.now)

        @precondition(lambda self: self.sessions)
        @rule(data=st.data(), seconds=st.integers(0, 4_000), abandoned=st.booleans())
        def settle(self, data, seconds, abandoned):
            session = data.draw(st.sampled_from(self.sessions))
            with clock.freeze_at(self.now), transaction():
                taken = ledger.settle_hold(
                    self.org, session, seconds, abandoned=abandoned, title="T"
                )
            assert taken == self.model.end(
                session, prices.get_price(seconds, abandoned=abandoned)
            )

        @precondition(lambda self: self.sessions)
        @rule(data=st.data())
        def waive(self, data):
            session = data.draw(st.sampled_from(self.sessions))
            with clock.freeze_at(self.now), transaction():
                ledger.release_hold(self.org, session, title="T")
            self.model.held.pop(session, None)

        @rule(
            hours=st.sampled_from([1, 24, 24 * 29, 24 * 31, 24 * 40, 24 * 366, -48, -24 * 35])
        )
        def jump(self, hours):
            self.now += timedelta(hours=hours)

        @rule()
        def begin_months(self):
            with clock.freeze_at(self.now):
                ledger.renew_due_accounts()
            self.model.renew(self.now)

        @invariant()
        def ledger_and_model_agree(self):
            findings = consistency_check.run_checks()
            assert not any(findings.values()), findings
            account = db.session.execute(
                select(CreditAccount).execution_options(populate_existing=True)
            ).scalar_one()
            assert {p: getattr(account, p) for p in ORDER} == self.model.pools
            assert account.held == sum(self.model.held.values())
            assert account.monthly_reset_at == self.model.reset_at
            assert account.monthly_amount == self.model.amount
            assert account.warned == balance.build_warning(account)[0]
            costs = select(CreditHold.session_id, CreditHold.charged)
            posted = db.session.execute(costs.where(CreditHold.state == "posted"))
            assert dict(iter(posted)) == self.model.charged
            months = [line[3] for line in self.seen if line[3].startswith("grant:20")]
            assert len(months) == len(set(months))
            rows = db.session.execute(select(CreditEntry).order_by(CreditEntry.seq)).scalars()
            lines = [(row.seq, row.pool, row.amount, row.reference) for row in rows]
            assert lines[: len(self.seen)] == self.seen  # what was written stays
            self.seen = lines
            assert len({(pool, reference) for _, pool, _, reference in lines}) == len(lines)

    return Ledger


@pytest.fixture
def fresh_app(template, tmp_path):
    """A maker of applications, each on an empty database of its own."""
    numbers = count()

    def make():
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        url, drop = conftest.copied(template, folder)
        given = {"INSTANCE_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEYS": "k" * 32}
        app = factory.create_app(
            config_settings.read_settings(given), mailer=FakeMailer(), pdf=FakePdf()
        )
        context = app.app_context()
        context.push()

        def undo():
            db.session.remove()
            db.engine.dispose()
            context.pop()
            drop()
            shutil.rmtree(folder)

        return app, undo

    return make


@pytest.mark.gate
def test_the_ledger_does_what_its_model_does_whatever_comes(fresh_app):
    """LEDGER_EXAMPLES and LEDGER_STEPS make it longer: 500 and 50 are the goal (docs/credits.md)."""
    examples = int(os.environ.get("LEDGER_EXAMPLES", "15" if conftest.SERVER else "40"))
    steps = int(os.environ.get("LEDGER_STEPS", "30"))
    run_state_machine_as_test(
        make_machine(fresh_app),
        settings=settings(max_examples=examples, stateful_step_count=steps),
    )
