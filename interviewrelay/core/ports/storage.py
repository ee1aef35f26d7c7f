"""Storage of files."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, Protocol

CHUNK: Final = 8 * 1024 * 1024
"""Bytes of a file that are held at once: who handles larger ones puts and reads them in pieces."""


class Storage(Protocol):
    """Keeps files under names that we chose ourselves: letters, digits, `.`, `_`, `-` and `/` between
    folders. Another name is a ValueError. All raise `errors.StorageAway` when the place is away.
    """

    def put(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Keep the content, given whole or in pieces, under the name: whole or not at all.

        What the pieces raise goes through, and leaves what was there.
        """
        ...

    def get(self, name: str) -> bytes | None:
        """The content, or None when there is nothing of that name."""
        ...

    def size(self, name: str) -> int | None:
        """How many bytes it has, or None when there is nothing of that name."""
        ...

    def read(self, name: str, start: int, end: int) -> bytes | None:
        """The bytes from `start` up to, not including, `end`: fewer where the file is shorter.

        None when there is nothing of that name. `end` must lie behind `start`.
        """
        ...

    def delete(self, name: str) -> None:
        """Remove it; removing nothing is no error."""
        ...

    def names(self, prefix: str = "") -> Iterator[str]:
        """Every name that begins so and under which something is kept whole, sorted."""
        ...

    def tidy(self, before: datetime) -> int:
        """Remove what a crash has left half written if nothing was added to it since; how much."""
        ...
