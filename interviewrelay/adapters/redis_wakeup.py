"""Wake-up signal for the workers of all machines through Redis."""

import logging
import threading
import time
from typing import Any, Final

import redis

from interviewrelay.core.db.wakeup import Wakeup

log = logging.getLogger(__name__)

CHANNEL: Final = "interviewrelay:bell"
PATIENCE: Final = 0.2
"""Timeout in seconds of the sender."""
AWAY: Final = 10.0
"""Seconds without Redis after a fault; meanwhile workers poll."""


class RedisWakeup(Wakeup):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis: Any = redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        self._url, self._rests_until = url, 0.0
        self._listening = threading.Lock()

    def notify(self) -> None:
        super().notify()
        if time.monotonic() < self._rests_until:
            return
        try:
            self._redis.publish(CHANNEL, b"1")
        except redis.RedisError as fault:
            self._rests_until = time.monotonic() + AWAY
            log.warning("redis_wakeup_unavailable", extra={"kind": type(fault).__name__})

    def listen(self) -> None:
        """Listen in a thread that reconnects by itself."""
        if self._listening.acquire(blocking=False):
            threading.Thread(target=self._hear, name="bell", daemon=True).start()

    def _hear(self) -> None:
        while True:
            try:
                self._hear_until_it_fails()
            except (redis.RedisError, OSError):
                time.sleep(AWAY)

    def _hear_until_it_fails(self) -> None:
        connection: Any = redis.from_url(self._url, socket_connect_timeout=PATIENCE)
        ears = connection.pubsub()
        ears.subscribe(CHANNEL)
        for _ in ears.listen():
            super().notify()
