"""Recordings as browsers make them, and files made to do harm."""

import io
from typing import Any

import av

from tests.contracts.audio_codecs import a_tone

RATE = 48_000


def recorded(
    seconds: float, container: str = "webm", codec: str = "libopus", title: str = ""
) -> bytes:
    """A recording of a tone, as a browser's recorder writes it: without a duration."""
    made = io.BytesIO()
    options = {"live": "1"} if container == "webm" else {}
    with av.open(made, "w", format=container, options=options) as opened:
        if title:
            opened.metadata["title"] = title
        stream: Any = opened.add_stream(codec, rate=RATE, layout="mono")
        stream.bit_rate = 32_000
        resampler = av.AudioResampler(stream.codec_context.format, "mono", RATE)
        whole = a_tone(seconds, RATE).samples
        for start in range(0, len(whole), 2 * RATE):
            for frame in resampler.resample(_frame(whole[start : start + 2 * RATE])):
                opened.mux(stream.encode(frame))
        opened.mux(stream.encode(None))
    return made.getvalue()


def filmed(container: str, codec: str, *, sound: bool = True) -> bytes:
    """A short film, with or without sound."""
    made = io.BytesIO()
    with av.open(made, "w", format=container) as opened:
        film: Any = opened.add_stream(codec, rate=10)
        film.width, film.height, film.pix_fmt = 64, 64, "yuv420p"
        voice: Any = opened.add_stream("libopus", rate=RATE, layout="mono") if sound else None
        for number in range(10):
            picture = av.VideoFrame(64, 64, "yuv420p")
            for plane in picture.planes:
                plane.update(bytes(plane.buffer_size))
            picture.pts = number
            opened.mux(film.encode(picture))
        opened.mux(film.encode(None))
        if voice:
            opened.mux(voice.encode(_frame(a_tone(0.5, RATE).samples)))
            opened.mux(voice.encode(None))
    return made.getvalue()


def repeated(hours: float, container: str = "ogg") -> bytes:
    """Hours of Opus in as few bytes as possible: one packet again and again."""
    made = io.BytesIO()
    with av.open(made, "w", format=container) as opened:
        stream: Any = opened.add_stream(
            "libopus", rate=RATE, layout="mono", options={"frame_duration": "60", "vbr": "off"}
        )
        stream.bit_rate = 6_000
        packets = list(stream.encode(_frame(a_tone(1, RATE).samples)))
        packet = packets[3]
        for number in range(int(hours * 3600 / 0.06)):
            packet.pts = packet.dts = number * 2880
            packet.stream = stream
            opened.mux_one(packet)
    return made.getvalue()


def _frame(samples: bytes) -> av.AudioFrame:
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples) // 2)
    frame.sample_rate = RATE
    frame.planes[0].update(samples.ljust(frame.planes[0].buffer_size, b"\0"))
    return frame
