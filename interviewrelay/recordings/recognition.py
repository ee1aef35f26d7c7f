"""Recognition of an answer while it is spoken and at its end, each time only of what is new.

What was recognised is cached in this process: if only silence followed, the end of an answer needs no
second recognition. Two requests for the same recording recognise once.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from interviewrelay.core.ports.audio import Sound
from interviewrelay.core.ports.speech import (
    Pause,
    SpeechEngines,
    SpeechUnavailable,
    Transcription,
)

MOST_CACHED: Final = 256
ALIKE: Final = 0.25
"""Seconds by which the detected end of the same speech may differ."""


class RecognitionCache:
    """Bounded cache of the last recognition of each recording, for all threads of a process."""

    def __init__(self, most: int = MOST_CACHED) -> None:
        self._most, self._guard = most, threading.Lock()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    def recognize(
        self, recording_id: str, spoken_until: float, recognize: Callable[[], Transcription]
    ) -> Transcription:
        """The cached transcription if speech still ends where it ended then, otherwise a new one.
        `spoken_until` is the end of the last speech, in seconds. Passes on what `recognize` raises.
        """
        entry = self._get(recording_id)
        with entry.lock:
            known = entry.known
            if known is None or abs(known[0] - spoken_until) > ALIKE:
                known = entry.known = (spoken_until, recognize())
        return known[1]

    def _get(self, recording_id: str) -> "_Entry":
        with self._guard:
            entry = self._entries.setdefault(recording_id, _Entry())
            self._entries.move_to_end(recording_id)
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)
        return entry


class _Entry:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.known: tuple[float, Transcription] | None = None


CACHE: Final = RecognitionCache()


def listen(speech: SpeechEngines, sound: Sound) -> Pause | None:
    """Judgement of the pause at the end of a sound; None without a detector."""
    if speech.turn_detector is None:
        return None
    try:
        return speech.turn_detector.listen(sound)
    except SpeechUnavailable:
        return None


def transcribe(
    speech: SpeechEngines,
    recording_id: str,
    sound: Sound,
    *,
    pause: Pause | None,
    language: str,
    glossary: tuple[str, ...],
    urgent: bool = True,
) -> Transcription:
    """Recognised speech of a recording so far. Raises SpeechUnavailable."""
    transcriber = speech.transcriber
    if transcriber is None or not transcriber.recognizes(language):
        raise SpeechUnavailable("no recogniser for this language")
    until = sound.seconds - (pause.silence if pause else 0.0)
    return CACHE.recognize(
        recording_id,
        until,
        lambda: transcriber.transcribe(
            sound, language=language, glossary=glossary, urgent=urgent
        ),
    )
