"""Days are counted where an interview is completed or charged, once, and tests never."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text

from interviewrelay.billing import daily_counts
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.interviews import completion, interviews
from interviewrelay.models import DayCount
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure
from tests.factories import a_campaign, a_finished_interview, an_interview

EVENING = datetime(2026, 3, 1, 23, 50, tzinfo=UTC)
NEXT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def days(org_id, place=daily_counts.WHOLE):
    both = zip(*daily_counts.list_completions(org_id, place), strict=True)
    return {day: n + early for (day, n), (_, early) in both if n + early}


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def test_a_completion_counts_on_its_day_for_its_campaign_and_the_whole(services, ann, campaign):
    org = ann.actor.org_id
    with clock.freeze_at(EVENING):
        a_finished_interview(services, campaign, "It took an hour.", email="a@x.example")
        late = an_interview(services, campaign, "It took an hour.", email="b@x.example")
    with clock.freeze_at(NEXT):
        interviews.complete_interview(late.invite)
        interviews.complete_interview(late.invite)
        a_finished_interview(services, a_campaign(ann), "Two hours.", email="c@x.example")
        assert days(org, campaign.id) == {date(2026, 3, 1): 1, date(2026, 3, 2): 1}
        assert days(org) == {date(2026, 3, 1): 1, date(2026, 3, 2): 2}
        complete, early = daily_counts.list_completions(org, campaign.id)
        assert len(complete) == len(early) == daily_counts.SHOWN
        assert (complete[-1], early[-1]) == ((date(2026, 3, 2), 0), (date(2026, 3, 2), 1))
    assert consistency_check.run_checks()["daily counts are correct"] == []


def test_an_abandoned_interview_is_charged_and_not_completed(services, ann, campaign):
    with clock.freeze_at(EVENING):
        an_interview(services, campaign, "It took an hour.")
    with clock.freeze_at(datetime(2026, 3, 4, tzinfo=UTC)):
        assert completion.abandon_stale_interviews() == 1
        assert days(ann.actor.org_id) == {}
        charged = dict(daily_counts.list_credits(ann.actor.org_id, campaign.id))
        assert charged[date(2026, 3, 4)] > 0
    row = db.session.execute(
        select(DayCount).where(DayCount.campaign_id == campaign.id)
    ).scalar_one()
    assert (row.charged, row.completed) == (1, 0)
    assert consistency_check.run_checks()["daily counts are correct"] == []


def test_a_test_counts_nowhere(services, ann, campaign):
    a_finished_interview(services, campaign, "It took an hour.", test=True)
    assert db.session.execute(select(DayCount)).all() == []


def test_what_is_erased_still_counts(services, ann, campaign):
    gone = a_finished_interview(services, campaign, "It took an hour.")
    before = days(ann.actor.org_id)
    erasure.erase_session(services, ann.actor, gone.id)
    assert days(ann.actor.org_id) == before != {}
    assert consistency_check.run_checks()["daily counts are correct"] == []


def test_days_of_others_are_not_seen(services, ann, ben, campaign):
    a_finished_interview(services, campaign, "It took an hour.")
    assert days(ben.actor.org_id) == {}
    assert days(ben.actor.org_id, campaign.id) == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("completed = 7 WHERE campaign_id <> ''", "1 completed, but its days total 7"),
        ("completed = 0 WHERE campaign_id <> ''", "the daily count is lower"),
        ("credits = 7 WHERE campaign_id <> ''", "the daily count is (1, 1, 7)"),
        (
            "minutes = 9 WHERE campaign_id = ''",
            "its campaigns don't add up to the organization's total",
        ),
    ],
)
def test_the_doctor_finds_a_wrong_day(services, ann, campaign, change, told):
    a_finished_interview(services, campaign, "It took an hour.")
    with transaction():
        db.session.execute(text(f"UPDATE day_count SET {change}"))
    assert any(
        told in line for line in consistency_check.run_checks()["daily counts are correct"]
    )
