"""CPU limit of one call that runs the interviewer for an author who tries a script out.

The time of a thread on the processor, so that a busy machine takes nothing from anybody.
"""

import time
from typing import Final

from interviewrelay.core.errors import InvalidParameter

PREVIEW_SECONDS: Final = 5.0
"""Enough for the longest interview on a slow machine, whose first one also has to load the language."""


class CpuLimit:
    """Processor time that the current thread may use from now on."""

    def __init__(self, seconds: float = PREVIEW_SECONDS) -> None:
        self._seconds = seconds
        self._until = time.thread_time() + seconds

    def is_used_up(self) -> bool:
        return time.thread_time() > self._until

    def require_time_left(self) -> None:
        """Raises InvalidParameter."""
        if self.is_used_up():
            raise InvalidParameter.field(
                "answers",
                "fewer or shorter answers",
                f"This preview needs more than {self._seconds:g} seconds of processor time. "
                "Send fewer or shorter answers.",
            )
