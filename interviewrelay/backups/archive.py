"""The file of a backup: a tar that is written beside its place and renamed into it."""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from interviewrelay.backups import manifest
from interviewrelay.backups.manifest import BackupFault, Manifest, Part

CHUNK: Final = 1 << 20
PART: Final = "backup.part"
NO_BACKUP: Final = "{} is no backup of InterviewRelay, or only a part of one."


class _Hashing:
    """A file that knows the SHA-256 of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        read = self._file.read(size)
        self._sum.update(read)
        return read

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


class Writer:
    """Adds files one after another, and remembers them as parts."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: list[Part] = []

    def add(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self._add(name, file, path.stat().st_size)

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        hashing: Any = _Hashing(file)
        self._tar.addfile(told, hashing)
        self.parts.append(Part(name, size, hashing.sha256))


@contextmanager
def writing(target: Path, work: Path) -> Iterator[Writer]:
    """A tar for this user's eyes alone, in its place once the block ends and in the folder `work`, on
    the same disk, before.
    """
    part = work / PART
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            yield Writer(tar)
        file.flush()  # and synced before it gets its name
        os.fsync(file.fileno())
    part.replace(target)
    sync(target.parent)


def sync(folder: Path) -> None:
    """Let the folder's entries be on disk, too; Windows cannot, and has no need to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Reader:
    """An open backup. Its manifest is known before anything else is looked at."""

    def __init__(self, tar: tarfile.TarFile, told: Manifest) -> None:
        self._tar, self.manifest = tar, told

    def content(self, name: str) -> bytes:
        """A part, whole. Raises BackupFault."""
        with self._part(name) as file:
            return file.read()

    def copy(self, name: str, target: Path) -> None:
        """A part, into a file for this user alone. Raises BackupFault."""
        target.touch(mode=0o600)
        with self._part(name) as file, target.open("wb") as copy:
            while chunk := file.read(CHUNK):
                copy.write(chunk)

    def check(self) -> None:
        """Whether each part is as the manifest tells. Raises BackupFault."""
        for part in self.manifest.parts:
            with self._part(part.name) as file:
                hashing, size = _Hashing(file), 0
                while chunk := hashing.read(CHUNK):
                    size += len(chunk)
            if (size, hashing.sha256) != (part.bytes, part.sha256):
                raise BackupFault(
                    f"The backup is damaged: {part.name} is not what its manifest tells. "
                    "Use another copy of it, or another backup."
                )

    def _part(self, name: str) -> IO[bytes]:
        try:
            file = self._tar.extractfile(name)
        except KeyError:
            file = None
        if file is None:
            raise BackupFault(f"The backup is damaged: {name} is missing. Use another backup.")
        return file


@contextmanager
def reading(source: Path) -> Iterator[Reader]:
    """Raises BackupFault."""
    try:
        with tarfile.open(source, "r:") as tar:
            told = tar.extractfile(manifest.NAME)
            if told is None:
                raise BackupFault(NO_BACKUP.format(source))
            yield Reader(tar, manifest.read(told.read()))
    except (tarfile.TarError, KeyError, EOFError):
        raise BackupFault(NO_BACKUP.format(source)) from None
    except OSError as fault:
        raise BackupFault(f"{source} cannot be read: {fault.strerror or fault}.") from None
