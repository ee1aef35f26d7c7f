"""Audio codec port: uploads in, recordings out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

SAMPLE_RATE: Final = 16_000
"""Sample rate of decoded speech in hertz, as recognisers expect it."""
WIDTH: Final = 2
"""Bytes in a sample."""

RecordingFormat = Literal["ogg", "mp3", "wav"]


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono sound: signed 16-bit little-endian samples, `rate` of them a second."""

    samples: bytes
    rate: int = SAMPLE_RATE

    @property
    def seconds(self) -> float:
        return len(self.samples) / WIDTH / self.rate


class AudioCodec(Protocol):
    """Decodes what a browser recorded, and encodes recordings."""

    name: str
    formats: tuple[RecordingFormat, ...]
    """Formats that it writes, the best first."""

    def decode(self, content: bytes, *, limit_seconds: float, rate: int = SAMPLE_RATE) -> Sound:
        """Mono sound at `rate`. The content is never trusted: not its type, lengths or headers.

        Anything but WebM, Ogg, MP4 or WAV audio, or a container that this codec does not read, is an
        unsupported type. Decoding stops after `limit_seconds`.

        Raises UnsupportedMediaType, InvalidAudio and AudioTooLong.
        """

    def encode(self, sounds: Iterable[Sound], form: RecordingFormat) -> bytes:
        """One file with all sounds, one after the other. All have the same rate."""
