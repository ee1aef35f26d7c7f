"""File storage in a local folder."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

from interviewrelay.adapters.storage.file_names import validate_name, validate_range
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.core.ports.storage import Storage

_PART: Final = re.compile(r"\..+\.[0-9a-f]{32}", re.DOTALL)
"""Temporary name of a file while it is written."""


def open_storage(settings: Settings, place: str) -> Storage:
    """The storage at `s3://bucket/prefix`, or the instance's own folder. Raises SettingsError."""
    if not place:
        return FolderStorage(settings.instance_dir / "files")
    from interviewrelay.adapters.storage import s3  # loaded only when needed

    return s3.open_s3_storage(settings, place)


class FolderStorage:
    """Files under the instance's folder, readable by this user only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def put(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Write to a partial file and rename it, so that a crash leaves the old file or the new
        one.
        """
        path = self._path(name)
        pieces = (content,) if isinstance(content, bytes) else content
        part = path.with_name(f".{path.name[:200]}.{uuid4().hex}")
        with _away_if_it_fails():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                _write(part, pieces)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
            sync_folder(path.parent)

    def get(self, name: str) -> bytes | None:
        with _opened(self._path(name)) as file:
            return file.read() if file else None

    def size(self, name: str) -> int | None:
        with _opened(self._path(name)) as file:
            return os.fstat(file.fileno()).st_size if file else None

    def read(self, name: str, start: int, end: int) -> bytes | None:
        start, end = validate_range(start, end)
        with _opened(self._path(name)) as file:
            if not file:
                return None
            file.seek(start)
            return file.read(end - start)

    def delete(self, name: str) -> None:
        with _away_if_it_fails():
            self._path(name).unlink(missing_ok=True)

    def list_names(self, prefix: str = "") -> Iterator[str]:
        """Names without partial files of a crash (`remove_partial_files`), which start with a dot."""
        place = self._folder / prefix.rpartition("/")[0]
        with _away_if_it_fails():
            found = [
                path.relative_to(self._folder).as_posix()
                for path in place.rglob("*")
                if path.is_file() and not path.name.startswith(".")
            ]
        yield from sorted(name for name in found if name.startswith(prefix))

    def remove_partial_files(self, before: datetime) -> int:
        removed = 0
        with _away_if_it_fails():
            for path in self._folder.rglob(".*"):
                if _PART.fullmatch(path.name):
                    with suppress(FileNotFoundError):  # its writer has just finished
                        if path.stat().st_mtime < before.timestamp():
                            path.unlink()
                            removed += 1
        return removed

    def _path(self, name: str) -> Path:
        return self._folder / validate_name(name)


@contextmanager
def _away_if_it_fails() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise StorageUnreachable(fault.strerror or type(fault).__name__) from fault


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes] | None]:
    """The file, or None when it does not exist."""
    with _away_if_it_fails():
        try:
            file = path.open("rb")
        except FileNotFoundError:
            yield None
            return
        with file:
            yield file


def _write(part: Path, pieces: Iterable[bytes]) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Sync the folder, so that the new name is on disk. Windows does so by itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
