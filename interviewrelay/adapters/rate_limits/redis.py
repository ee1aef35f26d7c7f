"""The counters in Redis, for several machines, and what counts while Redis is away."""

import logging
import threading
import time
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import redis
from limits.errors import StorageError
from redis.backoff import NoBackoff
from redis.retry import Retry

from interviewrelay.adapters.rate_limits.embedded import (
    Count,
    Counters,
    EmbeddedCounters,
    Window,
)
from interviewrelay.core import clock

log = logging.getLogger(__name__)

# One trip for all windows of a request. The same rule as in SQL: a window that is over, or that a
# clock since set back has left in a far future, begins anew. What the caller knows of a window that
# still runs holds also when Redis has lost it, and what was counted elsewhere comes on top.
_COUNT: Final = """
local now, amount, told = tonumber(ARGV[1]), tonumber(ARGV[2]), {}
for i, key in ipairs(KEYS) do
  local seconds, known = tonumber(ARGV[4 * i - 1]), tonumber(ARGV[4 * i])
  local known_ends, since = tonumber(ARGV[4 * i + 1]), tonumber(ARGV[4 * i + 2])
  local function runs(ends) return ends > now and ends <= now + 2 * seconds + 1 end
  local there = redis.call('HMGET', key, 'number', 'ends')
  local number, ends = tonumber(there[1] or 0), tonumber(there[2] or 0)
  if not runs(ends) then
    number, ends = 0, math.ceil(now) + seconds
    if runs(known_ends) then ends = known_ends end
  end
  if runs(known_ends) then number = math.max(number, known) + since end
  number = number + amount
  redis.call('HSET', key, 'number', number, 'ends', ends)
  redis.call('EXPIRE', key, 2 * seconds)
  told[#told + 1], told[#told + 2] = number, ends
end
return told
"""
PATIENCE: Final = 0.5
"""Seconds that a request waits for Redis at most."""
AWAY: Final = 5.0
"""Seconds for which Redis is left alone after a fault: one request in so many pays for asking."""


class Known(NamedTuple):
    """What a process knows of a window: how Redis last told it, and the calls that it has counted
    elsewhere since.
    """

    number: int = 0
    ends: int = 0
    since: int = 0


UNKNOWN: Final = Known()


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

    def count(
        self, windows: Sequence[Window], amount: int = 1, known: Sequence[Known] = ()
    ) -> list[Count]:
        """The same; what is `known` of each window is counted with it."""
        keys = [self.PREFIX + window.key for window in windows]
        given: list[Any] = [repr(clock.now().timestamp()), amount]
        for window, of_it in zip(windows, known or (UNKNOWN,) * len(windows), strict=True):
            given += (window.seconds, *of_it)
        try:
            told = self._script(keys, given)
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
        try:
            self._redis.delete(self.PREFIX + key)
        except (redis.RedisError, OSError) as fault:
            raise StorageError(fault) from fault


class Memory:
    """What a process knows of the windows that run: a fault of Redis must forgive nobody anything."""

    MOST: Final = 10_000

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._known: dict[str, Known] = {}

    def taken(self, windows: Sequence[Window]) -> list[Known]:
        """What is known of each, for Redis: what was counted elsewhere is told to it once."""
        with self._guard:
            told = [self._known.get(window.key, UNKNOWN) for window in windows]
            for window, known in zip(windows, told, strict=True):
                if known.since:
                    self._known[window.key] = known._replace(since=0)
            return told

    def back(self, windows: Sequence[Window], taken: Sequence[Known]) -> None:
        """Redis has not heard it."""
        with self._guard:
            for window, known in zip(windows, taken, strict=True):
                if known.since:
                    now = self._known.get(window.key, known)
                    self._known[window.key] = now._replace(since=now.since + known.since)

    def heard(self, windows: Sequence[Window], told: Sequence[Count]) -> None:
        """Redis has answered."""
        with self._guard:
            if len(self._known) > self.MOST:
                self._make_room()
            for window, count in zip(windows, told, strict=True):
                since = self._known.get(window.key, UNKNOWN).since  # by others, meanwhile
                self._known[window.key] = Known(*count, since)

    def counted(self, windows: Sequence[Window], told: Sequence[Count], amount: int) -> None:
        """Another storage has counted."""
        with self._guard:
            for window, count in zip(windows, told, strict=True):
                known = self._known.get(window.key, UNKNOWN)
                if known.ends != count.ends:  # a window that this process has not met
                    known = Known(count.number - amount, count.ends)
                self._known[window.key] = known._replace(since=known.since + amount)

    def running(self, windows: Sequence[Window]) -> list[tuple[str, Count]]:
        """Those of the windows that run and of which nothing has been counted elsewhere yet."""
        now = clock.now().timestamp()
        with self._guard:
            found = [(key, self._known.get(key, UNKNOWN)) for key, _ in windows]
        return [
            (key, Count(known.number, known.ends))
            for key, known in found
            if known.ends > now and not known.since
        ]

    def forget(self, key: str | None = None) -> None:
        """Of one window, or of all."""
        with self._guard:
            if key is None:
                self._known.clear()
            else:
                self._known.pop(key, None)

    def _make_room(self) -> None:
        now = clock.now().timestamp()
        self._known = {key: known for key, known in self._known.items() if known.ends > now}
        if len(self._known) > self.MOST:
            self._known.clear()


class RedisElse(Counters):
    """Redis, and another storage while Redis does not answer.

    That one goes on from what Redis told last, and Redis from what was counted meanwhile, also when
    it comes back empty: who is over a limit stays over it.
    """

    def __init__(self, uri: str, url: str = "", **options: Any) -> None:
        super().__init__(uri, **options)
        self._first = RedisCounters("counters-redis://", url=url)
        self._memory = Memory()
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
        return self._count_second(windows, amount)

    @abstractmethod
    def _count_second(self, windows: Sequence[Window], amount: int) -> list[Count]:
        """Without Redis."""

    @abstractmethod
    def _look_second(self, key: str) -> Count:
        pass

    @abstractmethod
    def _clear_second(self, key: str | None) -> None:
        pass

    def _hand_over(self) -> None:
        """Tell Redis, which may be back, what was counted without it. Raises StorageError."""

    def _count_first(self, windows: Sequence[Window], amount: int) -> list[Count]:
        known = self._memory.taken(windows)
        try:
            if self._again_at:
                self._hand_over()
            told = self._first.count(windows, amount, known)
        except StorageError as fault:
            self._memory.back(windows, known)
            self._leave(fault)
            return self._count_second(windows, amount)
        self._memory.heard(windows, told)
        if self._again_at:
            self._again_at = 0.0
            log.info("redis_back")
        return told

    def look(self, key: str) -> Count:
        if not self._again_at:
            try:
                return self._first.look(key)
            except StorageError as fault:
                self._leave(fault)
        return self._look_second(key)

    def reset(self) -> int | None:
        self._memory.forget()
        self._clear_second(None)
        return self._first.reset()

    def clear(self, key: str) -> None:
        self._memory.forget(key)
        self._clear_second(key)
        if not self._again_at:
            try:
                self._first.clear(key)
            except StorageError as fault:
                self._leave(fault)

    def _leave(self, fault: StorageError) -> None:
        """Leave Redis alone for a while."""
        self._again_at = time.monotonic() + AWAY
        log.warning("redis_away", extra={"kind": type(fault.__cause__).__name__})


class RedisElseEmbedded(RedisElse):
    """Redis, and the machine's own file while Redis does not answer: fewer share it, but some do."""

    STORAGE_SCHEME: list[str] | None = ["counters-redis-else-embedded"]  # noqa: RUF012 - so the base class has it

    def __init__(self, uri: str, url: str = "", path: str = "", **options: Any) -> None:
        super().__init__(uri, url=url, **options)
        self._second = EmbeddedCounters(f"embedded://{path}")

    def _count_second(self, windows: Sequence[Window], amount: int) -> list[Count]:
        for key, least in self._memory.running(windows):
            self._second.raise_to(key, least)
        told = self._second.count(windows, amount)
        self._memory.counted(windows, told, amount)
        return told

    def _look_second(self, key: str) -> Count:
        return self._second.look(key)

    def _clear_second(self, key: str | None) -> None:
        if key is None:
            self._second.reset()
        else:
            self._second.clear(key)
