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
from interviewrelay.privacy.retention import DueErasure, RetentionTerms
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite


@pytest.fixture
def held(services, ann, ben):
    """Ann and Ben each have two interviews of before and one of today; one of Ann's goes on."""
    for somebody in (ann, ben):
        campaign = a_campaign(somebody)
        for number, days in enumerate((40, 35, 0)):
            with clock.freeze_at(clock.now() - timedelta(days=days)):
                email = f"n{number}@x.example"
                a_finished_interview(services, campaign, "It took an hour.", email=email)
    with clock.freeze_at(clock.now() - timedelta(days=40)):
        an_interview(services, a_campaign(ann), "I am still at it.", email="on@x.example")


def of(somebody):
    query = select(Interview.id).where(Interview.org_id == somebody.actor.org_id)
    return len(db.session.execute(query).all())


def organization(somebody):
    return db.session.get(Organization, somebody.actor.org_id, populate_existing=True)


def test_by_default_everything_is_kept(held, services, ann):
    assert organization(ann).transcript_days is None
    assert retention.erase_due(services) == 0
    assert of(ann) == 4


def test_what_is_over_goes_once_and_nobody_elses(held, services, ann, ben, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    assert retention.count_due_interviews(organization(ann), 30) == 2
    assert of(ann) == 4  # only told
    retention.set_transcript_days(organization(ann), 30)
    assert retention.erase_due(services) == 2
    assert retention.erase_due(services) == 0
    assert (of(ann), of(ben)) == (2, 3)
    assert len(list(erasure_log.list_erased())) == 2
    assert not any(consistency_check.run_checks().values())


def test_killed_in_between_it_goes_on_with_what_is_left(held, services, ann, monkeypatch):
    retention.set_transcript_days(organization(ann), 30)
    monkeypatch.setattr(retention, "BATCH", 1)
    batches = retention._batches(retention._over(ann.actor.org_id, 30))
    retention.erasure.erase_invites(services, ann.actor.org_id, next(batches))
    batches.close()
    assert of(ann) == 3
    assert retention.erase_due(services) == 1


@pytest.mark.parametrize("days", [0, -1, 3_651])
def test_a_time_that_makes_no_sense_is_refused(ann, days):
    with pytest.raises(InvalidParameter, match="1 to 3650 days"):
        retention.set_transcript_days(organization(ann), days)


@pytest.fixture
def invited(services, ann, ben):
    """Links that ended 33 and 3 days ago, one that works, one that was used, one that was cancelled."""
    for somebody in (ann, ben):
        campaign = a_campaign(somebody)
        for email, days in (
            ("long@x.example", 40),
            ("late@x.example", 10),
            ("new@x.example", 0),
        ):
            with clock.freeze_at(clock.now() - timedelta(days=days)):
                an_invite(services, campaign, email)
        with clock.freeze_at(clock.now() - timedelta(days=40)):
            a_finished_interview(services, campaign, "It took an hour.", email="used@x.example")
            gone, _ = an_invite(services, campaign, "gone@x.example")
            invites.cancel_invite(gone)


def addresses(somebody):
    rows = db.session.execute(
        select(Invite.email).where(Invite.org_id == somebody.actor.org_id)
    ).scalars()
    return {email.partition("@")[0] for email in rows if not email.endswith("invalid")}


def test_addresses_of_unused_links_go_once_and_nobody_elses(
    invited, services, ann, ben, monkeypatch
):
    monkeypatch.setattr(retention, "BATCH", 1)
    ours = organization(ann)
    assert retention.count_due(ours, RetentionTerms(None, 30)) == DueErasure(0, 2)
    assert retention.set_terms(ann.actor, ours, RetentionTerms(None, 30), 2) == DueErasure(0, 2)
    assert retention.get_terms(organization(ann)) == RetentionTerms(None, 30)
    assert retention.erase_due(services) == 2
    assert retention.erase_due(services) == 0
    assert addresses(ann) == {"late", "new", "used"}
    assert addresses(ben) == {"long", "late", "new", "used", "gone"}
    assert not any(consistency_check.run_checks().values())


def test_what_erases_more_than_was_agreed_to_changes_nothing(held, ann, ben):
    for agreed in (0, 1):
        with pytest.raises(InvalidParameter, match="the number 2") as refusal:
            retention.set_terms(ann.actor, organization(ann), RetentionTerms(30, None), agreed)
        assert refusal.value.details["field"] == "agreed"
    assert retention.get_terms(organization(ann)) == RetentionTerms(None, None)
    assert (
        retention.set_terms(ann.actor, organization(ann), RetentionTerms(30, None), 2).all == 2
    )
    assert retention.get_terms(organization(ann)) == RetentionTerms(30, None)
    assert retention.get_terms(organization(ben)) == RetentionTerms(None, None)


def test_what_erases_nothing_needs_no_agreement(ann):
    assert (
        retention.set_terms(ann.actor, organization(ann), RetentionTerms(365, 90), 0).all == 0
    )
    assert retention.get_terms(organization(ann)) == RetentionTerms(365, 90)
    retention.set_transcript_days(organization(ann), 400)
    assert retention.get_terms(organization(ann)) == RetentionTerms(
        400, 90
    )  # the command is of transcripts


def test_both_times_that_make_no_sense_are_told(ann):
    with pytest.raises(InvalidParameter) as refusal:
        retention.set_terms(ann.actor, organization(ann), RetentionTerms(0, 3_651), 0)
    assert [p["field"] for p in refusal.value.details["errors"]] == ["days", "addresses"]
