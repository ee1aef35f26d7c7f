"""Names of files: ours only, alike wherever files are kept."""

import re
from typing import Final

_NAME: Final = re.compile(
    r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII
)
LONGEST: Final = 255


def checked(name: str) -> str:
    """The name, if it is one that we would choose. Raises ValueError."""
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        raise ValueError(
            f"a file's name must be ours, and stay inside the folder: {name[:80]!r}"
        )
    return name


def spanned(start: int, end: int) -> tuple[int, int]:
    """The two ends of a range, if something lies between them. Raises ValueError."""
    if not 0 <= start < end:
        raise ValueError(f"no range of a file: {start} to {end}")
    return start, end
