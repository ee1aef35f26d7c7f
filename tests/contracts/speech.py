"""What every speech engine does, fake or real, on this machine or elsewhere."""

from array import array
from typing import Any

import pytest

from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.core.ports.audio import SAMPLE_RATE, WIDTH, Sound
from tests.speech_stand_in import tone

SILENCE = Sound(bytes(2 * SAMPLE_RATE * WIDTH))
TONE = WaveCodec().decode(tone(2), limit_seconds=60)


def check_transcriber(ears: Any, sound: Sound = TONE, *, speaks_in_it: bool = True) -> None:
    """`speaks_in_it` tells whether the engine hears words in this sound."""
    assert ears.name
    assert ears.local in (True, False)
    assert ears.recognizes("en")
    assert ears.recognizes("en-GB")
    for urgent in (True, False):
        told = ears.transcribe(
            sound, language="en-GB", glossary=["Zurich", "A\r\nB"], urgent=urgent
        )
        assert bool(told.text) == speaks_in_it
        assert told.text == " ".join(told.text.split())
        assert told.confidence is None or 0 <= told.confidence <= 1
        last = 0.0
        for word in told.words:
            assert word.text
            assert last <= word.start <= word.end <= sound.seconds + 0.5
            assert 0 <= word.confidence <= 1
            last = word.end


def check_speaker(voice: Any) -> None:
    assert voice.name
    assert voice.local in (True, False)
    assert voice.speaks("en")
    assert voice.speaks("en-US")
    for urgent in (True, False):
        short = voice.speak("Okay.", language="en", urgent=urgent)
        assert short.rate >= SAMPLE_RATE
        assert 0.05 < short.seconds < 3
    long = voice.speak("How was your last visit? Please tell me more about it.", language="en")
    assert short.seconds < long.seconds < 10
    assert len(long.samples) % WIDTH == 0


def check_turn_detector(detector: Any, speech: Sound = TONE) -> None:
    assert detector.name
    for length in (0, 1, 2 * SAMPLE_RATE):
        quiet = Sound(bytes(length * WIDTH))
        nothing = detector.listen(quiet)
        assert (nothing.speech, nothing.silence) == (0, pytest.approx(quiet.seconds, abs=0.01))
    before = detector.listen(speech)
    after = detector.listen(Sound(speech.samples + bytes(SAMPLE_RATE * WIDTH)))
    assert 0 < before.speech <= speech.seconds
    assert after.speech == pytest.approx(before.speech, abs=0.3)
    assert after.silence == pytest.approx(before.silence + 1, abs=0.3)
    assert 0 <= before.complete <= 1
    assert 0 <= after.complete <= 1


def noise(seconds: float) -> Sound:
    """Noise of a steady loudness, the same each time."""
    state, made = 1, array("h")
    for _ in range(int(seconds * SAMPLE_RATE)):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        made.append((state >> 16) % 3_000 - 1_500)
    return Sound(made.tobytes())
