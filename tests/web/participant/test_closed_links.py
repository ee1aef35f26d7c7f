"""Links that lead nowhere, or nowhere any more, for programs."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from interviewrelay.billing import balance, ledger
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.interviews import completion
from interviewrelay.models import Campaign
from tests.factories import an_invite
from tests.web.http_participant import NOON, Participant


def test_a_link_that_is_over_says_so(pat, services, campaign):
    pat.now = NOON + timedelta(days=8)
    for verb in ("", "start"):
        assert pat(verb, {"consent": True}, 410)["error"]["code"] == "INVITE_EXPIRED"
    with clock.freeze_at(NOON):
        invite, token = an_invite(services, campaign, "other@x.example")
        invites.cancel_invite(invite)
    other = Participant(pat.client, token)
    for verb in ("", "start"):
        assert other(verb, {"consent": True}, 410)["error"]["code"] == "INVITE_CANCELLED"


def test_a_campaign_that_is_not_active_starts_nothing(pat):
    with transaction():
        db.session.execute(update(Campaign).values(status="paused"))
    for verb in ("", "start"):
        assert pat(verb, {"consent": True}, 409)["error"]["code"] == "CAMPAIGN_NOT_ACTIVE"


def test_a_running_interview_goes_on_when_its_campaign_pauses_or_its_invite_expires(pat):
    pat.start()
    with transaction():
        db.session.execute(update(Campaign).values(status="paused"))
    pat.now += timedelta(days=9)
    assert pat.say(2)["saved"]["number"] == 2


def test_without_credits_nothing_starts(pat, ann):
    ledger.remove_credits(ann.actor.org_id, 2_600, "test:all", "All")
    with transaction():
        balance.lock_account(ann.actor.org_id).monthly_amount = 0
    assert pat("start", {"consent": True}, 402)["error"]["code"] == "INSUFFICIENT_CREDITS"


def test_an_abandoned_interview_can_be_read(pat):
    pat.start()
    with clock.freeze_at(NOON + timedelta(hours=25)):
        completion.abandon_stale_interviews()
    assert pat()["status"] == "abandoned"
    assert pat("state")["next_number"] is None


@pytest.mark.parametrize("token", ["inv_x", "x", "inv_" + "a" * 43, "%00"])
def test_an_unknown_token_is_not_found(client, ann, token):
    for verb in ("", "state", "start", "turns", "withdraw"):
        Participant(client, token)(verb, {"consent": True}, 404)
