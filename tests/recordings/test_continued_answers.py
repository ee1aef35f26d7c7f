"""Answers whose speakers went on after a pause: the answer is extended, and keeps both recordings."""

import pytest
from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.core.errors import Conflict, InvalidParameter, SessionAlreadyCompleted
from interviewrelay.interviews import interviews
from interviewrelay.interviews.participation import answer_review
from interviewrelay.models import AnswerRecording, Interview, TurnRow
from interviewrelay.recordings import spoken_answers, uploads
from tests.recordings.clips import clip

FIRST = "We sell eggs."
MORE = "And milk from the farm, and butter."


@pytest.fixture
def store(services, snapshot):
    """Stores a recording of an answer; what it becomes is up to the test."""

    def made(name, number):
        return uploads.store_file(services.storage, snapshot(), name, number, clip())

    return made


@pytest.fixture
def answered(services, snapshot, store):
    """An answer that was sent too early, and the recording of what came next."""
    services.speech.transcriber.texts = [FIRST, MORE]
    spoken_answers.send_recording(services, snapshot(), store("clip-first", 2))
    return spoken_answers.transcribe_recording(services, snapshot(), store("clip-next", 4)).id


def proceed(services, *recording_ids, number=2):
    invite = db.session.execute(select(Interview)).scalar_one().invite
    return spoken_answers.continue_answer(services, invite, number, recording_ids)


def rows(kind):
    query = select(kind).execution_options(populate_existing=True)
    return db.session.execute(query).scalars().all()


def answer():
    (found,) = (row for row in rows(TurnRow) if row.speaker == "participant")
    return found


def test_the_answer_has_all_words_and_both_recordings(services, answered):
    proceed(services, answered)
    assert answer().text == f"{FIRST} {MORE}"
    assert answer().original is None, "nobody has corrected anything"
    clips = [(one.number, one.used, one.text) for one in rows(AnswerRecording)]
    assert clips == [(2, True, FIRST), (2, True, MORE)]


def test_the_same_again_changes_nothing(services, answered):
    proceed(services, answered, answered)
    proceed(services, answered)
    assert answer().text == f"{FIRST} {MORE}"


def test_the_next_question_stays_and_can_be_answered(services, snapshot, answered):
    asked = snapshot().turns[-1].text
    proceed(services, answered)
    assert snapshot().turns[-1].text == asked
    reply = interviews.save_answer(snapshot(), 4, "They come from three farms.")()
    assert reply.fresh


@pytest.mark.parametrize("ids", [[], ["rec_unknown"]])
def test_it_needs_recordings_of_this_interview(services, answered, ids):
    with pytest.raises(InvalidParameter):
        proceed(services, *ids)
    assert answer().text == FIRST


@pytest.mark.parametrize("number", [1, 4, 99])
def test_it_needs_an_answer(services, answered, number):
    with pytest.raises(Conflict, match="There is no answer with this number"):
        proceed(services, answered, number=number)


def test_an_interview_that_is_over_stays_as_it_is(services, answered):
    interview = db.session.execute(select(Interview)).scalar_one()
    interviews.complete_interview(interview.invite)
    with pytest.raises(SessionAlreadyCompleted):
        proceed(services, answered)


def test_a_recording_is_added_to_the_answer_before_it_only(services, snapshot, answered):
    interviews.save_answer(snapshot(), 4, "They come from three farms.")()
    with pytest.raises(InvalidParameter):
        proceed(services, answered, number=4)


def test_an_answer_that_was_deleted_stays_so(services, answered):
    invite = db.session.execute(select(Interview)).scalar_one().invite
    answer_review.strike_answer(services, invite, 2)
    with pytest.raises(Conflict):
        proceed(services, answered)
    assert answer().struck
