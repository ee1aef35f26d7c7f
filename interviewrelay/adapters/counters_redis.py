"""The counters in Redis, for several machines, and what counts while Redis is away."""

import logging
import threading
import time
from collections.abc import Sequence
from typing import Any, Final

import redis
from limits.errors import StorageError
from redis.backoff import NoBackoff
from redis.retry import Retry

from interviewrelay import clock
from interviewrelay.adapters.counters import Count, Counters, EmbeddedCounters, Window

log = logging.getLogger(__name__)

# One trip for all windows of a request. The same rule as in SQL: a window that is over, or that a
# clock since set back has left in a far future, begins anew.
_COUNT: Final = """
local now, amount, told = tonumber(ARGV[1]), tonumber(ARGV[2]), {}
for i, key in ipairs(KEYS) do
  local seconds = tonumber(ARGV[i + 2])
  local ends = tonumber(redis.call('HGET', key, 'ends') or 0)
  if ends <= now or ends > now + 2 * seconds + 1 then
    ends = math.ceil(now) + seconds
    redis.call('HSET', key, 'number', amount, 'ends', ends)
    redis.call('EXPIRE', key, 2 * seconds)
    told[#told + 1] = amount
  else
    told[#told + 1] = redis.call('HINCRBY', key, 'number', amount)
  end
  told[#told + 1] = ends
end
return told
"""
PATIENCE: Final = 0.5
"""Seconds that a request waits for Redis at most."""
AWAY: Final = 5.0
"""Seconds for which Redis is left alone after a fault: one request in so many pays for asking."""


class RedisCounters(Counters):
    """One script call for each request."""

    STORAGE_SCHEME: list[str] | None = ["counters-redis"]  # noqa: RUF012 - so the base class has it
    PREFIX: Final = "interviewrelay:limits:"

    def __init__(self, uri: str, url: str = "", **options: Any) -> None:
        super().__init__(uri, **options)
        self._redis: Any = redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(
                NoBackoff(), 1
            ),  # a kept connection may be stale; twice counted is safe
        )
        self._script: Any = self._redis.register_script(_COUNT)

    def count(self, windows: Sequence[Window], amount: int = 1) -> list[Count]:
        keys = [self.PREFIX + window.key for window in windows]
        seconds = [window.seconds for window in windows]
        try:
            told = self._script(keys, [repr(clock.now().timestamp()), amount, *seconds])
        except (redis.RedisError, OSError) as fault:
            raise StorageError(fault) from fault
        return [Count(told[n], told[n + 1]) for n in range(0, len(told), 2)]

    def look(self, key: str) -> Count:
        try:
            number, ends = self._redis.hmget(self.PREFIX + key, "number", "ends")
        except (redis.RedisError, OSError) as fault:
            raise StorageError(fault) from fault
        now = clock.now().timestamp()
        if number is None or int(ends) <= now:
            return Count(0, int(now) + 1)
        return Count(int(number), int(ends))

    def reset(self) -> int | None:
        for key in self._redis.scan_iter(self.PREFIX + "*"):
            self._redis.delete(key)
        return None

    def clear(self, key: str) -> None:
        self._redis.delete(self.PREFIX + key)


class RedisElseEmbedded(Counters):
    """Redis, and the machine's own file while Redis does not answer: fewer share it, but some do."""

    STORAGE_SCHEME: list[str] | None = ["counters-redis-else-embedded"]  # noqa: RUF012 - so the base class has it

    def __init__(self, uri: str, url: str = "", path: str = "", **options: Any) -> None:
        super().__init__(uri, **options)
        self._first = RedisCounters("counters-redis://", url=url)
        self._second = EmbeddedCounters(f"embedded://{path}")
        self._again_at = 0.0
        self._asking = threading.Lock()

    def count(self, windows: Sequence[Window], amount: int = 1) -> list[Count]:
        if not self._again_at:
            return self._count_first(windows, amount)
        if time.monotonic() >= self._again_at and self._asking.acquire(blocking=False):
            try:
                return self._count_first(windows, amount)
            finally:
                self._asking.release()
        return self._second.count(windows, amount)

    def _count_first(self, windows: Sequence[Window], amount: int) -> list[Count]:
        try:
            told = self._first.count(windows, amount)
        except StorageError as fault:
            self._again_at = time.monotonic() + AWAY
            log.warning("redis_away", extra={"kind": type(fault.__cause__).__name__})
            return self._second.count(windows, amount)
        if self._again_at:
            self._again_at = 0.0
            log.info("redis_back")
        return told

    def look(self, key: str) -> Count:
        return (self._second if self._again_at else self._first).look(key)

    def reset(self) -> int | None:
        self._second.reset()
        return self._first.reset()

    def clear(self, key: str) -> None:
        self._second.clear(key)
        self._first.clear(key)
