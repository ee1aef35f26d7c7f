"""Transcripts: made once, rendered many times."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InvalidParameter, PdfUnavailable
from interviewrelay.interviews import interviews, measures
from interviewrelay.models import Interview, TurnRow
from interviewrelay.transcripts import transcripts
from tests.factories import a_campaign, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def held(services, campaign):
    """An interview with two answers, one of them a skip."""
    invite, _ = an_invite(services, campaign)
    with clock.freeze_at(NOON):
        interviews.start_interview(invite, agreed=True)
    with clock.freeze_at(NOON + timedelta(seconds=3.54)):
        interviews.answer_question(invite, 2, "The nurse was wonderful and kind, I loved it!")
    with clock.freeze_at(NOON + timedelta(seconds=60)):
        return interviews.skip_question(invite, 4).standing.interview


def test_a_transcript_holds_every_turn_with_its_time_and_mood(held):
    made = transcripts.build_transcript(held)
    assert [turn.number for turn in made.turns] == [1, 2, 3, 4, 5]
    assert [turn.timestamp for turn in made.turns] == [0, 3.5, 3.5, 60, 60]
    assert [type(turn.timestamp) for turn in made.turns] == [int, float, float, int, int]
    assert [turn.duration for turn in made.turns] == [None, 3.5, None, 56.5, None]
    assert [turn.sentiment for turn in made.turns][:3] == ["neutral", "positive", "neutral"]
    assert [turn.skipped for turn in made.turns] == [False, False, False, True, False]
    assert [turn.confidence for turn in made.turns] == [None, 1, None, 1, None]
    assert made.turns[0].question_id == "visit"
    assert made.turns[0].decision["act"]


def test_a_transcript_knows_the_occasion(held):
    made = transcripts.build_transcript(held)
    assert (made.organization, made.project, made.title) == ("Alder", "Patients", "Autumn")
    assert (made.status, made.completed_at, made.credits_charged) == ("in_progress", None, None)
    assert made.consent["agreed_at"] == NOON
    assert (made.duration_seconds, made.duration_minutes) == (60, 1)
    with clock.freeze_at(NOON + timedelta(minutes=2)):
        interviews.complete_interview(held.invite)
    made = transcripts.build_transcript(held)
    assert made.completed_at == NOON + timedelta(minutes=2)
    assert (made.duration_seconds, made.credits_charged) == (120, 20)


def test_an_answer_whose_question_is_still_owed_has_a_mood_all_the_same(held):
    with transaction():
        db.session.execute(
            update(TurnRow).where(TurnRow.number == 2).values(sentiment_label=None)
        )
    assert transcripts.build_transcript(held).turns[1].sentiment == "positive"


def test_the_digest_changes_with_everything_that_is_in_it(held):
    made = transcripts.build_transcript(held)
    assert transcripts.build_transcript(held).digest() == made.digest()
    turn = replace(made.turns[1], text="Another")
    others = [
        replace(made, title="x"), replace(made, status="completed"), replace(made, turns=made.turns[:-1]),
        replace(made, turns=(made.turns[0], turn, *made.turns[2:])), replace(made, sentiment={}),
    ]  # fmt: skip
    assert len({made.digest(), *(other.digest() for other in others)}) == 6


def test_a_pdf_is_kept_until_something_in_it_changes(services, held):
    first = transcripts.render_pdf(services, held)
    assert b"wonderful" in first
    assert transcripts.render_pdf(services, held) == first
    assert services.pdf.rendered == 1
    interviews.answer_question(held.invite, 6, "A quite new thing.")
    assert b"quite new" in transcripts.render_pdf(services, held)
    assert services.pdf.rendered == 2


def test_a_pdf_that_cannot_be_made_leaves_nothing_behind(services, held, monkeypatch):
    def fails(_):
        raise PdfUnavailable

    monkeypatch.setattr(services.pdf, "render", fails)
    with pytest.raises(PdfUnavailable):
        transcripts.render_pdf(services, held)
    assert services.storage.get(f"pdf/{held.id}.pdf") is None


def test_the_mood_of_an_open_interview_follows_what_was_said(held):
    assert measures.get_mood(held)["label"] == "positive"


def test_interviews_are_listed_by_campaign_status_and_time(services, held, ann, ben):
    other = a_campaign(ann)
    invite, _ = an_invite(services, other)
    with clock.freeze_at(NOON + timedelta(days=1)):
        later = interviews.start_interview(invite, agreed=True)[0].interview
        interviews.complete_interview(invite)

    def listed(actor=ann.actor, **more):
        return [row.id for row in transcripts.list_sessions(actor, **more).items]

    assert listed() == [later.id, held.id]
    assert listed(ben.actor) == []
    assert listed(campaign_id=other.id) == [later.id]
    assert listed(campaign_id="abc123") == []
    assert listed(status="in_progress") == [held.id]
    assert listed(status="abandoned") == []
    day = date(2024, 5, 1)
    assert listed(since=clock.start_of(day), before=clock.end_of(day)) == [held.id]
    assert listed(since=clock.end_of(day)) == [later.id]
    assert listed(since=NOON) == [later.id, held.id]
    assert listed(before=NOON) == []


@pytest.mark.parametrize("hours", [0, -1])
def test_a_span_that_ends_before_it_begins_is_refused(ann, hours):
    with pytest.raises(InvalidParameter) as refusal:
        transcripts.list_sessions(ann.actor, since=NOON, before=NOON + timedelta(hours=hours))
    assert refusal.value.details["field"] == "end_date"


def test_the_length_of_an_open_interview_reaches_to_its_last_answer(held):
    with clock.freeze_at(NOON + timedelta(hours=5)):
        assert measures.get_duration_seconds(held) == 60
    assert db.session.execute(select(Interview.duration_seconds)).scalar_one() is None
