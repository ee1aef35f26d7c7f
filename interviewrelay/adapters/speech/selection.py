"""Selection of the speech engines by the settings and by what is installed."""

from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.ports.speech import SpeechEngines


def open_engines(settings: Settings) -> SpeechEngines:  # noqa: ARG001 - until there are engines to choose
    """The speech engines of this server; models are loaded on first use. Raises SettingsError."""
    return SpeechEngines(codec=WaveCodec())
