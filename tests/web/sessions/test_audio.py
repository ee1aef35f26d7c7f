"""The recording of a session: as a file of the API, in exports, and beside its transcript."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from sqlalchemy import update

from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.interviews import interviews
from interviewrelay.models import SessionRecording
from interviewrelay.recordings import session_recording
from interviewrelay.runtime import session_files, stored_files
from interviewrelay.transcripts import archive
from tests.conftest import logged_in
from tests.factories import (
    a_campaign,
    a_clip,
    a_finished_interview,
    a_tone,
    an_interview,
    by_voice,
)
from tests.fakes import FakeStorage, speech_engines

SAID = ("It took me an hour.", "Nobody told us.")


@pytest.fixture
def storage():
    return FakeStorage()


@pytest.fixture
def spoken(app, services, ann, storage):
    """A spoken interview with a recording."""
    made = replace(services, storage=storage, speech=speech_engines(speaker=None))
    app.extensions["services"] = made
    interview = an_interview(made, a_campaign(ann), *SAID)
    by_voice(interview)
    a_clip(made, interview, 2, a_tone(3), text=SAID[0], confidence=0.8)
    interview = interviews.complete_interview(interview.invite).interview
    assert session_recording.build_recording(made, interview.id)
    return interview


@pytest.fixture
def get(client, ann, spoken):
    def asked(path="", **headers):
        address = f"/api/session/{spoken.id}/audio{path}"
        return client.get(address, headers={**ann.auth, **headers})

    return asked


def test_the_whole_file(get, spoken, storage):
    told = get()
    (name,) = storage.list_names("recordings/")
    assert (told.status_code, told.mimetype) == (200, "audio/wav")
    assert told.data == storage.files[name]
    assert told.headers["Content-Length"] == str(len(told.data))
    assert told.headers["Accept-Ranges"] == "bytes"
    disposition = f'attachment; filename="recording-{spoken.id}.wav"'
    assert told.headers["Content-Disposition"] == disposition
    assert told.headers["X-Content-Type-Options"] == "nosniff"
    assert told.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("0-0", 0, 1), ("10-109", 10, 110), ("-50", -50, None), ("44-", 44, None),
     ("0-99999999", 0, None)],
)  # fmt: skip
def test_one_range(get, wanted, start, end):
    whole = get().data
    told = get(Range=f"bytes={wanted}")
    assert told.status_code == 206
    assert told.data == whole[start:end]
    first = start if start >= 0 else len(whole) + start
    last = first + len(told.data) - 1
    assert told.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
    assert told.headers["Content-Length"] == str(len(told.data))


def test_a_range_past_the_end_is_refused(get):
    size = len(get().data)
    told = get(Range=f"bytes={size}-")
    assert told.status_code == 416
    assert told.json["error"]["code"] == "RANGE_NOT_SATISFIABLE"
    assert told.headers["Content-Range"] == f"bytes */{size}"


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "lines=0-1", "bytes=b-a", "bytes=5-1", ""])
def test_any_other_range_is_ignored(get, wanted):
    assert get(Range=wanted).status_code == 200


def test_an_unchanged_file_is_not_sent_again(get):
    tag = get().headers["ETag"]
    told = get(**{"If-None-Match": tag})
    assert (told.status_code, told.data) == (304, b"")
    assert get(**{"If-None-Match": '"another"'}).status_code == 200


def test_a_range_of_another_file_is_the_whole(get):
    tag = get().headers["ETag"]
    part = {"Range": "bytes=0-9"}
    assert get(**part, **{"If-Range": tag}).status_code == 206
    told = get(**part, **{"If-Range": '"another"'})
    assert told.status_code == 200
    assert len(told.data) > 10


def test_head_tells_the_length(client, ann, spoken, get):
    told = client.head(f"/api/session/{spoken.id}/audio", headers=ann.auth)
    assert (told.status_code, told.data) == (200, b"")
    assert told.headers["Content-Length"] == str(len(get().data))


def test_formats(get):
    assert get("?format=wav").status_code == 200
    assert get("?format=mp3").status_code == 404
    told = get("?format=flac")
    assert (told.status_code, told.json["error"]["details"]["field"]) == (400, "format")


def test_other_paths_and_people(client, app, ann, ben, vic, spoken):
    alias = f"/api/sessions/{spoken.id}/audio"
    assert client.get(alias, headers=vic.auth).status_code == 200
    assert client.get(alias, headers=ben.auth).status_code == 404
    assert client.get(alias).status_code == 401
    played = logged_in(app, vic).get(f"/sessions/{spoken.id}/audio")
    assert played.status_code == 200
    assert played.headers["Content-Disposition"].startswith("inline; ")
    assert "media-src 'self'" in played.headers["Content-Security-Policy"]


def test_without_a_recording(client, ann, services, get, storage, spoken):
    written = a_finished_interview(services, a_campaign(ann), *SAID, email="w@x.example")
    path = f"/api/session/{written.id}/audio"
    assert client.get(path, headers=ann.auth).status_code == 404
    (name,) = storage.list_names("recordings/")
    kept = storage.files.pop(name)
    assert get().status_code == 404
    storage.files[name] = kept
    storage.fault = StorageUnreachable("away")
    told = get()
    assert (told.status_code, told.json["error"]["code"]) == (503, "STORAGE_UNAVAILABLE")


def test_sessions_tell_the_address_of_their_recording(client, ann, services, spoken):
    told = client.get(f"/api/sessions/{spoken.id}", headers=ann.auth).json
    assert told["audio_url"].endswith(f"/api/session/{spoken.id}/audio")
    assert told["mode"] == "voice"
    with transaction():
        db.session.execute(update(SessionRecording).values(sizes={}))
    assert client.get(f"/api/sessions/{spoken.id}", headers=ann.auth).json["audio_url"] is None


def opened(response):
    return zipfile.ZipFile(io.BytesIO(response.data))


@pytest.mark.parametrize("form", ["json", "csv", "jsonl"])
def test_a_campaign_with_its_recordings(client, ann, spoken, storage, form):
    path = f"/api/campaigns/{spoken.campaign_id}/transcripts"
    plain = client.get(f"{path}?format={form}", headers=ann.auth)
    told = client.get(f"{path}?format={form}&include_audio=true", headers=ann.auth)
    assert told.mimetype == "application/zip"
    assert f"transcripts-{spoken.campaign_id}.zip" in told.headers["Content-Disposition"]
    (name,) = storage.list_names("recordings/")
    with opened(told) as made:
        assert made.testzip() is None
        assert made.namelist() == [f"transcripts.{form}", f"audio/{spoken.id}.wav"]
        assert made.read(f"audio/{spoken.id}.wav") == storage.files[name]
        text = made.read(f"transcripts.{form}")
    if form == "json":
        assert json.loads(text)["sessions"] == json.loads(plain.data)["sessions"]
    else:
        assert text == plain.data


def test_a_recording_that_cannot_be_read_is_named(client, ann, spoken, storage):
    (name,) = storage.list_names("recordings/")
    del storage.files[name]
    path = f"/api/campaigns/{spoken.campaign_id}/transcripts?include_audio=true"
    with opened(client.get(path, headers=ann.auth)) as made:
        assert spoken.id in made.read("audio/not-read.txt").decode()


def test_too_many_sessions_for_an_archive(client, ann, services, spoken, monkeypatch):
    monkeypatch.setattr(archive, "MOST", 0)
    path = f"/api/campaigns/{spoken.campaign_id}/transcripts?include_audio=true"
    told = client.get(path, headers=ann.auth)
    assert (told.status_code, told.json["error"]["details"]["field"]) == (400, "include_audio")


def test_the_archive_of_a_session_has_its_recording(app, ann, spoken, storage):
    told = logged_in(app, ann).get(f"/sessions/{spoken.id}/download?format=zip")
    (name,) = storage.list_names("recordings/")
    with opened(told) as made:
        assert made.read(f"audio/{spoken.id}.wav") == storage.files[name]


def test_a_person_is_told_of_their_recordings(client, ann, spoken):
    told = client.post(
        "/api/participants/export", json={"email": "pat@example.com"}, headers=ann.auth
    ).json["sessions"][0]
    assert told["audio_url"].endswith(f"/api/session/{spoken.id}/audio")
    (clip,) = told["recordings"]
    assert (clip["number"], clip["text"], clip["seconds"], clip["used"]) == (
        2,
        SAID[0],
        3,
        True,
    )


def test_missing_files_are_found(app, spoken, storage):
    assert list(session_files.list_missing_files(storage)) == []
    gone = [next(storage.list_names(folder)) for folder in ("answers/", "recordings/")]
    for name in gone:
        del storage.files[name]
    assert sorted(session_files.list_missing_files(storage)) == sorted(gone)
    assert list(stored_files.list_stray_files(storage)) == []
