"""What becomes of invites: counted where it happens, by whoever comes first; reminders by the clock."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from interviewrelay.campaigns import campaigns, representation as campaign_representation
from interviewrelay.campaigns.invites import counters, invites, reminders
from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import Refusal
from interviewrelay.interviews import interviews
from interviewrelay.mail import outbox
from interviewrelay.models import Campaign
from interviewrelay.notifications import mail_delivery
from interviewrelay.operations import consistency_check
from interviewrelay.organizations import access
from interviewrelay.privacy import erasure
from tests.factories import a_campaign, an_interview, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=8)


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def figures(campaign):
    db.session.expire_all()
    stats = campaign_representation.Stats.read(db.session.get(Campaign, campaign.id))
    assert not any(consistency_check.run_checks().values())
    return tuple(
        stats[name] for name in ("invites_sent", "started", "pending", "cancelled", "expired")
    )


def at_once(app, *acts):
    """Each in a thread of its own; what each refused, if it did."""
    barrier = Barrier(len(acts))

    def run(act):
        with app.app_context():
            barrier.wait()
            try:
                act()
            except Refusal as refusal:
                return refusal.code
            return None

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_an_invite_that_expired_is_counted_once_and_revived_by_an_extension(services, campaign):
    with clock.freeze_at(NOON):
        row, _ = an_invite(services, campaign)
        an_invite(services, campaign, "test@x.example", test=True)
        assert counters.mark_expired() == 0
        assert figures(campaign) == (1, 0, 1, 0, 0)
    with clock.freeze_at(LATER):
        assert (counters.mark_expired(), counters.mark_expired()) == (2, 0)
        assert figures(campaign) == (1, 0, 0, 0, 1)
        invites.extend_invite(row, 2)
        assert figures(campaign) == (1, 0, 1, 0, 0)
    with clock.freeze_at(LATER + timedelta(hours=3)):
        assert counters.mark_expired() == 1
        invites.cancel_invite(row)
        assert figures(campaign) == (1, 0, 0, 1, 0)


def test_cancelling_after_the_start_or_withdrawing_leaves_the_counters_right(
    services, campaign
):
    invites.cancel_invite(an_interview(services, campaign, email="a@x.example").invite)
    assert figures(campaign) == (1, 1, 0, 0, 0)
    erasure.withdraw_participant(services, an_invite(services, campaign, "b@x.example")[0])
    assert figures(campaign) == (2, 1, 0, 1, 0)
    erasure.withdraw_participant(
        services, an_interview(services, campaign, email="c@x.example").invite
    )
    assert figures(campaign) == (3, 2, 0, 1, 0)


def test_a_test_invite_stands_in_nobodys_way_and_is_counted_nowhere(services, campaign):
    tried, _ = an_invite(services, campaign, test=True)
    real, _ = an_invite(services, campaign)
    assert tried.id != real.id
    assert an_invite(services, campaign, test=True)[0].id == tried.id
    interviews.start_interview(tried, agreed=True)
    interviews.complete_interview(tried)
    assert figures(campaign) == (1, 0, 1, 0, 0)


def test_two_cancels_at_once_count_one(app, services, campaign):
    row, _ = an_invite(services, campaign)
    assert at_once(app, *[lambda: invites.cancel_invite(row)] * 4) == [None] * 4
    assert figures(campaign) == (1, 0, 0, 1, 0)


@pytest.mark.parametrize("turn", range(5))
def test_a_cancel_against_a_start_ends_one_way_or_the_other(app, services, campaign, turn):
    row, token = an_invite(services, campaign)

    def start():
        interviews.start_interview(
            access.get_participant_invite(services.ring, token), agreed=True
        )

    _, refused = at_once(app, lambda: invites.cancel_invite(row), start)
    started = refused is None
    assert refused in (None, "INVITE_CANCELLED")
    assert figures(campaign) == (1, int(started), 0, int(not started), 0)
    assert (
        invites.get_status(access.get_participant_invite(services.ring, token)) == "cancelled"
    )


def test_an_extension_against_the_expiry_leaves_the_counters_right(app, services, campaign):
    with clock.freeze_at(NOON):
        row, _ = an_invite(services, campaign)

    def noted():
        with clock.freeze_at(LATER):
            counters.mark_expired()

    def extended():
        with clock.freeze_at(LATER):
            invites.extend_invite(row, 5)

    assert at_once(app, noted, extended, noted) == [None] * 3
    with clock.freeze_at(LATER):
        assert figures(campaign) == (1, 0, 1, 0, 0)


def test_no_more_start_at_once_than_the_campaign_wants(app, services, ann):
    campaign = a_campaign(ann, max_sessions=2)
    tokens = [an_invite(services, campaign, f"p{n}@x.example")[1] for n in range(5)]

    def start(token):
        interviews.start_interview(
            access.get_participant_invite(services.ring, token), agreed=True
        )

    refused = at_once(app, *[lambda t=token: start(t) for token in tokens])
    assert sorted(map(str, refused)) == ["CAMPAIGN_NOT_ACTIVE"] * 3 + ["None"] * 2
    assert figures(campaign)[1] == 2


def test_nobody_starts_before_the_campaign_does(services, ann):
    campaign = a_campaign(ann, starts_at=NOON + timedelta(hours=1))
    with clock.freeze_at(NOON):
        row, _ = an_invite(services, campaign)
        with pytest.raises(Refusal, match="not open"):
            interviews.start_interview(row, agreed=True)
    with clock.freeze_at(NOON + timedelta(hours=1)):
        assert interviews.start_interview(row, agreed=True)[1]


def reminded(services, ann, *, at):
    with clock.freeze_at(at):
        sent = reminders.queue_due_reminders(services.ring)
    return sent, [
        m.invite.email for m in outbox.list_mails(ann.actor).items if m.kind == "reminder"
    ]


def test_the_campaigns_own_reminder_comes_once_to_those_who_were_mailed(services, ann):
    campaign = a_campaign(ann, reminder_hours_before=24)
    with clock.freeze_at(NOON):
        waits, _ = an_invite(services, campaign, "waits@x.example", send_email=True)
        goes, _ = an_invite(services, campaign, "goes@x.example", send_email=True)
        an_invite(services, campaign, "link@x.example")
        an_invite(services, campaign, "test@x.example", test=True)
        interviews.start_interview(goes, agreed=True)
    assert reminded(services, ann, at=NOON + timedelta(hours=143))[0] == 0
    assert reminded(services, ann, at=NOON + timedelta(hours=144)) == (1, ["waits@x.example"])
    assert reminded(services, ann, at=NOON + timedelta(hours=145))[0] == 0
    with clock.freeze_at(NOON + timedelta(hours=150)):
        invites.extend_invite(waits, 100)
    assert reminded(services, ann, at=NOON + timedelta(hours=260))[0] == 0


def test_no_reminder_follows_on_the_heels_of_another_or_of_the_invite_itself(services, ann):
    campaign = a_campaign(ann, reminder_hours_before=24)
    short = a_campaign(ann, reminder_hours_before=24, invite_valid_hours=12)
    with clock.freeze_at(NOON):
        an_invite(services, campaign, "a@x.example", send_email=True)
        an_invite(services, short, "b@x.example", send_email=True)
    assert reminded(services, ann, at=NOON + timedelta(hours=1))[0] == 0
    with clock.freeze_at(NOON + timedelta(hours=143)):
        assert reminders.queue_reminders(services.ring, campaign) == 1
    assert reminded(services, ann, at=NOON + timedelta(hours=144))[0] == 0
    assert reminded(services, ann, at=NOON + timedelta(hours=167))[0] == 1


def test_a_paused_campaign_reminds_nobody_by_itself(services, ann):
    campaign = a_campaign(ann, reminder_hours_before=24)
    with clock.freeze_at(NOON):
        an_invite(services, campaign, send_email=True)
    campaigns.set_campaign_status(campaign, "paused")
    assert reminded(services, ann, at=NOON + timedelta(hours=150))[0] == 0


def test_a_reminder_is_worded_as_one(services, campaign):
    an_invite(services, campaign)
    reminders.queue_reminders(services.ring, campaign, "Please do")
    mail_delivery.deliver_due_mails(services)
    letter = services.mailer.letters[-1]
    assert (letter.kind, letter.subject[:13]) == ("reminder", "Reminder from")
