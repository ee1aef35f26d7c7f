"""Errors of the client; each error code of the API has a class in `error_codes`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import httpx


class InterviewRelayError(Exception):
    """Base of all errors of this library."""


class ConnectionFailedError(InterviewRelayError):
    """The server couldn't be reached, or the connection was lost, also after all retries."""


class TimedOutError(ConnectionFailedError):
    """There was no response in time, also after all retries."""


class InvalidResponseError(InterviewRelayError):
    """A successful response that isn't what the API promises, for example from a proxy."""


class WebhookVerificationError(InterviewRelayError):
    """A webhook request isn't from your InterviewRelay server, or is too old."""


@dataclass(frozen=True)
class FieldError:
    """Invalid field of a request, and what was expected there."""

    field: str
    expected: str
    message: str


class ApiError(InterviewRelayError):
    """Error response of the server.

    `code` is the API's error code, `status` the HTTP status. `request_id` is what an administrator
    needs to find the request in the logs. `retry_after` is in seconds, if the server told it.
    """

    CODE: ClassVar[str] = ""

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str,
        details: Mapping[str, Any] | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.details: Mapping[str, Any] = details or {}
        self.request_id = request_id
        self.retry_after = retry_after

    def __str__(self) -> str:
        known = f", request {self.request_id}" if self.request_id else ""
        return f"{self.message} ({self.status} {self.code}{known})"

    @property
    def field_errors(self) -> list[FieldError]:
        """All invalid fields; empty if the error isn't about a field."""
        listed = self.details.get("errors") or []
        if not listed and self.details.get("field"):
            listed = [{**self.details, "message": self.message}]
        return [
            FieldError(
                str(one.get("field", "")),
                str(one.get("expected", "")),
                str(one.get("message", "")),
            )
            for one in listed
        ]


def read_error(response: httpx.Response, retry_after: float | None) -> ApiError:
    """Build the error that a response stands for, of the class of its code."""
    from interviewrelay_client.error_codes import (
        BY_CODE,
    )  # its classes are built on this module

    told = _read_body(response)
    code = str(told.get("code") or f"HTTP_{response.status_code}")
    details = told.get("details")
    return BY_CODE.get(code, ApiError)(
        str(told.get("message") or f"The server responded with {response.status_code}."),
        status=response.status_code,
        code=code,
        details=details if isinstance(details, Mapping) else None,
        request_id=response.headers.get("X-Request-Id"),
        retry_after=retry_after,
    )


def _read_body(response: httpx.Response) -> Mapping[str, Any]:
    """`error` object of a response; empty if a proxy wrote another body."""
    try:
        body = response.json()
    except ValueError:
        return {}
    found = body.get("error") if isinstance(body, Mapping) else None
    return found if isinstance(found, Mapping) else {}
