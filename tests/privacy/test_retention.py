"""What is kept no longer than an organization wants."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.models import Interview, Invite, Organization
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure_log, retention
from interviewrelay.privacy.retention import Due, Terms
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite


@pytest.fixture
def held(office, ann, ben):
    """Ann and Ben each have two interviews of before and one of today; one of Ann's goes on."""
    for somebody in (ann, ben):
        campaign = a_campaign(somebody)
        for number, days in enumerate((40, 35, 0)):
            with clock.standing_at(clock.now() - timedelta(days=days)):
                email = f"n{number}@x.example"
                a_finished_interview(office, campaign, "It took an hour.", email=email)
    with clock.standing_at(clock.now() - timedelta(days=40)):
        an_interview(office, a_campaign(ann), "I am still at it.", email="on@x.example")


def of(somebody):
    query = select(Interview.id).where(Interview.org_id == somebody.actor.org_id)
    return len(db.session.execute(query).all())


def organization(somebody):
    return db.session.get(Organization, somebody.actor.org_id, populate_existing=True)


def test_by_default_everything_is_kept(held, office, ann):
    assert organization(ann).transcript_days is None
    assert retention.sweep(office) == 0
    assert of(ann) == 4


def test_what_is_over_goes_once_and_nobody_elses(held, office, ann, ben, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    assert retention.over(organization(ann), 30) == 2
    assert of(ann) == 4  # only told
    retention.keep(organization(ann), 30)
    assert retention.sweep(office) == 2
    assert retention.sweep(office) == 0
    assert (of(ann), of(ben)) == (2, 3)
    assert len(list(erasure_log.log())) == 2
    assert not any(consistency_check.examine().values())


def test_killed_in_between_it_goes_on_with_what_is_left(held, office, ann, monkeypatch):
    retention.keep(organization(ann), 30)
    monkeypatch.setattr(retention, "BATCH", 1)
    batches = retention._batches(ann.actor.org_id, 30)
    retention.erasure.forget(office, ann.actor.org_id, next(batches))
    batches.close()
    assert of(ann) == 3
    assert retention.sweep(office) == 1


@pytest.mark.parametrize("days", [0, -1, 3_651])
def test_a_time_that_makes_no_sense_is_refused(ann, days):
    with pytest.raises(InvalidParameter, match="1 to 3650 days"):
        retention.keep(organization(ann), days)


@pytest.fixture
def invited(office, ann, ben):
    """Links that ended 33 and 3 days ago, one that works, one that was used, one that was cancelled."""
    for somebody in (ann, ben):
        campaign = a_campaign(somebody)
        for email, days in (
            ("long@x.example", 40),
            ("late@x.example", 10),
            ("new@x.example", 0),
        ):
            with clock.standing_at(clock.now() - timedelta(days=days)):
                an_invite(office, campaign, email)
        with clock.standing_at(clock.now() - timedelta(days=40)):
            a_finished_interview(office, campaign, "It took an hour.", email="used@x.example")
            gone, _ = an_invite(office, campaign, "gone@x.example")
            invites.cancel(gone)


def addresses(somebody):
    rows = db.session.execute(
        select(Invite.email).where(Invite.org_id == somebody.actor.org_id)
    ).scalars()
    return {email.partition("@")[0] for email in rows if not email.endswith("invalid")}


def test_addresses_of_unused_links_go_once_and_nobody_elses(
    invited, office, ann, ben, monkeypatch
):
    monkeypatch.setattr(retention, "BATCH", 1)
    ours = organization(ann)
    assert retention.due(ours, Terms(None, 30)) == Due(0, 2)
    assert retention.agree(ours, Terms(None, 30), 2) == Due(0, 2)
    assert retention.terms(organization(ann)) == Terms(None, 30)
    assert retention.sweep(office) == 2
    assert retention.sweep(office) == 0
    assert addresses(ann) == {"late", "new", "used"}
    assert addresses(ben) == {"long", "late", "new", "used", "gone"}
    assert not any(consistency_check.examine().values())


def test_what_erases_more_than_was_agreed_to_changes_nothing(held, ann, ben):
    for agreed in (0, 1):
        with pytest.raises(InvalidParameter, match="Type 2 to confirm") as refusal:
            retention.agree(organization(ann), Terms(30, None), agreed)
        assert refusal.value.details["field"] == "agreed"
    assert retention.terms(organization(ann)) == Terms(None, None)
    assert retention.agree(organization(ann), Terms(30, None), 2).all == 2
    assert retention.terms(organization(ann)) == Terms(30, None)
    assert retention.terms(organization(ben)) == Terms(None, None)


def test_what_erases_nothing_needs_no_agreement(ann):
    assert retention.agree(organization(ann), Terms(365, 90), 0).all == 0
    assert retention.terms(organization(ann)) == Terms(365, 90)
    retention.keep(organization(ann), 400)
    assert retention.terms(organization(ann)) == Terms(400, 90)  # the command is of transcripts


def test_both_times_that_make_no_sense_are_told(ann):
    with pytest.raises(InvalidParameter) as refusal:
        retention.agree(organization(ann), Terms(0, 3_651), 0)
    assert [p["field"] for p in refusal.value.details["errors"]] == ["days", "addresses"]
