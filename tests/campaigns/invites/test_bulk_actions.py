"""What is done to several invites: to each that it can be done to, and the rest with its reason."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from interviewrelay.campaigns import campaigns
from interviewrelay.campaigns.invites import bulk_actions, invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.mail import suppressions
from interviewrelay.models import Invite, Mail, Organization
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def chosen(services, ann, campaign):
    """One in each state, by it."""
    with clock.freeze_at(clock.now() - timedelta(days=8)):
        an_invite(services, campaign, "expired@x.example")
    for name in ("pending", "other", "cancelled"):
        an_invite(services, campaign, f"{name}@x.example")
    an_interview(services, campaign, email="started@x.example")
    a_finished_interview(services, campaign, "Well.", email="completed@x.example")
    rows = {row.email.split("@")[0]: row for row in invites.list_invites(campaign).items}
    invites.cancel_invite(rows["cancelled"])
    return bulk_actions.list_selected(campaign, [row.id for row in rows.values()])


def mails():
    return db.session.execute(select(func.count()).select_from(Mail)).scalar_one()


def left_out(done):
    return {email.split("@")[0]: why for why, all in done.left_out.items() for email in all}


def test_only_invites_of_the_campaign_can_be_chosen(services, ann, ben, campaign, chosen):
    theirs, _ = an_invite(services, a_campaign(ben), "b@x.example")
    other, _ = an_invite(services, a_campaign(ann), "o@x.example")
    ids = [theirs.id, other.id, "no id", chosen[0].id, chosen[0].id]
    assert [row.id for row in bulk_actions.list_selected(campaign, ids)] == [chosen[0].id]
    assert len(chosen) == 6


def test_links_are_mailed_again_once_a_form(services, chosen):
    form = new_id()
    done = bulk_actions.resend_invites(services.ring, chosen, form)
    assert (done.number, mails()) == (3, 3)
    assert left_out(done) == {
        "expired": "This invite is expired, so its link no longer works. Extend it first.",
        "cancelled": "This invite is cancelled, so its link no longer works.",
        "completed": "This invite is completed, so its link no longer works.",
    }
    assert bulk_actions.resend_invites(services.ring, chosen, form).number == 3
    assert mails() == 3
    bulk_actions.resend_invites(services.ring, chosen, new_id())
    assert mails() == 6


def test_they_are_extended_to_the_same_moment_however_often(services, campaign, chosen):
    now = clock.now().replace(microsecond=0)
    with clock.freeze_at(now):
        done = bulk_actions.extend_invites(chosen, 24 * 14)
        again = bulk_actions.extend_invites(chosen, 24 * 14)
    assert (done.number, again.number) == (4, 4)
    assert set(left_out(done)) == {"completed", "cancelled"}
    ends = db.session.execute(
        select(Invite.expires_at).where(Invite.email == "expired@x.example")
    )
    assert ends.scalar_one() == now + timedelta(days=14)
    assert left_out(bulk_actions.extend_invites(chosen, 1))["pending"] == (
        "This invite is already valid for longer. Choose a later date."
    )
    db.session.refresh(campaign)
    assert campaign.expired == 0


def test_cancelled_is_what_can_be(campaign, chosen):
    done = bulk_actions.cancel_invites(chosen)
    assert done.number == 4
    assert left_out(done) == {
        "completed": "This invite is already completed.", "cancelled": "This invite is already cancelled.",
    }  # fmt: skip
    db.session.refresh(campaign)
    assert campaign.cancelled == 4  # whose interview had begun is among the started


def test_only_the_missing_are_reminded(services, ann, campaign, chosen):
    suppressions.add_suppression(services.ring, ann.actor, "other@x.example")
    done = bulk_actions.remind_invites(services.ring, campaign, chosen)
    assert (done.number, mails()) == (1, 1)
    why = left_out(done)
    assert why["started"] == "The interview has started."
    assert why["expired"] == "The link has expired. Extend it first."
    assert "on the do-not-email list" in why["other"]
    assert set(why) == {"started", "completed", "cancelled", "expired", "other"}
    fresh = bulk_actions.list_selected(campaign, [row.id for row in chosen])
    again = bulk_actions.remind_invites(services.ring, campaign, fresh)
    assert (again.number, mails()) == (0, 1)
    assert left_out(again)["pending"] == "A reminder was sent within the last 24 hours."


def test_others_who_are_missing_are_left_alone(services, campaign, chosen):
    some = [row for row in chosen if row.email == "pending@x.example"]
    assert bulk_actions.remind_invites(services.ring, campaign, some).number == 1
    assert mails() == 1


def test_a_campaign_that_is_not_active_writes_to_nobody_and_says_why(
    services, campaign, chosen
):
    campaigns.set_campaign_status(campaign, "paused")
    done = bulk_actions.remind_invites(services.ring, campaign, chosen)
    assert (done.number, mails()) == (0, 0)
    assert "not active" in left_out(done)["pending"]
    assert (
        "not active" in left_out(bulk_actions.resend_invites(services.ring, chosen))["pending"]
    )


def test_where_the_plan_ends_the_rest_is_told(services, ann, campaign):
    with transaction():
        db.session.execute(update(Organization).values(plan="free"))
    people = [invites.Invitee(f"p{n}@x.example") for n in range(99)]
    invites.create_invites(services.ring, campaign, people)
    rows = invites.list_invites(campaign).items[:3]
    done = bulk_actions.resend_invites(services.ring, rows)
    assert (done.number, sum(map(len, done.left_out.values()))) == (1, 2)
    assert "allows 100 emails in 24 hours" in next(iter(done.left_out))
