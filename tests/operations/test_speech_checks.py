"""What the server tells of its speech engines."""

from pathlib import Path

from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.ports.speech import SpeechEngines, SpeechUnavailable
from interviewrelay.operations.speech_checks import (
    PAUSES,
    RECOGNITION,
    SYNTHESIS,
    check_engines,
    describe_engines,
)
from tests.fakes import FakeSpeaker, FakeTranscriber, speech_engines

HERE = Settings(Path())


def test_each_engine_is_told_by_name_and_place() -> None:
    ears = FakeTranscriber()
    ears.local = False
    told = describe_engines(speech_engines(transcriber=ears), HERE)
    assert told == {
        RECOGNITION: "fake-ears, by a service",
        SYNTHESIS: "fake-voice, on this server",
        PAUSES: "fake-detector, on this server",
    }


def test_what_is_missing_is_told_with_what_to_install_or_set() -> None:
    told = describe_engines(SpeechEngines(WaveCodec()), HERE)
    assert "requirements-voice.lock" in told[RECOGNITION]
    assert "STT_BASE_URL" in told[RECOGNITION]
    assert "TTS_BASE_URL" in told[SYNTHESIS]
    assert "'voice' extra" in told[PAUSES]
    off = describe_engines(SpeechEngines(WaveCodec()), Settings(Path(), voice="off"))
    assert set(off.values()) == {"turned off (VOICE=off)"}
    assert check_engines(SpeechEngines(WaveCodec())) == {}


def test_each_engine_is_tried() -> None:
    ears, voice = FakeTranscriber(""), FakeSpeaker()
    voice.fault = SpeechUnavailable("status 401")
    found = check_engines(speech_engines(transcriber=ears, speaker=voice))
    assert found == {RECOGNITION: [], SYNTHESIS: ["status 401"], PAUSES: []}
    assert len(ears.heard) == 1
