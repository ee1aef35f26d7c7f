"""Credits of a month: reset when it is over, never added up, one grant for each."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from interviewrelay.accounts import accounts
from interviewrelay.billing import ledger, representation
from interviewrelay.billing.balance import lock_account, post_entries
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InsufficientCredits
from interviewrelay.models import CreditEntry
from tests.billing.test_ledger import entries, hold, pools, settle, well


def at(day, hour=12):
    return clock.freeze_at(datetime(*day, hour, tzinfo=UTC))


@pytest.fixture
def january(app):
    with at((2024, 1, 15)), transaction():
        return accounts.add_organization("New", plan="starter").id


def test_a_new_month_resets_the_pool_and_never_adds_it_up(january):
    with at((2024, 1, 20)):
        settle(january, hold(january), 600)
        assert ledger.renew_due_accounts() == 0
    with at((2024, 2, 1), 0):
        assert ledger.renew_due_accounts() == 1
        assert ledger.renew_due_accounts() == 0
    assert pools(january) == (1_000, 600, 0, 0)
    assert entries(january)[-2:] == [("expire", "monthly", -900), ("reset", "monthly", 1_000)]


@pytest.mark.parametrize("held", [0, 300])
def test_looking_shows_a_new_month_before_anybody_has_entered_it(january, held):
    with at((2024, 1, 20)):
        ledger.remove_credits(january, 1_300, "test:most", "Most")
        if held:
            hold(january, held // 10)
    before = entries(january)
    with at((2024, 2, 1), 0):
        shown = representation.Credits.read(ledger.get_organization_account(january))
        assert (shown["monthly_credits"], shown["starter_credits"]) == (1_000, 300)
        assert shown["monthly_credits_reset_at"] == "2024-03-01T00:00:00.000Z"
        assert shown["updated_at"] == "2024-02-01T00:00:00.000Z"
        assert shown["needs_topup"] is False
        assert entries(january) == before
        ledger.renew_due_accounts()
        assert representation.Credits.read(ledger.get_organization_account(january)) == shown
    assert well()


def test_a_clock_that_jumps_gives_one_grant_a_month(january):
    for day in (
        (2024, 2, 10),
        (2024, 2, 8),
        (2024, 1, 30),
        (2024, 2, 29),
        (2024, 4, 1),
        (2024, 3, 31),
    ):
        with at(day):
            ledger.renew_due_accounts()
            settle(january, hold(january), 600)
    resets = db.session.execute(
        select(CreditEntry.reference).where(CreditEntry.kind == "reset")
    ).scalars()
    assert sorted(resets) == ["grant:2024-02", "grant:2024-04"]
    assert well()


def test_a_start_in_a_new_month_draws_on_its_credits_at_once(january):
    with at((2024, 1, 20)):
        ledger.remove_credits(january, 1_600, "test:all", "All")
        with pytest.raises(InsufficientCredits):
            hold(january)
    with at((2024, 2, 1)):
        hold(january)
    assert pools(january) == (1_000, 0, 0, 150)


def test_a_month_that_ends_takes_nothing_that_an_interview_holds(january):
    with at((2024, 1, 31)):
        ledger.remove_credits(january, 1_500, "test:most", "Most")
        session = hold(january, 15)
    assert pools(january) == (0, 100, 0, 100)
    with at((2024, 2, 1)):
        ledger.renew_due_accounts()
        assert settle(january, session, 900) == 150
    assert well()


def test_credits_that_are_held_outlive_a_month_whose_amount_is_gone(january):
    with at((2024, 1, 31)):
        ledger.remove_credits(january, 1_600, "test:all", "All")
        with transaction():
            account = lock_account(january)
            post_entries(account, {"monthly": 60}, ledger.Movement("grant", "g", "Late"))
        session = hold(january, 4)
        with transaction():
            lock_account(january).monthly_amount = 0
    with at((2024, 2, 1)):
        ledger.renew_due_accounts()
        assert pools(january) == (40, 0, 0, 40)
        assert well()
        assert settle(january, session, 240) == 40
    assert well()


@pytest.mark.parametrize(
    ("moments", "months"),
    [
        (
            ["2024-01-20T00:00", "2024-02-29T00:00", "2024-02-27T00:00"],
            ["2024-02"],
        ),  # 40 days on
        (
            ["2024-02-01T00:00", "2024-01-30T00:00", "2024-02-01T12:00"],
            ["2024-02"],
        ),  # 2 days back
        (["2024-02-28T23:59", "2024-02-29T00:00", "2024-03-01T00:00"], ["2024-02", "2024-03"]),
        (
            ["2024-03-31T00:59", "2024-03-31T01:00", "2024-03-31T02:00"],
            ["2024-03"],
        ),  # summer time
        (["2024-10-27T00:30", "2024-10-27T01:30", "2024-10-27T00:45"], ["2024-10"]),
        (["2024-12-31T23:59", "2025-01-01T00:00"], ["2024-12", "2025-01"]),
    ],
)
def test_each_month_is_given_once_wherever_the_clock_jumps(january, moments, months):
    for moment in moments * 2:
        with clock.freeze_at(clock.start_of(clock.parse_iso(moment))):
            ledger.renew_due_accounts()
            settle(january, hold(january, 1), 45)
    resets = db.session.execute(
        select(CreditEntry.reference).where(CreditEntry.kind == "reset")
    ).scalars()
    assert sorted(resets) == [f"grant:{month}" for month in months]
    assert well()
