"""File names: only our own, the same in every storage."""

import re
from typing import Final

_NAME: Final = re.compile(
    r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII
)
LONGEST: Final = 255


def validate_name(name: str) -> str:
    """Check a name. Raises ValueError when it is not one of ours."""
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        raise ValueError(f"not a valid name of a stored file: {name[:80]!r}")
    return name


def validate_range(start: int, end: int) -> tuple[int, int]:
    """Check a byte range. Raises ValueError when it is empty."""
    if not 0 <= start < end:
        raise ValueError(f"not a valid byte range: {start} to {end}")
    return start, end
