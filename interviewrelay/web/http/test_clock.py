"""Test clock: with IR_TESTING=1 a request may carry its own time."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from interviewrelay.core import clock

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class TestClock:
    """Sets the time of a request from `X-Test-Now`. A malformed one is refused."""

    __test__ = False  # tells pytest that this is no test class

    def __init__(self, application: Wsgi) -> None:
        self._application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        text = environ.get("HTTP_X_TEST_NOW")
        if text is None:
            return self._application(environ, start_response)
        try:
            moment = clock.parse_iso(text)
        except (ValueError, OverflowError):
            moment = None
        if not isinstance(moment, datetime):
            start_response("400 Bad Request", [("Content-Type", "text/plain")])
            return [b"X-Test-Now must be an ISO 8601 date and time.\n"]
        with clock.freeze_at(moment):
            body = self._application(environ, start_response)
            try:
                return list(body)
            finally:
                close = getattr(body, "close", None)
                if close:
                    close()
