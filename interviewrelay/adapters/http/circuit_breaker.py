"""Circuit breaker for a language model or S3 storage that keeps failing, so that nobody waits for it
meanwhile.

Webhooks have none: `webhooks.delivery` retries them, and disables an endpoint that fails for days.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from interviewrelay.core.ids import new_id

CALLS: Final = 5
FAILURES: Final = 3
REST_SECONDS: Final = 60.0


class CircuitBreaker:
    """Circuit breaker: opens after three failures in five calls. After a minute it lets one trial
    call through, whose result closes it or opens it again.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._guard = threading.Lock()
        self._recent: deque[bool] = deque(maxlen=CALLS)
        self._rest: str | None = None
        self._until = 0.0
        self._trial = False

    def check_open(self) -> str | None:
        """None when a call may be made; otherwise the id of the current open period."""
        with self._guard:
            if self._rest is None:
                return None
            if self._now() >= self._until and not self._trial:
                self._trial = True
                return None
            return self._rest

    def record_result(self, *, well: bool) -> str | None:
        """Record the result of an admitted call; returns the id of the open period that it started,
        if any.
        """
        with self._guard:
            if self._rest is not None:
                return self._tried(well=well)
            self._recent.append(well)
            return self._begin() if self._recent.count(False) >= FAILURES else None

    def _tried(self, *, well: bool) -> str | None:
        if not self._trial:
            return self._rest  # a call from before it opened
        self._trial = False
        if not well:
            return self._begin()
        self._rest = None
        self._recent.clear()
        return None

    def _begin(self) -> str:
        self._rest, self._until = new_id(), self._now() + REST_SECONDS
        self._recent.clear()
        return self._rest
