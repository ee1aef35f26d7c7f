"""What the models must do: what every engine does, and understand each other."""

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Levenshtein

from interviewrelay.adapters.speech import selection, turn_detection, whisper
from interviewrelay.core.config.settings import read_settings
from interviewrelay.core.db.session import transaction
from interviewrelay.core.ports.audio import SAMPLE_RATE, WIDTH, Sound
from interviewrelay.core.ports.speech import SpeechEngines, SpeechUnavailable, Transcription
from tests.contracts import speech
from tests.speech_models.conftest import SAID

Speak = Callable[[str], Sound]
MOST_ERRORS = 0.05


def quiet(seconds: float) -> bytes:
    return bytes(int(seconds * SAMPLE_RATE) * WIDTH)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def test_they_do_what_every_engine_does(engines: SpeechEngines, spoken: Speak) -> None:
    speech.check_speaker(engines.speaker)
    speech.check_transcriber(engines.transcriber, spoken(SAID[0]))
    speech.check_transcriber(engines.transcriber, speech.SILENCE, speaks_in_it=False)
    speech.check_turn_detector(engines.turn_detector, spoken(SAID[1]))


def test_no_model_is_used_inside_a_transaction(app: Any, engines: SpeechEngines) -> None:
    ears, voice, detector = engines.transcriber, engines.speaker, engines.turn_detector
    assert ears is not None
    assert voice is not None
    assert detector is not None
    for call in (
        lambda: ears.transcribe(speech.SILENCE, language="en"),
        lambda: voice.speak("Hello.", language="en"),
        lambda: detector.listen(speech.SILENCE),
    ):
        with transaction(), pytest.raises(RuntimeError):
            call()


def test_what_one_says_the_other_understands(engines: SpeechEngines, spoken: Speak) -> None:
    assert engines.transcriber is not None
    wrong = total = 0
    for text in SAID:
        found = engines.transcriber.transcribe(spoken(text), language="en")
        wrong += Levenshtein.distance(words(text), words(found.text))
        total += len(words(text))
        check_words(found, spoken(text).seconds)
    assert wrong / total <= MOST_ERRORS


def check_words(found: Transcription, seconds: float) -> None:
    assert "".join(word.text for word in found.words) == found.text.replace(" ", "")
    assert found.confidence is not None
    assert found.confidence > 0.6
    after = 0.0
    for word in found.words:
        assert after <= word.start <= word.end <= seconds + 0.1
        after = word.end


def test_times_are_those_of_the_sound(engines: SpeechEngines, spoken: Speak) -> None:
    """Silence is left out before the model hears a sound, and counted again in the times."""
    assert engines.transcriber is not None
    first, second = spoken(SAID[3]), spoken(SAID[4])
    sound = Sound(quiet(3) + first.samples + quiet(5) + second.samples)
    found = engines.transcriber.transcribe(sound, language="en")
    assert found.words[0].start == pytest.approx(3.3, abs=0.5)
    (later,) = [word for word in found.words if word.text == "When"]
    assert later.start == pytest.approx(8.3 + first.seconds, abs=0.6)
    check_words(found, sound.seconds)


def test_nobody_is_heard_in_silence_and_noise(engines: SpeechEngines) -> None:
    assert engines.transcriber is not None
    for sound in (Sound(quiet(5)), speech.noise(5), Sound(b"")):
        found = engines.transcriber.transcribe(sound, language="en", glossary=["Zurich"])
        assert found == Transcription("")


def test_a_glossary_says_how_a_name_is_written(engines: SpeechEngines, spoken: Speak) -> None:
    assert engines.transcriber is not None
    sound = spoken("I take metoprolol and lisinopril every day.")
    names = ["metoprolol", "lisinopril", "Wageningen"]
    without = engines.transcriber.transcribe(sound, language="en")
    found = engines.transcriber.transcribe(sound, language="en", glossary=names)
    assert "metoprolol" not in without.text
    assert found.text == "I take metoprolol and lisinopril every day."


def test_times_of_day_prices_and_titles_are_spoken(
    engines: SpeechEngines, spoken: Speak
) -> None:
    assert engines.transcriber is not None
    sound = spoken("Dr. Brown called at 3:30 p.m. and asked for $45.50 by email.")
    found = engines.transcriber.transcribe(sound, language="en").text
    assert re.search(r"(Dr\.|Doctor) Brown called at (3[:.]?30|three thirty) ?p\.?m", found)
    assert "$45.50" in found


def test_a_text_is_spoken_whole_however_long(engines: SpeechEngines) -> None:
    assert engines.speaker is not None
    long = engines.speaker.speak("and then we went on to the next one " * 8, language="en")
    assert 12 < long.seconds < 40
    for nothing in ("", "  \n ", "Привет 😀"):
        assert engines.speaker.speak(nothing, language="en").samples == b""
    with pytest.raises(SpeechUnavailable, match="does not speak"):
        engines.speaker.speak("Guten Tag.", language="de")


def test_the_end_of_an_answer_is_told_from_a_pause(
    engines: SpeechEngines, spoken: Speak
) -> None:
    detector = engines.turn_detector
    assert detector is not None
    whole = spoken(SAID[2])
    ended = detector.listen(Sound(whole.samples + quiet(1.5)))
    assert ended.speech == pytest.approx(whole.seconds, abs=1.8)
    assert 1.4 < ended.silence < 2.8
    assert ended.complete >= 0.5
    for nobody in (Sound(quiet(4)), speech.noise(4)):
        assert detector.listen(nobody).speech == 0
        assert detector.listen(nobody).silence == pytest.approx(4)
        assert detector.listen(nobody).complete == 0


def test_only_the_last_of_a_long_answer_matters(
    engines: SpeechEngines, spoken: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    detector: Any = engines.turn_detector
    assert detector is not None
    whole = spoken(SAID[2])
    long = Sound((whole.samples + quiet(1)) * 30 + quiet(1))
    models, heard = detector.load(), list[int]()

    def find_speech(samples: Any) -> list[dict[str, int]]:
        heard.append(len(samples))
        return models.find_speech(samples)

    monkeypatch.setattr(detector, "_models", replace(models, find_speech=find_speech))
    told = detector.listen(long)
    assert long.seconds > turn_detection.LONGEST_SECONDS
    assert heard == [turn_detection.LONGEST_SECONDS * SAMPLE_RATE]
    assert told.silence == pytest.approx(detector.listen(whole).silence + 2, abs=0.3)


def test_a_short_answer_need_not_wait_for_the_end_of_a_long_one(
    engines: SpeechEngines, spoken: Speak
) -> None:
    ears: Any = engines.transcriber
    assert ears is not None
    done: list[str] = []
    long = Sound(b"".join(spoken(text).samples + quiet(0.5) for text in SAID) * 6)

    def hear(name: str, sound: Sound) -> None:
        ears.transcribe(sound, language="en")
        done.append(name)

    sounds = {"long": long, "short": spoken(SAID[3])}
    threads = [threading.Thread(target=hear, args=one) for one in sounds.items()]
    ears.load()
    with ears._lock.hold(urgent=True, until=time.monotonic() + 600):
        for place, thread in enumerate(threads, 1):
            thread.start()
            while len(ears._lock._waiting) < place:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert done == ["short", "long"]


def test_the_languages_are_those_of_the_library() -> None:
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    assert frozenset(_LANGUAGE_CODES) == whisper.LANGUAGES


def test_the_languages_of_a_tag(engines: SpeechEngines) -> None:
    assert engines.transcriber is not None
    assert engines.speaker is not None
    for tag in ("en", "de-AT", "pt-BR", "nb", "zh-Hant"):
        assert engines.transcriber.recognizes(tag)
    assert not engines.transcriber.recognizes("tlh")
    assert not engines.speaker.speaks("de")


def test_an_own_model_comes_first_and_a_damaged_one_is_not_used(tmp_path: Path) -> None:
    own = tmp_path / "models"
    (own / "whisper").mkdir(parents=True)
    for name in whisper.NEEDED:
        (own / "whisper" / name).write_bytes(b"{}")
    (own / "kokoro-v1.0.int8.onnx").write_bytes(b"not it")
    given = {"INSTANCE_DIR": str(tmp_path), "VOICE_MODEL_DIR": str(own), "VOICE": "on"}
    made = selection.open_engines(read_settings(given))
    assert made.transcriber is not None
    assert made.speaker is not None
    assert made.transcriber.name == "whisper (whisper)"
    with pytest.raises(SpeechUnavailable, match="cannot be loaded"):
        made.transcriber.transcribe(speech.TONE, language="en")
    with pytest.raises(SpeechUnavailable, match="not the file that this version expects"):
        made.speaker.speak("Hello.", language="en")


def test_no_library_is_imported_until_it_is_needed(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from interviewrelay.adapters.speech import selection\n"
        "from interviewrelay.core.config.settings import read_settings\n"
        f"given = {{'INSTANCE_DIR': {str(tmp_path)!r}, 'VOICE': 'on'}}\n"
        "selection.open_engines(read_settings(given))\n"
        "print({'av', 'ctranslate2', 'faster_whisper', 'numpy', 'onnxruntime', 'sanotts'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_nothing_is_asked_of_the_net(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a model asked for the net")

    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    made = selection.open_engines(read_settings({"INSTANCE_DIR": str(tmp_path)}))
    assert made.transcriber is not None
    assert made.speaker is not None
    assert made.turn_detector is not None
    said = made.speaker.speak("Hello there.", language="en")
    assert said.seconds > 0.5
    made.transcriber.transcribe(speech.TONE, language="en")
    made.turn_detector.listen(speech.TONE)
