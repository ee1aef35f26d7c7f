"""The secret keys in their file: made once, read, and never half written."""

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from interviewrelay.core.security import tokens


def ring(text: str) -> tuple[str, ...]:
    """The keys of a text, newest first, with commas between. Raises ValueError."""
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys or any(len(key) < 32 for key in keys):
        raise ValueError("keys are 32 characters or more")
    return keys


_made: Final[set[Path]] = set()
"""Files that this process has made."""


def made_once(path: Path) -> str:
    """What the file holds; a new key where there is none. For this user's eyes alone."""
    if not path.exists():
        part = _part(path, tokens.new_secret_key())
        try:
            os.link(part, path)  # never over a key that another process made just now
            _made.add(path)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_text(encoding="ascii")


def take_back(path: Path) -> None:
    """Remove the file if this process has made it: a key that opens nothing is in the way of the one
    that is looked for.
    """
    if path in _made:
        _made.discard(path)
        path.unlink(missing_ok=True)


def write(path: Path, keys: Sequence[str]) -> None:
    """The old file or the new one, whatever happens. Raises OSError."""
    _part(path, ",".join(keys)).replace(path)


def _part(path: Path, text: str) -> Path:
    """The text on disk, beside its place."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with part.open("w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()  # so that what is renamed into place is whole even after a power cut
        os.fsync(file.fileno())
    return part


LOOK_EVERY: Final = 1.0
"""Seconds after which a server has seen that its keys' file changed."""


class FileRing(tokens.KeyRing):
    """The keys of a file, also after it has changed under a running server."""

    def __init__(self, keys: Sequence[str], path: Path) -> None:
        super().__init__(keys)
        self._path, self._seen = path, _state(path)
        self._look_at = time.monotonic() + LOOK_EVERY

    def look(self) -> None:
        """Take what the file holds now. One that cannot be read, or is no ring, changes nothing."""
        self._look_at = time.monotonic() + LOOK_EVERY
        state = _state(self._path)
        if state != self._seen:
            with suppress(OSError, ValueError):
                self._take(ring(self._path.read_text(encoding="ascii")))
                self._seen = state

    @property
    def _held(self) -> tokens.Held:
        if time.monotonic() >= self._look_at:
            self.look()
        return super()._held


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
