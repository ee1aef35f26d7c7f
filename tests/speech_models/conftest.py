"""The engines of the extra `voice`. Where it is not installed these tests fail; they are never skipped."""

from collections.abc import Callable
from typing import Any

import pytest

from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.adapters.speech import selection
from interviewrelay.core.config.settings import read_settings
from interviewrelay.core.ports.audio import Sound
from interviewrelay.core.ports.speech import SpeechEngines

SAID = (
    "How was your last visit to the clinic, and what happened there?",
    "I waited for almost two hours before anybody called my name.",
    "The doctor explained the side effects clearly, and she gave me time to think.",
    "Thank you, that helps me to understand it better.",
    "When did you first notice that something had changed at work?",
    "We moved to another city because the rent had become too high for us.",
)


@pytest.fixture(scope="session")
def engines(tmp_path_factory: Any) -> SpeechEngines:
    folder = tmp_path_factory.mktemp("speech")
    return selection.open_engines(read_settings({"INSTANCE_DIR": str(folder), "VOICE": "on"}))


@pytest.fixture(scope="session")
def spoken(engines: SpeechEngines) -> Callable[[str], Sound]:
    """A text as a recogniser hears it, spoken once."""
    known: dict[str, Sound] = {}

    def speak(text: str) -> Sound:
        if text not in known:
            assert engines.speaker is not None
            content = WaveCodec().encode([engines.speaker.speak(text, language="en")], "wav")
            known[text] = WaveCodec().decode(content, limit_seconds=60)
        return known[text]

    return speak
