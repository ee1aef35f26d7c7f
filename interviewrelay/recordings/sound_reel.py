"""Sound reel: the sound of a whole interview, put together turn by turn in a temporary file.

Only one clip is in memory at a time, however long the interview is.
"""

import logging
import struct
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import IO, Final

from interviewrelay.core.errors import AudioTooLong, InvalidAudio, UnsupportedMediaType
from interviewrelay.core.ports.audio import (
    SAMPLE_RATE,
    WIDTH,
    AudioCodec,
    RecordingFormat,
    Sound,
)
from interviewrelay.core.ports.speech import SpeechUnavailable
from interviewrelay.recordings import loudness, spoken_questions
from interviewrelay.runtime import stored_files
from interviewrelay.runtime.services import Services

log = logging.getLogger(__name__)

FINE_RATE: Final = 24_000
"""Sample rate in hertz of compressed recordings; uncompressed ones have that of speech."""
PAUSE: Final = 0.5
"""Seconds between two turns."""
UNSPOKEN: Final = 0.6
"""Seconds of silence in place of a question that nobody can speak, or of a clip that is lost."""
LONGEST_CLIP: Final = 20 * 60.0
"""Seconds of a clip that are decoded; the server accepts less."""
PEAKS: Final = 480
"""Parts of the wave picture."""
STEPS: Final = 20
"""Parts of a second that are measured for it."""
CHUNK: Final = 1024 * 1024
"""Bytes that are read from the reel at once."""

Layout = list[tuple[int, float, float, float | None]]
"""Number, start and end of each turn, and how sure the recogniser was."""


@dataclass(frozen=True, slots=True)
class PlannedClip:
    """A clip of an answer."""

    id: str
    container: str
    size: int
    text: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class PlannedTurn:
    """A turn to be heard: a question with its text, or an answer with its clips, if there are any."""

    number: int
    text: str | None
    clips: tuple[PlannedClip, ...]
    confidence: float | None = None
    """Confidence of the recogniser, for an answer that stands as recognised."""


def choose_formats(codec: AudioCodec) -> tuple[RecordingFormat, ...]:
    """Formats to keep: the compressed ones, or else WAV."""
    return tuple(form for form in codec.formats if form != "wav") or ("wav",)


@contextmanager
def record(
    services: Services, interview_id: str, language: str, turns: Sequence[PlannedTurn]
) -> Iterator["SoundReel"]:
    """Put the turns on a reel, which is gone after the block. Raises StorageUnreachable."""
    rate = FINE_RATE if choose_formats(services.speech.codec) != ("wav",) else SAMPLE_RATE
    with tempfile.TemporaryFile() as file:
        reel = SoundReel(file, rate)
        for turn in turns:
            reel.add(turn, _list_sounds(services, interview_id, language, turn, rate))
        yield reel


class SoundReel:
    """Sound of an interview on disk: samples at one rate, and the place of each turn."""

    def __init__(self, file: IO[bytes], rate: int) -> None:
        self._file, self._rate = file, rate
        self._samples = 0
        self.layout: Layout = []

    @property
    def seconds(self) -> float:
        return round(self._samples / self._rate, 3)

    def add(self, turn: PlannedTurn, sounds: Iterator[Sound]) -> None:
        """Add a turn, with a pause before it; a turn without sound takes no time."""
        begun: float | None = None
        for sound in sounds:
            if begun is None and self._samples:
                self._write(get_silence(PAUSE, self._rate))
            begun = self.seconds if begun is None else begun
            self._write(sound)
        start = self.seconds if begun is None else begun
        self.layout.append((turn.number, start, self.seconds, turn.confidence))

    def measure_peaks(self) -> list[int]:
        """Wave picture, from finer ones of each part that is in memory."""
        steps: list[int] = []
        for sound in self._sounds():
            count = max(1, round(sound.seconds * STEPS))
            steps += loudness.measure_peaks([sound], count)
        if not steps:
            return []
        bounds = [i * len(steps) // PEAKS for i in range(PEAKS + 1)]
        return [max(steps[start : max(end, start + 1)]) for start, end in pairwise(bounds)]

    def store(self, services: Services, name: str, form: RecordingFormat) -> int:
        """Store the whole sound as a file; returns its size in bytes. Raises StorageUnreachable."""
        if form == "wav":
            head = build_wave_head(self._samples * WIDTH, self._rate)
            services.storage.put(name, self._wave_chunks(head))
            return len(head) + self._samples * WIDTH
        content = services.speech.codec.encode(self._sounds(), form)
        services.storage.put(name, content)
        return len(content)

    def _write(self, sound: Sound) -> None:
        self._file.write(sound.samples)
        self._samples += len(sound.samples) // WIDTH

    def _wave_chunks(self, head: bytes) -> Iterator[bytes]:
        yield head
        for sound in self._sounds():
            yield sound.samples

    def _sounds(self) -> Iterator[Sound]:
        self._file.seek(0)
        while samples := self._file.read(CHUNK):
            yield Sound(samples, self._rate)


def get_silence(seconds: float, rate: int) -> Sound:
    return Sound(bytes(WIDTH * round(seconds * rate)), rate)


def build_wave_head(size: int, rate: int) -> bytes:
    """Head of a WAV file with `size` bytes of samples."""
    form = struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * WIDTH, WIDTH, WIDTH * 8)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + size)
        + b"WAVEfmt "
        + form
        + b"data"
        + struct.pack("<I", size)
    )


def _list_sounds(
    services: Services, interview_id: str, language: str, turn: PlannedTurn, rate: int
) -> Iterator[Sound]:
    """Sounds of a turn. What cannot be heard is silence."""
    if turn.text is not None:
        spoken = _speak(services, interview_id, turn.number, turn.text, language, rate)
        yield spoken or get_silence(UNSPOKEN, rate)
    for clip in turn.clips:
        heard = _load(services, clip, rate)
        if heard is None:
            log.warning("clip_left_out", extra={"session": interview_id, "turn": turn.number})
        yield heard or get_silence(UNSPOKEN, rate)


def _speak(
    services: Services, interview_id: str, number: int, text: str, language: str, rate: int
) -> Sound | None:
    try:
        sounds = spoken_questions.render_turn(
            services, interview_id, number, text, language, rate
        )
    except SpeechUnavailable as fault:
        log.warning("question_not_spoken", extra={"reason": fault.why})
        return None
    whole = Sound(b"".join(sound.samples for sound in sounds), rate)
    return loudness.even_loudness(loudness.trim_silence(whole)) if whole.samples else None


def _load(services: Services, clip: PlannedClip, rate: int) -> Sound | None:
    """Sound of a clip from its first word to its last: pages record for longer. None if its file is
    missing or cannot be decoded. Raises StorageUnreachable.
    """
    content = services.storage.get(stored_files.get_clip_name(clip.id, clip.container))
    if content is None:
        return None
    try:
        sound = services.speech.codec.decode(content, limit_seconds=LONGEST_CLIP, rate=rate)
    except (AudioTooLong, InvalidAudio, UnsupportedMediaType):
        return None
    return loudness.even_loudness(loudness.trim_silence(sound))
