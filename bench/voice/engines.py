"""The engines of the product, as a server with the extra `voice` opens them."""

import sys
import tempfile
from pathlib import Path

from interviewrelay.adapters.speech.selection import open_engines
from interviewrelay.core.config.settings import read_settings
from interviewrelay.core.ports.speech import Speaker, SpeechEngines


def open_all(folder: str = "") -> SpeechEngines:
    """All engines, `folder` with other models (as VOICE_MODEL_DIR). Exits if any is missing."""
    scratch = Path(tempfile.mkdtemp(prefix="bench-"))
    settings = read_settings(
        {"INSTANCE_DIR": str(scratch), "IR_TESTING": "1", "VOICE_MODEL_DIR": folder}
    )
    engines = open_engines(settings)
    if not (engines.transcriber and engines.speaker and engines.turn_detector):
        sys.exit("This needs the extra 'voice': scripts/setup requirements-voice.lock")
    return engines


def need_speaker(engines: SpeechEngines) -> Speaker:
    if engines.speaker is None:
        sys.exit("This needs a voice: scripts/setup requirements-voice.lock")
    return engines.speaker
