"""Recordings are kept no longer than the organization wants; the text stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InvalidParameter, StorageUnreachable
from interviewrelay.interviews import interviews
from interviewrelay.models import (
    AnswerRecording,
    AuditEntry,
    Interview,
    Organization,
    SessionRecording,
)
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure, retention
from interviewrelay.privacy.retention import DueErasure, RetentionTerms
from interviewrelay.recordings import audio_retention, session_recording
from interviewrelay.runtime import session_files, stored_files
from interviewrelay.transcripts import transcripts
from tests.factories import a_campaign, a_clip, a_tone, an_interview, by_voice
from tests.fakes import FakeStorage, speech_engines

SAID = "It took me an hour."


@pytest.fixture
def storage():
    return FakeStorage()


@pytest.fixture
def with_sound(services, storage):
    return replace(services, storage=storage, speech=speech_engines(speaker=None))


@pytest.fixture
def held(with_sound, ann, ben):
    """Ann and Ben each have spoken interviews of 100 and of 10 days ago."""
    for somebody in (ann, ben):
        campaign = a_campaign(somebody)
        for days in (100, 10):
            with clock.freeze_at(clock.now() - timedelta(days=days)):
                row = an_interview(with_sound, campaign, SAID, email=f"d{days}@x.example")
                by_voice(row)
                clip = a_clip(with_sound, row, 2, a_tone(1), text=SAID, confidence=0.7)
                ended = interviews.complete_interview(row.invite).interview
                session_recording.build_recording(with_sound, ended.id)
                with_sound.storage.put(f"speech/{ended.id}-00001-0-0.wav", b"RIFF")
                assert clip.size


def organization(somebody):
    return db.session.get(Organization, somebody.actor.org_id, populate_existing=True)


def sounds(storage):
    return sorted(name.partition("/")[0] for name in storage.files)


def old(somebody):
    query = select(Interview).where(Interview.org_id == somebody.actor.org_id)
    return db.session.scalars(query.order_by(Interview.started_at)).first()


def test_recordings_go_after_90_days_unless_the_organization_says_otherwise(
    with_sound, storage, held, ann, ben
):
    retention.set_audio_days(organization(ben), None)
    assert audio_retention.delete_due_audio(with_sound) == 1
    assert audio_retention.delete_due_audio(with_sound) == 0
    assert sounds(storage) == sorted(["answers", "recordings", "speech"] * 3)
    audited = select(AuditEntry).where(AuditEntry.act == "privacy_audio")
    (entry,) = db.session.scalars(audited).all()
    assert (entry.org_id, entry.about) == (ann.actor.org_id, "1")
    assert not any(consistency_check.run_checks().values())


def test_the_transcript_stays_as_it_was(with_sound, held, ann):
    interview = old(ann)
    before = transcripts.build_transcript(interview)
    audio_retention.delete_due_audio(with_sound)
    assert session_recording.get_recording(interview) is None
    assert transcripts.build_transcript(interview) == before
    assert session_recording.build_recording(with_sound, interview.id) is None
    assert transcripts.build_transcript(interview) == before
    clip = db.session.scalars(
        select(AnswerRecording).where(AnswerRecording.interview_id == interview.id)
    ).one()
    assert (clip.text, clip.confidence, clip.size) == (SAID, 0.7, 0)


def test_a_dry_run_only_counts(with_sound, storage, held, ann, ben):
    before = dict(storage.files)
    assert retention.count_due_recordings(organization(ann), 90) == 1
    assert retention.count_due_recordings(organization(ann), 5) == 2
    assert retention.count_due_recordings(organization(ann), None) == 0
    assert retention.count_due(organization(ann), RetentionTerms(None, None, 5)) == DueErasure(
        0, 0, 2
    )
    assert storage.files == before


def test_a_shorter_time_must_be_agreed_to(held, ann):
    with pytest.raises(InvalidParameter, match="the number 2"):
        retention.set_terms(ann.actor, organization(ann), RetentionTerms(None, None, 5), 1)
    assert organization(ann).audio_days == 90
    retention.set_terms(ann.actor, organization(ann), RetentionTerms(None, None, 5), 2)
    assert retention.get_terms(organization(ann)) == RetentionTerms(None, None, 5)


@pytest.mark.parametrize("days", [0, 3_651])
def test_a_time_that_makes_no_sense_is_refused(ann, days):
    with pytest.raises(InvalidParameter, match="Recordings can be kept for 1 to 3650 days"):
        retention.set_audio_days(organization(ann), days)


def test_in_small_batches_everything_goes(with_sound, storage, held, monkeypatch, ann):
    monkeypatch.setattr(audio_retention, "BATCH", 1)
    for somebody in (ann,):
        retention.set_audio_days(organization(somebody), 1)
    assert audio_retention.delete_due_audio(with_sound) == 3
    assert sounds(storage) == ["answers", "recordings", "speech"]


def test_a_storage_that_is_away_is_tried_again(with_sound, storage, held):
    storage.fault = StorageUnreachable("away")
    with pytest.raises(StorageUnreachable):
        audio_retention.delete_due_audio(with_sound)
    storage.fault = None
    assert audio_retention.delete_due_audio(with_sound) == 2


def test_what_was_never_transcribed_is_given_up(with_sound, held, ann):
    mine = AnswerRecording.interview_id == old(ann).id
    with transaction():
        db.session.execute(update(AnswerRecording).where(mine).values(status="waiting"))
    audio_retention.delete_due_audio(with_sound)
    assert db.session.scalars(select(AnswerRecording.status).where(mine)).all() == ["failed"]


def test_erasure_reaches_every_file(with_sound, storage, held, ann):
    interview = old(ann)
    a_clip(with_sound, interview, 4, a_tone(1), status="receiving", container="wav", pieces=2)
    receiving = db.session.scalars(
        select(AnswerRecording.id).where(AnswerRecording.status == "receiving")
    ).one()
    for piece in range(2):
        storage.put(stored_files.get_piece_name(receiving, piece), b"RIFF")
    done = erasure.erase_session(with_sound, ann.actor, interview.id)
    assert done.files == 6
    mine = session_files.find_session_files(interview.id)
    assert mine.list_names(storage) == [stored_files.get_pdf_name(interview.id)]
    assert sounds(storage) == sorted(["answers", "recordings", "speech"] * 3)
    gone = select(SessionRecording.id).where(SessionRecording.interview_id == interview.id)
    assert db.session.scalars(gone).all() == []
