"""Voice availability: whether answers of a campaign may be spoken, and questions are read aloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.ports.speech import SpeechEngines

SPOKEN_MODES: Final = ("voice", "both")
SPEAK_AHEAD: Final = "speak ahead"
"""Job kind for the sentences of a campaign by voice (`recordings.spoken_questions`)."""
NO_ENGINE: Final = (
    "This server can’t recognize speech in the language '{language}' yet. Install the 'voice' extra "
    "(pip install interviewrelay[voice]), or set STT_BASE_URL and STT_MODEL to a speech service. "
    "With VOICE=off, neither has an effect."
)
UNTIL_THEN: Final = "Until then, the mode can’t be voice only: choose 'text' or 'both'."
IN_WRITING: Final = "Answers in this interview are given in writing."


@dataclass(frozen=True, slots=True)
class VoiceOffer:
    """Voice offer of this server in an interview: `offered`, to answer by voice; `recognizes`, speech
    in its language is recognized here; `speaks`, the questions can be read aloud here.
    """

    offered: bool = False
    recognizes: bool = False
    speaks: bool = False


def get_voice_offer(
    speech: SpeechEngines, settings: Mapping[str, Any], language: str, *, agreed: bool = True
) -> VoiceOffer:
    """Voice offer for a campaign's settings and a language; `agreed` is true unless a consent text
    without voice was agreed to.
    """
    hears, speaker = can_recognize(speech, language), speech.speaker
    return VoiceOffer(
        offered=hears and agreed and is_spoken_mode(settings),
        recognizes=hears,
        speaks=speaker is not None and speaker.speaks(language),
    )


def can_recognize(speech: SpeechEngines, language: str) -> bool:
    return speech.transcriber is not None and speech.transcriber.recognizes(language)


def is_spoken_mode(settings: Mapping[str, Any]) -> bool:
    """True if a campaign's settings allow spoken answers."""
    return settings.get("mode") in SPOKEN_MODES


def get_language(settings: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """Language of a campaign: its own, or that of its script."""
    return str(settings.get("language") or document.get("language") or "en")


def ensure_voice_available(speech: SpeechEngines, language: str, mode: str | None) -> None:
    """Check that interviews by voice only are possible in a language. Raises InvalidParameter."""
    if mode == "voice" and not can_recognize(speech, language):
        words = f"{NO_ENGINE.format(language=language)} {UNTIL_THEN}"
        raise InvalidParameter.field("settings.mode", "text or both", words)


def require_spoken_answers(settings: Mapping[str, Any], *, agreed: bool) -> None:
    """Check that an interview takes spoken answers. Raises Conflict."""
    if not (agreed and is_spoken_mode(settings)):
        raise Conflict(IN_WRITING)
