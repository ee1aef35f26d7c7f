"""Questions as sound: spoken once, stored under the right name, and spoken ahead."""

import threading

import pytest
from sqlalchemy import select

from interviewrelay.campaigns import campaigns
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Maintenance, NotFound
from interviewrelay.core.ports.speech import SpeechUnavailable
from interviewrelay.interviews import interviews
from interviewrelay.models import Campaign, Interview, Job
from interviewrelay.recordings import spoken_questions
from interviewrelay.runtime import job_queue, stored_files
from tests.factories import DOCUMENT, a_campaign
from tests.recordings.clips import get_seconds

FIRST = DOCUMENT["questions"][0]["text"]


def names(services, folder):
    return list(services.storage.list_names(folder))


def test_a_turn_is_spoken_once(services, snapshot):
    spoken = spoken_questions.speak_turn(services, snapshot(), 1)
    assert (spoken.media_type, spoken.sentences) == ("audio/wav", 2)
    said = list(services.speech.speaker.spoken)
    assert said[1] == FIRST
    assert spoken_questions.speak_turn(services, snapshot(), 1) == spoken
    assert services.speech.speaker.spoken == said
    seconds = len(" ".join(said).split()) / 10 + spoken_questions.BETWEEN
    assert get_seconds(spoken.content) == pytest.approx(seconds, abs=0.01)


def test_the_scripts_sentences_are_shared_and_all_others_belong_to_the_interview(
    services, snapshot
):
    """The greeting names the organization, and no other text is known to hold no words of theirs."""
    spoken_questions.speak_turn(services, snapshot(), 1)
    (phrase,) = names(services, "phrases/")
    (own,) = names(services, "speech/")
    assert own.startswith(f"speech/{snapshot().id}-1-0-")
    assert get_seconds(services.storage.get(phrase)) == pytest.approx(len(FIRST.split()) / 10)
    with transaction():
        db.session.delete(db.session.get(Interview, snapshot().id))
    assert list(stored_files.list_stray_files(services.storage)) == [own]


def test_one_sentence_is_spoken_alone(services, snapshot):
    spoken = spoken_questions.speak_turn(services, snapshot(), 1, sentence=1)
    assert services.speech.speaker.spoken == [FIRST]
    assert spoken.sentences == 2
    assert get_seconds(spoken.content) == pytest.approx(len(FIRST.split()) / 10)


@pytest.mark.parametrize(
    ("number", "more"),
    [(2, {}), (3, {}), (0, {}), (1, {"sentence": 2}), (1, {"form": "ogg"})],
)
def test_what_is_not_there_is_not_found(services, snapshot, number, more):
    with pytest.raises(NotFound):
        spoken_questions.speak_turn(services, snapshot(), number, **more)


def test_the_closing_words_can_be_heard(services, snapshot):
    invite = db.session.execute(select(Interview)).scalar_one().invite
    interviews.complete_interview(invite)
    now = snapshot()
    spoken_questions.speak_turn(services, now, len(now.turns) + 1)
    assert " ".join(services.speech.speaker.spoken) == " ".join(now.closing.split())


def test_a_voice_that_is_away_is_told_apart_from_none(services, snapshot):
    services.speech.speaker.fault = SpeechUnavailable("away")
    with pytest.raises(Maintenance):
        spoken_questions.speak_turn(services, snapshot(), 1)
    object.__setattr__(services.speech, "speaker", None)
    with pytest.raises(NotFound):
        spoken_questions.speak_turn(services, snapshot(), 1)


def test_two_requests_at_once_speak_once(app, services, snapshot, monkeypatch):
    now, started, speaker = snapshot(), threading.Event(), services.speech.speaker
    speak = speaker.speak

    def slowly(*given, **more):
        started.set()
        return speak(*given, **more)

    monkeypatch.setattr(speaker, "speak", slowly)

    def ask():
        with app.app_context():
            spoken_questions.speak_turn(services, now, 1, sentence=1)
            db.session.remove()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert speaker.spoken == [FIRST]


def run_jobs(services):
    handlers = {"speak ahead": spoken_questions.speak_ahead}
    return job_queue.run_due_jobs(services, handlers)


def test_questions_are_spoken_ahead(services, snapshot):
    assert run_jobs(services) == 1
    spoken = set(services.speech.speaker.spoken)
    assert {FIRST, "How long did you wait?", "That's fine."} <= spoken
    assert not any("{" in words for words in spoken)
    assert not list(db.session.execute(select(Job)).scalars())
    services.speech.speaker.spoken.clear()
    spoken_questions.speak_turn(services, snapshot(), 1, sentence=1)
    assert services.speech.speaker.spoken == []


def test_speaking_ahead_makes_room_for_others(services, token, monkeypatch):
    monkeypatch.setattr(spoken_questions, "SPEAKING_SECONDS", -1.0)
    run_jobs(services)
    assert services.speech.speaker.spoken == []
    monkeypatch.setattr(spoken_questions, "SPEAKING_SECONDS", 60.0)
    assert run_jobs(services) == 1
    assert FIRST in services.speech.speaker.spoken


@pytest.mark.parametrize("settings", [{}, {"mode": "text"}])
def test_a_study_in_writing_is_not_spoken(services, ann, settings):
    a_campaign(ann, settings=settings)
    assert run_jobs(services) == 0


def test_phrases_that_nobody_needs_are_deleted(services, snapshot):
    run_jobs(services)
    assert spoken_questions.delete_unused_phrases(services) == 0
    services.storage.put(f"phrases/{'0' * 64}.wav", b"x")
    assert spoken_questions.delete_unused_phrases(services) == 1
    campaign = db.session.execute(select(Campaign)).scalar_one()
    campaigns.change_campaign(campaign, {"settings": {"mode": "text"}})
    assert spoken_questions.delete_unused_phrases(services) > 100
    assert names(services, "phrases/") == []
