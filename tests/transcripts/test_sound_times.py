"""With a recording, every form of the transcript tells where a turn is heard in it."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import pytest

from interviewrelay.core.conversation import TranscriptTurn
from interviewrelay.core.db.session import db
from interviewrelay.interviews import interviews
from interviewrelay.recordings import session_recording
from interviewrelay.transcripts import formats, sound_times, transcripts
from tests.conftest import logged_in
from tests.factories import a_campaign, a_clip, a_tone, an_interview, by_voice
from tests.fakes import FakeSpeaker, speech_engines
from tests.statements import statements

SAID = ("It took me an hour.", "Nobody told us.", "He was kind.")


@pytest.fixture
def spoken(app, services, ann):
    """Two answers spoken, the second after a word was corrected, and one typed."""
    made = replace(services, speech=speech_engines(speaker=FakeSpeaker()))
    interview = an_interview(made, a_campaign(ann), *SAID)
    by_voice(interview)
    a_clip(made, interview, 2, a_tone(2.345), text=SAID[0], confidence=0.81)
    a_clip(made, interview, 6, a_tone(1), text="He was kin.", confidence=0.4)
    interview = interviews.complete_interview(interview.invite).interview
    return interview, session_recording.build_recording(made, interview.id)


def test_every_form_tells_the_same_times(client, ann, spoken):
    interview, row = spoken
    layout = {number: (start, end) for number, start, end, _ in row.layout}

    def read(form):
        path = f"/api/session/{interview.id}/transcript?format={form}"
        return client.get(path, headers=ann.auth).data.decode()

    turns = json.loads(read("json"))["turns"]
    for turn in turns:
        start, end = layout[turn["number"]]
        assert turn["timestamp"] == pytest.approx(start, abs=0.006)
        assert turn["duration"] == pytest.approx(end - start, abs=0.006)
    assert [turn["confidence"] for turn in turns] == [None, 0.81, None, 1, None, 1, None]
    assert turns[3]["duration"] == 0
    made = transcripts.build_transcript(interview)
    assert [turn.timestamp for turn in made.turns] == [turn["timestamp"] for turn in turns]
    rows = list(csv.DictReader(io.StringIO(read("csv").removeprefix("\ufeff"))))
    assert [float(one["timestamp"]) for one in rows] == [one["timestamp"] for one in turns]
    campaign = interview.campaign_id
    for form in ("json", "jsonl"):
        path = f"/api/campaigns/{campaign}/transcripts?format={form}"
        told = json.loads(client.get(path, headers=ann.auth).data)
        session = told["sessions"][0] if form == "json" else told
        assert session["turns"] == turns


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_subtitles_match_the_sound(client, ann, spoken, form):
    interview, row = spoken
    path = f"/api/session/{interview.id}/transcript?format={form}"
    told = client.get(path, headers=ann.auth).data.decode()
    stamps = re.findall(r"(\d\d):(\d\d):(\d\d)[.,](\d{3})", told)
    seconds = [int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in stamps]
    cues = list(zip(seconds[::2], seconds[1::2], strict=True))
    assert len(cues) == len(row.layout)
    for (begin, end), (number, start, stop, _) in zip(cues, row.layout, strict=True):
        assert begin == pytest.approx(start, abs=0.05)
        if number != 4:  # typed: shown until the next question is heard
            assert end == pytest.approx(stop, abs=0.05)
    assert cues[3][1] == pytest.approx(cues[4][0])


def test_the_archive_has_the_same_subtitles(app, client, ann, spoken):
    interview, _ = spoken
    made = transcripts.build_transcript(interview)
    told = logged_in(app, ann).get(f"/sessions/{interview.id}/download?format=zip")
    with zipfile.ZipFile(io.BytesIO(told.data)) as archive:
        for form, write in (("srt", formats.format_srt), ("vtt", formats.format_vtt)):
            assert archive.read(f"{form}/{interview.id}.{form}").decode() == write(made)


def test_a_transcript_in_writing_asks_for_no_recording(client, ann, services):
    interview = an_interview(services, a_campaign(ann), *SAID)

    def asked():
        transcripts.build_transcript(interview)  # loads the names around it
        return statements(lambda: transcripts.build_transcript(interview))

    written = asked()
    by_voice(interview)
    db.session.refresh(interview)
    assert asked() == written + 2, "for its recording, and for the confidence of its answers"


def test_a_turn_that_the_recording_lacks_keeps_its_time():
    turn = TranscriptTurn("a", 9, 3.5, "ai", "Hello", "neutral")
    assert sound_times.place_turns([turn], [[1, 0.0, 1.0, None]]) == (turn,)
    assert sound_times.place_turns([turn], None) == (turn,)
