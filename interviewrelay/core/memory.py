"""Memory of this process."""

import ctypes
from contextlib import suppress


def return_free_memory() -> None:
    """Return memory that loading a model left free to the system, where the C library can."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
