"""Backup archive: a tar file, written beside its target and renamed into place."""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from interviewrelay.adapters.storage.folder import sync_folder
from interviewrelay.backups import manifest
from interviewrelay.backups.manifest import BackupError, BackupPart, Manifest

CHUNK: Final = 1 << 20
PART: Final = "backup.part"
NO_BACKUP: Final = "{} is not a complete InterviewRelay backup. Use another file."


class _Hashing:
    """File that computes the SHA-256 of what is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        read = self._file.read(size)
        self._sum.update(read)
        return read

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


class ArchiveWriter:
    """Adds files one after another, and records them as parts."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: list[BackupPart] = []

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
        self.parts.append(BackupPart(name, size, hashing.sha256))


@contextmanager
def open_writer(target: Path, work: Path) -> Iterator[ArchiveWriter]:
    """A tar that only this user can read. It is written in the folder `work` on the same disk, and
    renamed when the block ends.
    """
    part = work / PART
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            yield ArchiveWriter(tar)
        file.flush()  # synced before the rename
        os.fsync(file.fileno())
    part.replace(target)
    sync_folder(target.parent)


class ArchiveReader:
    """Open backup; its manifest is read first."""

    def __init__(self, tar: tarfile.TarFile, told: Manifest) -> None:
        self._tar, self.manifest = tar, told

    def content(self, name: str) -> bytes:
        """Content of a part. Raises BackupError."""
        with self._part(name) as file:
            return file.read()

    def chunks(self, name: str) -> Iterator[bytes]:
        """Content of a part in chunks. Raises BackupError."""
        with self._part(name) as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def copy(self, name: str, target: Path) -> None:
        """Copy a part into a file that only this user can read. Raises BackupError."""
        target.touch(mode=0o600)
        with self._part(name) as file, target.open("wb") as copy:
            while chunk := file.read(CHUNK):
                copy.write(chunk)

    def check(self) -> None:
        """Verify each part against the manifest. Raises BackupError."""
        for part in self.manifest.parts:
            with self._part(part.name) as file:
                hashing, size = _Hashing(file), 0
                while chunk := hashing.read(CHUNK):
                    size += len(chunk)
            if (size, hashing.sha256) != (part.bytes, part.sha256):
                raise BackupError(
                    f"The backup is damaged: {part.name} does not match its manifest. "
                    "Use another copy of it, or another backup."
                )

    def _part(self, name: str) -> IO[bytes]:
        try:
            file = self._tar.extractfile(name)
        except KeyError:
            file = None
        if file is None:
            raise BackupError(f"The backup is damaged: {name} is missing. Use another backup.")
        return file


@contextmanager
def open_reader(source: Path) -> Iterator[ArchiveReader]:
    """Open a backup for reading. Raises BackupError."""
    try:
        with tarfile.open(source, "r:") as tar:
            told = tar.extractfile(manifest.NAME)
            if told is None:
                raise BackupError(NO_BACKUP.format(source))
            yield ArchiveReader(tar, manifest.parse_manifest(told.read()))
    except (tarfile.TarError, KeyError, EOFError):
        raise BackupError(NO_BACKUP.format(source)) from None
    except OSError as fault:
        raise BackupError(f"{source} cannot be read: {fault.strerror or fault}.") from None
