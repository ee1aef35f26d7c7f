"""Credits: what is granted, held, charged and never taken twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from interviewrelay.accounts import accounts
from interviewrelay.billing import ledger
from interviewrelay.billing.balance import build_warning, lock_account, post_entries
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InsufficientCredits
from interviewrelay.core.ids import new_id
from interviewrelay.models import CreditAccount, CreditEntry
from interviewrelay.operations import consistency_check

DAY = timedelta(days=1)


def pools(org):
    row = db.session.execute(
        select(CreditAccount)
        .where(CreditAccount.org_id == org)
        .execution_options(populate_existing=True)
    ).scalar_one()
    return row.monthly, row.starter, row.topup, row.held


def entries(org):
    rows = db.session.execute(
        select(CreditEntry).where(CreditEntry.org_id == org).order_by(CreditEntry.seq)
    ).scalars()
    return [(row.kind, row.pool, row.amount) for row in rows]


def last(org):
    """What the newest entry says."""
    query = select(CreditEntry.description).where(CreditEntry.org_id == org)
    return db.session.execute(query.order_by(CreditEntry.seq.desc()).limit(1)).scalar_one()


def hold(org, minutes=15, session=None):
    session = session or new_id()
    with transaction():
        ledger.hold_credits(org, session, minutes)
    return session


def settle(org, session, seconds, *, abandoned=False):
    with transaction():
        return ledger.settle_hold(org, session, seconds, abandoned=abandoned, title="Autumn")


def well():
    return not any(consistency_check.run_checks().values())


@pytest.fixture
def org(ann):
    """Ann's organization: 1,000 monthly and 600 starter credits."""
    return ann.actor.org_id


@pytest.fixture
def with_credits(org):
    def leave(credits):
        ledger.remove_credits(org, 1_600 - credits, "test:leave", "So many are left")
        return org

    return leave


@pytest.mark.parametrize(
    ("plan", "own", "monthly"),
    [("free", None, 100), ("starter", 7, 1_000), ("enterprise", None, 0), ("enterprise", 7, 7)],
)
def test_an_account_opens_with_starter_credits_and_its_first_month(app, plan, own, monthly):
    with transaction():
        made = accounts.add_organization("New", plan=plan, monthly_credits=own)
    assert pools(made.id) == (monthly, 600, 0, 0)
    assert entries(made.id)[0] == ("grant", "starter", 600)
    assert well()


def test_a_start_holds_the_target_and_the_end_settles_it(org):
    session = hold(org, 15)
    assert pools(org) == (1_000, 600, 0, 150)
    assert settle(org, session, 450) == 80
    assert pools(org) == (920, 600, 0, 0)
    assert well()


def test_a_hold_keeps_back_at_most_what_is_there(with_credits):
    org = with_credits(40)
    hold(org, 15)
    assert pools(org)[3] == 40
    with pytest.raises(InsufficientCredits):
        hold(org)
    assert well()


@pytest.mark.parametrize(("credits", "starts"), [(5, True), (4, False), (0, False)])
def test_fewer_than_five_free_credits_start_nothing(with_credits, credits, starts):
    org = with_credits(credits)
    if starts:
        hold(org)
        assert pools(org)[3] == credits
    else:
        with pytest.raises(InsufficientCredits):
            hold(org)
        assert pools(org)[3] == 0


@pytest.mark.parametrize(
    ("seconds", "abandoned", "charge"),
    [
        (29, False, 5),
        (30, False, 10),
        (61, False, 20),
        (29, True, 3),
        (61, True, 10),
        (600, True, 50),
    ],
)
def test_an_interview_is_charged_by_the_price_table(org, seconds, abandoned, charge):
    session = hold(org)
    assert settle(org, session, seconds, abandoned=abandoned) == charge
    assert pools(org) == (1_000 - charge, 600, 0, 0)


def test_the_ledger_says_what_a_charge_was_for(org):
    settle(org, hold(org), 61, abandoned=True)
    settle(org, hold(org), 10)
    words = db.session.execute(
        select(CreditEntry.description).where(CreditEntry.kind == "charge").order_by("seq")
    )
    assert list(words.scalars()) == [
        "Interview, abandoned, 2 minutes billed: Autumn",
        "Interview, billed as under 30 seconds: Autumn",
    ]


def test_settling_again_gives_the_first_charge_and_takes_nothing(org):
    session = hold(org)
    settle(org, session, 61)
    before = entries(org)
    assert settle(org, session, 6_000) == 20
    assert entries(org) == before


def test_what_was_never_held_is_not_charged(org):
    assert settle(org, new_id(), 600) == 0
    assert pools(org) == (1_000, 600, 0, 0)


def test_a_charge_is_capped_at_what_is_there_and_says_so(with_credits):
    org = with_credits(50)
    session = hold(org)
    assert settle(org, session, 3_600) == 50
    assert pools(org) == (0, 0, 0, 0)
    last = db.session.execute(select(CreditEntry.description).order_by(CreditEntry.seq.desc()))
    assert "550 of 600 credits were unavailable and not charged" in last.scalars().first()
    assert well()


def test_a_charge_takes_nothing_that_other_interviews_hold(with_credits):
    org = with_credits(100)
    one, other = hold(org, 6), hold(org, 6)
    assert pools(org)[3] == 100
    assert settle(org, one, 3_600) == 60
    assert settle(org, other, 3_600) == 40
    assert well()


def test_debits_empty_what_expires_first(org):
    ledger.grant_credits(org, 1_000, "admin:1", "Gift")
    session = hold(org, 200)
    assert settle(org, session, 200 * 60) == 2_000
    assert pools(org) == (0, 0, 600, 0)
    assert [e for e in entries(org) if e[0] == "charge"] == [
        ("charge", "monthly", -1_000), ("charge", "starter", -600), ("charge", "topup", -400),
    ]  # fmt: skip
    assert well()


def test_a_waived_interview_costs_nothing_and_cannot_be_charged_later(org):
    session = hold(org)
    for _ in range(2):
        with transaction():
            ledger.release_hold(org, session, title="Autumn")
        assert settle(org, session, 600) == 0
    assert pools(org) == (1_000, 600, 0, 0)
    assert entries(org)[2:] == [("charge", "monthly", 0)]
    assert "an error on our side, not charged: Autumn" in last(org)
    assert well()


def test_an_interview_that_was_charged_is_not_waived_later(org):
    session = hold(org)
    assert settle(org, session, 61) == 20
    with transaction():
        ledger.release_hold(org, session, title="Autumn")
    assert entries(org)[2:] == [("charge", "monthly", -20)]


def test_taking_back_where_nothing_is_free_is_done_with(with_credits):
    org = with_credits(0)
    ledger.remove_credits(org, 50, "admin:back", "Back")
    ledger.grant_credits(org, 100, "admin:gift", "Gift")
    ledger.remove_credits(org, 50, "admin:back", "Back")
    assert pools(org) == (0, 0, 100, 0)
    assert ("adjust", "monthly", 0) in entries(org)
    assert well()


@pytest.mark.parametrize("kind", ["grant", "reset", "purchase", "refund", "expire"])
def test_no_other_movement_is_of_nothing(org, kind):
    with pytest.raises(DBAPIError), transaction():
        post_entries(lock_account(org), {}, ledger.Movement(kind, "x", "Nothing"))
        db.session.flush()


def test_the_same_reference_gives_and_takes_only_once(org):
    for _ in range(3):
        ledger.grant_credits(org, 100, "admin:gift", "Gift")
        ledger.remove_credits(org, 30, "admin:back", "Back")
    assert pools(org) == (970, 600, 100, 0)


def test_nothing_is_taken_back_that_is_held(with_credits):
    org = with_credits(100)
    hold(org, 6)
    ledger.remove_credits(org, 1_000, "admin:all", "All")
    assert sum(pools(org)[:3]) == 60
    assert well()


def test_warnings_follow_the_balance(with_credits, ann):
    assert build_warning(ledger.get_account(ann.actor)) == ("info", "")
    with_credits(250)
    assert build_warning(ledger.get_account(ann.actor))[0] == "warning"
    ledger.remove_credits(ann.actor.org_id, 200, "test:more", "More")
    severity, words = build_warning(ledger.get_account(ann.actor))
    assert severity == "critical"
    assert "50 credits" in words


def test_the_ledger_is_listed_newest_first_and_for_its_own_organization(ann, ben):
    ledger.grant_credits(ann.actor.org_id, 5, "admin:x", "Gift")
    listed = ledger.list_entries(ann.actor, pagination.Window(limit=1))
    assert listed.items[0].description == "Gift"
    assert listed.total == 3
    assert {row.org_id for row in ledger.list_entries(ben.actor).items} == {ben.actor.org_id}


@pytest.mark.parametrize(
    "act", ["UPDATE credit_entry SET amount = 1", "DELETE FROM credit_entry"]
)
def test_the_ledger_refuses_to_be_changed(org, act):
    before = entries(org)
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(text(act))
    assert entries(org) == before


def test_building_blocks_ask_for_an_open_transaction(org):
    for act in (
        lambda: ledger.hold_credits(org, new_id(), 1),
        lambda: ledger.settle_hold(org, new_id(), 1, abandoned=False, title=""),
        lambda: ledger.release_hold(org, new_id(), title="T"),
    ):
        with pytest.raises(RuntimeError, match="inside a transaction"):
            act()


def test_sixty_four_threads_spend_every_credit_once(app, org):
    ledger.remove_credits(org, 600, "test:leave", "A thousand are left")
    barrier, outcomes = threading.Barrier(64), []

    def spend(number):
        barrier.wait()
        with app.app_context():
            ledger.grant_credits(org, 200, "admin:shared", "All of us, once")
            for _ in range(3):
                try:
                    session = hold(org, 1)
                except InsufficientCredits:
                    outcomes.append("poor")
                    continue
                outcomes.append(settle(org, session, 45))
                assert settle(org, session, 45) == 10

    with ThreadPoolExecutor(64) as threads:
        list(threads.map(spend, range(64)))
    assert outcomes.count(10) == 120
    assert outcomes.count("poor") == 64 * 3 - 120
    assert pools(org) == (0, 0, 0, 0)
    charges = db.session.execute(select(func.count()).where(CreditEntry.kind == "charge"))
    assert charges.scalar_one() == 120
    assert well()


def test_holding_again_holds_nothing_more(org):
    session = hold(org, 15)
    hold(org, 20, session)
    assert pools(org)[3] == 150
    settle(org, session, 61)
    hold(org, 20, session)
    assert pools(org) == (980, 600, 0, 0)
    assert well()
