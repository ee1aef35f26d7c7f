"""What is kept no longer than an organization wants."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from interviewrelay import clock
from interviewrelay.database import db
from interviewrelay.domain import doctor, erasures, retention
from interviewrelay.errors import InvalidParameter
from interviewrelay.models import Interview, Organization
from tests.factories import a_campaign, a_finished_interview, an_interview


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
    assert len(list(erasures.log())) == 2
    assert not any(doctor.examine().values())


def test_killed_in_between_it_goes_on_with_what_is_left(held, office, ann, monkeypatch):
    retention.keep(organization(ann), 30)
    monkeypatch.setattr(retention, "BATCH", 1)
    batches = retention._batches(ann.actor.org_id, 30)
    retention.privacy.forget(office, ann.actor.org_id, next(batches))
    batches.close()
    assert of(ann) == 3
    assert retention.sweep(office) == 1


@pytest.mark.parametrize("days", [0, -1, 3_651])
def test_a_time_that_makes_no_sense_is_refused(ann, days):
    with pytest.raises(InvalidParameter, match="1 to 3650 days"):
        retention.keep(organization(ann), days)
