"""Failpoints: places where a test can make a command die, as after a power cut, or hang.

`IR_FAILPOINT=NAME` triggers the first time that NAME is reached, `NAME:7` the seventh time.
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
    "piece stored",
    "recording stored",
    "recording transcribed",
    "preview hangs",
    "reading hangs",
    "job hangs",
)

_armed: dict[str, int] = {}


def arm_failpoint(text: str) -> None:
    """Arm the failpoint named in the setting's text; an empty text disarms all."""
    _armed.clear()
    if text:
        name, _, times = text.partition(":")
        _armed[name] = int(times or 1)


def reach_failpoint(name: str) -> None:
    """Die or hang here if this failpoint is armed."""
    if name in _armed:
        _armed[name] -= 1
        if _armed[name] == 0:
            _fail(name)


def _fail(name: str) -> None:
    if name.endswith(" hangs"):  # a regular expression that holds the GIL for years
        re.match("(a|a)*$", "a" * 60 + "b")
    else:
        # Kill the supervisor too, because it would start a replacement.
        os.killpg(0, signal.SIGKILL)
