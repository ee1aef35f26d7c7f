"""Key file: the server's secret keys, created once and replaced atomically."""

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from interviewrelay.core.security import tokens


def parse_keys(text: str) -> tuple[str, ...]:
    """Parse keys separated by commas, newest first. Raises ValueError."""
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys or any(len(key) < 32 for key in keys):
        raise ValueError("keys are 32 characters or more")
    return keys


_made: Final[set[Path]] = set()
"""Files that this process created."""


def load_or_create(path: Path) -> str:
    """Content of the key file; creates it with a new key if missing. Only this user can read it."""
    if not path.exists():
        part = _part(path, tokens.new_secret_key())
        try:
            os.link(part, path)  # never replaces a key that another process has just created
            _made.add(path)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_text(encoding="ascii")


def remove_created(path: Path) -> None:
    """Delete the file if this process created it: a useless new key would hide the missing one."""
    if path in _made:
        _made.discard(path)
        path.unlink(missing_ok=True)


def write_keys(path: Path, keys: Sequence[str]) -> None:
    """Replace the file atomically. Raises OSError."""
    _part(path, ",".join(keys)).replace(path)


def _part(path: Path, text: str) -> Path:
    """A temporary file with the text, flushed to disk, next to its target."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with part.open("w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()  # so that the renamed file is complete even after a power cut
        os.fsync(file.fileno())
    return part


LOOK_EVERY: Final = 1.0
"""Seconds between checks of the key file for changes."""


class FileKeyRing(tokens.KeyRing):
    """Key ring of a file that follows changes under a running server."""

    def __init__(self, keys: Sequence[str], path: Path) -> None:
        super().__init__(keys)
        self._path, self._seen = path, _state(path)
        self._look_at = time.monotonic() + LOOK_EVERY

    def reload(self) -> None:
        """Reload the file. An unreadable or invalid one changes nothing."""
        self._look_at = time.monotonic() + LOOK_EVERY
        state = _state(self._path)
        if state != self._seen:
            with suppress(OSError, ValueError):
                self._take(parse_keys(self._path.read_text(encoding="ascii")))
                self._seen = state

    @property
    def _held(self) -> tokens.RingKeys:
        if time.monotonic() >= self._look_at:
            self.reload()
        return super()._held


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
