"""Spoken answers over HTTP: pieces, pauses, and the answer."""

from io import BytesIO

import pytest
from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.ports.speech import SpeechUnavailable
from interviewrelay.models import AnswerRecording, Interview, TurnRow
from tests.factories import a_campaign, an_invite
from tests.fakes import speech_engines
from tests.recordings.clips import clip, get_seconds, pieces, silence, tone
from tests.web.http_participant import NOON, Participant

CLIP = "clip-0001"
JSON = {"Accept": "application/json"}


class Speaking(Participant):
    """Somebody who answers by voice."""

    def send_piece(self, piece, content, *, clip=CLIP, number=2, status=200):
        path = f"{self.path}/audio/{clip}/pieces/{piece}?number={number}"
        kind = "application/octet-stream"
        response = self.client.put(path, data=content, content_type=kind, headers=JSON)
        assert response.status_code == status, response.text
        return response.json

    def record(self, content, *, clip=CLIP, number=2):
        """Send a clip in pieces; returns how many."""
        parts = pieces(content)
        for place, part in enumerate(parts):
            self.send_piece(place, part, clip=clip, number=number)
        return len(parts)

    def speak(self, content=None, *, clip=CLIP, number=2, status=201, **more):
        count = self.record(content or speech_clip(), clip=clip, number=number)
        return self("audio", {"number": number, "clip": clip, "pieces": count, **more}, status)

    def upload(self, content, status=201, **fields):
        told = {"number": "2", "audio": (BytesIO(content), "answer.webm"), **fields}
        response = self.client.post(f"{self.path}/audio", data=told, headers=JSON)
        assert response.status_code == status, response.text
        return response.json


def speech_clip(seconds=1.0):
    return clip(tone(seconds), silence(1))


@pytest.fixture
def speech():
    return speech_engines()


@pytest.fixture
def settings():
    return {"mode": "both"}


@pytest.fixture
def pat(client, services, ann, settings):
    """Somebody with a link."""
    with clock.freeze_at(NOON):
        return Speaking(client, an_invite(services, a_campaign(ann, settings=settings))[1])


@pytest.fixture
def sam(pat):
    """Somebody who has begun by voice."""
    pat.start(mode="voice")
    return pat


def rows():
    return list(db.session.execute(select(AnswerRecording)).scalars())


def turn(number):
    return db.session.execute(select(TurnRow).where(TurnRow.number == number)).scalar_one()


def test_an_answer_is_spoken_in_pieces(sam, services):
    services.speech.transcriber.texts = ["It took me an hour."]
    found = sam.speak()
    saved = found["saved"]
    assert (saved["text"], saved["confidence"], saved["doubtful"]) == (
        "It took me an hour.",
        0.9,
        [],
    )
    assert found["turn"]["number"] == 3
    assert found["voice"] == {"offered": True, "recognizes": True, "speaks": True}
    assert turn(2).text == "It took me an hour."
    (row,) = rows()
    assert (row.used, row.status, row.id) == (True, "transcribed", saved["recording_id"])
    assert services.storage.get(f"answers/{row.id}.wav") == speech_clip()
    assert list(services.storage.list_names("answers/")) == [f"answers/{row.id}.wav"]


def test_the_same_recording_again_gives_the_same_reply(sam, services):
    first = sam.speak()
    again = sam("audio", {"number": 2, "clip": CLIP, "pieces": 5}, 201)
    assert again == first
    assert len(services.speech.transcriber.heard) == 1
    assert sam.send_piece(0, b"RIFF")["pieces"] == 5


def test_a_piece_that_is_stored_is_not_stored_again(sam):
    parts = pieces(speech_clip())
    first = sam.send_piece(0, parts[0])
    assert sam.send_piece(0, parts[0]) == first
    assert (first["pieces"], first["size"]) == (1, len(parts[0]))
    gap = sam.send_piece(2, parts[2], status=409)["error"]
    assert (gap["code"], gap["details"]["pieces"]) == ("CONFLICT", 1)
    assert gap["details"]["state"]["next_number"] == 2
    assert (
        sam("audio", {"number": 2, "clip": CLIP, "pieces": 5}, 409)["error"]["details"][
            "pieces"
        ]
        == 1
    )


def test_a_whole_file_is_an_answer(sam):
    first = sam.upload(speech_clip())
    assert first["saved"]["text"] == "It took me an hour to get there."
    assert sam.upload(speech_clip()) == first
    assert sam.upload(speech_clip(), number="4")["saved"]["number"] == 4


def test_words_can_be_checked_before_they_are_sent(sam):
    heard = sam.speak(send=False, status=200)
    assert heard["text"] == "It took me an hour to get there."
    assert sam("state")["next_number"] == 2
    said = {
        "number": 2,
        "text": "It took me two hours.",
        "recording_ids": [heard["recording_id"]],
    }
    assert sam("turns", said, 201)["saved"]["text"] == "It took me two hours."
    (row,) = rows()
    assert (row.used, row.text) == (True, "It took me an hour to get there.")


def test_a_recording_of_another_answer_is_refused(sam):
    heard = sam.speak(send=False, status=200)
    sam.say(2)
    said = {"number": 4, "text": "So.", "recording_ids": [heard["recording_id"]]}
    assert sam("turns", said, 400)["error"]["details"]["field"] == "recording_ids"
    sam("audio", {"number": 4, "clip": CLIP, "pieces": 5}, 409)
    sam("audio", {"number": 2, "clip": CLIP, "pieces": 5}, 409)


def test_nothing_said_is_never_an_answer(sam, services):
    services.speech.transcriber.texts = [""]
    found = sam.speak(status=200)
    assert (found["text"], found["status"]) == ("", "transcribed")
    assert sam("state")["next_number"] == 2


def test_without_a_recognizer_the_recording_waits(sam, services):
    services.speech.transcriber.fault = SpeechUnavailable("away")
    found = sam.speak(status=202)
    assert (found["text"], found["status"]) == (None, "waiting")
    assert sam("state")["next_number"] == 2
    later = sam("audio", {"number": 2, "clip": CLIP, "pieces": 5, "later": True}, 201)
    assert (later["saved"]["text"], later["saved"]["status"]) == ("", "waiting")
    assert later["saved"]["skipped"] is False
    assert later["turn"]["number"] == 3
    assert turn(3).decision["reason"].startswith("The spoken answer was not transcribed yet")
    assert sam("audio", {"number": 2, "clip": CLIP, "pieces": 5, "later": True}, 201) == later
    sam.say(4)


@pytest.mark.parametrize("settings", [{}, {"mode": "text"}])
def test_an_interview_in_writing_takes_no_sound(pat):
    pat.start()
    assert pat("state")["voice"] == {"offered": False, "recognizes": True, "speaks": True}
    pat.send_piece(0, speech_clip(), status=409)
    pat.upload(speech_clip(), 409)
    assert rows() == []


def test_who_agreed_to_write_is_not_recorded(pat, services):
    """The recognizer was set up after they had agreed to the text."""
    ours, heard = services.speech, services.speech.transcriber
    object.__setattr__(ours, "transcriber", None)
    pat.start()
    object.__setattr__(ours, "transcriber", heard)
    assert pat("state")["voice"]["offered"] is False
    pat.send_piece(0, speech_clip(), status=409)


def test_an_interview_becomes_one_by_voice_with_its_first_spoken_answer(pat):
    pat.start()
    mode = select(Interview.mode)
    assert db.session.execute(mode).scalar_one() == "text"
    pat.speak()
    assert db.session.execute(mode).scalar_one() == "voice"


BAD = {
    "text": (b"#EXTM3U\nhttp://127.0.0.1/a.ts\n", 415, "UNSUPPORTED_MEDIA_TYPE"),
    "zip": (b"PK\x03\x04" + bytes(500), 415, "UNSUPPORTED_MEDIA_TYPE"),
    "html": (b"<!doctype html><p>Hello", 415, "UNSUPPORTED_MEDIA_TYPE"),
    "nothing": (b"", 415, "UNSUPPORTED_MEDIA_TYPE"),
    "no samples": (clip(silence(0)), 400, "INVALID_AUDIO"),
    "a head alone": (clip()[:20], 400, "INVALID_AUDIO"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_audio_is_refused(sam, kind):
    content, status, code = BAD[kind]
    assert sam.upload(content, status)["error"]["code"] == code
    assert not any(row.used for row in rows())
    assert sam("state")["next_number"] == 2


def test_a_page_about_a_bad_recording_does_not_speak_of_text(sam):
    form = {"number": "2", "audio": (BytesIO(b"#EXTM3U"), "said.wav")}
    told = sam.client.post(f"{sam.path}/audio", data=form, headers={"Accept": "text/html"})
    assert told.status_code == 415
    page = told.get_data(as_text=True)
    assert "Wait a minute" not in page
    assert "10,000 characters" not in page


def test_a_recording_that_is_too_long_is_refused(sam, services, monkeypatch):
    monkeypatch.setattr("interviewrelay.recordings.limits.LONGEST_CLIP", 1)
    for _ in range(2):  # the same one again gets the same reply
        error = sam.upload(speech_clip(), 413)["error"]
        assert error["code"] == "AUDIO_TOO_LONG"
    (row,) = rows()
    assert row.status == "failed"


def test_a_pause_is_judged(sam, services):
    count = sam.record(speech_clip())
    found = sam(f"audio/{CLIP}/pause", {"pieces": count, "silence": 1.0})
    assert found["heard"] is True
    assert found["text"] == "It took me an hour to get there."
    services.speech.transcriber.texts = ["Something else"]
    sam("audio", {"number": 2, "clip": CLIP, "pieces": count}, 201)
    assert turn(2).text == "It took me an hour to get there."
    assert len(services.speech.transcriber.heard) == 1


def test_silence_is_not_heard(sam):
    sam.record(clip(silence(2)))
    found = sam(f"audio/{CLIP}/pause", {"pieces": 4, "silence": 2.0})
    assert found == {
        "heard": False,
        "text": "",
        "confidence": None,
        "complete": False,
        "wait": 0,
    }


def test_a_pause_without_a_recognizer_is_waited_out(sam, services):
    services.speech.transcriber.fault = SpeechUnavailable("away")
    sam.record(speech_clip())
    found = sam(f"audio/{CLIP}/pause", {})
    assert (found["heard"], found["text"], found["wait"]) == (True, "", 9)


@pytest.mark.parametrize("name", ["short", "x" * 65, "with.dots", "ümlaut-name"])
def test_names_of_recordings_are_checked(sam, name):
    error = sam.send_piece(0, speech_clip(), clip=name, status=400)["error"]
    assert error["details"]["field"] == "clip"


def test_a_question_is_read_aloud(sam):
    whole = sam.client.get(f"{sam.path}/speech/1")
    assert (whole.status_code, whole.mimetype) == (200, "audio/wav")
    assert whole.headers["X-Sentences"] == "2"
    first = sam.client.get(f"{sam.path}/speech/1?sentence=0&format=wav")
    assert 0 < get_seconds(first.data) < get_seconds(whole.data)


@pytest.mark.parametrize(
    ("path", "status"),
    [("2", 404), ("9", 404), ("1?sentence=7", 404), ("1?format=mp3", 404), ("x", 400), ("1?sentence=x", 400),
     ("1?format=flac", 400)],
)  # fmt: skip
def test_what_cannot_be_read_aloud_is_told(sam, path, status):
    assert sam.client.get(f"{sam.path}/speech/{path}", headers=JSON).status_code == status


def test_an_interview_in_writing_is_not_read_aloud(client, services, ann):
    with clock.freeze_at(NOON):
        _, token = an_invite(services, a_campaign(ann))
    pat = Speaking(client, token)
    pat.start()
    assert client.get(f"{pat.path}/speech/1", headers=JSON).status_code == 404


def test_a_voice_that_is_away_is_503(sam, services):
    services.speech.speaker.fault = SpeechUnavailable("away")
    found = sam.client.get(f"{sam.path}/speech/1", headers=JSON)
    assert (found.status_code, found.json["error"]["code"]) == (503, "MAINTENANCE")


def test_the_page_asks_how_to_answer_and_says_what_happens(pat):
    page = pat.client.get(pat.path).text
    assert 'name="mode" value="voice"' in page
    assert "You can speak your answers or type them." in page
    assert "turned into text on the server of this study" in page
    assert "kept for 90 days, then deleted" in page


@pytest.mark.parametrize("settings", [{"mode": "voice", "recording": False}])
def test_a_recording_that_is_not_kept_is_deleted_once_it_is_transcribed(pat, services):
    assert "deleted as soon as they have been turned into text" in pat.client.get(pat.path).text
    pat.start(mode="voice")
    first = pat.speak()
    assert list(services.storage.list_names("answers/")) == []
    (row,) = rows()
    assert (row.size, row.text) == (0, "It took me an hour to get there.")
    assert pat("audio", {"number": 2, "clip": CLIP, "pieces": 5}, 201) == first


def test_the_text_that_was_agreed_to_decides(pat, services):
    """It was shown before the recognizer was set up."""
    ours, heard = services.speech, services.speech.transcriber
    object.__setattr__(ours, "transcriber", None)
    version = pat()["consent"]["version"]
    object.__setattr__(ours, "transcriber", heard)
    assert pat()["consent"]["version"] != version
    pat.start(400, mode="voice", consent_version=version)
    pat.start(consent_version=version)
    assert pat("state")["voice"]["offered"] is False


def test_voice_where_none_is_offered_is_told_on_the_page(pat, services):
    object.__setattr__(services.speech, "transcriber", None)
    sent = {"consent": "true", "mode": "voice"}
    page = pat.client.post(
        f"{pat.path}/start", data=sent, headers={"X-Test-Now": "2031-05-01T12:00:00Z"}
    )
    assert page.status_code == 400
    assert "Speaking isn’t possible right now" in page.text
    error = pat.start(400, mode="voice")["error"]
    assert error["details"]["field"] == "mode"


def test_who_speaks_is_told_that_it_is_recorded(pat, services):
    pat.start(mode="voice")
    services.speech.transcriber.texts = ["Is this being recorded?"]
    assert "audio of this conversation is kept" in pat.speak()["turn"]["text"]


def test_a_glossary_reaches_the_recognizer(pat, services):
    pat.start(mode="voice")
    pat.speak()
    (terms,) = services.speech.transcriber.glossaries
    assert "Alder" in terms


@pytest.mark.parametrize("settings", [{"mode": "both", "glossary": ["Xarelto"]}])
def test_the_campaigns_own_terms_come_first(sam, services):
    sam.speak()
    assert services.speech.transcriber.glossaries[0][0] == "Xarelto"


def test_an_answer_without_words_is_shown_as_such(sam, services):
    services.speech.transcriber.fault = SpeechUnavailable("away")
    sam.speak(status=202)
    sam("audio", {"number": 2, "clip": CLIP, "pieces": 5, "later": True}, 201)
    page = sam.client.get(sam.path).text
    assert "Spoken; not transcribed yet" in page
    assert "Spoken; not transcribed yet" in sam.client.get(f"{sam.path}/review").text
