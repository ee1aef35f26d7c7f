"""Commands of the product, each in a process of its own, as whoever measures starts them."""

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
    """A command under way. What it prints goes to the end of the `log`, or nowhere.

    `apart` it is at the head of a group of its own, to be killed with all that it starts.
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
