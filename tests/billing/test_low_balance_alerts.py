"""Owners are told when credits run low: once for each way down, and of who could not begin."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from interviewrelay.accounts import accounts
from interviewrelay.billing import ledger, subscriptions
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InsufficientCredits
from interviewrelay.interviews import interviews
from interviewrelay.models import Mail
from interviewrelay.notifications import mail_delivery
from tests.billing.test_ledger import hold, settle
from tests.conftest import HASHED
from tests.factories import a_campaign, an_interview, an_invite


def told():
    """Subjects of the notices, in order."""
    rows = db.session.execute(
        select(Mail).where(Mail.invite_id.is_(None)).order_by(Mail.created_at, Mail.id)
    )
    return [row.facts["subject"] for row in rows.scalars()]


@pytest.fixture
def org(ann):
    """1,600 credits, 1,000 a month."""
    return ann.actor.org_id


def take(org, credits, reference):
    ledger.remove_credits(org, credits, f"test:{reference}", "Taken")


def warned_at(org):
    return ledger.get_organization_account(org).last_low_balance_warning_at


def test_each_level_on_the_way_down_is_told_once(org):
    for number, credits in enumerate((1_300, 1, 100, 100, 1, 90, 8)):
        take(org, credits, number)
    assert told() == ["Credits are low", "Credits have almost run out"]


def test_a_fall_through_both_levels_is_told_once(org):
    take(org, 1_597, "most")
    assert told() == ["Credits have run out"]


def test_a_new_way_down_is_told_again(org):
    take(org, 1_550, 1)
    ledger.grant_credits(org, 100, "gift:1")  # critical to warning: up, so nothing is said
    take(org, 100, 2)
    ledger.grant_credits(org, 1_000, "gift:2")
    take(org, 900, 3)
    assert told() == ["Credits have almost run out"] * 2 + ["Credits are low"]


def test_the_moment_of_the_last_warning_is_kept(org):
    assert warned_at(org) is None
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    with clock.freeze_at(moment):
        take(org, 1_400, 1)
    with clock.freeze_at(moment + timedelta(days=1)):
        take(org, 1, 2)
    assert warned_at(org) == moment


def test_a_charge_tells_too(org):
    take(org, 1_300, 1)
    settle(org, hold(org), 600)
    assert told() == ["Credits are low"]


def test_a_month_that_expires_tells_and_the_new_one_ends_it(app, ann):
    org = ann.actor.org_id
    take(org, 1_550, 1)
    later = clock.next_month(clock.now())
    with clock.freeze_at(later):
        ledger.renew_due_accounts()
        assert ledger.get_organization_account(org).warned == "info"
        subscriptions.change_plan(ann.membership.organization, "enterprise", monthly_credits=1)
    with clock.freeze_at(clock.next_month(later)):
        ledger.renew_due_accounts()
    assert told() == ["Credits have almost run out"] * 2


def test_every_owner_is_told_and_nobody_else(app, ann, vic, org):
    with transaction():
        user = accounts.add_user("olga@alder.example", "Olga", HASHED())
        accounts.add_member(ann.membership.organization, user, "owner")
    take(org, 1_400, 1)
    to = db.session.execute(select(Mail.recipient)).scalars()
    assert set(to) == {"ann@alder.example", "olga@alder.example"}


def test_the_mail_says_what_is_left_and_where_to_go(org, services, mailer):
    take(org, 1_400, 1)
    assert mail_delivery.deliver_due_mails(services) == 1
    letter = mailer.letters[0]
    assert (letter.to, letter.kind) == ("ann@alder.example", "credits")
    assert letter.subject == "Alder: Credits are low"
    assert "You have only 200 credits left" in letter.facts["sentence"]
    assert letter.facts["url"].endswith("/credits")


def test_who_could_not_begin_is_told_of_once_a_day(ann, services, org):
    campaign = a_campaign(ann)
    take(org, 1_600, 1)
    for day in (0, 0, 1):
        with clock.freeze_at(clock.now() + timedelta(days=day)):
            invite, _ = an_invite(services, campaign, f"{day}@x.example")
            with pytest.raises(InsufficientCredits):
                interviews.start_interview(invite, agreed=True)
    assert told() == ["Credits have run out"] + ["An interview could not start"] * 2


def test_what_is_held_is_told_of_where_somebody_could_not_begin(ann, services, org):
    campaign = a_campaign(ann)
    take(org, 1_450, 1)
    an_interview(services, campaign, email="one@x.example")
    invite, _ = an_invite(services, campaign, "two@x.example")
    with pytest.raises(InsufficientCredits):
        interviews.start_interview(invite, agreed=True)
    last = db.session.execute(select(Mail).order_by(Mail.created_at.desc(), Mail.id.desc()))
    assert "150 more are reserved" in last.scalars().first().facts["sentence"]
