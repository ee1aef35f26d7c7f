"""When a campaign takes somebody: its times, and as many completed interviews as it wants."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from interviewrelay.campaigns import campaigns
from interviewrelay.campaigns.invites import invites, reminders
from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import CampaignNotActive, CampaignOver
from interviewrelay.interviews import interviews
from interviewrelay.models import Mail
from interviewrelay.notifications import mail_delivery
from interviewrelay.organizations import access
from interviewrelay.privacy import erasure
from tests.campaigns.invites.test_invite_lifecycle import at_once
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_nobody_starts_after_the_end_and_who_has_begun_goes_on(services, ann):
    campaign = a_campaign(ann, ends_at=NOON)
    with clock.freeze_at(NOON - timedelta(seconds=1)):
        late, _ = an_invite(services, campaign, "late@x.example")
        begun = an_interview(services, campaign, "Well.", email="begun@x.example")
    with clock.freeze_at(NOON):
        with pytest.raises(CampaignOver):
            interviews.start_interview(late, agreed=True)
        assert interviews.answer_question(begun.invite, 4, "It took an hour.").saved.number == 4
        assert interviews.complete_interview(begun.invite).interview.status == "completed"


def test_after_the_end_nobody_is_written_to(services, ann, mailer):
    campaign = a_campaign(ann, ends_at=NOON, reminder_hours_before=100)
    with clock.freeze_at(NOON - DAY):
        invite, _ = an_invite(services, campaign, send_email=True)
    with clock.freeze_at(NOON):
        for act in (
            lambda: an_invite(services, campaign, "new@x.example"),
            lambda: invites.resend_invite(services.ring, invite),
            lambda: reminders.queue_reminders(services.ring, campaign),
        ):
            with pytest.raises(CampaignOver, match="1 May 2024"):
                act()
        mail_delivery.deliver_due_mails(services)
    with clock.freeze_at(NOON + 4 * DAY):
        assert reminders.queue_due_reminders(services.ring) == 0
    mail = db.session.execute(select(Mail)).scalar_one()
    assert (mail.state, mailer.letters) == ("failed", [])
    assert mail.last_error == "the campaign ended before this email was sent"


def test_a_later_end_opens_it_again(services, ann):
    campaign = a_campaign(ann, ends_at=NOON)
    with clock.freeze_at(NOON - DAY):
        invite, _ = an_invite(services, campaign)
    with clock.freeze_at(NOON):
        campaigns.change_campaign(campaign, {"ends_at": NOON + DAY})
        assert interviews.start_interview(invite, agreed=True)[1]


def test_before_the_start_mails_wait_and_links_last_from_then(services, ann, mailer):
    with clock.freeze_at(NOON):
        campaign = a_campaign(ann, starts_at=NOON + 3 * DAY, invite_valid_hours=24)
        invite, _ = an_invite(services, campaign, send_email=True)
        assert invite.expires_at == NOON + 4 * DAY
        assert mail_delivery.deliver_due_mails(services) == 0
    with clock.freeze_at(NOON + 3 * DAY):
        assert mail_delivery.deliver_due_mails(services) == 1
        assert interviews.start_interview(invite, agreed=True)[1]
    assert len(mailer.letters) == 1


def test_the_mail_says_until_when_one_can_begin(services, ann, mailer):
    with clock.freeze_at(NOON):
        campaign = a_campaign(ann, ends_at=NOON + DAY, custom_message="Dear all")
        an_invite(services, campaign, send_email=True)
        mail_delivery.deliver_due_mails(services)
    (letter,) = mailer.letters
    assert letter.expires_at == NOON + DAY
    assert letter.facts["custom_message"] == "Dear all"


def test_as_many_are_completed_as_are_wanted(services, ann):
    campaign = a_campaign(ann, max_completed=2)
    a_finished_interview(services, campaign, "Well.", email="a@x.example")
    held = an_interview(services, campaign, email="b@x.example")
    third, _ = an_invite(services, campaign, "c@x.example")
    with pytest.raises(CampaignNotActive) as refusal:  # who is under way holds the place
        interviews.start_interview(third, agreed=True)
    assert not isinstance(refusal.value, CampaignOver)
    interviews.complete_interview(held.invite)
    with pytest.raises(CampaignOver):
        interviews.start_interview(third, agreed=True)
    with pytest.raises(CampaignOver, match="2 completed interviews"):
        an_invite(services, campaign, "d@x.example")
    campaigns.change_campaign(campaign, {"max_completed": 3})
    assert interviews.start_interview(third, agreed=True)[1]


def test_a_place_is_free_again_when_somebody_leaves(services, ann):
    campaign = a_campaign(ann, max_completed=1)
    held = an_interview(services, campaign, email="a@x.example")
    other, _ = an_invite(services, campaign, "b@x.example")
    with pytest.raises(CampaignNotActive):
        interviews.start_interview(other, agreed=True)
    erasure.withdraw_participant(services, held.invite)
    assert interviews.start_interview(other, agreed=True)[1]


def test_tests_hold_no_place(services, ann):
    campaign = a_campaign(ann, max_completed=1)
    an_interview(services, campaign, email="a@x.example", test=True)
    assert an_interview(services, campaign, email="b@x.example").status == "in_progress"


def test_no_more_are_let_in_at_once_than_are_wanted(app, services, ann):
    campaign = a_campaign(ann, max_completed=3)
    a_finished_interview(services, campaign, "Well.", email="done@x.example")
    tokens = [an_invite(services, campaign, f"p{n}@x.example")[1] for n in range(6)]

    def start(token):
        interviews.start_interview(
            access.get_participant_invite(services.ring, token), agreed=True
        )

    refused = at_once(app, *[lambda t=token: start(t) for token in tokens])
    assert sorted(map(str, refused)) == ["CAMPAIGN_NOT_ACTIVE"] * 4 + ["None"] * 2
