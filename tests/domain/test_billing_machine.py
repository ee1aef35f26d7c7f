"""The ledger against a small model of it: any acts, in any order, any of them repeated."""

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

from interviewrelay import clock, factory, plans, settings as product
from interviewrelay.database import db, transaction
from interviewrelay.domain import accounts, billing, doctor
from interviewrelay.errors import InsufficientCredits
from interviewrelay.ids import new_id
from interviewrelay.models import CreditAccount, CreditEntry
from tests import conftest
from tests.fakes import FakeMailer, FakePdf

NOON = datetime(2024, 1, 30, 12, tzinfo=UTC)
ORDER = ("monthly", "starter", "topup")


class Model:
    """What the ledger should hold, in forty lines."""

    def __init__(self, amount, now):
        self.amount = amount
        self.pools = {"monthly": amount, "starter": 600, "topup": 0}
        self.held, self.charged, self.known = {}, {}, set()
        self.reset_at = clock.next_month(now)

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

    def renew(self, now):
        if now >= self.reset_at:
            self.pools["monthly"] -= max(0, min(self.pools["monthly"], self.free))
            self.pools["monthly"] = max(self.pools["monthly"], self.amount)
            self.reset_at = clock.next_month(now)

    def can_hold(self, now):
        before = dict(self.pools), self.reset_at
        self.renew(now)
        possible = self.free >= 5
        if not possible:
            self.pools, self.reset_at = before
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
            self.now, self.sessions, self.seen = NOON, [], []
            with clock.standing_at(self.now), transaction():
                made = accounts.add_organization("L", plan="enterprise", monthly_credits=60)
            self.org, self.model = made.id, Model(60, self.now)

        def teardown(self):
            self.undo()

        @rule(credits=st.integers(1, 400), number=st.integers(1, 6))
        def grant(self, credits, number):
            with clock.standing_at(self.now):
                billing.grant(self.org, credits, f"admin:{number}", "Gift")
            self.model.give(f"admin:{number}", credits)

        @rule(credits=st.integers(1, 900), number=st.integers(1, 6))
        def take_back(self, credits, number):
            with clock.standing_at(self.now):
                billing.take_back(self.org, credits, f"back:{number}", "Back")
            self.model.take(f"back:{number}", credits)

        @rule(minutes=st.integers(1, 40))
        def hold(self, minutes):
            session, possible = new_id(), self.model.can_hold(self.now)
            if possible:
                self.model.held[session] = min(self.model.free, minutes * 10)
                self.sessions.append(session)
            try:
                with clock.standing_at(self.now), transaction():
                    billing.hold(self.org, session, minutes)
            except InsufficientCredits:
                assert not possible
            else:
                assert possible

        @precondition(lambda self: self.sessions)
        @rule(data=st.data(), seconds=st.integers(0, 4_000), abandoned=st.booleans())
        def settle(self, data, seconds, abandoned):
            session = data.draw(st.sampled_from(self.sessions))
            with clock.standing_at(self.now), transaction():
                taken = billing.settle(
                    self.org, session, seconds, abandoned=abandoned, title="T"
                )
            assert taken == self.model.end(session, plans.price(seconds, abandoned=abandoned))

        @precondition(lambda self: self.sessions)
        @rule(data=st.data())
        def waive(self, data):
            session = data.draw(st.sampled_from(self.sessions))
            with clock.standing_at(self.now), transaction():
                billing.waive(self.org, session, title="T")
            self.model.held.pop(session, None)

        @rule(
            hours=st.sampled_from([1, 24, 24 * 29, 24 * 31, 24 * 40, 24 * 366, -48, -24 * 35])
        )
        def jump(self, hours):
            self.now += timedelta(hours=hours)

        @rule()
        def begin_months(self):
            with clock.standing_at(self.now):
                billing.renew_due()
            self.model.renew(self.now)

        @invariant()
        def ledger_and_model_agree(self):
            findings = doctor.examine()
            assert not any(findings.values()), findings
            account = db.session.execute(
                select(CreditAccount).execution_options(populate_existing=True)
            ).scalar_one()
            assert {p: getattr(account, p) for p in ORDER} == self.model.pools
            assert account.held == sum(self.model.held.values())
            assert account.monthly_reset_at == self.model.reset_at
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
        app = factory.create_app(product.read(given), mailer=FakeMailer(), pdf=FakePdf())
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


def test_the_ledger_does_what_its_model_does_whatever_comes(fresh_app):
    run_state_machine_as_test(
        make_machine(fresh_app),
        settings=settings(max_examples=15 if conftest.SERVER else 40, stateful_step_count=30),
    )
