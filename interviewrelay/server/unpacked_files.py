"""Files that each start of the single binary unpacks into a temporary folder.

The process that unpacks waits for the one that serves and then removes them; killed, it cannot.
"""

import fcntl
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from interviewrelay.server import process_manager

LOCK: Final = "interviewrelay.lock"
PREFIX: Final = "_MEI"
"""Beginning of the names of PyInstaller's folders."""


def take_over() -> None:
    """End with the process that unpacked, and remove folders that killed processes have left.

    A folder is in use while a process holds the lock in it.
    """
    own = Path(getattr(sys, "_MEIPASS", ""))
    if not own.name.startswith(PREFIX):  # not unpacked: a folder that stays
        return
    process_manager.die_with(os.getppid())
    if not (own / LOCK).exists():  # otherwise a child, whose parent holds it
        made = own / f"{LOCK}.new"
        _lock(made, os.O_CREAT)
        made.rename(
            own / LOCK
        )  # held from its first moment: nobody removes the folder meanwhile
    for folder in own.parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if folder != own and folder.stat().st_uid == os.getuid():
                _remove(folder)


def _remove(folder: Path) -> None:
    held = _lock(folder / LOCK)
    if held is not None:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _lock(path: Path, flags: int = 0) -> int | None:
    """Descriptor that holds the lock, None if another process does. Raises OSError without the file:
    then the folder is another program's, or is being filled.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
