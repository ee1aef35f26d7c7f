"""What every audio codec does, whatever reads and writes the files."""

import io
import math
import struct
import wave
from array import array

import pytest

from interviewrelay.core.errors import AudioTooLong, InvalidAudio, UnsupportedMediaType
from interviewrelay.core.ports.audio import AudioCodec, Sound


def a_tone(seconds: float, rate: int = 16_000, level: int = 8000) -> Sound:
    step = 440 * 2 * math.pi / rate
    second = array("h", (int(level * math.sin(i * step)) for i in range(rate)))
    whole = second.tobytes() * math.ceil(seconds)
    return Sound(whole[: int(seconds * rate) * 2], rate)


def a_wav(sound: Sound, channels: int = 1) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((channels, 2, sound.rate, 0, "NONE", ""))
        samples = memoryview(sound.samples).cast("h")
        file.writeframes(array("h", (s for s in samples for _ in range(channels))).tobytes())
    return made.getvalue()


def claiming(
    *, channels: int = 1, rate: int = 16_000, bits: int = 16, size: int = 32_000, kind: int = 1
) -> bytes:
    """A WAV file with half a second of silence whose header claims something else."""
    block = channels * bits // 8 % 65536
    made = struct.pack("<HHIIHH", kind, channels, rate, rate * block % 2**32, block, bits)
    head = (
        b"RIFF" + struct.pack("<I", (size + 36) % 2**32) + b"WAVEfmt " + struct.pack("<I", 16)
    )
    return head + made + b"data" + struct.pack("<I", size) + bytes(16_000)


def loudness(sound: Sound) -> float:
    samples = memoryview(sound.samples).cast("h")[::3]
    return math.sqrt(sum(s * s for s in samples) / len(samples))


LYING_WAVS = {
    "4 GiB of data": claiming(size=2**32 - 1),
    "2 GiB of data": claiming(size=2**31),
    "no channels": claiming(channels=0),
    "65,535 channels": claiming(channels=65_535),
    "0 Hz": claiming(rate=0),
    "1 Hz": claiming(rate=1),
    "4 GHz": claiming(rate=2**32 - 1),
    "no data": claiming()[:44],
    "only the name": b"RIFF\xff\xff\xff\xffWAVE",
    "half a head": claiming()[:30],
    "no format": b"RIFF\x00\x10\x00\x00WAVEdata" + struct.pack("<I", 4000) + bytes(4000),
    "garbage": b"RIFF\xff\xff\xff\xffWAVE" + bytes(range(256)) * 40,
}
NO_AUDIO = {
    "playlist": b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\nhttp://127.0.0.1:1/x.ts\n",
    "concat script": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "session description": b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
    "ZIP": b"PK\x03\x04" + bytes(400),
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "MP3": b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(400),
    "AVI": b"RIFF\x00\x10\x00\x00AVI LIST" + bytes(400),
    "zeroes": bytes(4000),
    "one byte": b"R",
}


class AudioCodecContract:
    def test_what_it_writes_as_wav_it_reads(self, codec: AudioCodec) -> None:
        made = codec.encode([a_tone(0.5), a_tone(0.25)], "wav")
        read = codec.decode(made, limit_seconds=10)
        assert read.rate == 16_000
        assert read.seconds == pytest.approx(0.75, abs=0.001)
        assert loudness(read) == pytest.approx(loudness(a_tone(0.5)), rel=0.02)

    @pytest.mark.parametrize("own", [8000, 22_050, 44_100, 48_000])
    def test_sound_has_the_wanted_rate(self, codec: AudioCodec, own: int) -> None:
        for wanted in (16_000, 24_000):
            read = codec.decode(a_wav(a_tone(1, own)), limit_seconds=10, rate=wanted)
            assert read.rate == wanted
            assert read.seconds == pytest.approx(1, abs=0.01)

    def test_stereo_becomes_mono(self, codec: AudioCodec) -> None:
        read = codec.decode(a_wav(a_tone(1), channels=2), limit_seconds=10)
        assert read.seconds == pytest.approx(1, abs=0.01)

    def test_the_limit_is_in_the_refusal(self, codec: AudioCodec) -> None:
        with pytest.raises(AudioTooLong) as caught:
            codec.decode(a_wav(a_tone(4)), limit_seconds=3)
        assert caught.value.details == {"limit_minutes": 0.05}
        assert codec.decode(a_wav(a_tone(3)), limit_seconds=3).seconds == pytest.approx(
            3, abs=0.01
        )

    def test_what_is_there_of_a_cut_off_recording_counts(self, codec: AudioCodec) -> None:
        whole = a_wav(a_tone(2))
        read = codec.decode(whole[: len(whole) // 2], limit_seconds=10)
        assert read.seconds == pytest.approx(1, abs=0.1)

    @pytest.mark.parametrize("name", LYING_WAVS)
    def test_headers_are_not_believed(self, codec: AudioCodec, name: str) -> None:
        with pytest.raises(InvalidAudio):
            codec.decode(LYING_WAVS[name], limit_seconds=900)

    @pytest.mark.parametrize("name", NO_AUDIO)
    def test_what_is_no_audio_is_refused(self, codec: AudioCodec, name: str) -> None:
        with pytest.raises(UnsupportedMediaType):
            codec.decode(NO_AUDIO[name], limit_seconds=900)

    def test_nothing_is_broken(self, codec: AudioCodec) -> None:
        with pytest.raises(InvalidAudio):
            codec.decode(b"", limit_seconds=900)
