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
from interviewrelay.notifications import delivery
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
    stats = campaign_representation.stats(db.session.get(Campaign, campaign.id))
    assert not any(consistency_check.examine().values())
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


def test_an_invite_that_expired_is_counted_once_and_revived_by_an_extension(office, campaign):
    with clock.standing_at(NOON):
        row, _ = an_invite(office, campaign)
        an_invite(office, campaign, "test@x.example", test=True)
        assert counters.note_expired() == 0
        assert figures(campaign) == (1, 0, 1, 0, 0)
    with clock.standing_at(LATER):
        assert (counters.note_expired(), counters.note_expired()) == (2, 0)
        assert figures(campaign) == (1, 0, 0, 0, 1)
        invites.extend(row, 2)
        assert figures(campaign) == (1, 0, 1, 0, 0)
    with clock.standing_at(LATER + timedelta(hours=3)):
        assert counters.note_expired() == 1
        invites.cancel(row)
        assert figures(campaign) == (1, 0, 0, 1, 0)


def test_cancelling_after_the_start_or_withdrawing_leaves_the_counters_right(office, campaign):
    invites.cancel(an_interview(office, campaign, email="a@x.example").invite)
    assert figures(campaign) == (1, 1, 0, 0, 0)
    erasure.withdraw(office, an_invite(office, campaign, "b@x.example")[0])
    assert figures(campaign) == (2, 1, 0, 1, 0)
    erasure.withdraw(office, an_interview(office, campaign, email="c@x.example").invite)
    assert figures(campaign) == (3, 2, 0, 1, 0)


def test_a_test_invite_stands_in_nobodys_way_and_is_counted_nowhere(office, campaign):
    tried, _ = an_invite(office, campaign, test=True)
    real, _ = an_invite(office, campaign)
    assert tried.id != real.id
    assert an_invite(office, campaign, test=True)[0].id == tried.id
    interviews.start(tried, agreed=True)
    interviews.complete(tried)
    assert figures(campaign) == (1, 0, 1, 0, 0)


def test_two_cancels_at_once_count_one(app, office, campaign):
    row, _ = an_invite(office, campaign)
    assert at_once(app, *[lambda: invites.cancel(row)] * 4) == [None] * 4
    assert figures(campaign) == (1, 0, 0, 1, 0)


@pytest.mark.parametrize("turn", range(5))
def test_a_cancel_against_a_start_ends_one_way_or_the_other(app, office, campaign, turn):
    row, token = an_invite(office, campaign)

    def start():
        interviews.start(access.invite_of_participant(office.ring, token), agreed=True)

    _, refused = at_once(app, lambda: invites.cancel(row), start)
    started = refused is None
    assert refused in (None, "INVITE_CANCELLED")
    assert figures(campaign) == (1, int(started), 0, int(not started), 0)
    assert invites.status(access.invite_of_participant(office.ring, token)) == "cancelled"


def test_an_extension_against_the_expiry_leaves_the_counters_right(app, office, campaign):
    with clock.standing_at(NOON):
        row, _ = an_invite(office, campaign)

    def noted():
        with clock.standing_at(LATER):
            counters.note_expired()

    def extended():
        with clock.standing_at(LATER):
            invites.extend(row, 5)

    assert at_once(app, noted, extended, noted) == [None] * 3
    with clock.standing_at(LATER):
        assert figures(campaign) == (1, 0, 1, 0, 0)


def test_no_more_start_at_once_than_the_campaign_wants(app, office, ann):
    campaign = a_campaign(ann, max_sessions=2)
    tokens = [an_invite(office, campaign, f"p{n}@x.example")[1] for n in range(5)]

    def start(token):
        interviews.start(access.invite_of_participant(office.ring, token), agreed=True)

    refused = at_once(app, *[lambda t=token: start(t) for token in tokens])
    assert sorted(map(str, refused)) == ["CAMPAIGN_NOT_ACTIVE"] * 3 + ["None"] * 2
    assert figures(campaign)[1] == 2


def test_nobody_starts_before_the_campaign_does(office, ann):
    campaign = a_campaign(ann, starts_at=NOON + timedelta(hours=1))
    with clock.standing_at(NOON):
        row, _ = an_invite(office, campaign)
        with pytest.raises(Refusal, match="not open"):
            interviews.start(row, agreed=True)
    with clock.standing_at(NOON + timedelta(hours=1)):
        assert interviews.start(row, agreed=True)[1]


def reminded(office, ann, *, at):
    with clock.standing_at(at):
        sent = reminders.remind_due(office.ring)
    return sent, [
        m.invite.email for m in outbox.listing(ann.actor).items if m.kind == "reminder"
    ]


def test_the_campaigns_own_reminder_comes_once_to_those_who_were_mailed(office, ann):
    campaign = a_campaign(ann, reminder_hours_before=24)
    with clock.standing_at(NOON):
        waits, _ = an_invite(office, campaign, "waits@x.example", send_email=True)
        goes, _ = an_invite(office, campaign, "goes@x.example", send_email=True)
        an_invite(office, campaign, "link@x.example")
        an_invite(office, campaign, "test@x.example", test=True)
        interviews.start(goes, agreed=True)
    assert reminded(office, ann, at=NOON + timedelta(hours=143))[0] == 0
    assert reminded(office, ann, at=NOON + timedelta(hours=144)) == (1, ["waits@x.example"])
    assert reminded(office, ann, at=NOON + timedelta(hours=145))[0] == 0
    with clock.standing_at(NOON + timedelta(hours=150)):
        invites.extend(waits, 100)
    assert reminded(office, ann, at=NOON + timedelta(hours=260))[0] == 0


def test_no_reminder_follows_on_the_heels_of_another_or_of_the_invite_itself(office, ann):
    campaign = a_campaign(ann, reminder_hours_before=24)
    short = a_campaign(ann, reminder_hours_before=24, invite_valid_hours=12)
    with clock.standing_at(NOON):
        an_invite(office, campaign, "a@x.example", send_email=True)
        an_invite(office, short, "b@x.example", send_email=True)
    assert reminded(office, ann, at=NOON + timedelta(hours=1))[0] == 0
    with clock.standing_at(NOON + timedelta(hours=143)):
        assert reminders.remind(office.ring, campaign) == 1
    assert reminded(office, ann, at=NOON + timedelta(hours=144))[0] == 0
    assert reminded(office, ann, at=NOON + timedelta(hours=167))[0] == 1


def test_a_paused_campaign_reminds_nobody_by_itself(office, ann):
    campaign = a_campaign(ann, reminder_hours_before=24)
    with clock.standing_at(NOON):
        an_invite(office, campaign, send_email=True)
    campaigns.set_status(campaign, "paused")
    assert reminded(office, ann, at=NOON + timedelta(hours=150))[0] == 0


def test_a_reminder_is_worded_as_one(office, campaign):
    an_invite(office, campaign)
    reminders.remind(office.ring, campaign, "Please do")
    delivery.deliver_due(office)
    letter = office.mailer.letters[-1]
    assert (letter.kind, letter.subject[:13]) == ("reminder", "Reminder from")
