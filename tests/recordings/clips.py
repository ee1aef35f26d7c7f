"""WAV clips of tones and silence, as a microphone would record them."""

import io
import math
import wave
from array import array

from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.core.ports.audio import SAMPLE_RATE, Sound


def tone(seconds: float, hertz: float = 220.0) -> Sound:
    """A steady tone, which the fake detector takes for speech."""
    step = 2 * math.pi * hertz / SAMPLE_RATE
    samples = (round(9_000 * math.sin(step * i)) for i in range(round(seconds * SAMPLE_RATE)))
    return Sound(array("h", samples).tobytes())


def silence(seconds: float) -> Sound:
    return Sound(bytes(2 * round(seconds * SAMPLE_RATE)))


def clip(*sounds: Sound) -> bytes:
    """A WAV file; by default one second of tone and one of silence."""
    return WaveCodec().encode(sounds or (tone(1), silence(1)), "wav")


def pieces(content: bytes, size: int = 16_000) -> list[bytes]:
    """The file as a page sends it while it is being recorded."""
    return [content[at : at + size] for at in range(0, len(content), size)]


def get_seconds(content: bytes) -> float:
    """Length of a WAV file."""
    with wave.open(io.BytesIO(content)) as file:
        return file.getnframes() / file.getframerate()
