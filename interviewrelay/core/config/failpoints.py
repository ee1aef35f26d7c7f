"""Failpoints: where a test may let a command die, as if the power had gone, or hang.

`IR_FAILPOINT=NAME` does it the first time that NAME is reached, `NAME:7` the seventh.
"""

import os
import re
import signal
from typing import Final

NAMES: Final = (
    "delivery claimed",
    "delivery sent",
    "delivery marked",
    "mail claimed",
    "mail sent",
    "retention",
    "preview hangs",
    "reading hangs",
    "job hangs",
)

_armed: dict[str, int] = {}


def arm(text: str) -> None:
    """`text` as in the setting; an empty one disarms."""
    _armed.clear()
    if text:
        name, _, times = text.partition(":")
        _armed[name] = int(times or 1)


def reach(name: str) -> None:
    """Die or hang here, if that is wanted."""
    if name in _armed:
        _armed[name] -= 1
        if _armed[name] == 0:
            _fail(name)


def _fail(name: str) -> None:
    if name.endswith(" hangs"):  # for years, and Python is never let go of meanwhile
        re.match("(a|a)*$", "a" * 60 + "b")
    else:
        # With its supervisor, which would put another process in its place.
        os.killpg(0, signal.SIGKILL)
