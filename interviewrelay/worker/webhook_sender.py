"""Webhook sender: many deliveries at a time; slow endpoints use only a part of the threads."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from flask import Flask

from interviewrelay.core.db.session import BELL
from interviewrelay.core.db.wakeup import Wakeup
from interviewrelay.core.errors import Refusal
from interviewrelay.webhooks import delivery, delivery_leases

log = logging.getLogger("interviewrelay.worker")

THREADS: Final = 64
FOR_ANY: Final = 40
"""Threads for endpoints not known to be fast. The rest is reserved for fast ones, however many
endpoints hang.
"""
SOON: Final = 1_000
"""Milliseconds within which an endpoint counts as fast."""
MOST_KNOWN: Final = 10_000
LOOKS_AGAIN: Final = 0.5
"""Polling interval in seconds without a wake-up."""
GRACE: Final = 20.0
"""Seconds at shutdown for deliveries in progress; others are taken over when their lease ends."""


class WebhookSender(threading.Thread):
    """Leases due deliveries and sends them, until told to stop."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="posts", daemon=True)
        self._app, self._stopping = app, threading.Event()
        self._bell: Wakeup = app.extensions[BELL]
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="post")
        self._busy, self._idle = 0, threading.Condition()
        self._known: set[str] = set()
        self._with_any: set[str] = set()
        """Leases of deliveries to endpoints that were not known to be fast."""

    def run(self) -> None:
        while not self._stopping.is_set():
            if not self._round():
                self._bell.wait(LOOKS_AGAIN)

    def stop(self) -> None:
        """Stop leasing; deliveries in progress may finish."""
        self._stopping.set()
        self._bell.notify()
        self.join(timeout=5)
        with self._idle:
            self._idle.wait_for(lambda: not self._busy, GRACE)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _round(self) -> bool:
        """Run one round; True if there was anything to do."""
        with self._idle:
            free, known = THREADS - self._busy, frozenset(self._known)
            for_any = FOR_ANY - len(self._with_any)
        if not free:
            return False
        try:
            with self._app.app_context():
                claimed = delivery_leases.claim_due(free, known=known, unknown=for_any)
        except Refusal as fault:
            log.error("task_failed", extra={"job": "claim deliveries", "code": fault.code})  # noqa: TRY400
            return False
        except Exception:  # the thread must survive any temporary failure
            log.exception("task_failed", extra={"job": "claim deliveries"})
            return False
        for one in claimed:
            with self._idle:
                self._busy += 1
                if one.webhook_id not in known:
                    self._with_any.add(one.lease)
            self._pool.submit(self._deliver, one)
        return bool(claimed)

    def _deliver(self, claimed: delivery_leases.Lease) -> None:
        longest = SOON
        try:
            with self._app.app_context():
                longest = delivery.deliver_in_sequence(
                    self._app.extensions["services"], claimed
                )
        except Exception:
            log.exception("task_failed", extra={"job": "deliver webhooks"})
        finally:
            with self._idle:
                self._busy -= 1
                self._with_any.discard(claimed.lease)
                self._learn(claimed.webhook_id, soon=longest < SOON)
                self._idle.notify_all()
            self._bell.notify()  # the endpoint can take another one

    def _learn(self, webhook_id: str, *, soon: bool) -> None:
        if not soon:
            self._known.discard(webhook_id)
            return
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known.add(webhook_id)
