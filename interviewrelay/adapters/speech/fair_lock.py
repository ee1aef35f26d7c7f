"""Fair lock: one caller at a time, urgent ones first, otherwise in order of arrival."""

import heapq
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from interviewrelay.core.ports.speech import SpeechUnavailable


class FairLock:
    """Lock around a model. A long call takes it again for each part of its work, so that the others
    have their turn in between.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[bool, int]] = []
        self._tickets = itertools.count()
        self._held = False

    @contextmanager
    def hold(self, *, urgent: bool, until: float) -> Iterator[None]:
        """Hold the lock; `until` is the monotonic time at which waiting ends.

        Raises SpeechUnavailable.
        """
        with self._changed:
            ticket = (not urgent, next(self._tickets))
            heapq.heappush(self._waiting, ticket)
            if not self._changed.wait_for(
                lambda: not self._held and self._waiting[0] == ticket,
                max(0.0, until - time.monotonic()),
            ):
                self._waiting.remove(ticket)
                heapq.heapify(self._waiting)
                self._changed.notify_all()
                raise SpeechUnavailable("too many calls at once")
            heapq.heappop(self._waiting)
            self._held = True
        try:
            yield
        finally:
            with self._changed:
                self._held = False
                self._changed.notify_all()
