"""Inviting people."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from interviewrelay.campaigns.invites import invites
from interviewrelay.campaigns.invites.invites import Invitee
from interviewrelay.core import clock
from interviewrelay.core.db.pagination import Window
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import CampaignNotActive
from interviewrelay.interviews import interviews
from interviewrelay.models import Campaign, Invite, Mail
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure
from tests.factories import a_campaign, a_finished_interview, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def invite(services, campaign, *emails, **more):
    return invites.create_invites(
        services.ring, campaign, [Invitee(email) for email in emails], **more
    )


def queued():
    return db.session.execute(select(func.count(Mail.id))).scalar_one()


def refreshed(campaign):
    db.session.refresh(campaign)
    return campaign


def test_invites_come_back_in_the_order_asked_for(services, campaign):
    emails = ["c@x.example", "a@x.example", "b@x.example"]
    invite(services, campaign, "a@x.example")
    outcome = invite(services, campaign, *emails)
    assert [row.email for row in outcome.invites] == emails
    assert outcome.sent == 2
    assert refreshed(campaign).invites_sent == 3
    assert not any(consistency_check.run_checks().values())


def test_an_invite_keeps_who_it_is_for_and_its_own_link(services, campaign):
    people = [Invitee("a@x.example", "Ada", {"wave": "2"}), Invitee("b@x.example")]
    one, other = invites.create_invites(services.ring, campaign, people).invites
    assert (one.name, one.extra, other.name, other.extra) == ("Ada", {"wave": "2"}, "", {})
    tokens = [services.ring.decrypt(row.sealed_token) for row in (one, other)]
    assert len(set(tokens)) == 2
    assert all(token not in row.mark for token in tokens for row in (one, other))


def test_an_address_given_twice_is_invited_once(services, campaign):
    outcome = invite(services, campaign, "Ann@x.example", "ann@X.example", "ann@x.example")
    assert [row.email for row in outcome.invites] == ["Ann@x.example"]
    assert (outcome.sent, queued()) == (1, 1)


def test_somebody_who_is_invited_already_keeps_the_invite_and_gets_no_second_mail(
    services, campaign
):
    first = invite(services, campaign, "a@x.example").invites[0]
    again = invite(services, campaign, "A@x.example")
    assert (again.invites[0].id, again.sent) == (first.id, 0)
    assert queued() == 1


def test_another_campaign_invites_the_same_person_anew(services, campaign, ann):
    first = invite(services, campaign, "a@x.example").invites[0]
    assert invite(services, a_campaign(ann), "a@x.example").invites[0].id != first.id


def test_a_bad_address_sinks_nothing(services, campaign):
    outcome = invite(
        services, campaign, "good@x.example", "bad", "v@x.example\r\nBcc: e@x.example"
    )
    assert [row.email for row in outcome.invites] == ["good@x.example"]
    assert [problem["reason"] for problem in outcome.errors] == ["INVALID_ADDRESS"] * 2
    assert [problem["email"] for problem in outcome.errors][0] == "bad"


def test_a_very_long_address_comes_back_cut(services, campaign):
    outcome = invite(services, campaign, "x" * 1_000)
    assert len(outcome.errors[0]["email"]) == 320
    assert outcome.sent == 0


def test_an_invite_expires_when_its_hours_are_over(services, ann):
    campaign = a_campaign(ann, invite_valid_hours=2)
    with clock.freeze_at(NOON):
        row = invite(services, campaign, "a@x.example").invites[0]
        assert invites.get_status(row) == "pending"
    assert row.expires_at == NOON + timedelta(hours=2)
    with clock.freeze_at(row.expires_at - timedelta(seconds=1)):
        assert invites.get_status(row) == "pending"
    with clock.freeze_at(row.expires_at):
        assert invites.get_status(row) == "expired"


def test_whoever_let_an_invite_expire_is_invited_anew(services, campaign):
    with clock.freeze_at(NOON):
        first = invite(services, campaign, "a@x.example").invites[0]
    with clock.freeze_at(NOON + timedelta(days=8)):
        again = invite(services, campaign, "a@x.example")
        assert again.invites[0].id != first.id
        assert again.sent == 1
        assert invite(services, campaign, "a@x.example").invites[0].id == again.invites[0].id


def test_an_interview_that_runs_keeps_its_invite_open_past_the_expiry(services, campaign):
    with clock.freeze_at(NOON):
        row, _ = an_invite(services, campaign, "a@x.example")
        interviews.start_interview(row, agreed=True)
    with clock.freeze_at(NOON + timedelta(days=8)):
        assert invite(services, campaign, "a@x.example").invites[0].id == row.id


@pytest.mark.parametrize("how", ["cancelled", "completed"])
def test_whose_invite_is_over_is_invited_anew(services, campaign, how):
    if how == "cancelled":
        first = invites.cancel_invite(an_invite(services, campaign, "a@x.example")[0])
    else:
        first = a_finished_interview(services, campaign, email="a@x.example").invite
    outcome = invite(services, campaign, "a@x.example")
    assert outcome.sent == 1
    assert outcome.invites[0].id != first.id


def test_cancelling_again_or_after_the_end_changes_nothing(services, campaign):
    row = invites.cancel_invite(an_invite(services, campaign, "a@x.example")[0])
    assert invites.cancel_invite(row).status == "cancelled"
    done = a_finished_interview(services, campaign, email="b@x.example").invite
    assert invites.cancel_invite(done).status == "completed"


@pytest.mark.parametrize("status", ["draft", "paused", "completed", "archived"])
def test_a_campaign_that_is_not_active_takes_no_invites(services, campaign, status):
    with transaction():
        db.session.execute(update(Campaign).values(status=status))
    with pytest.raises(CampaignNotActive):
        invite(services, campaign, "a@x.example")
    assert db.session.execute(select(func.count(Invite.id))).scalar_one() == 0


@pytest.mark.parametrize(
    ("more", "mails"), [({}, 1), ({"send_email": False}, 0), ({"test": True}, 0)]
)
def test_mails_are_queued_only_when_they_are_wanted(services, campaign, more, mails):
    outcome = invite(services, campaign, "a@x.example", custom_message="Hi", **more)
    assert (outcome.sent, queued()) == (1, mails)
    assert outcome.invites[0].test == more.get("test", False)


def test_invites_are_listed_by_what_they_are_now(services, campaign):
    with clock.freeze_at(NOON):
        expired, _ = an_invite(services, campaign, "expired@x.example")
    waiting, _ = an_invite(services, campaign, "waiting@x.example")
    cancelled = invites.cancel_invite(an_invite(services, campaign, "cancelled@x.example")[0])
    done = a_finished_interview(services, campaign, email="done@x.example").invite
    started, _ = an_invite(services, campaign, "started@x.example")
    interviews.start_interview(started, agreed=True)

    def listed(wanted=None):
        return [row.id for row in invites.list_invites(campaign, wanted=wanted).items]

    assert listed("expired") == [expired.id]
    assert listed("pending") == [waiting.id]
    assert listed("cancelled") == [cancelled.id]
    assert listed("completed") == [done.id]
    assert listed("started") == [started.id]
    assert listed() == [started.id, done.id, cancelled.id, waiting.id, expired.id]


def test_a_list_of_invites_knows_how_many_there_are_tests_among_them(services, campaign):
    invite(services, campaign, "a@x.example", "b@x.example", "c@x.example")
    invite(services, campaign, "a@x.example", "d@x.example", test=True)
    invites.cancel_invite(invites.list_invites(campaign).items[0])
    page = invites.list_invites(refreshed(campaign), Window(2))
    assert (page.total, page.capped, len(page.items)) == (5, False, 2)
    assert invites.list_invites(campaign, Window(2), words="a@x").total == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("élodie", ["e"]), ("ELODIE", ["e"]), ("MÜLLER", ["e"]), ("muller", ["e"]),
        ("strasse", ["e"]), ("straße élodie", ["e"]), ("αναμονή", ["a"]), ("ΑΝΑΜΟΝΗ", ["a"]),
        ("lodi", ["e"]), ("élodie αναμονή", []), ("@X.example", ["a", "e"]), ("e@x", ["e"]),
        ("example elodie", ["e"]), ("%", []), ("_", []), ("\u0301", []),
    ],
)  # fmt: skip
def test_people_are_found_whatever_case_and_accents(services, ann, words, found):
    campaign = a_campaign(ann)
    for email, name in (
        ("e@x.example", "Élodie Müller-Straße"),
        ("a@x.example", "ΑΝΑΜΟΝΉ"),
    ):
        invites.create_invites(
            services.ring, campaign, [Invitee(email, name)], send_email=False
        )
    page = invites.list_invites(campaign, words=words)
    assert [row.email[0] for row in page.items] == found
    assert page.total == len(found)


def test_nobody_who_was_erased_is_found(services, ann):
    campaign = a_campaign(ann)
    people = [Invitee("elodie@x.example", "Élodie")]
    invites.create_invites(services.ring, campaign, people, send_email=False)
    erasure.erase_person(services, ann.actor, "elodie@x.example")
    assert invites.list_invites(campaign, words="elodie").total == 0
