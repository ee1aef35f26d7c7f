"""Many writers at once, a third of them fighting over the same interviews, and readers among them."""

import os
import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from interviewrelay import factory
from interviewrelay.accounts import accounts
from interviewrelay.billing import balance, ledger
from interviewrelay.billing.balance import POOLS, Movement
from interviewrelay.core.config import settings
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InsufficientCredits
from interviewrelay.core.ids import new_id
from interviewrelay.models import CreditAccount, CreditEntry
from interviewrelay.operations import consistency_check
from tests.fakes import FakeMailer, FakePdf

WRITERS, DEBITS, READERS = 64, 20, 4
READS = int(os.environ.get("LEDGER_READS", "2000")) // READERS
PRICE = 10
POOLS_AT_FIRST = {"starter": 600, "monthly": 820, "topup": 4_000}


@pytest.fixture
def app(database_url, tmp_path):
    """With a connection for everybody, as a server has one for each of its threads."""
    given = {
        "INSTANCE_DIR": str(tmp_path),
        "DATABASE_URL": database_url,
        "THREADS": str(WRITERS + READERS),
    }
    made = factory.create_app(settings.read_settings(given), mailer=FakeMailer(), pdf=FakePdf())
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def org(app):
    with transaction():
        made = accounts.add_organization("Storm", plan="enterprise", monthly_credits=820)
        ledger.add_topup(made.id, 4_000, Movement("grant", "test:topup", "Gift"))
    return made.id


def interview(org, session):
    """45 seconds, held and charged in one go."""
    with transaction():
        try:
            held = ledger.hold_credits(org, session, 1)
        except InsufficientCredits:
            return "poor"
        if held.state != "open":
            return "duplicate"
        taken = ledger.settle_hold(org, session, 45, abandoned=False, title="Storm")
    return "ok" if taken == PRICE else f"took {taken}"


def seven(org, reference):
    """Seven credits or none, by the blocks that every movement is built of."""
    with transaction():
        account = balance.lock_account(org)
        if db.session.execute(
            select(CreditEntry.id).where(CreditEntry.reference == reference).limit(1)
        ).first():
            return "duplicate"
        if balance.available_credits(account) < 7:
            return "poor"
        balance.post_entries(
            account, balance.split_debit(account, 7), Movement("adjust", reference, "Storm")
        )
    return "ok"


def look(org):
    """Balance and entries in one statement, so in one moment."""
    entries = select(func.sum(CreditEntry.amount)).where(CreditEntry.org_id == org)
    row = db.session.execute(
        select(
            *(getattr(CreditAccount, pool) for pool in POOLS),
            CreditAccount.held,
            entries.scalar_subquery(),
        ).where(CreditAccount.org_id == org)
    ).one()
    db.session.rollback()
    *parts, held, told = row
    return min(*parts, held), sum(parts), told


@pytest.mark.gate
@pytest.mark.parametrize(("debit", "price"), [(interview, PRICE), (seven, 7)])
def test_every_credit_is_spent_once_and_every_look_is_right(app, org, debit, price):
    shared = [new_id() for _ in range(7)]
    wanted = [shared[n // 3 % 7] if n % 3 == 0 else new_id() for n in range(WRITERS * DEBITS)]
    random.Random(1).shuffle(wanted)
    outcomes, wrong = [], []
    begin = threading.Barrier(WRITERS + READERS)

    def write(number):
        begin.wait()
        with app.app_context():
            mine = wanted[number * DEBITS : (number + 1) * DEBITS]
            outcomes.extend(debit(org, session) for session in mine)

    def read(_number):
        begin.wait()
        last = sum(POOLS_AT_FIRST.values())
        with app.app_context():
            for _ in range(READS):
                least, total, told = look(org)
                if least < 0 or total != told or total > last:
                    wrong.append((least, total, told, last))
                last = total

    with ThreadPoolExecutor(WRITERS + READERS) as threads:
        done = [threads.submit(write, n) for n in range(WRITERS)]
        done += [threads.submit(read, n) for n in range(READERS)]
        for one in done:
            one.result()
    assert wrong == []
    assert len(outcomes) == WRITERS * DEBITS
    assert set(outcomes) <= {"ok", "duplicate", "poor"}
    assert outcomes.count("ok") == sum(POOLS_AT_FIRST.values()) // price
    assert outcomes.count("duplicate") > 100
    assert look(org)[:2] == (0, sum(POOLS_AT_FIRST.values()) % price)
    assert not any(consistency_check.run_checks().values())
