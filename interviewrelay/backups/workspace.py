"""Where a backup or a restore works until it is done, and what becomes of that when it is ended."""

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
def folder(parent: Path, prefix: str, *, others: timedelta = NOBODY) -> Iterator[Path]:
    """A hidden folder for this user's eyes alone, gone when the block ends.

    Those of its prefix go first: they were left by somebody who was killed, and hold what people said.
    `others` is how long somebody else who is at work beside this one may have written nothing.
    """
    before = time.time() - others.total_seconds()
    for left in parent.glob(f"{prefix}*"):
        with suppress(OSError):  # whoever it belongs to has just ended, or is somebody else
            if max(path.stat().st_mtime for path in (left, *left.iterdir())) <= before:
                shutil.rmtree(left)
    work = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def heeding_the_end(words: str) -> Iterator[None]:
    """SIGTERM ends it in order, with these words: its tools are ended, and no copy is left behind."""

    def end(_number: int, _frame: object) -> None:
        raise SystemExit(words)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
