"""Another plan: more credits at once and once, fewer from the next month on."""

from datetime import UTC, datetime

import pytest

from interviewrelay.accounts import accounts
from interviewrelay.billing import ledger, subscriptions
from interviewrelay.core import clock
from interviewrelay.core.db.session import transaction
from interviewrelay.core.errors import InvalidParameter
from tests.billing.test_ledger import entries, hold, pools, settle, well

JANUARY, FEBRUARY = datetime(2024, 1, 15, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)


@pytest.fixture
def made(app):
    with clock.freeze_at(JANUARY), transaction():
        return accounts.add_organization("New", plan="starter")


def change(made, plan, at=JANUARY, **more):
    with clock.freeze_at(at):
        return subscriptions.change_plan(made, plan, **more)


def test_a_larger_plan_gives_what_is_missing_at_once_and_once(made):
    with clock.freeze_at(JANUARY):
        settle(made.id, hold(made.id), 600)
    for plan in ("professional", "starter", "professional", "free", "professional"):
        change(made, plan)
    assert pools(made.id) == (4_900, 600, 0, 0)
    assert entries(made.id)[-1] == ("grant", "monthly", 4_000)
    assert well()


def test_a_smaller_plan_begins_with_the_next_month(made):
    row = change(made, "free")
    assert (row.monthly, row.monthly_amount) == (1_000, 100)
    with clock.freeze_at(FEBRUARY):
        ledger.renew_due_accounts()
    assert pools(made.id) == (100, 600, 0, 0)
    change(made, "starter", FEBRUARY)
    assert pools(made.id) == (1_000, 600, 0, 0)
    assert well()


def test_a_plan_that_changes_in_a_month_not_yet_begun_begins_it(made):
    change(made, "professional", FEBRUARY)
    assert pools(made.id) == (5_000, 600, 0, 0)
    assert [e for e in entries(made.id) if e[1] == "monthly"] == [
        ("grant", "monthly", 1_000), ("expire", "monthly", -1_000),
        ("reset", "monthly", 1_000), ("grant", "monthly", 4_000),
    ]  # fmt: skip
    assert well()


def test_enterprise_has_amounts_of_its_own(made):
    row = change(made, "enterprise", monthly_credits=20_000, requests_per_hour=7)
    assert (row.monthly, row.monthly_amount) == (20_000, 20_000)
    with clock.freeze_at(FEBRUARY):
        ledger.renew_due_accounts()
    assert pools(made.id)[0] == 20_000
    with pytest.raises(InvalidParameter, match="Only the Enterprise plan"):
        change(made, "free", monthly_credits=1)
    with pytest.raises(InvalidParameter):
        change(made, "gold")
