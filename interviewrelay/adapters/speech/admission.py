"""Admission control of speech engines: how many calls at once, and in which order."""

import heapq
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from interviewrelay.core.ports.speech import SpeechUnavailable


class CallLimit:
    """Limit of concurrent calls that somebody waits for, shared by all engines, so that they never hold
    all threads of the server.
    """

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    @contextmanager
    def admit(self, *, urgent: bool) -> Iterator[None]:
        """Make a call. Raises SpeechUnavailable if there are too many."""
        if not urgent:
            yield
            return
        if not self._free.acquire(blocking=False):
            raise SpeechUnavailable("too many calls at once")
        try:
            yield
        finally:
            self._free.release()


class FairLock:
    """Lock around a model: one caller at a time, urgent ones first, otherwise in order of arrival. A
    long call takes it again for each part of its work, so that the others
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
                raise SpeechUnavailable("it is busy")
            heapq.heappop(self._waiting)
            self._held = True
        try:
            yield
        finally:
            with self._changed:
                self._held = False
                self._changed.notify_all()
