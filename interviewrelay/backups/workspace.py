"""Workspace of a backup or a restore, and its cleanup."""

import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

NOBODY: Final = timedelta(0)


@contextmanager
def working_folder(parent: Path, prefix: str, *, others: timedelta = NOBODY) -> Iterator[Path]:
    """Hidden working folder that only this user can read; deleted when the block ends.

    First deletes abandoned ones with its prefix, since they hold what people said. `others` is the
    longest pause of another process that is still working.
    """
    before = time.time() - others.total_seconds()
    for left in parent.glob(f"{prefix}*"):
        # It may belong to a process that has just ended, or to another user.
        with suppress(OSError):
            if max(path.stat().st_mtime for path in (left, *left.iterdir())) <= before:
                shutil.rmtree(left)
    work = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def end_on_sigterm(words: str) -> Iterator[None]:
    """End in order on SIGTERM, with this message: the tools are stopped, and no copy is left behind."""

    def end(_number: int, _frame: object) -> None:
        raise SystemExit(words)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
