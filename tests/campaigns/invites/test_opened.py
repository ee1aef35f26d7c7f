"""Who has opened their link: counted once, by whatever shows a person first, and named nowhere."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from interviewrelay.campaigns import (
    detail_query as campaign_detail_query,
    representation as campaign_representation,
)
from interviewrelay.campaigns.invites import (
    counters,
    invites,
    representation as invite_representation,
)
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InviteCancelled, InviteExpired
from interviewrelay.interviews import interviews
from interviewrelay.models import Campaign, Invite
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure, subject_export
from tests.campaigns.invites.test_invite_lifecycle import at_once
from tests.factories import a_campaign, a_finished_interview, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def funnel(campaign):
    """Invited, opened, started; and the doctor agrees."""
    db.session.expire_all()
    stats = campaign_representation.Stats.read(db.session.get(Campaign, campaign.id))
    assert not any(consistency_check.run_checks().values())
    return tuple(stats[name] for name in ("invites_sent", "opened", "started"))


def moment(invite):
    db.session.expire_all()
    return db.session.get(Invite, invite.id).opened_at


def test_a_touch_counts_once_and_the_start_does_not_count_it_again(services, campaign):
    invite, _ = an_invite(services, campaign)
    with clock.freeze_at(NOON):
        counters.mark_opened(invite)
    with clock.freeze_at(NOON + timedelta(hours=1)):
        counters.mark_opened(invite)
    assert moment(invite) == NOON
    assert funnel(campaign) == (1, 1, 0)
    interviews.start_interview(invite, agreed=True)
    assert funnel(campaign) == (1, 1, 1)
    assert moment(invite) is None
    counters.mark_opened(invite)
    assert funnel(campaign) == (1, 1, 1)
    assert moment(invite) is None


def test_a_start_alone_has_opened_it(services, campaign):
    a_finished_interview(services, campaign, "It took an hour.")
    assert funnel(campaign) == (1, 1, 1)


def test_tests_are_not_counted(services, campaign):
    invite, _ = an_invite(services, campaign, test=True)
    counters.mark_opened(invite)
    assert moment(invite) is None
    assert funnel(campaign) == (0, 0, 0)


def test_what_can_be_used_no_more_is_not_opened(services, campaign):
    with clock.freeze_at(NOON):
        invite, _ = an_invite(services, campaign)
    with clock.freeze_at(NOON + timedelta(days=8)), pytest.raises(InviteExpired):
        counters.mark_opened(invite)
    invites.cancel_invite(invite)
    with pytest.raises(InviteCancelled):
        counters.mark_opened(invite)
    assert funnel(campaign) == (1, 0, 0)


def test_it_stays_counted_when_the_invite_is_cancelled_or_expires(services, campaign):
    with clock.freeze_at(NOON):
        gone, _ = an_invite(services, campaign, "a@x.example")
        late, _ = an_invite(services, campaign, "b@x.example")
        for invite in (gone, late):
            counters.mark_opened(invite)
        invites.cancel_invite(gone)
    with clock.freeze_at(NOON + timedelta(days=8)):
        counters.mark_expired()
    assert funnel(campaign) == (2, 2, 0)


def test_several_touches_at_once_count_one(app, services, campaign):
    invite, _ = an_invite(services, campaign)
    assert at_once(app, *[lambda: counters.mark_opened(invite)] * 4) == [None] * 4
    assert funnel(campaign) == (1, 1, 0)


@pytest.mark.parametrize("turn", range(3))
def test_a_touch_against_the_start_counts_one(app, services, campaign, turn):
    invite, _ = an_invite(services, campaign)
    acts = (
        (lambda: counters.mark_opened(invite)),
        (lambda: interviews.start_interview(invite, agreed=True)),
    )
    assert at_once(app, *acts) == [None, None]
    assert funnel(campaign) == (1, 1, 1)


def test_an_erasure_keeps_the_number_and_not_the_moment(services, ann, campaign):
    with clock.freeze_at(NOON):
        invite, _ = an_invite(services, campaign, "pat@x.example")
    with clock.freeze_at(NOON + timedelta(hours=3)):
        counters.mark_opened(invite)
    told = subject_export.build_subject_export(services, ann.actor, "pat@x.example")["invites"]
    assert [one["opened_at"] for one in told] == ["2024-05-01T15:00:00Z"]
    erasure.erase_person(services, ann.actor, "pat@x.example")
    assert moment(invite) == NOON
    assert funnel(campaign) == (1, 1, 0)


def test_no_list_says_who_has_opened(services, ann, campaign):
    invite, _ = an_invite(services, campaign)
    counters.mark_opened(invite)
    shape = invite_representation.invite(services, ann.actor, invite)
    assert not [name for name in shape if "opened" in name]


def test_the_doctor_proves_the_counter(services, campaign):
    counters.mark_opened(an_invite(services, campaign)[0])
    with transaction():
        db.session.execute(update(Campaign).values(opened_only=3))
    told = consistency_check.run_checks()["counters are correct"]
    assert told == [f"{campaign.id}: 1 opened but not started, but the counter shows 3"]


def test_the_plain_read_counts_the_same(services, ann, campaign):
    counters.mark_opened(an_invite(services, campaign)[0])
    assert (
        campaign_representation.Stats.read(
            campaign_detail_query.get_campaign_detail(ann.actor, campaign.id)
        )["opened"]
        == 1
    )


def test_a_server_of_the_version_before_starts_what_was_touched(services, campaign):
    """It knows neither column: its start leaves both as they are, and they agree."""
    invite, _ = an_invite(services, campaign)
    counters.mark_opened(invite)
    touched = moment(invite)
    interviews.start_interview(invite, agreed=True)
    left = (
        text("UPDATE invite SET opened_at = :moment"),
        text("UPDATE campaign SET opened_only = 1"),
    )
    with transaction():
        db.session.execute(left[0], {"moment": clock.format_iso(touched)})
        db.session.execute(left[1])
    _, opened, started = funnel(campaign)
    assert opened >= started
