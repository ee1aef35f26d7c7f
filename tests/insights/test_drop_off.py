"""How far people come and how long a question takes, out of what is stored."""

from datetime import UTC, datetime, timedelta

import pytest

from interviewrelay.core import clock
from interviewrelay.insights import campaign_insights, drop_off
from interviewrelay.interviews import completion, interviews
from tests.factories import a_campaign, an_interview, an_invite
from tests.statements import statements

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def held(
    services, campaign, *waits, email="pat@example.com", said="It was fine, a nurse came by."
):
    """An interview whose answers come after so many seconds each."""
    now = NOON
    with clock.freeze_at(now):
        invite, _ = an_invite(services, campaign, email)
        reached, _ = interviews.start_interview(invite, agreed=True)
    for wait in waits:
        now += timedelta(seconds=wait)
        with clock.freeze_at(now):
            reached = interviews.answer_question(invite, reached.next_number, said).standing
    return reached.interview


def test_the_time_of_a_question_is_that_of_its_answers_follow_ups_included(services, campaign):
    one = held(services, campaign, 30, 40, 5)
    found = drop_off.get_drop_off(campaign)
    turns = [(t.speaker, t.question_id) for t in interviews.state.list_turns(one)]
    own = sum(
        seconds
        for seconds, (speaker, question) in zip(
            (30, 40, 5), [t for t in turns if t[0] == "participant"], strict=True
        )
        if question == "visit"
    )
    assert own >= 30
    assert found.questions[0].seconds == own
    assert (found.read, found.is_capped) == (1, False)


def test_the_median_is_of_interviews(services, campaign):
    for n, seconds in enumerate((10, 20, 90)):
        held(
            services, campaign, seconds, email=f"p{n}@x.example", said="I would rather not say."
        )
    first = drop_off.get_drop_off(campaign).questions[0]
    assert first.reached == 3
    assert 10 <= first.seconds <= 90


def test_reached_and_left_are_what_insights_say(services, campaign):
    held(services, campaign, 30, 30, 30, email="far@x.example")
    held(services, campaign, 30, email="near@x.example")
    with clock.freeze_at(NOON + timedelta(days=3)):
        assert completion.abandon_stale_interviews() == 2
    told = {
        q.id: count for q, count in campaign_insights.get_campaign_insights(campaign).questions
    }
    found = {p.question_id: p for p in drop_off.get_drop_off(campaign).questions}
    assert {i: (c.reached, c.stopped_here) for i, c in told.items()} == {
        i: (p.reached, p.left_here) for i, p in found.items()
    }
    assert sum(p.left_here for p in found.values()) == 2


def test_tests_and_other_campaigns_are_left_out(services, ann, campaign):
    an_interview(services, campaign, "Fine.", test=True)
    an_interview(services, a_campaign(ann), "Fine.", email="b@x.example")
    found = drop_off.get_drop_off(campaign)
    assert found.read == 0
    assert all(p.reached == 0 and p.seconds is None for p in found.questions)


def test_the_newest_are_read_and_it_is_said_so(services, campaign, monkeypatch):
    monkeypatch.setattr(drop_off, "MOST", 1)
    held(services, campaign, 30, email="a@x.example")
    with clock.freeze_at(NOON + timedelta(hours=1)):
        an_interview(services, campaign, email="b@x.example")
    found = drop_off.get_drop_off(campaign)
    assert (found.read, found.is_capped) == (1, True)
    assert found.questions[0].seconds is None  # of the newer one, which has no answer


def test_it_takes_one_statement_beside_the_script(services, campaign):
    for n in range(5):
        held(services, campaign, 30, email=f"p{n}@x.example")
    drop_off.get_drop_off(campaign)  # the version is read once
    assert statements(lambda: drop_off.get_drop_off(campaign)) == 1
