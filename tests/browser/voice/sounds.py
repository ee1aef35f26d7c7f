"""Sounds for a fake microphone: something like speech, made of harmonics in syllables, and silence."""

import math
import wave
from array import array
from pathlib import Path

RATE = 16_000
PITCH = 140
SYLLABLES = 4
"""A second."""
LOUD = 6_000


def make_sound(*parts: float) -> bytes:
    """Samples of seconds of speech; what is negative is silence."""
    samples = array("h")
    for seconds in parts:
        for at in range(int(abs(seconds) * RATE)):
            time = at / RATE
            pressed = abs(math.sin(math.pi * SYLLABLES * time))
            tone = sum(math.sin(2 * math.pi * PITCH * n * time) / n for n in range(1, 6))
            samples.append(int(LOUD * pressed * tone / 2) if seconds > 0 else 0)
    return samples.tobytes()


def write_wav(path: Path, *parts: float) -> None:
    """Replace the file in one step: the browser reads it whenever the microphone is opened."""
    new = path.with_suffix(".new")
    with wave.open(str(new), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(make_sound(*parts))
    new.replace(path)
