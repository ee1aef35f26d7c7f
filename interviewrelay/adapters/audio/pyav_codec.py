"""Audio codec with PyAV (FFmpeg's libraries), in processes of its own with limits."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from interviewrelay.adapters import child_process
from interviewrelay.adapters.audio.codec_children import ChildDied, CodecChild, Lane
from interviewrelay.adapters.audio.wave_codec import RATES, WaveCodec, check_header
from interviewrelay.core.audio_containers import identify_container
from interviewrelay.core.errors import (
    AudioTooLong,
    InvalidAudio,
    Maintenance,
    Refusal,
    UnsupportedMediaType,
)
from interviewrelay.core.ports.audio import SAMPLE_RATE, RecordingFormat, Sound

NOT_AUDIO: Final = "Send audio as WebM, Ogg, MP4 or WAV."
VIDEO: Final = "Send audio without video."
CODEC: Final = "Send audio encoded as Opus, Vorbis, AAC, MP3, FLAC, ALAC or PCM."
QUICK_BYTES: Final = 1 << 20  # larger uploads don't keep others waiting
QUICK_SECONDS: Final = 60.0  # nor do longer recordings
QUICK_PATIENCE: Final = 30.0
LONG_PATIENCE: Final = 600.0

log = logging.getLogger(__name__)


class PyAvCodec:
    """Reads WebM, Ogg, MP4 and WAV; writes Ogg/Opus, MP3 and WAV.

    A defect in the C libraries, or a file made to exploit one, ends a child process and never the
    server. Short work has children of its own, so that it doesn't wait for recordings of hours.
    """

    name = "pyav"
    formats: tuple[RecordingFormat, ...] = ("ogg", "mp3", "wav")

    def __init__(self, command: Sequence[str] | None = None) -> None:
        module = "interviewrelay.adapters.audio.codec_process"
        command = command or child_process.build_module_command(module)
        self._quick = Lane(command, children=2, warm=True, patience=QUICK_PATIENCE)
        # Two lanes: an encoder takes its sounds from a caller who may be decoding them.
        self._uploads = Lane(command, children=1, warm=False, patience=LONG_PATIENCE)
        self._recordings = Lane(command, children=1, warm=False, patience=LONG_PATIENCE)

    def decode(self, content: bytes, *, limit_seconds: float, rate: int = SAMPLE_RATE) -> Sound:
        """As the port says; also raises Maintenance if no child can do it now."""
        container = identify_container(content)
        if not content:
            raise InvalidAudio
        if container is None:
            raise UnsupportedMediaType(NOT_AUDIO)
        if container == "wav":
            check_header(content)
        seconds = 10 + int(limit_seconds / 20)
        job = {
            "task": "decode",
            "container": container,
            "limit": limit_seconds,
            "rate": rate,
            "cpu_seconds": seconds,
        }
        lane = self._quick if len(content) <= QUICK_BYTES else self._uploads

        def decode(child: CodecChild) -> tuple[bytes, str]:
            child.begin_job(job)
            child.send(content)
            return child.finish_job(4.0 * seconds)

        samples, reason = _run_twice(lane, decode)
        if reason:
            raise _refusal(reason, limit_seconds)
        return Sound(samples, rate)

    def encode(self, sounds: Iterable[Sound], form: RecordingFormat) -> bytes:
        """As the port says; also raises Maintenance if no child can do it now."""
        if form == "wav":
            return WaveCodec().encode(sounds, form)
        if form not in self.formats:
            raise ValueError(f"this codec does not write {form}")
        left = iter(sounds)
        # A file without any sound would not be one, so the least is a moment of silence.
        first = _take(left, QUICK_SECONDS) or [Sound(bytes(SAMPLE_RATE // 10))]
        rate = first[0].rate
        if rate not in RATES:
            raise ValueError(f"sounds at {rate} Hz can't be encoded")
        long = sum(sound.seconds for sound in first) > QUICK_SECONDS
        lane = self._recordings if long else self._quick
        try:
            with lane.borrow() as child:
                child.begin_job(
                    {"task": "encode", "form": form, "rate": rate, "cpu_seconds": 7200}
                )
                for sound in chain(first, left):
                    if sound.rate != rate:
                        raise ValueError("all sounds must have the same rate")
                    child.send(sound.samples)
                made, _ = child.finish_job(LONG_PATIENCE)
        except ChildDied as died:
            log.warning("The codec process failed to encode: %s", died)
            raise Maintenance from died
        return made

    def close(self) -> None:
        """End the child processes; the next call starts new ones."""
        for lane in (self._quick, self._uploads, self._recordings):
            lane.close()


def _run_twice(
    lane: Lane, decode: Callable[[CodecChild], tuple[bytes, str]]
) -> tuple[bytes, str]:
    """Decode in one child, then in another if the first dies: it may have died of something else,
    and a good recording must not be called broken.
    """
    for attempt in (1, 2):
        try:
            with lane.borrow() as child:
                return decode(child)
        except ChildDied as died:
            log.warning("The codec process died of an upload (attempt %d): %s", attempt, died)
            if died.late:
                raise Maintenance from died
            if died.exhausted:
                break
    raise InvalidAudio


def _refusal(reason: str, limit_seconds: float) -> Refusal:
    if reason == "long":
        return AudioTooLong.above(limit_seconds / 60)
    if reason == "video":
        return UnsupportedMediaType(VIDEO)
    return UnsupportedMediaType(CODEC) if reason == "type" else InvalidAudio()


def _take(sounds: Iterator[Sound], seconds: float) -> list[Sound]:
    """The first sounds, until they are longer than `seconds`."""
    taken: list[Sound] = []
    length = 0.0
    while length <= seconds and (sound := next(sounds, None)):
        taken.append(sound)
        length += sound.seconds
    return taken
