"""A whole interview by voice, from the invitation's link to the recording, which nobody here can hear: it
is recognised as a whole, and measured.
"""

import io
import json
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser

from interviewrelay.core.ports.audio import Sound
from tests.flows.server import until
from tests.spoken import measures, study
from tests.spoken.conftest import Studied
from tests.spoken.participant import SLOW, participating

RATE = 24_000
"""Hertz of the recording."""
SPEECH = -40.0
"""Level in dBFS of speech that has been made as loud as all other."""
AROUND = 0.4
"""Seconds around a turn in which its speech is looked for; between two turns there is half a second."""
MOST_JUMP = 1_500
"""Difference of two neighbouring samples that nobody hears as a click."""


@dataclass
class Held:
    """An interview that was held, and what the API says of it afterwards."""

    studied: Studied
    session: str
    said: dict[int, str]

    def get(self, path: str = "", kind: str = "") -> Any:
        answer = self.studied.server.call(
            "GET", f"/api/session{'s' * (not path)}/{self.session}{path}", key=self.studied.key
        )
        assert answer.status == 200, answer.body
        assert answer.headers["content-type"].startswith(kind)
        return answer

    @cached_property
    def turns(self) -> list[dict[str, Any]]:
        turns: list[dict[str, Any]] = self.get("/transcript").json["turns"]
        return turns

    @cached_property
    def files(self) -> dict[str, bytes]:
        kinds = {"ogg": "audio/ogg", "mp3": "audio/mpeg"}
        return {
            form: self.get(f"/audio?format={form}", kind).body for form, kind in kinds.items()
        }

    @cached_property
    def sounds(self) -> dict[str, Sound]:
        """What ffmpeg decodes, which nothing of ours has made."""
        how = ["-f", "s16le", "-ar", str(RATE), "-ac", "1"]
        words = ["ffmpeg", "-v", "error", "-i", "pipe:0", *how, "pipe:1"]
        done = {
            form: subprocess.run(
                words, input=content, capture_output=True, timeout=120, check=True
            )
            for form, content in self.files.items()
        }
        assert [one.stderr for one in done.values()] == [b"", b""]
        return {form: Sound(one.stdout, RATE) for form, one in done.items()}

    def probe(self, form: str, folder: Path) -> dict[str, Any]:
        """What ffprobe says of the file."""
        path = folder / f"recording.{form}"
        path.write_bytes(self.files[form])
        words = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams"]
        told = subprocess.run([*words, str(path)], capture_output=True, check=True, timeout=60)
        found: dict[str, Any] = json.loads(told.stdout)
        return found


@pytest.fixture(scope="module")
def held(studied: Studied, browser: Browser, microphone: Path) -> Held:
    """Every question is answered by speaking; nobody presses "Done"."""
    campaign = studied.campaign(study.QUESTIONS[:5])
    token = studied.invite(campaign, "whole@example.com")
    with participating(browser, studied.server, token, microphone) as somebody:
        somebody.begin()
        somebody.answer_all()
        session = somebody.state()["session_id"]
        made = Held(studied, session, dict(somebody.said))
    until(lambda: made.get().json["audio_url"], SLOW / 1000)
    return made


def test_the_session_was_spoken_completed_and_paid_for(held: Held) -> None:
    session = held.get().json
    assert (session["status"], session["mode"]) == ("completed", "voice")
    assert len(held.said) >= 6
    assert session["credits_charged"] > 0
    print(f"{len(held.said)} answers, {session['credits_charged']} credits charged")


def test_words_are_those_that_were_spoken(held: Held) -> None:
    heard = {turn["number"]: turn["text"] for turn in held.turns if turn["speaker"] != "ai"}
    assert list(heard) == list(held.said)
    for number, said in held.said.items():
        print(*measures.count_errors(said, heard[number]), heard[number])
    rate = measures.rate_errors([(said, heard[number]) for number, said in held.said.items()])
    print(f"word error rate {rate:.1%} of {len(heard)} answers")
    assert rate <= 0.05


def test_turns_have_their_time_and_answers_their_confidence(held: Held) -> None:
    end = 0.0
    for turn in held.turns:
        assert turn["timestamp"] >= end
        end = turn["timestamp"] + turn["duration"]
        assert turn["duration"] > 0.5
        if turn["speaker"] == "participant":
            assert 0.5 < turn["confidence"] < 1


def test_the_pdf_holds_every_answer(held: Held) -> None:
    pages = pypdf.PdfReader(io.BytesIO(held.get("/pdf", "application/pdf").body)).pages
    printed = measures.words(" ".join(page.extract_text() for page in pages))
    for turn in held.turns:
        assert " ".join(measures.words(turn["text"])[:5]) in " ".join(printed)


@pytest.mark.parametrize(("form", "codec"), [("ogg", "opus"), ("mp3", "mp3")])
def test_the_file_is_as_long_as_it_says_and_as_its_subtitles(
    held: Held, tmp_path: Path, form: str, codec: str
) -> None:
    told = held.probe(form, tmp_path)
    (stream,) = told["streams"]
    assert (told["format"]["format_name"], stream["codec_name"]) == (form, codec)
    assert stream["channels"] == 1
    header, decoded = float(told["format"]["duration"]), held.sounds[form].seconds
    last = read_cues(held.get("/transcript?format=srt").body.decode())[-1][1]
    rate, size = told["format"]["bit_rate"], len(held.files[form])
    print(f"{form}: header {header:.3f} s, decoded {decoded:.3f} s, last subtitle {last:.3f} s")
    print(f"{form}: {stream['sample_rate']} Hz, {rate} bit/s, {size:,} bytes")
    assert decoded == pytest.approx(header, abs=0.1)
    assert decoded == pytest.approx(last, abs=0.3)


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_subtitles_are_shown_while_a_turn_is_heard(held: Held, form: str) -> None:
    cues = read_cues(held.get(f"/transcript?format={form}").body.decode())
    assert len(cues) == len(held.turns)
    for (start, end), turn in zip(cues, held.turns, strict=True):
        assert start == pytest.approx(turn["timestamp"], abs=0.002)
        assert end == pytest.approx(turn["timestamp"] + turn["duration"], abs=0.6)


def test_each_turn_begins_where_the_transcript_says(held: Held) -> None:
    errors = []
    for turn in held.turns:
        begin = turn["timestamp"] - AROUND
        near = measures.cut(held.sounds["ogg"], begin, begin + 3)
        levels = measures.list_levels(near)
        onset = next(i for i, level in enumerate(levels) if level > SPEECH) * 0.02
        errors.append(max(begin, 0) + onset - turn["timestamp"])
    print("alignment errors in seconds:", *(f"{error:+.2f}" for error in errors))
    assert max(map(abs, errors)) <= 0.3


def test_the_whole_recording_is_understood(held: Held) -> None:
    spoken = [held.said.get(turn["number"], turn["text"]) for turn in held.turns]
    heard = study.recognize(held.sounds["mp3"])
    rate = measures.rate_errors([(" ".join(spoken), heard)])
    print(f"word error rate {rate:.1%} of the whole recording")
    print(heard)
    assert rate <= 0.08


def test_voices_are_equally_loud_and_nothing_clips_or_clicks(held: Held) -> None:
    sound = held.sounds["ogg"]
    loud = []
    for turn in held.turns:
        start = turn["timestamp"]
        loud.append(measures.measure_loud(measures.cut(sound, start, start + turn["duration"])))
    print("loudness of turns in dBFS:", *(f"{level:.1f}" for level in loud))
    ends = [(t["timestamp"], t["timestamp"] + t["duration"]) for t in held.turns]
    jumps = measures.find_jumps(sound, [at for pair in ends for at in pair])
    highest = max(map(abs, measures.read_samples(sound)))
    print(f"highest sample {highest}; jumps at joints {max(jumps)} at most")
    assert max(loud) - min(loud) <= 3
    assert highest < 32_767
    assert max(jumps) <= MOST_JUMP


def read_cues(text: str) -> list[tuple[float, float]]:
    """Start and end of each subtitle."""
    moment = r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d\d\d)"
    return [
        (read_moment(found.groups()[:4]), read_moment(found.groups()[4:]))
        for found in re.finditer(f"{moment} --> {moment}", text)
    ]


def read_moment(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
