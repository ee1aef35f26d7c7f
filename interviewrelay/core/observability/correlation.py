"""Correlation: the id of the request that caused the current work, also when it runs much later.

Emails, jobs and events store the id of their request. They are processed inside `with_request_id` that
id, so that log lines and follow-up work carry it too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_request: Final[ContextVar[str | None]] = ContextVar("request", default=None)


def get_request_id() -> str | None:
    """Id of the current request; None for the server's own work."""
    return _request.get()


def set_request_id(request_id: str | None) -> None:
    """Set the request id of this thread, or clear it."""
    _request.set(request_id)


@contextmanager
def with_request_id(request_id: str | None) -> Iterator[None]:
    """Run the block with this request id."""
    token = _request.set(request_id)
    try:
        yield
    finally:
        _request.reset(token)
