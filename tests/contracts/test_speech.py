"""What every speech engine does, and what the services behind URLs are asked and borne from. The models
that run in this process are held to the same in tests/speech_models.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.adapters.http.circuit_breaker import CircuitBreaker
from interviewrelay.adapters.speech import openai_speech, selection
from interviewrelay.adapters.speech.admission import CallLimit
from interviewrelay.adapters.speech.openai_speech import OpenAiSpeaker, OpenAiTranscriber
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import Settings, read_settings
from interviewrelay.core.db.session import transaction
from interviewrelay.core.ports.audio import SAMPLE_RATE, WIDTH, RecordingFormat, Sound
from interviewrelay.core.ports.speech import SpeechUnavailable, Transcription
from tests import speech_stand_in
from tests.contracts import speech
from tests.contracts.speech import TONE
from tests.fakes import FakeSpeaker, FakeTranscriber, FakeTurnDetector
from tests.speech_stand_in import KEY, SENTENCE, SpeechStandIn, tone

EAR, VOICE = "tiny-ear", "tiny-voice"


@pytest.fixture(scope="module")
def running() -> Iterator[SpeechStandIn]:
    with speech_stand_in.serving() as made:
        yield made


@pytest.fixture
def service(running: SpeechStandIn, monkeypatch: pytest.MonkeyPatch) -> SpeechStandIn:
    for limit in ("URGENT_SECONDS", "LONGEST_CALL_SECONDS"):
        monkeypatch.setattr(openai_speech, limit, 600.0)  # however busy the machine is
    running.behave(key=KEY)
    running.hear()
    return running


def told(folder: Path, base: str, **more: str) -> Settings:
    services = {
        "STT_BASE_URL": base,
        "STT_MODEL": EAR,
        "STT_API_KEY": KEY,
        "TTS_BASE_URL": base,
        "TTS_MODEL": VOICE,
        "TTS_API_KEY": KEY,
    }
    return read_settings({"INSTANCE_DIR": str(folder), **services, **more})


@pytest.fixture
def ears(service: SpeechStandIn, tmp_path: Path) -> OpenAiTranscriber:
    return OpenAiTranscriber.open(told(tmp_path, service.base), WaveCodec(), CallLimit(4))


@pytest.fixture
def voice(service: SpeechStandIn, tmp_path: Path) -> OpenAiSpeaker:
    given = told(tmp_path, service.base, TTS_VOICE="alloy")
    return OpenAiSpeaker.open(given, WaveCodec(), CallLimit(4))


def heard(ears: Any, sound: Sound = TONE, **more: Any) -> Transcription:
    made: Transcription = ears.transcribe(sound, **{"language": "en", **more})
    return made


# --- every engine -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["fake", "service"])
def test_every_transcriber(kind: str, ears: OpenAiTranscriber) -> None:
    speech.check_transcriber(FakeTranscriber() if kind == "fake" else ears)


@pytest.mark.parametrize("kind", ["fake", "service"])
def test_every_speaker(kind: str, voice: OpenAiSpeaker) -> None:
    speech.check_speaker(FakeSpeaker() if kind == "fake" else voice)


def test_the_fake_turn_detector() -> None:
    speech.check_turn_detector(FakeTurnDetector())


def test_no_engine_is_called_inside_a_transaction(
    app: Any, ears: OpenAiTranscriber, voice: OpenAiSpeaker
) -> None:
    for engine in (ears, FakeTranscriber()):
        with transaction(), pytest.raises(RuntimeError):
            heard(engine)
    for engine in (voice, FakeSpeaker()):
        with transaction(), pytest.raises(RuntimeError):
            engine.speak("Hello.", language="en")
    with transaction(), pytest.raises(RuntimeError):
        FakeTurnDetector().listen(TONE)


# --- services -----------------------------------------------------------------------------------


def test_it_is_asked_as_openai_is_asked(
    ears: OpenAiTranscriber, voice: OpenAiSpeaker, service: SpeechStandIn
) -> None:
    service.hear("I waited two hours.")
    found = heard(ears, language="pt-BR", glossary=["Zürich", "Dr. Li"])
    assert found.text == "I waited two hours."
    assert [word.text for word in found.words] == ["I", "waited", "two", "hours."]
    assert found.words[-1].end == pytest.approx(2)
    assert found.confidence == pytest.approx(0.9)
    voice.speak("Hello there.", language="en")
    first, second = service.calls
    assert (first["model"], first["language"]) == (EAR, "pt")
    assert first["prompt"] == "Zürich, Dr. Li"
    assert first["response_format"] == "verbose_json"
    assert "word" in first["timestamp_granularities[]"]
    assert (second["model"], second["voice"]) == (VOICE, "alloy")
    assert (second["input"], second["response_format"]) == ("Hello there.", "wav")
    assert voice.name == f"{VOICE}/alloy"


def test_what_is_sent_is_the_sound(ears: OpenAiTranscriber, service: SpeechStandIn) -> None:
    heard(ears)
    assert WaveCodec().decode(service.uploads[0], limit_seconds=9) == TONE


@pytest.mark.parametrize(
    ("behaviour", "first", "words"),
    [("valid", 1, True), ("knows only json", 2, False), ("knows only text", 3, False)],
)
def test_the_most_detailed_form_is_found_out_once(
    ears: OpenAiTranscriber, service: SpeechStandIn, behaviour: str, first: int, words: bool
) -> None:
    service.behave(behaviour, key=KEY)
    for calls in (first, first + 1):
        found = heard(ears)
        assert found.text == SENTENCE
        assert bool(found.words) == words
        assert (found.confidence is not None) == words
        assert len(service.calls) == calls


def test_silence_is_an_empty_text(ears: OpenAiTranscriber, service: SpeechStandIn) -> None:
    assert heard(ears, speech.SILENCE) == Transcription("")
    assert heard(ears, Sound(b"\1\0" * 99)) == Transcription("")
    assert len(service.calls) == 1  # what is too short to say anything is not sent


def test_times_that_cannot_be_are_left_out(
    ears: OpenAiTranscriber, service: SpeechStandIn
) -> None:
    service.behave("wild times", key=KEY)
    found = heard(ears)
    assert (found.text, found.words) == ("yes no so", ())


def test_long_sound_is_sent_compressed_and_never_more_than_a_service_takes(
    service: SpeechStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Small(WaveCodec):
        formats: tuple[RecordingFormat, ...] = ("ogg", "wav")

        def encode(self, sounds: Any, form: RecordingFormat) -> bytes:
            return super().encode(sounds, "wav") if form == "wav" else b"OggS small"

    ears = OpenAiTranscriber.open(told(tmp_path, service.base), Small(), CallLimit(4))
    for seconds, name in ((30, "answer.wav"), (31, "answer.ogg")):
        heard(ears, Sound(TONE.samples * (seconds // 2 + seconds % 2)))
        assert service.calls[-1]["filename"] == name
    assert service.uploads[-1] == b"OggS small"
    monkeypatch.setattr(openai_speech, "LARGEST_UPLOAD", 9)
    with pytest.raises(SpeechUnavailable, match="too large"):
        heard(ears)
    assert len(service.calls) == 2


FAULTS = [
    *[(status, f"status {status}") for status in ("400", "401", "404", "429", "500", "503")],
    ("hangs up", "connection"),
    ("huge output", "answer too large"),
]


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [*FAULTS, *[(name, "no transcription") for name in ("HTML", "no body", "wrong types")]],
)
def test_a_transcriber_that_fails_is_away(
    ears: OpenAiTranscriber, service: SpeechStandIn, behaviour: str, why: str
) -> None:
    is_away(lambda: heard(ears), service, behaviour, why)


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [*FAULTS, *[(name, "no WAV audio") for name in ("HTML", "no body", "wrong types")]],
)
def test_a_speaker_that_fails_is_away(
    voice: OpenAiSpeaker,
    service: SpeechStandIn,
    monkeypatch: pytest.MonkeyPatch,
    behaviour: str,
    why: str,
) -> None:
    monkeypatch.setattr(openai_speech, "LARGEST_SOUND", 1_000_000)
    is_away(lambda: voice.speak("Hello.", language="en"), service, behaviour, why)


def is_away(call: Callable[[], Any], service: SpeechStandIn, behaviour: str, why: str) -> None:
    service.behave(behaviour, key=KEY)
    with pytest.raises(SpeechUnavailable, match=why):
        call()


def test_a_service_that_never_answers_is_away_in_time(
    ears: OpenAiTranscriber,
    voice: OpenAiSpeaker,
    service: SpeechStandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(openai_speech, "URGENT_SECONDS", 0.3)
    is_away(lambda: heard(ears), service, "hangs", "timeout")
    is_away(lambda: voice.speak("Hello.", language="en"), service, "hangs", "timeout")
    monkeypatch.setattr(openai_speech, "LONGEST_CALL_SECONDS", 0.3)
    is_away(lambda: heard(ears, urgent=False), service, "hangs", "timeout")


def test_a_service_that_is_gone_is_away(tmp_path: Path) -> None:
    given = told(tmp_path, "http://127.0.0.1:1/v1")
    with pytest.raises(SpeechUnavailable):
        heard(OpenAiTranscriber.open(given, WaveCodec(), CallLimit(4)))
    with pytest.raises(SpeechUnavailable):
        OpenAiSpeaker.open(given, WaveCodec(), CallLimit(4)).speak("Hello.", language="en")


def test_a_service_that_keeps_failing_is_left_alone_for_a_minute(
    ears: OpenAiTranscriber, service: SpeechStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    now = [0.0]
    ears._client.breaker = CircuitBreaker(lambda: now[0])
    service.behave("500", key=KEY)
    for _ in range(3):
        with pytest.raises(SpeechUnavailable, match="status 500"):
            heard(ears)
    assert "speech_calls_paused" in caplog.text
    assert KEY not in caplog.text
    service.behave("valid", key=KEY)
    with pytest.raises(SpeechUnavailable, match="are paused"):
        heard(ears)
    assert service.calls == []
    now[0] = 60.1
    assert heard(ears).text


def test_a_sound_that_is_refused_tells_nothing_of_the_next(
    ears: OpenAiTranscriber, service: SpeechStandIn
) -> None:
    service.behave(*["400"] * 15, "valid", key=KEY)  # each is asked for in three forms
    for turn in range(6):
        with pytest.raises(SpeechUnavailable) if turn < 5 else nullcontext():
            heard(ears)


def test_the_key_is_in_no_repr(tmp_path: Path) -> None:
    given = told(tmp_path, "https://speech.example/v1")
    assert given.stt_api_key == given.tts_api_key == KEY
    assert KEY not in repr(given)


def test_a_name_that_leads_inside_is_not_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inside = [(2, 1, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: inside)
    given = told(tmp_path, "https://speech.example/v1")
    with pytest.raises(SpeechUnavailable, match="not on the public internet"):
        heard(OpenAiTranscriber.open(given, WaveCodec(), CallLimit(4)))


def test_a_wav_with_a_length_of_no_end_is_read(
    voice: OpenAiSpeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Services that stream begin before they know the length."""
    whole = tone(1)
    endless = whole[:40] + b"\xff\xff\xff\xff" + whole[44:]
    monkeypatch.setattr("tests.speech_stand_in.tone", lambda _: endless)
    assert voice.speak("Hello.", language="en").seconds == pytest.approx(1)


# --- how many at once ---------------------------------------------------------------------------


def test_calls_that_somebody_waits_for_never_hold_all_threads(
    service: SpeechStandIn, tmp_path: Path
) -> None:
    service.behave("hangs", "valid", key=KEY)
    ears = OpenAiTranscriber.open(told(tmp_path, service.base), WaveCodec(), CallLimit(1))

    def wait() -> None:
        with pytest.raises(SpeechUnavailable):
            heard(ears)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not service.calls:
        time.sleep(0.01)
    with pytest.raises(SpeechUnavailable, match="too many calls"):
        heard(ears)
    assert heard(ears, urgent=False).text
    service.behave("valid", key=KEY)  # this ends the call that waits
    waiting.join()


# --- selection ----------------------------------------------------------------------------------


def test_services_in_the_settings_come_first(service: SpeechStandIn, tmp_path: Path) -> None:
    engines = selection.open_engines(told(tmp_path, service.base))
    assert engines.transcriber is not None
    assert engines.speaker is not None
    assert (engines.transcriber.name, engines.transcriber.local) == (EAR, False)
    assert (engines.speaker.name, engines.speaker.local) == (VOICE, False)
    assert heard(engines.transcriber).text == SENTENCE


def test_off_is_off(service: SpeechStandIn, tmp_path: Path) -> None:
    engines = selection.open_engines(told(tmp_path, service.base, VOICE="off"))
    assert (engines.transcriber, engines.speaker, engines.turn_detector) == (None, None, None)
    assert engines.codec.formats


def test_without_the_extra_there_is_nothing_and_on_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, service: SpeechStandIn
) -> None:
    monkeypatch.setattr(selection, "find_spec", lambda _: None)
    here = {"INSTANCE_DIR": str(tmp_path)}
    engines = selection.open_engines(read_settings(here))
    assert (engines.transcriber, engines.speaker, engines.turn_detector) == (None, None, None)
    assert engines.codec.name == "wav"
    with pytest.raises(SettingsError, match=r"requirements-voice\.lock.* STT_BASE_URL"):
        selection.open_engines(read_settings({**here, "VOICE": "on"}))
    made = selection.open_engines(told(tmp_path, service.base, VOICE="on"))
    assert made.transcriber is not None


@pytest.mark.parametrize("name", ["STT_BASE_URL", "TTS_BASE_URL"])
def test_a_url_that_cannot_be_called_stops_the_start(name: str, tmp_path: Path) -> None:
    given = told(tmp_path, "https://speech.example/v1", **{name: "https://u:p@x.example/v1"})
    with pytest.raises(SettingsError, match=f"{name} is not a valid URL"):
        selection.open_engines(given)


def test_a_tenth_of_a_second_is_enough_to_be_sent(
    ears: OpenAiTranscriber, service: SpeechStandIn
) -> None:
    heard(ears, Sound(TONE.samples[: SAMPLE_RATE * WIDTH // 10]))
    assert len(service.calls) == 1
