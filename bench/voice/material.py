"""Spoken answers: written ones, spoken piece by piece, with pauses put between the pieces."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.voice.answers import Answer
from interviewrelay.core.ports.audio import SAMPLE_RATE, AudioCodec, Sound
from interviewrelay.core.ports.speech import Speaker

CACHE = Path(tempfile.gettempdir()) / "interviewrelay-bench-voice"
BEFORE, AFTER = 1.5, 14.0
"""Seconds of the room before and after an answer."""
ROOM_DBFS = (-62.0, -50.0)
"""Noise of a quiet room and of one with a fan, in turn."""
FRAME = SAMPLE_RATE // 100
TRIMMED_DBFS = -42.0


@dataclass(frozen=True)
class SpokenPause:
    """A pause as it is in the sound, in seconds from its beginning."""

    place: str
    length: float
    start: float


@dataclass(frozen=True)
class SpokenAnswer:
    """Sound of an answer, its pauses, and the second at which its last word ends."""

    answer: Answer
    sound: Sound
    pauses: tuple[SpokenPause, ...]
    end: float


class Voice:
    """Spoken pieces, kept in a folder for the next run."""

    def __init__(self, speaker: Speaker, codec: AudioCodec, folder: Path = CACHE) -> None:
        self._speaker, self._codec = speaker, codec
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def speak(self, text: str) -> Any:
        """Samples of a text (int16, 16 kHz), without silence before and after."""
        name = hashlib.sha256(f"{self._speaker.name}\n{text}".encode()).hexdigest()[:24]
        file = self._folder / f"{name}.raw"
        if not file.exists():
            spoken = self._speaker.speak(text, language="en", urgent=False)
            wav = self._codec.encode([spoken], "wav")
            file.write_bytes(self._codec.decode(wav, limit_seconds=120).samples)
        return _trimmed(np.frombuffer(file.read_bytes(), np.int16))


def speak_answer(
    voice: Voice, answer: Answer, pauses: tuple[float, ...], number: int
) -> SpokenAnswer:
    """The answer with its pauses in a room; the same number gives the same sound."""
    parts: list[Any] = [np.zeros(int(BEFORE * SAMPLE_RATE), np.int16)]
    placed = []
    for at, piece in enumerate(answer.pieces):
        last = at == len(answer.pieces) - 1
        parts.append(voice.speak(piece if last else _going_on(piece)))
        length = sum(map(len, parts)) / SAMPLE_RATE
        if not last:
            placed.append(SpokenPause(answer.places[at], pauses[at], length))
            parts.append(np.zeros(int(pauses[at] * SAMPLE_RATE), np.int16))
    parts.append(np.zeros(int(AFTER * SAMPLE_RATE), np.int16))
    whole = in_room(np.concatenate(parts), number)
    return SpokenAnswer(answer, whole, tuple(placed), length)


def in_room(samples: Any, number: int) -> Sound:
    """The samples with the noise of a room."""
    level = 32_768 * 10 ** (ROOM_DBFS[number % 2] / 20)
    noise = np.random.default_rng(number).normal(0, level, len(samples))
    return Sound(np.clip(samples + noise, -32_768, 32_767).astype(np.int16).tobytes())


def _going_on(piece: str) -> str:
    """A piece as it is spoken by somebody who has more to say."""
    return piece if piece[-1] in ",.!?" else f"{piece},"


def _trimmed(samples: Any) -> Any:
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME).astype(np.float64)
    loud = np.flatnonzero((frames**2).mean(axis=1) > (32_768 * 10 ** (TRIMMED_DBFS / 20)) ** 2)
    return samples[loud[0] * FRAME : (loud[-1] + 1) * FRAME] if len(loud) else samples
