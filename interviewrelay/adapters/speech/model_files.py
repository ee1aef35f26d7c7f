"""Model files of the speech engines: where they are, and whether they are the expected ones.

They come with packages of the extra `voice`, some of them in parts, or from the operator's folder.
Nothing is ever downloaded.
"""

import hashlib
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from interviewrelay.core.ports.speech import INSTALL_EXTRA, SpeechUnavailable

JOINED: Final = "speech-model-"
"""Prefix of the folders in which parts are joined while a model is loaded."""
LEFT_SECONDS: Final = 3_600
"""Age after which such a folder is one that a stopped process has left."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """File of a model: its name, the packages and paths of its parts, and its SHA-256."""

    name: str
    parts: tuple[tuple[str, str], ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that is there: the paths of its parts, in order."""

    name: str
    paths: tuple[Path, ...]
    sha256: str

    def read(self) -> bytes:
        """Content, checked. Raises SpeechUnavailable."""
        try:
            content = b"".join(path.read_bytes() for path in self.paths)
        except OSError as fault:
            raise SpeechUnavailable(f"{self.name} cannot be read: {fault.strerror}") from None
        self._compare(hashlib.sha256(content).hexdigest())
        return content

    def join(self, folder: Path) -> None:
        """Write the file into a folder, checked. Raises SpeechUnavailable."""
        digest = hashlib.sha256()
        try:
            with (folder / self.name).open("wb") as joined:
                for path in self.paths:
                    with path.open("rb") as part:
                        while block := part.read(1 << 20):
                            digest.update(block)
                            joined.write(block)
        except OSError as fault:
            raise SpeechUnavailable(f"{self.name} cannot be joined: {fault.strerror}") from None
        self._compare(digest.hexdigest())

    def _compare(self, found: str) -> None:
        if found != self.sha256:
            raise SpeechUnavailable(
                f"{self.name} is not the file that this version expects. Install it again "
                f"({INSTALL_EXTRA})"
            )


def find_files(files: Sequence[ModelFile], folder: str) -> list[FoundFile] | None:
    """The files, from the operator's folder or else from packages; None when any is missing."""
    found = [_find(file, folder) for file in files]
    return [file for file in found if file] if all(found) else None


def _find(file: ModelFile, folder: str) -> FoundFile | None:
    own = Path(folder, file.name)
    if folder and own.is_file():
        return FoundFile(file.name, (own,), file.sha256)
    paths = [_packaged(package, place) for package, place in file.parts]
    there = tuple(path for path in paths if path is not None and path.is_file())
    return FoundFile(file.name, there, file.sha256) if len(there) == len(paths) else None


def _packaged(package: str, place: str) -> Path | None:
    """Path of a package's file; no code of the package is run."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0], place)


@contextmanager
def join_files(files: Sequence[FoundFile], scratch: Path) -> Iterator[Path]:
    """Folder with the checked files, which exists while a model is loaded from it.

    A model that reads its file needs half the memory of one that is given the content, and the file is
    not needed afterwards. Raises SpeechUnavailable.
    """
    _remove_leftovers(scratch)
    try:
        folder = TemporaryDirectory(prefix=JOINED, dir=scratch)
    except OSError as fault:
        raise SpeechUnavailable(f"no place to join a model: {fault.strerror}") from None
    with folder as path:
        for file in files:
            file.join(Path(path))
        yield Path(path)


def _remove_leftovers(scratch: Path) -> None:
    for left in scratch.glob(f"{JOINED}*"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - LEFT_SECONDS:
                shutil.rmtree(left)
