"""Recordings that wait for a recogniser, and the answers that were given by them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.ports.speech import SpeechUnavailable
from interviewrelay.interviews import interviews
from interviewrelay.interviews.participation import answer_review
from interviewrelay.models import AnswerRecording, Interview, Job, Mail, SearchEntry, TurnRow
from interviewrelay.recordings import late_transcription, spoken_answers, uploads
from interviewrelay.runtime import job_queue
from interviewrelay.worker import schedule
from tests.factories import DOCUMENT
from tests.recordings.clips import clip

SAID = "It was a terrible journey with a delayed train."
KIND = spoken_answers.LATE_TRANSCRIPTION


@pytest.fixture
def away(services):
    """Nobody recognises anything."""
    services.speech.transcriber.fault = SpeechUnavailable("away")


def back(services, *texts):
    services.speech.transcriber.fault = None
    services.speech.transcriber.texts = list(texts)


def speak(services, snapshot, number, *, later=True, content=None):
    now = snapshot()
    sent = uploads.store_file(
        services.storage, now, f"clip-{number:04}", number, content or clip()
    )
    return spoken_answers.send_recording(services, now, sent, later=later)


def work(services, minutes=0.0):
    with clock.freeze_at(clock.now() + timedelta(minutes=minutes)):
        return job_queue.run_due_jobs(services, {KIND: late_transcription.transcribe_in_job})


def turn(number):
    query = select(TurnRow).where(TurnRow.number == number)
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def interview():
    query = select(Interview).execution_options(populate_existing=True)
    return db.session.execute(query).scalar_one()


def jobs():
    return db.session.execute(select(Job).where(Job.kind == KIND)).scalars().all()


def test_the_job_is_on_the_schedule():
    assert schedule.SOUND_JOBS[KIND] == late_transcription.transcribe_in_job


def test_an_answer_gets_its_words_while_the_interview_goes_on(services, snapshot, away):
    reply = speak(services, snapshot, 2).reply
    assert (reply.saved.text, reply.saved.skipped) == ("", False)
    assert reply.turn.number == 3
    interviews.answer_question(snapshot(), 4, "It was cold.")
    back(services, SAID)
    assert work(services) == 1
    assert (turn(2).text, turn(2).original, turn(2).skipped) == (SAID, None, False)
    assert turn(2).sentiment_label == "negative"
    assert "reading" not in turn(2).reading
    assert len(db.session.execute(select(SearchEntry.id)).all()) == 2
    assert jobs() == []
    assert interview().status == "in_progress"


def test_the_engine_treats_it_as_given(services, snapshot, away):
    """Each question is asked once, although no answer has words."""
    asked = []
    while (now := snapshot()).status == "in_progress":
        asked.append(now.turns[-1].question_id)
        speak(services, snapshot, now.turns[-1].number + 1)
    assert [one for one in asked if one] == [q["id"] for q in DOCUMENT["questions"]]


def test_the_waits_grow_and_end_when_it_is_back(services, snapshot, away):
    speak(services, snapshot, 2)
    speak(services, snapshot, 4)
    assert work(services) == 2
    assert work(services) == 0
    assert work(services, minutes=3) == 2
    assert work(services, minutes=4) == 0
    assert {job.tries for job in jobs()} == {2}
    back(services, SAID, "It was cold.")
    with clock.freeze_at(clock.now() + timedelta(minutes=10)):
        assert job_queue.run_due_jobs(
            services, {KIND: late_transcription.transcribe_in_job}, most=1
        )
        assert job_queue.run_due_jobs(
            services, {KIND: late_transcription.transcribe_in_job}, most=1
        ), "the other one is due at once"
    assert {turn(2).text, turn(4).text} == {SAID, "It was cold."}


def test_an_answer_that_is_recognized_shows_that_it_is_back(services, snapshot, away):
    speak(services, snapshot, 2)
    assert work(services) == 1
    assert work(services) == 0
    back(services, "It was cold.", SAID)
    speak(services, snapshot, 4)
    assert work(services) == 1
    assert {turn(2).text, turn(4).text} == {SAID, "It was cold."}


def test_after_the_end_words_sentiment_and_search_follow(services, snapshot, away):
    speak(services, snapshot, 2)
    interviews.complete_interview(interview().invite)
    assert interview().sentiment_label == "neutral"
    back(services, SAID)
    work(services)
    assert turn(2).text == SAID
    assert interview().sentiment_label == "negative"
    assert len(db.session.execute(select(SearchEntry.id)).all()) == 1
    kinds = db.session.execute(select(Job.kind)).scalars().all()
    assert "tell of a session" in kinds, "the transcript is published with its words"


def test_danger_is_told_even_after_the_end(services, snapshot, away):
    speak(services, snapshot, 2)
    interviews.complete_interview(interview().invite)
    back(services, "I want to kill myself.")
    work(services)
    assert interview().safety_at is not None
    kinds = db.session.execute(select(Mail.kind)).scalars().all()
    assert "safety" in kinds


def test_danger_ends_an_interview_in_progress(services, snapshot, away):
    speak(services, snapshot, 2)
    back(services, "I want to kill myself.")
    work(services)
    assert interview().status == "completed"
    assert interview().safety_at is not None


def test_nothing_said_becomes_a_skip(services, snapshot, away):
    speak(services, snapshot, 2)
    back(services, "")
    work(services)
    assert (turn(2).text, turn(2).skipped) == ("", True)


def test_words_that_were_written_meanwhile_stay(services, snapshot, away):
    speak(services, snapshot, 2)
    answer_review.correct_answer(services, interview().invite, 2, "I wrote it down.")
    assert turn(2).original is None
    back(services, SAID)
    work(services)
    assert turn(2).text == "I wrote it down."
    assert db.session.execute(select(AnswerRecording.text)).scalar_one() == SAID


def test_a_deleted_answer_stays_deleted(services, snapshot, away):
    speak(services, snapshot, 2)
    answer_review.strike_answer(services, interview().invite, 2)
    assert (turn(2).struck, turn(2).skipped) == (True, True)
    assert list(services.storage.list_names("answers/")) == []
    back(services, SAID)
    work(services)
    assert turn(2).text == ""
    assert jobs() == []


def test_a_recording_that_was_not_sent_is_transcribed_all_the_same(services, snapshot, away):
    speak(services, snapshot, 2, later=False)
    interviews.answer_question(snapshot(), 2, "I typed it.")
    back(services, SAID)
    work(services)
    row = db.session.execute(select(AnswerRecording)).scalar_one()
    assert (row.status, row.text, row.used) == ("transcribed", SAID, False)
    assert turn(2).text == "I typed it."


def test_an_erased_interview_ends_the_job(services, snapshot, away):
    from interviewrelay.privacy import erasure

    speak(services, snapshot, 2)
    erasure.withdraw_participant(services, interview().invite)
    assert work(services) == 1
    assert jobs() == []
    assert list(services.storage.list_names("answers/")) == []


def test_a_corrected_answer_keeps_its_recording_and_forgets_spoken_questions(
    services, snapshot
):
    speak(services, snapshot, 2, later=False)
    services.storage.put(f"speech/{snapshot().id}-3-0-abcdef01.wav", b"x")
    answer_review.correct_answer(services, interview().invite, 2, "Two hours.")
    assert len(list(services.storage.list_names("answers/"))) == 1
    assert list(services.storage.list_names("speech/")) == []
    assert turn(2).original == "It took me an hour to get there."
