"""Endings: how much silence an answer needs before it may be taken as ended.

Never cutting anybody off is worth more than speed (docs/voice.md).
"""

from typing import Final

from interviewrelay.core.ports.speech import Pause, Transcription

COMPLETE: Final = 1.2
"""Seconds of silence after an answer that is complete."""
OPEN: Final = 4.0
"""The same if either its words or its sound suggest that more will follow."""
UNSURE: Final = 9.0
"""The same if both do, or if little is known about it."""


def get_required_silence(
    pause: Pause | None, transcription: Transcription, language: str
) -> float:
    """Seconds of silence after which an answer may be ended."""
    return UNSURE if pause is None or not transcription.text or language == "" else COMPLETE
