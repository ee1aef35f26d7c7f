"""Back-off for wrong passwords, by account and network, with growing waits up to 15 minutes.

A wait belongs to one caller and one account, so nobody can prolong the wait of another. Failures of
strangers only decide whether an unknown browser waits once before its first attempt, and how long
it waits after a wrong one. A refused attempt never costs a password hash.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from interviewrelay.core import clock
from interviewrelay.core.errors import RateLimited

FREE: Final = 5
"""Wrong passwords in an hour without a wait; then 30 seconds, doubled with each further one."""
FIRST: Final = 30
LONGEST: Final = 15 * 60
"""Longest wait in seconds."""
HOUR: Final = 3600
OF_ACCOUNT: Final = 10
"""Wrong passwords in an hour for one account; after that, strangers wait before their first
attempt: one minute, doubled with every ten further ones.
"""
OF_NETWORK: Final = 20
"""The same limit for one network, across accounts."""
MOST_OF_NETWORK: Final = 100
"""Maximum checks of wrong passwords from unknown browsers in 15 minutes and one network. It bounds
the cost of guessing across many accounts.
"""
VALID: Final = 15 * 60
"""Seconds after a wait in which the attempt can be made."""

Window = tuple[str, int]
"""A key, and its window in seconds."""


class AttemptCounters(Protocol):
    """Attempt counters: port to the counters that all processes and machines share (those of the
    rate limits).

    A count is a number and the end of its window in Unix seconds. Raises the store's error when
    counting is impossible; then no password is checked.
    """

    def count(
        self, windows: Sequence[Window], amount: int = 1
    ) -> Sequence[tuple[int, int]]: ...

    def look(self, key: str) -> tuple[int, int]: ...

    def clear(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Backoff:
    """Back-off of one caller at one account; `network` is None for a known caller."""

    counters: AttemptCounters
    caller: str
    account: str
    network: str | None = None

    def check(self) -> int:
        """Seconds to wait; 0 allows one attempt."""
        number, ends = self.counters.look(self._pause)
        # Windows end at whole seconds, so a caller who returns at the announced second is let
        # through.
        left = math.floor(ends - VALID - clock.now().timestamp())
        if number and left > 0:
            return left
        if number or self.network is None:  # has waited, or need not wait
            return self._left_of_network()
        _, account, network = self.counters.count(self._windows(), 0)
        early = max(_early(account[0], OF_ACCOUNT), _early(network[0], OF_NETWORK))
        if early:
            self._begin_pause(early)
            return early
        return self._left_of_network()

    def count_failure(self) -> None:
        """Count a wrong password; the next attempt may have to wait."""
        mine, account, *_ = self.counters.count(self._windows())
        if self.network is not None:
            self.counters.count([self._burst])
        wait = _own(mine[0])
        if self.network is not None:
            wait = max(wait, _early(account[0], OF_ACCOUNT))
        if wait:
            self._begin_pause(wait)

    def count_attempt(self) -> int:
        """Count an attempt; returns the wrong and refused attempts at the account within the hour."""
        ((number, _),) = self.counters.count([(f"login-tries:{self.account}", HOUR)])
        return number

    @property
    def _pause(self) -> str:
        return f"login-pause:{self.caller}"

    @property
    def _burst(self) -> Window:
        return f"login-burst:{self.network}", LONGEST

    def _windows(self) -> list[Window]:
        whose = [f"login-wrong:{self.caller}", f"login-account:{self.account}"]
        if self.network is not None:
            whose.append(f"login-network:{self.network}")
        return [(key, HOUR) for key in whose]

    def _left_of_network(self) -> int:
        if self.network is None:
            return 0
        number, ends = self.counters.look(self._burst[0])
        over = number >= MOST_OF_NETWORK
        return max(1, math.ceil(ends - clock.now().timestamp())) if over else 0

    def _begin_pause(self, seconds: int) -> None:
        self.counters.clear(self._pause)  # a running window would keep its end
        self.counters.count([(self._pause, seconds + VALID)])


def build_wait_refusal(seconds: int) -> RateLimited:
    """Refusal with the seconds to wait, and the alternative."""
    refusal = RateLimited(
        f"Too many wrong passwords. Wait {_words(seconds)}, then try again. To avoid the wait,"
        " reset your password by email."
    )
    refusal.headers["Retry-After"] = str(seconds)
    return refusal


def _own(failures: int) -> int:
    """Wait in seconds after so many wrong passwords of one caller."""
    return 0 if failures < FREE else min(LONGEST, FIRST << min(failures - FREE, 10))


def _early(failures: int, least: int) -> int:
    """Wait in seconds for a stranger after so many wrong passwords of all callers."""
    return 0 if failures < least else min(LONGEST, 60 << min((failures - least) // 10, 10))


def _words(seconds: int) -> str:
    if seconds <= 90:
        return f"{seconds} seconds" if seconds > 1 else "1 second"
    return f"{math.ceil(seconds / 60)} minutes"
