"""Back-off for wrong passwords: by account and by address, in growing waits of 15 minutes at most.

A wait always belongs to one caller and one account, so that nobody prolongs the wait of another:
failures of strangers only decide whether an unknown browser waits once before its first try, and how
long it waits after a wrong one. What is refused here never costs a password hash.
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
"""Seconds: no wait is longer."""
HOUR: Final = 3600
OF_ACCOUNT: Final = 10
"""Wrong passwords in an hour for one account: from here on strangers wait before their first try, one
minute, doubled with every ten further ones.
"""
OF_NETWORK: Final = 20
"""The same from one network, whatever the accounts."""
MOST_OF_NETWORK: Final = 100
"""Wrong passwords of unknown browsers in 15 minutes from one network: more are not checked. It bounds
what guessing at ever new accounts can cost.
"""
VALID: Final = 15 * 60
"""Seconds after a wait in which the try that was waited for can be made."""

Window = tuple[str, int]
"""A key, and for how many seconds it counts."""


class AttemptCounters(Protocol):
    """Port to the counters that all processes and machines share (those of the rate limits).

    A count is a number and the end of its window in Unix seconds. Raises what the store raises when
    nothing can count: then no password is checked.
    """

    def count(
        self, windows: Sequence[Window], amount: int = 1
    ) -> Sequence[tuple[int, int]]: ...

    def look(self, key: str) -> tuple[int, int]: ...

    def clear(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Backoff:
    """The back-off of one caller at one account; `network` is None for who is no stranger there."""

    counters: AttemptCounters
    caller: str
    account: str
    network: str | None = None

    def check(self) -> int:
        """Seconds to wait; 0 lets one try through."""
        number, ends = self.counters.look(self._pause)
        # Windows end at whole seconds: who comes back at the second they were told is let through.
        left = math.floor(ends - VALID - clock.now().timestamp())
        if number and left > 0:
            return left
        if number or self.network is None:  # has waited, or need not
            return self._left_of_network()
        _, account, network = self.counters.count(self._windows(), 0)
        early = max(_early(account[0], OF_ACCOUNT), _early(network[0], OF_NETWORK))
        if early:
            self._begin_pause(early)
            return early
        return self._left_of_network()

    def count_failure(self) -> None:
        """A wrong password: the next try may have to wait."""
        mine, account, *_ = self.counters.count(self._windows())
        if self.network is not None:
            self.counters.count([self._burst])
        wait = _own(mine[0])
        if self.network is not None:
            wait = max(wait, _early(account[0], OF_ACCOUNT))
        if wait:
            self._begin_pause(wait)

    def count_attempt(self) -> int:
        """Wrong and refused tries at the account within the hour, this one among them."""
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
        self.counters.clear(self._pause)  # a window that runs would keep its end
        self.counters.count([(self._pause, seconds + VALID)])


def wait_refusal(seconds: int) -> RateLimited:
    """The refusal that says how long to wait, and the way around it."""
    refusal = RateLimited(
        f"Too many wrong passwords. Wait {_words(seconds)}, then try again. You don't have to wait"
        " if you set a new password with a link by email."
    )
    refusal.headers["Retry-After"] = str(seconds)
    return refusal


def _own(failures: int) -> int:
    """Seconds after so many wrong passwords of one caller."""
    return 0 if failures < FREE else min(LONGEST, FIRST << min(failures - FREE, 10))


def _early(failures: int, least: int) -> int:
    """Seconds for a stranger where so many wrong passwords came from all."""
    return 0 if failures < least else min(LONGEST, 60 << min((failures - least) // 10, 10))


def _words(seconds: int) -> str:
    if seconds <= 90:
        return f"{seconds} seconds" if seconds > 1 else "1 second"
    return f"{math.ceil(seconds / 60)} minutes"
