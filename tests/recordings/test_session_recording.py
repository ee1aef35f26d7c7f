"""The recording of a whole interview: what is heard in it, when, and when it is built again."""

import io
import wave
from array import array
from dataclasses import replace

import pytest
from sqlalchemy import select

from interviewrelay.campaigns import voice_availability
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import NotFound, StorageUnreachable
from interviewrelay.core.ports.audio import Sound
from interviewrelay.core.ports.speech import SpeechUnavailable
from interviewrelay.interviews import completion, interviews
from interviewrelay.models import Campaign, Interview, Job, SessionRecording
from interviewrelay.privacy import erasure
from interviewrelay.recordings import session_recording, sound_reel, spoken_questions
from interviewrelay.runtime import job_queue, stored_files
from interviewrelay.worker import schedule
from tests.factories import a_campaign, a_clip, a_tone, an_interview, by_voice
from tests.fakes import FakeSpeaker, FakeStorage, speech_engines

SAID = ("It took me an hour.", "Nobody told us.", "He was kind.")


@pytest.fixture
def storage():
    return FakeStorage()


@pytest.fixture
def speaker():
    return FakeSpeaker()


@pytest.fixture
def with_sound(app, services, storage, speaker):
    made = replace(services, storage=storage, speech=speech_engines(speaker=speaker))
    app.extensions["services"] = made
    return made


@pytest.fixture
def silent(with_sound):
    """Without a voice for questions."""
    return replace(with_sound, speech=speech_engines(speaker=None))


@pytest.fixture
def spoken(services, ann):
    """An interview with three answers, still open."""
    interview = an_interview(services, a_campaign(ann), *SAID)
    by_voice(interview)
    return interview


def ended(interview):
    return interviews.complete_interview(interview.invite).interview


def heard(storage, row):
    """Where it is loud, as [start, end] in seconds, with the seconds of the whole."""
    content = storage.files[stored_files.get_recording_name(row.id, "wav")]
    with wave.open(io.BytesIO(content)) as file:
        rate, samples = file.getframerate(), array("h", file.readframes(file.getnframes()))
    places = []
    for i in range(0, len(samples), rate // 100):
        if max(map(abs, samples[i : i + rate // 100])) > 100:
            begin, end = i / rate, (i + rate // 100) / rate
            if places and abs(places[-1][1] - begin) < 0.005:
                places[-1][1] = end
            else:
                places.append([begin, end])
    return places, len(samples) / rate


def test_both_voices_are_heard_in_their_order(silent, storage, spoken):
    for number in (2, 4, 6):
        a_clip(silent, spoken, number, a_tone(number / 2))
    row = session_recording.build_recording(silent, ended(spoken).id)
    places, whole = heard(storage, row)
    answers = [(n, s, e) for n, s, e, _ in row.layout if n % 2 == 0]
    assert [place[0] for place in row.layout] == list(range(1, 8))
    assert places == [
        [pytest.approx(s, abs=0.02), pytest.approx(e, abs=0.02)] for _, s, e in answers
    ]
    assert [e - s for _, s, e in answers] == [pytest.approx(n / 2) for n in (2, 4, 6)]
    assert whole == pytest.approx(row.seconds, abs=0.001)
    assert row.sizes == {
        "wav": len(storage.files[stored_files.get_recording_name(row.id, "wav")])
    }
    assert len(row.peaks) == sound_reel.PEAKS
    assert max(row.peaks) > 5
    assert min(row.peaks) == 0


def test_questions_are_spoken_and_take_their_time(with_sound, speaker, spoken):
    a_clip(with_sound, spoken, 2, a_tone(1))
    row = session_recording.build_recording(with_sound, ended(spoken).id)
    greeting, question = speaker.spoken[:2]
    words = len(f"{greeting} {question}".split())
    seconds = words / 10 + spoken_questions.BETWEEN
    assert tuple(row.layout[0]) == (1, 0.0, pytest.approx(seconds, abs=0.001), None)
    assert row.layout[1][1] == pytest.approx(seconds + sound_reel.PAUSE, abs=0.001)


def test_typed_answers_take_no_time(silent, spoken):
    a_clip(silent, spoken, 4, a_tone(1))
    row = session_recording.build_recording(silent, ended(spoken).id)
    places = {number: (start, end) for number, start, end, _ in row.layout}
    assert places[2][0] == places[2][1] == places[1][1]
    assert places[4][1] - places[4][0] == pytest.approx(1.0)


def test_several_clips_of_an_answer_follow_each_other_and_unused_ones_are_left_out(
    silent, storage, spoken
):
    a_clip(silent, spoken, 2, a_tone(1))
    a_clip(silent, spoken, 2, a_tone(0.5))
    a_clip(silent, spoken, 2, a_tone(9), used=False)
    a_clip(silent, spoken, 4, a_tone(9), status="failed")
    row = session_recording.build_recording(silent, ended(spoken).id)
    number, start, end, _ = row.layout[1]
    assert (number, end - start) == (2, pytest.approx(1.5))
    assert row.layout[3][1] == row.layout[3][2]


@pytest.mark.parametrize("broken", ["missing", "noise"])
def test_a_lost_or_broken_clip_is_a_gap(silent, storage, spoken, broken, caplog):
    lost = a_clip(silent, spoken, 2, a_tone(1))
    a_clip(silent, spoken, 4, a_tone(1))
    name = stored_files.get_clip_name(lost.id, "wav")
    if broken == "missing":
        del storage.files[name]
    else:
        storage.files[name] = b"RIFF1234WAVE and then nothing"
    row = session_recording.build_recording(silent, ended(spoken).id)
    _, start, end, _ = row.layout[1]
    assert end - start == pytest.approx(sound_reel.UNSPOKEN)
    assert [one.msg for one in caplog.records if one.levelname == "WARNING"] == [
        "clip_left_out"
    ]


def test_a_voice_that_is_away_leaves_gaps(with_sound, speaker, spoken):
    speaker.fault = SpeechUnavailable("busy")
    a_clip(with_sound, spoken, 2, a_tone(1))
    row = session_recording.build_recording(with_sound, ended(spoken).id)
    assert row.layout[0][2] == pytest.approx(sound_reel.UNSPOKEN)


def test_it_is_built_again_only_when_something_has_changed(silent, storage, spoken):
    a_clip(silent, spoken, 2, a_tone(1))
    interview = ended(spoken)
    first = session_recording.build_recording(silent, interview.id)
    assert session_recording.build_recording(silent, interview.id).id == first.id
    more = a_clip(silent, spoken, 4, a_tone(1))
    second = session_recording.build_recording(silent, interview.id)
    assert second.id != first.id
    assert list(storage.list_names("recordings/")) == [
        stored_files.get_recording_name(second.id, "wav")
    ]
    assert db.session.scalars(select(SessionRecording.id)).all() == [second.id]
    with transaction():
        db.session.delete(db.session.merge(more))
    third = session_recording.build_recording(silent, interview.id)
    assert third.layout[3][1] == third.layout[3][2]


def test_without_sound_there_is_none_and_an_old_one_goes(silent, storage, spoken):
    interview = ended(spoken)
    assert session_recording.build_recording(silent, interview.id) is None
    clip = a_clip(silent, spoken, 2, a_tone(1))
    assert session_recording.build_recording(silent, interview.id)
    with transaction():
        db.session.merge(clip).used = False
    assert session_recording.build_recording(silent, interview.id) is None
    assert list(storage.list_names("recordings/")) == []
    assert session_recording.get_recording(interview) is None


def test_a_campaign_without_recordings_has_none(silent, spoken):
    a_clip(silent, spoken, 2, a_tone(1))
    interview = ended(spoken)
    with transaction():
        db.session.get(Campaign, interview.campaign_id).settings = {"recording": False}
    assert session_recording.build_recording(silent, interview.id) is None


def test_nothing_is_built_while_the_interview_goes_on(silent, spoken):
    a_clip(silent, spoken, 2, a_tone(1))
    assert session_recording.build_recording(silent, spoken.id) is None


def test_an_interview_erased_meanwhile_leaves_no_file(silent, storage, spoken, monkeypatch):
    a_clip(silent, spoken, 2, a_tone(1))
    interview = ended(spoken)
    store = sound_reel.SoundReel.store

    def erased(self, services, name, form):
        size = store(self, services, name, form)
        erasure.erase_invites(services, interview.org_id, [interview.invite])
        return size

    monkeypatch.setattr(sound_reel.SoundReel, "store", erased)
    assert session_recording.build_recording(silent, interview.id) is None
    assert list(storage.list_names()) == []


def test_what_changes_meanwhile_is_heard(silent, spoken, monkeypatch):
    a_clip(silent, spoken, 2, a_tone(1))
    interview = ended(spoken)
    store, later = sound_reel.SoundReel.store, []

    def changed(self, services, name, form):
        if not later:
            later.append(a_clip(silent, interview, 4, a_tone(1)))
        return store(self, services, name, form)

    monkeypatch.setattr(sound_reel.SoundReel, "store", changed)
    row = session_recording.build_recording(silent, interview.id)
    assert row.layout[3][2] - row.layout[3][1] == pytest.approx(1.0)


def test_a_storage_that_is_away_leaves_everything_as_it_was(silent, storage, spoken):
    a_clip(silent, spoken, 2, a_tone(1))
    interview = ended(spoken)
    storage.fault = StorageUnreachable("away")
    with pytest.raises(StorageUnreachable):
        session_recording.build_recording(silent, interview.id)
    storage.fault = None
    assert db.session.scalars(select(SessionRecording.id)).all() == []
    assert session_recording.build_recording(silent, interview.id)


def jobs():
    db.session.rollback()
    return db.session.scalars(select(Job.kind).order_by(Job.created_at)).all()


def test_the_transcript_is_published_after_the_recording(app, with_sound, spoken):
    a_clip(with_sound, spoken, 2, a_tone(1))
    ended(spoken)
    assert jobs() == [completion.FIRST_RECORDING]
    schedule._do_jobs(with_sound)
    assert jobs() == [completion.FIRST_RECORDING]  # not its work
    schedule._do_sound_jobs(with_sound)
    assert jobs() == [completion.AFTERWARDS]
    assert session_recording.get_recording(db.session.get(Interview, spoken.id))


def test_recordings_are_built_before_anything_is_spoken_ahead(app, with_sound, spoken):
    with transaction():
        job_queue.enqueue_job(
            spoken.org_id, voice_availability.SPEAK_AHEAD, spoken.invite.campaign_id
        )
    a_clip(with_sound, spoken, 2, a_tone(1))
    ended(spoken)
    schedule._do_sound_jobs(with_sound)
    assert sorted(jobs()) == sorted([voice_availability.SPEAK_AHEAD, completion.AFTERWARDS])
    schedule._do_sound_jobs(with_sound)
    assert jobs() == [completion.AFTERWARDS]


def test_a_recording_that_cannot_be_built_holds_nothing_up(app, with_sound, storage, spoken):
    a_clip(with_sound, spoken, 2, a_tone(1))
    ended(spoken)
    storage.fault = StorageUnreachable("away")
    schedule._do_sound_jobs(with_sound)
    assert sorted(jobs()) == sorted([completion.RECORDING, completion.AFTERWARDS])
    storage.fault = None
    schedule._do_sound_jobs(with_sound)
    assert jobs() == [completion.AFTERWARDS]


def test_an_abandoned_interview_is_recorded_and_not_published(app, with_sound, spoken):
    a_clip(with_sound, spoken, 2, a_tone(1))
    with transaction():
        interview = db.session.get(Interview, spoken.id)
        completion.end_interview(interview, "abandoned", interview.last_at, by="time")
    schedule._do_sound_jobs(with_sound)
    assert jobs() == []
    assert session_recording.get_recording(interview)


def test_a_file_is_read_in_parts(silent, storage, spoken):
    a_clip(silent, spoken, 2, a_tone(1))
    interview = ended(spoken)
    row = session_recording.build_recording(silent, interview.id)
    whole = storage.files[stored_files.get_recording_name(row.id, "wav")]
    found = session_recording.open_recording(silent, interview)
    assert (found.form, found.size, found.media_type) == ("wav", len(whole), "audio/wav")
    assert found.reader.read(4) == b"RIFF"
    found.reader.seek(-10, io.SEEK_END)
    assert found.reader.read() == whole[-10:]
    with pytest.raises(NotFound):
        session_recording.open_recording(silent, interview, "mp3")
    del storage.files[stored_files.get_recording_name(row.id, "wav")]
    with pytest.raises(NotFound):
        session_recording.open_recording(silent, interview)


def test_two_hours_take_little_memory(silent, storage, spoken, monkeypatch):
    """Only a clip at a time, and pieces of the whole."""
    loaded = []
    monkeypatch.setattr(sound_reel, "CHUNK", 4_096)
    sounds = sound_reel.SoundReel._sounds

    def watched(self):
        for sound in sounds(self):
            loaded.append(len(sound.samples))
            yield sound

    monkeypatch.setattr(sound_reel.SoundReel, "_sounds", watched)
    a_clip(silent, spoken, 2, Sound(bytes(64_000)))
    session_recording.build_recording(silent, ended(spoken).id)
    assert max(loaded) == 4_096
