"""Product commands, each started in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
COMMAND: Final = (sys.executable, "-P", "-m", "interviewrelay")


def begun(
    environment: Mapping[str, str], *words: str, log: Path | None = None, apart: bool = False
) -> subprocess.Popen[bytes]:
    """Start a command. Its output is appended to `log` or discarded.

    With `apart` it leads its own process group, so that it can be killed with its children.
    """
    with (log or Path(os.devnull)).open("ab") as told:
        return subprocess.Popen(
            [*COMMAND, *words],
            cwd=ROOT,
            env=environment,
            stdout=told,
            stderr=told,
            start_new_session=apart,
        )
