"""What credits may be needed, and the wish to be warned earlier."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.billing import balance, credit_forecast, ledger, low_balance_alerts
from interviewrelay.campaigns import campaigns
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.models import Campaign, Mail
from tests.factories import a_campaign, a_finished_interview

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


def counters(campaign, **values):
    with transaction():
        db.session.execute(update(Campaign).where(Campaign.id == campaign.id).values(**values))
    db.session.expire_all()


def test_who_waits_costs_the_planned_length_until_three_are_completed(ann):
    campaign = a_campaign(ann)  # 15 minutes are planned: 150 credits
    counters(campaign, invites_sent=10, started=4, completed=2, completed_seconds=60)
    told = credit_forecast.build_forecast(ann.actor)
    assert (told.open_invites, told.all_come, told.likely) == (6, 900, 360)
    counters(campaign, completed=3, completed_seconds=3 * 61)
    assert credit_forecast.build_forecast(ann.actor).all_come == 6 * 20


def test_a_campaigns_own_length_and_its_quota_win(ann):
    campaign = a_campaign(ann, settings={"target_minutes": 2}, max_sessions=5)
    counters(campaign, invites_sent=10, started=4, cancelled=1, expired=1)
    told = credit_forecast.build_forecast(ann.actor)
    assert (told.open_invites, told.all_come) == (1, 20)


def test_only_active_campaigns_of_ones_own_count(ann, ben):
    campaign = a_campaign(ann)
    counters(campaign, invites_sent=10)
    assert credit_forecast.build_forecast(ben.actor).open_invites == 0
    campaigns.set_campaign_status(campaign, "paused")
    told = credit_forecast.build_forecast(ann.actor)
    assert (told.open_invites, told.all_come, told.likely) == (0, 0, 0)


def test_the_pace_is_that_of_the_last_two_weeks(services, ann):
    campaign = a_campaign(ann)
    for back, email in ((14, "old@x.example"), (13, "a@x.example"), (0, "b@x.example")):
        with clock.freeze_at(NOON - timedelta(days=back)):
            a_finished_interview(services, campaign, "Fine.", email=email)
    with clock.freeze_at(NOON):
        told = credit_forecast.build_forecast(ann.actor)
        free = balance.available_credits(ledger.get_account(ann.actor))
    assert told.free == free
    assert told.days_left == free * 14 // 10  # two interviews at 5 credits
    assert told.pace == 1


def test_nothing_used_is_no_pace(ann):
    told = credit_forecast.build_forecast(ann.actor)
    assert (told.pace, told.days_left) == (0, None)


def notices():
    return db.session.execute(select(Mail.facts).where(Mail.kind == "credits")).scalars().all()


def test_one_is_warned_earlier_and_told_at_once_where_it_is_so(ann):
    total = balance.total_balance(ledger.get_account(ann.actor))
    low_balance_alerts.set_warning_level(ann.actor, total)
    assert balance.build_warning(ledger.get_account(ann.actor)) == ("info", "")
    assert notices() == []
    low_balance_alerts.set_warning_level(ann.actor, total + 1)
    severity, sentence = balance.build_warning(ledger.get_account(ann.actor))
    assert severity == "warning"
    assert f"below your alert level of {total + 1:,}." in sentence
    assert len(notices()) == 1
    low_balance_alerts.set_warning_level(ann.actor, total + 2)
    assert len(notices()) == 1  # it did not get worse
    low_balance_alerts.set_warning_level(ann.actor, None)
    assert balance.build_warning(ledger.get_account(ann.actor)) == ("info", "")


def test_the_plans_own_rule_still_warns(ann):
    low_balance_alerts.set_warning_level(ann.actor, 1)
    with transaction():
        account = balance.lock_account(ann.actor.org_id)
        account.starter = account.topup = 0
        account.monthly = 50
        assert balance.build_warning(account)[0] == "critical"
        account.monthly = account.monthly_amount
        account.starter = 600
    assert balance.build_warning(ledger.get_account(ann.actor)) == ("info", "")


@pytest.mark.parametrize("wrong", [0, -1, low_balance_alerts.MOST + 1])
def test_a_threshold_out_of_range_is_refused(ann, wrong):
    with pytest.raises(InvalidParameter, match="whole number"):
        low_balance_alerts.set_warning_level(ann.actor, wrong)
