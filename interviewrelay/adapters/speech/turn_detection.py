"""End-of-turn detection: Silero VAD tells speech from silence, Smart Turn whether a speaker has
finished. Both are small models that run in this process.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

from interviewrelay.adapters.speech import model_files
from interviewrelay.adapters.speech.admission import CallLimit
from interviewrelay.adapters.speech.model_files import FoundFile, ModelFile
from interviewrelay.adapters.speech.whisper import read_samples
from interviewrelay.core.db.session import refuse_transaction
from interviewrelay.core.ports.audio import SAMPLE_RATE, Sound
from interviewrelay.core.ports.speech import Pause, SpeechUnavailable

log = logging.getLogger("interviewrelay.speech")

LIBRARIES: Final = ("av", "ctranslate2", "faster_whisper", "numpy", "onnxruntime")
MODEL: Final = ModelFile(
    "smart-turn-v3.2-cpu.onnx",
    (("pipecat", "audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx"),),
    "2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
)
HEARD_SECONDS: Final = 8
"""Seconds before the end of speech that Smart Turn listens to."""
TAIL_SECONDS: Final = 0.2
"""Silence after the speech that Smart Turn expects."""
LEAST_SPEECH_SECONDS: Final = 0.15
LONGEST_SECONDS: Final = 120
"""Seconds of a sound that are listened to, from its end. What was said before is no matter for a
pause.
"""


def find_detector(folder: str, limit: CallLimit) -> "SmartTurn | None":
    """The detector; None if its packages or files are not there."""
    if any(find_spec(name) is None for name in LIBRARIES):
        return None
    files = model_files.find_files((MODEL,), folder)
    return SmartTurn(files[0], limit) if files else None


@dataclass(frozen=True, slots=True)
class _Models:
    find_speech: Callable[[Any], list[dict[str, int]]]
    """Beginnings and ends of speech, in samples."""
    judge: Callable[[Any], float]
    """Probability that the speaker has finished, of sound that ends with its speech."""


class SmartTurn:
    """Detector, loaded on first use. Thread-safe: its models can run on several threads at once."""

    name = "smart-turn-v3.2"

    def __init__(self, file: FoundFile, limit: CallLimit) -> None:
        self._file, self._limit = file, limit
        self._loading = threading.Lock()
        self._models: _Models | None = None

    def listen(self, sound: Sound) -> Pause:
        refuse_transaction()
        try:
            with self._limit.admit(urgent=True):
                return _listen(self.load(), read_samples(sound), sound.seconds)
        except SpeechUnavailable:
            raise
        except Exception as fault:
            # Libraries raise what they like; the page then waits longer.
            log.exception("turn_detection_fault")
            raise SpeechUnavailable("the detector of pauses failed") from fault

    def load(self) -> _Models:
        """The models, loaded once. Raises SpeechUnavailable."""
        with self._loading:
            if self._models is None:
                began = time.monotonic()
                try:
                    self._models = _load(self._file)
                except (OSError, RuntimeError, ValueError, ImportError) as fault:
                    log.exception("turn_detector_not_loaded")
                    raise SpeechUnavailable(
                        "the detector of pauses cannot be loaded"
                    ) from fault
                spent = round((time.monotonic() - began) * 1000)
                log.info("turn_detector_ready", extra={"ms": spent})
            return self._models


def _listen(models: _Models, samples: Any, seconds: float) -> Pause:
    late = samples[-LONGEST_SECONDS * SAMPLE_RATE :]
    before = len(samples) - len(late)
    speech = models.find_speech(late) if len(late) else []
    spoken = sum(part["end"] - part["start"] for part in speech) / SAMPLE_RATE
    if spoken < LEAST_SPEECH_SECONDS:
        return Pause(0.0, seconds, 0.0)
    ended = before + speech[-1]["end"]
    heard = samples[: ended + int(TAIL_SECONDS * SAMPLE_RATE)]
    return Pause(
        round(spoken, 2),
        round(max(0.0, seconds - ended / SAMPLE_RATE), 2),
        round(models.judge(heard[-HEARD_SECONDS * SAMPLE_RATE :]), 3),
    )


def _load(file: FoundFile) -> _Models:
    import numpy as np
    import onnxruntime
    from faster_whisper.feature_extractor import FeatureExtractor
    from faster_whisper.vad import VadOptions, get_speech_timestamps, get_vad_model

    # Only speech that is really there: no padding, and pauses within it do not count.
    wanted = VadOptions(min_silence_duration_ms=100, speech_pad_ms=0)
    get_vad_model()
    features = FeatureExtractor(chunk_length=HEARD_SECONDS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(file.read(), options, ["CPUExecutionProvider"])

    def judge(samples: Any) -> float:
        whole = np.pad(samples, (HEARD_SECONDS * SAMPLE_RATE - len(samples), 0))
        whole = (whole - whole.mean()) / np.sqrt(whole.var() + 1e-7)
        told = features(whole, padding=0)[None].astype(np.float32)
        return float(session.run(None, {"input_features": told})[0].ravel()[0])

    def find_speech(samples: Any) -> list[dict[str, int]]:
        found: list[dict[str, int]] = get_speech_timestamps(samples, wanted)
        return found

    return _Models(find_speech, judge)
