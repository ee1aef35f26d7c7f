"""The administrator's summary of all organizations."""

import pytest
from sqlalchemy import literal, select, update

from interviewrelay.accounts import accounts
from interviewrelay.billing import ledger, representation, server_summary
from interviewrelay.billing.balance import lock_account
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Forbidden
from interviewrelay.models import CreditAccount
from interviewrelay.organizations import plans
from tests.conftest import HASHED


@pytest.fixture
def root(app):
    with transaction():
        organization = accounts.add_organization("Operations", plan="free")
        user = accounts.add_user("root@ops.example", "Root", HASHED(), system_admin=True)
        member = accounts.add_member(organization, user, "owner")
    return accounts.build_actor(member)


def test_it_is_for_administrators_of_the_server_only(ann):
    with pytest.raises(Forbidden):
        server_summary.get_credit_summary(ann.actor)


def test_figures_low_accounts_alerts_and_the_latest_movements(root, ann, ben):
    ledger.remove_credits(ann.actor.org_id, 1_565, "test:most", "Most")
    ledger.remove_credits(ben.actor.org_id, 1_350, "test:most", "Most")
    ledger.grant_credits(ben.actor.org_id, 20, "test:gift", "Gift")
    made = representation.credit_summary(server_summary.get_credit_summary(root))
    assert made["summary"] == {
        "totalOrganizations": 3, "totalStarterCredits": 600 + 35 + 250, "totalMonthlyCredits": 100,
        "totalTopupCredits": 20, "totalCredits": 1_005, "lowBalanceCount": 2, "criticalBalanceCount": 1,
    }  # fmt: skip
    assert [(r["organizationSlug"], r["total"], r["severity"]) for r in made["lowBalanceOrganizations"]] == [
        ("alder", 35, "critical"), ("birch", 270, "warning"),
    ]  # fmt: skip
    assert made["alerts"][0] == {
        "organizationId": ann.actor.org_id,
        "severity": "critical",
        "message": "Alder has only 35 credits remaining",
    }
    first = made["recentTransactions"][0]
    assert (first["description"], first["organizationName"]) == ("Gift", "Birch")


def test_a_month_that_nobody_has_entered_yet_is_in_the_figures(root, ann, ben):
    for owner in (ann, ben):
        ledger.remove_credits(owner.actor.org_id, 1_580, "test:most", "Most")
    with transaction():
        ledger.hold_credits(ben.actor.org_id, "01a20e90-6e08-7283-9beb-7fecb39d2def", 2)
        lock_account(ben.actor.org_id).monthly_amount = 10
    before = server_summary.get_credit_summary(root)
    assert (before.monthly, before.low, before.critical) == (100, 2, 2)
    with clock.freeze_at(clock.next_month(clock.now())):
        after = server_summary.get_credit_summary(root)
        assert (after.monthly, after.low, after.critical) == (1_000 + 10 + 100, 1, 1)
        [(low, _)] = after.low_accounts
        assert (low.org_id, ledger.balance(low)) == (ben.actor.org_id, 30)
        assert low.monthly_reset_at > clock.now()


@pytest.mark.parametrize("amount", [0, 100, 1_000, 5_000, 7_777])
def test_the_database_reckons_severity_as_the_plans_do(ann, amount):
    for total in (0, 99, 100, 249, 250, 299, 300, 388, 389, 999, 1_000, 1_555, 1_556):
        with transaction():
            db.session.execute(
                update(CreditAccount).values(
                    starter=total, monthly=0, topup=0, monthly_amount=amount
                )
            )
        found = db.session.execute(
            select(
                server_summary.severity_column(CreditAccount.starter), literal(1)
            ).select_from(CreditAccount)
        ).first()
        assert found[0] == plans.get_severity(total, amount), (total, amount)
