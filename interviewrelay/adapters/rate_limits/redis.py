"""Rate limit counters in Redis, for several machines, on top of `limits`. While Redis is
unreachable, each process counts in its own memory.
"""

import logging
import math
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from limits.storage import RedisStorage
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from interviewrelay.adapters.rate_limits.embedded import (
    CounterStorage,
    LocalCounters,
    Window,
    WindowCount,
)
from interviewrelay.core import clock

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

PREFIX: Final = "interviewrelay:limits"
PATIENCE: Final = 0.5
"""Timeout in seconds of a request."""
AWAY: Final = 5.0
"""Seconds without Redis after a fault; then a single request tries it again."""


class RedisCounters(CounterStorage):
    """Counters in Redis, with a fall-back to `LocalCounters`. Windows use Redis's clock."""

    STORAGE_SCHEME: list[str] | None = ["counters-redis"]  # noqa: RUF012 - so the base class has it

    def __init__(self, uri: str, url: str = "", **options: Any) -> None:
        super().__init__(uri, **options)
        how: dict[str, Any] = {
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            # A kept connection may be stale; a call that is counted twice is safe.
            "retry": Retry(NoBackoff(), 1),
        }
        self._redis = RedisStorage(url, key_prefix=PREFIX, **how)
        self._memory = LocalCounters()
        self._away_until = 0.0

    def count(self, windows: Sequence[Window], amount: int = 1) -> list[WindowCount]:
        def in_redis() -> list[WindowCount]:
            numbers = [self._redis.incr(key, seconds, amount) for key, seconds in windows]
            return self._with_ends([key for key, _ in windows], numbers)

        return self._ask(in_redis, lambda: self._memory.count(windows, amount))

    def look(self, key: str) -> WindowCount:
        return self._ask(
            lambda: self._with_ends([key], [self._redis.get(key)])[0],
            lambda: self._memory.look(key),
        )

    def clear(self, key: str) -> None:
        self._memory.clear(key)
        self._ask(lambda: self._redis.clear(key), lambda: None)

    def reset(self) -> int | None:
        self._memory.reset()
        return self._redis.reset()

    def _with_ends(self, keys: Sequence[str], numbers: Sequence[int]) -> list[WindowCount]:
        # Exact expiry times from Redis. `limits` would give whole seconds from now, which differ by
        # one from call to call.
        client: Any = self._redis.get_connection()
        pipeline = client.pipeline(transaction=False)
        for key in keys:
            pipeline.pexpiretime(self._redis.prefixed_key(key))
        now = clock.now().timestamp()
        ends = (math.ceil(max(now, millis / 1000)) for millis in pipeline.execute())
        return [WindowCount(*told) for told in zip(numbers, ends, strict=True)]

    def _ask(self, redis: Callable[[], Answer], memory: Callable[[], Answer]) -> Answer:
        away = self._away_until
        if away:
            if time.monotonic() < away:
                return memory()
            # Other requests do not wait for this attempt.
            self._away_until = time.monotonic() + AWAY
        try:
            answer = redis()
        except (RedisError, OSError) as fault:
            self._away_until = time.monotonic() + AWAY
            log.warning("redis_unavailable", extra={"kind": type(fault).__name__})
            return memory()
        if away:
            self._away_until = 0.0
            log.info("redis_available_again")
        return answer
