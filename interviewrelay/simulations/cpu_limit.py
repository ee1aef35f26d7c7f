"""CPU limit for one call that runs the interviewer while an author tries out a script.

It counts the thread's processor time, so a busy machine does not shorten it.
"""

import time
from typing import Final

from interviewrelay.core.errors import InvalidParameter

PREVIEW_SECONDS: Final = 5.0
"""Seconds; enough for the longest interview on a slow machine, where the first one also loads the
language.
"""


class CpuLimit:
    """Processor time budget of the current thread, counted from construction."""

    def __init__(self, seconds: float = PREVIEW_SECONDS) -> None:
        self._seconds = seconds
        self._until = time.thread_time() + seconds

    def is_used_up(self) -> bool:
        return time.thread_time() > self._until

    def require_time_left(self) -> None:
        """Raises InvalidParameter when the budget is used up."""
        if self.is_used_up():
            raise InvalidParameter.field(
                "answers",
                "fewer or shorter answers",
                f"This preview needs more than {self._seconds:g} seconds of processor time. "
                "Send fewer or shorter answers.",
            )
