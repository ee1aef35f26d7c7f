"""File storage port."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, Protocol

CHUNK: Final = 8 * 1024 * 1024
"""Chunk size in bytes; larger files are written and read in chunks."""


class Storage(Protocol):
    """File storage under names that we choose: letters, digits, `.`, `_`, `-` and `/` between
    folders.

    Any other name is a ValueError. All methods raise `errors.StorageUnreachable` when the storage is
    unreachable.
    """

    def put(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Store the content, given whole or in chunks, atomically under the name.

        An exception from the chunks is passed on, and the previous content stays.
        """

    def get(self, name: str) -> bytes | None:
        """The content, or None when the name does not exist."""

    def size(self, name: str) -> int | None:
        """Size in bytes, or None when the name does not exist."""

    def read(self, name: str, start: int, end: int) -> bytes | None:
        """Bytes from `start` up to but not including `end`; fewer if the file is shorter.

        None when the name does not exist. `end` must be greater than `start`.
        """

    def delete(self, name: str) -> None:
        """Delete the file; a missing one is no error."""

    def list_names(self, prefix: str = "") -> Iterator[str]:
        """All names of complete files with this prefix, sorted."""

    def remove_partial_files(self, before: datetime) -> int:
        """Delete partial files that a crash left and that have not grown since; returns how many."""
