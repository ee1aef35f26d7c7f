"""Speech ports: recognise, speak, and tell a pause from the end of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from interviewrelay.core.ports.audio import AudioCodec, Sound

INSTALL_EXTRA: Final = (
    "scripts/setup requirements-voice.lock, or pip install 'interviewrelay[voice]'"
)
"""Commands that install the engines of this machine."""


class SpeechUnavailable(Exception):
    """The engine cannot be used now; `why` says it in a few words for the server's operator."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word. `start` and `end` are seconds from the beginning of the sound;
    `confidence` is 0 to 1.
    """

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Transcription:
    """Recognised speech; an empty text means that nobody spoke.

    `confidence` is 0 to 1, None where the engine tells none; `words` is empty where the engine tells
    no times.
    """

    text: str
    confidence: float | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Pause:
    """Judgement of a sound that ends in silence."""

    speech: float
    """Seconds of speech in the whole sound."""
    silence: float
    """Seconds since the last speech."""
    complete: float
    """Probability, 0 to 1, that the speaker has finished."""


class Transcriber(Protocol):
    """Speech recognition."""

    name: str
    """Name of the model, as stored with each transcription."""
    local: bool
    """True if sound never leaves this machine."""

    def recognizes(self, language: str) -> bool:
        """True if it knows this language (a tag such as `en` or `pt-BR`)."""

    def transcribe(
        self,
        sound: Sound,
        *,
        language: str,
        glossary: Sequence[str] = (),
        urgent: bool = True,
    ) -> Transcription:
        """Recognise speech; `glossary` holds names and terms that may occur. Urgent calls go before
        others, because somebody waits. Raises SpeechUnavailable.
        """


class Speaker(Protocol):
    """Speech synthesis."""

    name: str
    """Name of the model and voice, part of the cache key of spoken text."""
    local: bool

    def speaks(self, language: str) -> bool:
        """True if it has a voice for this language."""

    def speak(self, text: str, *, language: str, urgent: bool = True) -> Sound:
        """The text, spoken. Raises SpeechUnavailable."""


class TurnDetector(Protocol):
    """Tells a pause from the end of an answer, by sound alone."""

    name: str

    def listen(self, sound: Sound) -> Pause:
        """Judge a sound that ends in silence. Raises SpeechUnavailable."""


@dataclass(frozen=True, slots=True)
class SpeechEngines:
    """The speech engines of this server. Each is None if it is neither installed nor set up."""

    codec: AudioCodec
    transcriber: Transcriber | None = None
    speaker: Speaker | None = None
    turn_detector: TurnDetector | None = None
