"""How many mails leave: by the plan of the organization, and to one person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from interviewrelay.billing import subscriptions
from interviewrelay.campaigns.invites import invites, reminders
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import PlanLimitReached, RateLimited
from interviewrelay.models import Invite, Mail
from interviewrelay.organizations import access, plans
from interviewrelay.privacy import erasure
from tests.factories import a_campaign, an_invite

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)


def at(**later):
    return clock.freeze_at(NOON + timedelta(**later))


def people(number, first=0):
    return [invites.Invitee(f"p{n}@x.example") for n in range(first, first + number)]


def mails():
    release_connection()
    return db.session.execute(select(func.count(Mail.id))).scalar_one()


@pytest.fixture
def campaign(ann):
    subscriptions.change_plan(ann.membership.organization, "free")
    with at():
        return a_campaign(ann, invite_valid_hours=8_000)


@pytest.fixture
def invite(services, campaign):
    def ask(number, first=0, **more):
        return invites.create_invites(services.ring, campaign, people(number, first), **more)

    return ask


def test_a_plan_allows_so_many_mails_in_24_hours(invite):
    with at():
        assert invite(60).sent == 60
    with at(hours=1), pytest.raises(RateLimited) as refused:
        invite(41, first=60)
    assert "You can send 40 now, but this needs 41" in refused.value.message
    assert refused.value.details == {"plan": "free", "limit": 100}
    assert refused.value.headers["Retry-After"] == str(23 * 3600)
    with at(hours=1):
        assert invite(40, first=60).sent == 40
        with pytest.raises(RateLimited):
            invite(1, first=100)
    assert mails() == 100
    with at(hours=24):
        assert invite(60, first=100).sent == 60
        with pytest.raises(RateLimited) as refused:
            invite(1, first=160)
    assert refused.value.headers["Retry-After"] == "3600"


def test_more_than_a_plan_ever_allows_at_once_is_no_matter_of_waiting(invite):
    with at(), pytest.raises(PlanLimitReached) as refused:
        invite(101)
    assert "allows 100 emails in 24 hours, but this needs 101" in refused.value.message
    with at():
        assert invite(101, send_email=False).sent == 101
        assert invite(101).sent == 0, "who is invited already gets no second mail"
    assert mails() == 0


def test_enterprise_has_no_limit(services, ann):
    made = invites.create_invites(services.ring, a_campaign(ann), people(150))
    assert made.sent == 150


def test_one_person_gets_five_mails_in_24_hours(services, campaign, ann):
    with at():
        first, _ = an_invite(services, campaign, "Pat@x.example", send_email=True)
        for _ in range(3):
            invites.resend_invite(services.ring, first)
        other, _ = an_invite(services, a_campaign(ann), "pat@X.example", send_email=True)
    with at(minutes=1):
        for row in (first, other):
            with pytest.raises(RateLimited) as refused:
                invites.resend_invite(services.ring, row)
            assert refused.value.headers["Retry-After"] == str(24 * 3600 - 60)
        more = [invites.Invitee("PAT@x.example"), invites.Invitee("new@x.example")]
        made = invites.create_invites(services.ring, a_campaign(ann), more)
        assert [row.email for row in made.invites] == ["new@x.example"]
        assert made.errors == [{"email": "PAT@x.example", "reason": "TOO_MANY_MAILS"}]
        assert invites.create_invites(services.ring, campaign, more).invites[0].id == first.id
        assert reminders.queue_reminders(services.ring, campaign) == 1
    with at(hours=24):
        invites.resend_invite(services.ring, first)


def test_inviting_and_cancelling_in_turns_mails_nobody_more_often(services, campaign):
    with at():
        for _ in range(5):
            row, _ = an_invite(services, campaign, send_email=True)
            with transaction():
                db.session.execute(update(Mail).values(state="sent"))
            invites.cancel_invite(row)
        made = invites.create_invites(
            services.ring, campaign, [invites.Invitee("pat@example.com")]
        )
    assert made.errors == [{"email": "pat@example.com", "reason": "TOO_MANY_MAILS"}]


def test_reminders_go_as_far_as_the_plan_allows(services, invite, campaign):
    with at():
        invite(70)
    with at(hours=1):
        assert reminders.queue_reminders(services.ring, campaign) == 30
        with pytest.raises(RateLimited):
            reminders.queue_reminders(services.ring, campaign)
    waiting = select(Invite.email).where(Invite.reminded_at.is_(None))
    assert "p0@x.example" not in set(db.session.execute(waiting).scalars())
    with at(hours=24):
        assert reminders.queue_reminders(services.ring, campaign) == 40


def test_a_campaigns_own_reminders_wait_for_the_plan(services, ann, campaign):
    with at():
        slow = a_campaign(ann, invite_valid_hours=48, reminder_hours_before=24)
        invites.create_invites(services.ring, slow, people(10))
    with at(hours=24):
        invites.create_invites(services.ring, campaign, people(95, first=10))
        assert reminders.queue_due_reminders(services.ring) == 5
        assert reminders.queue_due_reminders(services.ring) == 0
    with at(hours=47, minutes=59):
        assert reminders.queue_due_reminders(services.ring) == 0
    with at(hours=24):
        erasure.erase_person(services, ann.actor, "p50@x.example")
        assert reminders.queue_due_reminders(services.ring) == 1


def test_eight_at_once_send_what_one_person_may_get(app, services, campaign):
    _, token = an_invite(services, campaign, send_email=True)
    barrier = Barrier(8)

    def resend(_):
        with app.app_context():
            mine = access.get_participant_invite(services.ring, token)
            barrier.wait()
            try:
                invites.resend_invite(services.ring, mine)
            except RateLimited:
                return False
            return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(resend, range(8))) == plans.MAILS_TO_ONE_PERSON - 1
    assert mails() == plans.MAILS_TO_ONE_PERSON
