"""What is asked and answered, spoken ahead by the project's own speaker.

Speaking takes about as long as listening to it, so sounds are kept in a temporary folder between runs.
"""

import hashlib
import os
import tempfile
import tomllib
import wave
from functools import cache
from pathlib import Path

from interviewrelay.adapters.speech import kokoro, selection
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.ports.audio import Sound
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.recordings.sound_reel import build_wave_head

STUDY = tomllib.loads((Path(__file__).parent / "study.toml").read_text("utf-8"))
QUESTIONS: list[str] = [one["text"] for one in STUDY["question"]]
ANSWERS: dict[str, str] = {one["text"]: one["answer"] for one in STUDY["question"]}
MORE: list[str] = STUDY["more"]["answers"]
SAID = (*ANSWERS.values(), *MORE)
CACHE = Path(tempfile.gettempdir()) / "interviewrelay-spoken-answers"
DEEPER = 0.9
"""The participant speaks as the interviewer does, but deeper and slower."""
BEFORE, AFTER = 0.7, 1.0
"""Seconds of silence around an answer."""


@cache
def engines() -> SpeechEngines:
    """The project's own, in this process."""
    return selection.open_engines(Settings(CACHE, voice="on"))


def say(text: str) -> Sound:
    """The text as the participant says it, with nothing before or after it."""
    CACHE.mkdir(mode=0o700, exist_ok=True)
    name = hashlib.sha256(f"{kokoro.MODEL.sha256} {kokoro.VOICE} {text}".encode()).hexdigest()
    path = CACHE / f"{name}.pcm"
    if not path.exists():
        speaker = engines().speaker
        assert speaker is not None
        spoken = speaker.speak(text, language="en")
        new = path.with_suffix(f".{os.getpid()}")
        new.write_bytes(spoken.samples)
        new.replace(path)
    return Sound(path.read_bytes(), int(kokoro.RATE * DEEPER))


def write_wav(
    path: Path, sound: Sound, *, before: float = BEFORE, after: float = AFTER
) -> None:
    """Replace the file in one step: the browser reads it whenever the microphone is opened."""
    new = path.with_suffix(".new")
    with wave.open(str(new), "wb") as file:
        file.setparams((1, 2, sound.rate, 0, "NONE", ""))
        for part in (before, sound.samples, after):
            silent = isinstance(part, float)
            file.writeframes(bytes(2 * int(part * sound.rate)) if silent else part)
    new.replace(path)


def recognize(sound: Sound) -> str:
    """What the project's own recogniser understands of a sound."""
    content = build_wave_head(len(sound.samples), sound.rate) + sound.samples
    known = engines().codec.decode(content, limit_seconds=3600)
    transcriber = engines().transcriber
    assert transcriber is not None
    return transcriber.transcribe(known, language="en", urgent=False).text
