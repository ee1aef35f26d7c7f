"""Retries: which failures are worth another attempt, and how long to wait before it."""

import logging
import random
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeVar
from uuid import uuid4

import httpx

from interviewrelay_client.errors import (
    ApiError,
    ConnectionFailedError,
    InterviewRelayError,
    TimedOutError,
    read_error,
)
from interviewrelay_client.request import Request

log = logging.getLogger(__name__)

T = TypeVar("T")

FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 8.0
"""Bounds of the exponential backoff, in seconds."""
SPREAD: Final = 0.25
"""Part of a `Retry-After` that is added at random, so that not all clients return at once."""

TRANSIENT: Final = (408, 429, 500, 502, 503, 504)
HOPELESS: Final = (httpx.LocalProtocolError, httpx.UnsupportedProtocol)
"""Failures that another attempt has as well, such as a key with a line break."""
NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Failures before the request left: nothing can have happened on the server."""


@dataclass(frozen=True)
class RateLimit:
    """Rate limit as of the last response: `remaining` of `limit` requests until `reset`."""

    limit: int
    remaining: int
    reset: datetime


@dataclass
class State:
    """What a client remembers of its responses."""

    rate_limit: RateLimit | None = None


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options of a client. `base_url` is the server's address, without a slash at its end.

    `timeout` applies to each attempt, in seconds. `max_retry_wait` is the longest `Retry-After`, in
    seconds, that is waited for; a longer one raises the error at once.
    """

    base_url: str
    api_key: str | None = field(default=None, repr=False)
    timeout: float | httpx.Timeout = 30.0
    max_retries: int = 3
    max_retry_wait: float = 60.0
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wait:
    """Step of an exchange: wait so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Send:
    """Step of an exchange: send a request with these arguments of httpx."""

    arguments: dict[str, Any]


Outcome = httpx.Response | httpx.RequestError | None
Exchange = Generator[Send | Wait, Outcome, T]


def exchange(request: Request[T], options: Options, state: State) -> Exchange[T]:
    """Steps of one operation with its retries; a transport carries them out.

    It is sent the response or error of each `Send`, and returns the operation's result. Raises
    ApiError and ConnectionFailedError.
    """
    arguments = _prepare(request, options)
    attempt = 0
    while True:
        outcome = yield Send(arguments)
        retry_after = None
        if isinstance(outcome, httpx.Response):
            _remember_rate_limit(request, outcome, state)
            if outcome.is_success:
                return request.reply(outcome)
            retry_after = _read_retry_after(outcome)
        failure = _read_failure(outcome, retry_after)
        again = _is_worth_retrying(request, outcome, failure, arguments)
        if not again or attempt >= options.max_retries:
            raise failure from (outcome if isinstance(outcome, Exception) else None)
        if retry_after is not None and retry_after > options.max_retry_wait:
            raise failure
        attempt += 1
        wait = compute_wait(attempt, retry_after)
        # Without the path, which may hold an invite's token.
        log.info("Retry %d in %.1f s: %s", attempt, wait, failure)
        yield Wait(wait)


def compute_wait(attempt: int, retry_after: float | None) -> float:
    """Seconds before a retry; the first `attempt` is 1."""
    if retry_after is not None:
        return retry_after + random.uniform(0, min(1.0, SPREAD * retry_after))  # noqa: S311
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1))
    return random.uniform(longest / 2, longest)  # noqa: S311


def _prepare(request: Request[T], options: Options) -> dict[str, Any]:
    """Arguments of all attempts: each has the same idempotency key."""
    headers = {"Accept": "application/json, */*;q=0.5", **options.headers}
    if not request.public and not options.api_key:
        raise InterviewRelayError("Set api_key, or the variable INTERVIEWRELAY_API_KEY.")
    if options.api_key and request.path.startswith("/api/"):  # participants have none
        headers["Authorization"] = f"Bearer {options.api_key}"
    if request.takes_key:
        headers["Idempotency-Key"] = request.idempotency_key or str(uuid4())
    if request.content is not None:
        headers["Content-Type"] = "application/octet-stream"
    headers |= {name: value for name, value in request.headers.items() if value is not None}
    url = options.base_url + request.path
    return {**request.arguments(), "url": url, "headers": headers, "timeout": options.timeout}


def _read_failure(outcome: Outcome, retry_after: float | None) -> InterviewRelayError:
    if isinstance(outcome, httpx.Response):
        return read_error(outcome, retry_after)
    words = str(outcome) or type(outcome).__name__
    if isinstance(outcome, httpx.TimeoutException):
        return TimedOutError(f"No response in time: {words}")
    return ConnectionFailedError(f"The connection failed: {words}")


def _is_worth_retrying(
    request: Request[T],
    outcome: Outcome,
    failure: InterviewRelayError,
    arguments: Mapping[str, Any],
) -> bool:
    safe = request.repeatable or "Idempotency-Key" in arguments["headers"]
    if not isinstance(failure, ApiError):
        return not isinstance(outcome, HOPELESS) and (safe or isinstance(outcome, NOT_SENT))
    if failure.code == "REQUEST_IN_PROGRESS":  # the first attempt is still running
        return True
    return failure.status in TRANSIENT and (safe or failure.status == 429)


def _read_retry_after(response: httpx.Response) -> float | None:
    """Seconds of `Retry-After`, which is a number or a date."""
    told = response.headers.get("Retry-After", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _remember_rate_limit(request: Request[T], response: httpx.Response, state: State) -> None:
    if not request.path.startswith("/api/"):
        return  # participants have a limit of their own
    try:
        limit, remaining, reset = (
            int(response.headers[f"X-RateLimit-{name}"])
            for name in ("Limit", "Remaining", "Reset")
        )
    except (KeyError, ValueError):
        return
    state.rate_limit = RateLimit(limit, remaining, datetime.fromtimestamp(reset, UTC))
