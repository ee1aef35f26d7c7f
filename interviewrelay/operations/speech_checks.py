"""Speech checks: which engines this server has, what is missing, and whether they work."""

from collections.abc import Callable, Iterator
from typing import Final

from interviewrelay.core.config.settings import Settings
from interviewrelay.core.ports.audio import SAMPLE_RATE, WIDTH, Sound
from interviewrelay.core.ports.speech import INSTALL_EXTRA, SpeechEngines, SpeechUnavailable

RECOGNITION, SYNTHESIS, PAUSES = "speech recognition", "speech synthesis", "end of answers"
MISSING: Final = {
    RECOGNITION: (
        f"none. Install the 'voice' extra ({INSTALL_EXTRA}), or set STT_BASE_URL and STT_MODEL"
    ),
    SYNTHESIS: (
        "none, so browsers speak with their own voices. Install the 'voice' extra, or set "
        "TTS_BASE_URL and TTS_MODEL"
    ),
    PAUSES: "by silence alone. Install the 'voice' extra to tell pauses from ends",
}
"""Description of each engine that is missing, with what to do."""
HALF_A_SECOND: Final = Sound(bytes(SAMPLE_RATE // 2 * WIDTH))


def describe_engines(speech: SpeechEngines, settings: Settings) -> dict[str, str]:
    """Each engine in a line: its name and where it runs, or what is missing."""
    if settings.voice == "off":
        return dict.fromkeys(MISSING, "turned off (VOICE=off)")
    told = dict(MISSING)
    if speech.transcriber is not None:
        told[RECOGNITION] = _place(speech.transcriber.name, local=speech.transcriber.local)
    if speech.speaker is not None:
        told[SYNTHESIS] = _place(speech.speaker.name, local=speech.speaker.local)
    if speech.turn_detector is not None:
        told[PAUSES] = _place(speech.turn_detector.name, local=True)
    return told


def check_engines(speech: SpeechEngines) -> dict[str, list[str]]:
    """Problems of each engine that there is. Each is used once, so that local models are loaded and
    services called.
    """
    return {name: list(_problems(call)) for name, call in _calls(speech)}


def _calls(speech: SpeechEngines) -> Iterator[tuple[str, Callable[[], object]]]:
    if (ears := speech.transcriber) is not None:
        yield RECOGNITION, lambda: ears.transcribe(HALF_A_SECOND, language="en", urgent=False)
    if (voice := speech.speaker) is not None:
        yield SYNTHESIS, lambda: voice.speak("Hello.", language="en", urgent=False)
    if (detector := speech.turn_detector) is not None:
        yield PAUSES, lambda: detector.listen(HALF_A_SECOND)


def _problems(call: Callable[[], object]) -> Iterator[str]:
    try:
        call()
    except SpeechUnavailable as fault:
        yield fault.why


def _place(name: str, *, local: bool) -> str:
    return f"{name}, {'on this server' if local else 'by a service'}"
