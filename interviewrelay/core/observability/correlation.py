"""Which request is the cause of what is done now, there and then or long afterwards.

What a request leaves to be done (mails, jobs, events) keeps its id; whoever does it does so
`because_of` that id, so that the log says it and what follows from that keeps it, too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_request: Final[ContextVar[str | None]] = ContextVar("request", default=None)


def current() -> str | None:
    """The id of the request; None for what the server does by itself."""
    return _request.get()


def becomes(request_id: str | None) -> None:
    """From now on in this thread it is another request, or none."""
    _request.set(request_id)


@contextmanager
def because_of(request_id: str | None) -> Iterator[None]:
    """Inside the block this request is the cause."""
    token = _request.set(request_id)
    try:
        yield
    finally:
        _request.reset(token)
