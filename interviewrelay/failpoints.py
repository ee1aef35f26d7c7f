"""Where a test may let a process die, as if its power had gone, to see that nothing is lost.

`IR_FAILPOINT=NAME` kills at the first time that NAME is reached, `NAME:7` at the seventh.
"""

import os
import signal
from typing import Final

NAMES: Final = (
    "delivery claimed",
    "delivery sent",
    "delivery marked",
    "mail claimed",
    "mail sent",
    "retention",
)

_armed: dict[str, int] = {}


def arm(text: str) -> None:
    """`text` as in the setting; an empty one disarms."""
    _armed.clear()
    if text:
        name, _, times = text.partition(":")
        _armed[name] = int(times or 1)


def reach(name: str) -> None:
    """Die here, if that is wanted."""
    if name in _armed:
        _armed[name] -= 1
        if _armed[name] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
