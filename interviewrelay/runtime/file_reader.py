"""File reader: a stored file as a file object that reads only what it is asked for."""

import io
from typing import Any

from interviewrelay.core.ports.storage import Storage


class StoredFileReader(io.RawIOBase):
    """Reads a stored file of a known size in parts, from any position."""

    def __init__(self, storage: Storage, name: str, size: int) -> None:
        self._storage, self._name, self._size = storage, name, size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = begin + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer; 0 at the end. Raises StorageUnreachable, also if the file is gone."""
        end = min(self._at + len(buffer), self._size)
        if end <= self._at:
            return 0
        part = self._storage.read(self._name, self._at, end)
        if not part:
            raise OSError(f"{self._name} disappeared while it was read")
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)
