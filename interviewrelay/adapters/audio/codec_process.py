"""Codec process: decodes uploads and encodes recordings, job after job, with no files or network."""

import contextlib
import gc
import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream

from interviewrelay.adapters import child_process
from interviewrelay.adapters.audio.frames import (
    BROKEN,
    DATA,
    END,
    JOB,
    PIECE,
    READY,
    REFUSED,
    read_frame,
    write_frame,
)
from interviewrelay.core.ports.audio import WIDTH

MEMORY: Final = 512 * 1024 * 1024  # bytes of address space
DEMUXERS: Final = {"webm": "matroska", "ogg": "ogg", "mp4": "mov", "wav": "wav"}
DECODERS: Final = (
    "opus",
    "libopus",
    "vorbis",
    "aac",
    "mp3",
    "mp3float",
    "flac",
    "alac",
    "pcm_",
)
RATES: Final = range(8_000, 192_001)
CHANNELS: Final = range(1, 9)
ENCODERS: Final = {"ogg": ("libopus", 32_000), "mp3": ("libmp3lame", 64_000)}
# At lower rates, the frame that MP3 needs to start up is long enough to be seen in the duration.
ENCODED_RATE: Final = 48_000
FRAME: Final = 16_384 * WIDTH  # bytes that are encoded at once
# Later versions bear tags that are no text by themselves.
TOLERANT: Final[dict[str, Any]] = (
    {"metadata_errors": "ignore"} if int(av.__version__.partition(".")[0]) < 19 else {}
)


class Refused(Exception):
    """The content is refused; the argument is the reason."""


def main() -> int:
    """Run jobs until the input ends. Exit code 0, or 1 if the libraries can't be used."""
    logging.disable(logging.CRITICAL)
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    child_process.limit_memory(MEMORY)
    child_process.leave_network()
    try:
        _load()
        child_process.refuse_files()
        child_process.refuse_actions()
        gc.freeze()
        write_frame(pipe_out, READY)
        while True:
            _run(pipe_in, pipe_out)
            # PyAV's objects are in cycles, and Python doesn't see how much memory they hold.
            gc.collect()
    except (EOFError, BrokenPipeError):
        return 0
    except Exception as problem:  # noqa: BLE001 - its name is all that may leave this process
        with contextlib.suppress(OSError):
            write_frame(pipe_out, BROKEN, type(problem).__name__.encode())
        return 1


def _load() -> None:
    """Use each library once, as long as files may be opened."""
    silence = bytes(ENCODED_RATE * WIDTH // 10)
    for form in ENCODERS:
        _encode(iter((silence,)), form, ENCODED_RATE)
    opened = io.BytesIO(_encode(iter((silence,)), "ogg", ENCODED_RATE))
    list(_decode(opened, "ogg", 60, 16_000))


def _run(pipe_in: BinaryIO, pipe_out: BinaryIO) -> None:
    """Run one job."""
    kind, body = read_frame(pipe_in)
    if kind != JOB:
        raise EOFError
    job: dict[str, Any] = json.loads(body)
    child_process.limit_cpu_time(job["cpu_seconds"])
    try:
        if job["task"] == "decode":
            content = io.BytesIO()
            content.writelines(_read_data(pipe_in))
            content.seek(0)
            for samples in _decode(content, job["container"], job["limit"], job["rate"]):
                write_frame(pipe_out, DATA, samples)
        else:
            made = memoryview(_encode(_read_data(pipe_in), job["form"], job["rate"]))
            for start in range(0, len(made), PIECE):
                write_frame(pipe_out, DATA, made[start : start + PIECE])
    except Refused as refused:
        write_frame(pipe_out, REFUSED, str(refused).encode())
    else:
        write_frame(pipe_out, END)


def _read_data(pipe: BinaryIO) -> Iterator[bytes]:
    while True:
        kind, body = read_frame(pipe)
        if kind != DATA:
            return
        yield body


def _decode(content: BinaryIO, container: str, limit: float, rate: int) -> Iterator[bytes]:
    """Mono samples at `rate`, in pieces. Raises Refused."""
    most, sent, piece = int(limit * rate) * WIDTH, 0, bytearray()
    for samples in _resampled(_frames(content, container), rate):
        piece += samples
        if sent + len(piece) > most:
            raise Refused("long")
        if len(piece) >= PIECE:
            yield bytes(piece)
            sent += len(piece)
            piece.clear()
    if not sent and not piece:
        raise Refused("invalid")
    yield bytes(piece)


def _frames(content: BinaryIO, container: str) -> Iterator[AudioFrame]:
    """Decoded frames of the first audio stream, up to where the content breaks off."""
    try:
        opened = av.open(
            content,
            format=DEMUXERS[container],
            options={"protocol_whitelist": "none"},
            **TOLERANT,
        )
    except (av.FFmpegError, ValueError, OverflowError):
        raise Refused("invalid") from None
    with opened:
        if opened.streams.video:
            raise Refused("video")
        stream = next(iter(opened.streams.audio), None)
        if stream is None:
            raise Refused("invalid")
        context = stream.codec_context
        if context is None or not context.name.startswith(DECODERS):
            raise Refused("type")
        context.thread_count = 1
        yield from _packets_decoded(opened, stream)


def _packets_decoded(opened: Any, stream: AudioStream) -> Iterator[AudioFrame]:
    good = bad = 0
    with contextlib.suppress(av.FFmpegError):  # a cut-off recording counts up to there
        for packet in opened.demux(stream):
            try:
                frames = packet.decode()
            except av.InvalidDataError:
                bad += 1
                continue
            good += 1
            yield from frames
    if bad > good:
        raise Refused("invalid")


def _resampled(frames: Iterator[AudioFrame], rate: int) -> Iterator[bytes]:
    """Samples of the frames, which may change their form on the way."""
    resampler, form = None, None
    for frame in frames:
        own = (frame.format.name, frame.layout.name, frame.sample_rate)
        if own != form:
            if frame.sample_rate not in RATES or frame.layout.nb_channels not in CHANNELS:
                raise Refused("invalid")
            if resampler:
                yield from map(_samples, resampler.resample(None))
            resampler, form = AudioResampler("s16", "mono", rate), own
        frame.pts = None
        if resampler:
            yield from map(_samples, resampler.resample(frame))
    if resampler:
        yield from map(_samples, resampler.resample(None))


def _samples(frame: AudioFrame) -> bytes:
    return bytes(frame.planes[0])[: frame.samples * WIDTH]


def _encode(pieces: Iterator[bytes], form: str, rate: int) -> bytes:
    """One file with the pieces, each whole mono samples at `rate`."""
    name, bits = ENCODERS[form]
    made = io.BytesIO()
    # Without a random serial number and the libraries' versions, the same sound is the same file.
    options = {"fflags": "+bitexact"}
    with av.open(made, "w", format=form, container_options=options) as opened:
        stream = opened.add_stream(name, rate=ENCODED_RATE, layout="mono")
        if not isinstance(stream, AudioStream):
            raise TypeError(form)
        stream.bit_rate = bits
        stream.codec_context.thread_count = 1
        resampler = AudioResampler(stream.codec_context.format, "mono", ENCODED_RATE)
        given = taken = 0
        for piece in pieces:
            given += len(piece)
            for start in range(0, len(piece), FRAME):
                for frame in resampler.resample(_frame(piece[start : start + FRAME], rate)):
                    taken += frame.samples
                    opened.mux(stream.encode(frame))
        for frame in resampler.resample(None):
            taken += frame.samples
            opened.mux(stream.encode(frame))
        opened.mux(stream.encode(None))
    # Out of memory, the resampler may end early as if that were all.
    if abs(given / WIDTH / rate - taken / ENCODED_RATE) > 0.02:
        raise MemoryError
    return made.getvalue()


def _frame(samples: bytes, rate: int) -> AudioFrame:
    frame = AudioFrame(format="s16", layout="mono", samples=len(samples) // WIDTH)
    frame.sample_rate = rate
    plane = frame.planes[0]
    plane.update(samples.ljust(plane.buffer_size, b"\0"))
    return frame


if __name__ == "__main__":
    sys.exit(main())
