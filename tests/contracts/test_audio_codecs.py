"""The WAV codec keeps the contract; `tests/audio` runs the same with PyAV."""

import pytest

from interviewrelay.adapters.audio.wave_codec import NOT_WAV, WaveCodec
from interviewrelay.core.errors import UnsupportedMediaType
from interviewrelay.core.ports.audio import AudioCodec
from tests.contracts.audio_codecs import AudioCodecContract


class TestWaveCodec(AudioCodecContract):
    @pytest.fixture
    def codec(self) -> AudioCodec:
        return WaveCodec()

    @pytest.mark.parametrize("head", [b"OggS", b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftypM4A "])
    def test_other_containers_need_the_extra(self, codec: AudioCodec, head: bytes) -> None:
        with pytest.raises(UnsupportedMediaType, match="'voice' extra") as caught:
            codec.decode(head + bytes(400), limit_seconds=900)
        assert caught.value.message == NOT_WAV
