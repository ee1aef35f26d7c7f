"""WAV codec: uncompressed sound with the standard library alone."""

import io
import wave
from array import array
from collections.abc import Iterable
from itertools import chain
from typing import Final

from interviewrelay.core.audio_containers import identify_container
from interviewrelay.core.errors import AudioTooLong, InvalidAudio, UnsupportedMediaType
from interviewrelay.core.ports.audio import SAMPLE_RATE, WIDTH, RecordingFormat, Sound

NOT_WAV: Final = (
    "This server reads only WAV audio. To accept what browsers record, install the 'voice' "
    "extra."
)
RATES: Final = range(8_000, 48_001)
CHANNELS: Final = range(1, 9)
CREDIBLE: Final = 256 * 1024**2
"""Most bytes that a chunk may claim to have; one that was cut off may claim more than it has."""


class WaveCodec:
    """Reads and writes WAV files with 16-bit samples."""

    name = "wav"
    formats: tuple[RecordingFormat, ...] = ("wav",)

    def decode(self, content: bytes, *, limit_seconds: float, rate: int = SAMPLE_RATE) -> Sound:
        if not content:
            raise InvalidAudio
        if identify_container(content) != "wav":
            raise UnsupportedMediaType(NOT_WAV)
        check_header(content)
        try:
            with wave.open(io.BytesIO(content)) as file:
                own, channels, width = (
                    file.getframerate(),
                    file.getnchannels(),
                    file.getsampwidth(),
                )
                if width != WIDTH or channels not in (1, 2) or own not in RATES:
                    raise InvalidAudio
                frames = file.readframes(int(own * limit_seconds) + 1)
        except (wave.Error, EOFError, ValueError, ZeroDivisionError):
            raise InvalidAudio from None
        whole = array("h", frames[: len(frames) // (WIDTH * channels) * WIDTH * channels])
        if len(whole) // channels > own * limit_seconds:
            raise AudioTooLong.above(limit_seconds / 60)
        if not whole:
            raise InvalidAudio
        return Sound(_at_rate(whole[::channels], own, rate).tobytes(), rate)

    def encode(self, sounds: Iterable[Sound], form: RecordingFormat) -> bytes:
        if form != "wav":
            raise ValueError(f"this codec does not write {form}")
        left = iter(sounds)
        first = next(left, Sound(b""))
        made = io.BytesIO()
        with wave.open(made, "wb") as file:
            file.setparams((1, WIDTH, first.rate, 0, "NONE", ""))
            for sound in chain((first,), left):
                file.writeframesraw(sound.samples)
        return made.getvalue()


def check_header(content: bytes) -> None:
    """Check what the header of a WAV file claims, before any library believes it. Raises
    InvalidAudio.
    """
    at = 12
    while at + 8 <= len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        if size > CREDIBLE:
            raise InvalidAudio
        if content[at : at + 4] == b"fmt ":
            channels = int.from_bytes(content[at + 10 : at + 12], "little")
            rate = int.from_bytes(content[at + 12 : at + 16], "little")
            if channels not in CHANNELS or rate not in RATES:
                raise InvalidAudio
        at += 8 + size + size % 2


def _at_rate(samples: "array[int]", own: int, wanted: int) -> "array[int]":
    """The samples at another rate, by the nearest one."""
    if own == wanted:
        return samples
    count = len(samples) * wanted // own
    return array("h", (samples[i * own // wanted] for i in range(count)))
