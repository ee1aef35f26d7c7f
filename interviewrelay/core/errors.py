"""Errors that callers may get: a class for each reason, with code, status and message."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

RETRY_SOON: Final = "5"
"""Retry-After in seconds for short outages."""


class OperatorError(Exception):
    """An error that the server's operator can mend; the text is a sentence that says what to do."""


class Refusal(Exception):
    """A refused request; rendered in one place, `web.middleware.error_handlers`.

    `message` is shown to people: it says what is wrong and what to do. `details` must be JSON.
    """

    code: ClassVar[str] = "INTERNAL_ERROR"
    status: ClassVar[int] = 500
    text: ClassVar[str] = "Something went wrong on our side."

    def __init__(
        self, message: str | None = None, *, details: Mapping[str, Any] | None = None
    ) -> None:
        self.message = message or self.text
        self.details = dict(details or {})
        self.headers: dict[str, str] = {}
        super().__init__(self.message)

    def shape(self, request_id: str) -> dict[str, Any]:
        """Error object of a response; `details` is empty if there are none."""
        return {
            "code": self.code,
            "message": self.message,
            "details": self.details,
            "request_id": request_id,
        }


class InvalidParameter(Refusal):
    code, status, text = "INVALID_PARAMETER", 400, "A value is invalid."

    @classmethod
    def field(cls, field: str, expected: str, message: str | None = None) -> "InvalidParameter":
        """Error of a single field; `expected` says in a few words what the field should be."""
        return cls(
            message or f"The '{field}' field must be {_article(expected)}",
            details={"field": field, "expected": expected},
        )

    @classmethod
    def missing(cls, field: str, expected: str) -> "InvalidParameter":
        return cls.field(field, expected, f"The '{field}' field is required")

    @classmethod
    def several(cls, problems: list[dict[str, str]]) -> "InvalidParameter":
        """Error for one or more problems, each `{field, expected, message}`; the first gives the
        message.
        """
        first = problems[0]
        details: dict[str, Any] = {"field": first["field"], "expected": first["expected"]}
        if len(problems) > 1:
            details["errors"] = problems
        return cls(first["message"], details=details)

    @classmethod
    def raise_for(cls, problems: Sequence[tuple[str, str]]) -> None:
        """Raise it if there are problems with texts of a form, each the field and the message."""
        if problems:
            raise cls.several(
                [{"field": f, "expected": "string", "message": words} for f, words in problems]
            )


def _article(expected: str) -> str:
    if expected.startswith("email"):
        return f"an {expected}"
    if expected.partition(" ")[0] in ("number", "whole", "string", "boolean", "UUID", "list"):
        return f"a {expected}"
    return expected


class InvalidJson(Refusal):
    code, status, text = "INVALID_JSON", 400, "The body is not valid JSON."


class UnknownHost(Refusal):
    code, status = "UNKNOWN_HOST", 400
    text = "This server doesn’t respond to that host name. Use the address set in BASE_URL."


class ScriptNotPublished(Refusal):
    code, status = "SCRIPT_NOT_PUBLISHED", 400
    text = "The script has no published version. Publish it first, then create the campaign."


class WebhookUrlNotAllowed(Refusal):
    code, status = "WEBHOOK_URL_NOT_ALLOWED", 400
    text = "This URL can't be used for a webhook. Use an https URL on the public internet."


class InvalidAudio(Refusal):
    code, status = "INVALID_AUDIO", 400
    text = "The recording can’t be decoded. Record it again."


class Unauthenticated(Refusal):
    code, status = "UNAUTHENTICATED", 401
    text = "A valid API key is required. Send it as 'Authorization: Bearer <key>'."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message)
        self.headers = {"WWW-Authenticate": "Bearer"}


class InsufficientCredits(Refusal):
    code, status = "INSUFFICIENT_CREDITS", 402
    text = (
        "This study is not open at the moment. Please try again later or ask the person who "
        "invited you."
    )


class PlanLimitReached(Refusal):
    code, status = "PLAN_LIMIT_REACHED", 402
    text = "The organization has reached the limit of its plan."


class Forbidden(Refusal):
    code, status = "FORBIDDEN", 403
    text = "You don’t have permission to do this. Ask an owner or admin of your organization."


class LiveKeyRequired(Forbidden):
    """A test key tried to change an object that is not a test object."""

    text = (
        "A test key can change only test objects (the invites made with a test key and their "
        "sessions). Nothing was changed. Use a live key (ir_live_…) for this."
    )


class NotFound(Refusal):
    code, status = "NOT_FOUND", 404
    text = "Nothing was found with this name or ID."


class UnknownInvite(NotFound):
    """A participant link that does not exist; counted, because the caller may be guessing."""


class UnknownCode(NotFound):
    """A participant's resume code that does not work: mistyped, used or expired after a day."""

    text = "This code is wrong, has expired or was already used. Get a new one on your first device."


class MethodNotAllowed(Refusal):
    code, status, text = (
        "METHOD_NOT_ALLOWED",
        405,
        "This URL does not support this method. Use one from the Allow header.",
    )


class UnknownMethod(MethodNotAllowed):
    """An unknown HTTP method, which no URL accepts."""

    text = "This HTTP method doesn’t exist. Use GET, HEAD, POST, PATCH, DELETE or OPTIONS."

    def __init__(self) -> None:
        super().__init__()
        self.headers = {"Allow": "DELETE, GET, HEAD, OPTIONS, PATCH, POST"}


class Conflict(Refusal):
    code, status = "CONFLICT", 409
    text = "This conflicts with the current state. Check the current state, then try again."


class RequestInProgress(Refusal):
    code, status = "REQUEST_IN_PROGRESS", 409
    text = "The first request with this Idempotency-Key is still running. Send it again in a moment."


class CampaignNotActive(Refusal):
    code, status = "CAMPAIGN_NOT_ACTIVE", 409
    text = (
        "This campaign is not active, so you can’t invite people and new interviews can’t start. "
        "Set its status to 'active' first."
    )


class CampaignOver(CampaignNotActive):
    """The campaign is over for good; an inactive one could still be activated again."""

    text = "This study has ended, so new interviews can’t start."


class SessionAlreadyCompleted(Refusal):
    code, status, text = "SESSION_ALREADY_COMPLETED", 409, "This interview has already ended."


class InviteExpired(Refusal):
    code, status = "INVITE_EXPIRED", 410
    text = "This invitation has expired. Ask the person who invited you for a new one."


class InviteCancelled(Refusal):
    code, status = "INVITE_CANCELLED", 410
    text = "This invitation has been withdrawn. Please ask the person who invited you."


class Withdrawn(InviteCancelled):
    """Participant withdrew: the same error code for programs, another message for the person."""

    text = "You have withdrawn, and everything you said has been deleted."


class NoLongerOpen(InviteCancelled):
    """Erased by the organization: the same error code for programs, another message for the person."""

    text = "This invitation is no longer open."


class RequestTimeout(Refusal):
    code, status = "REQUEST_TIMEOUT", 408
    text = "The request was not received in time. Please send it again."


class PayloadTooLarge(Refusal):
    code, status = "PAYLOAD_TOO_LARGE", 413
    text = "The body is larger than 1 MiB. Send less data."

    @classmethod
    def above(cls, most: int) -> "PayloadTooLarge":
        """The body has more than `most` bytes."""
        mib = most // 1024**2
        size = f"{mib} MiB" if mib else f"{most // 1024} KiB"
        return cls(f"The body is larger than {size}. Send less data.")


class AudioTooLong(Refusal):
    code, status = "AUDIO_TOO_LONG", 413
    text = "The recording is too long."

    @classmethod
    def above(cls, minutes: float) -> "AudioTooLong":
        """The recording is longer than `minutes`."""
        words = f"The recording is longer than {minutes:g} minutes. Send a shorter one."
        return cls(words, details={"limit_minutes": minutes})


class UriTooLong(Refusal):
    code, status, text = "URI_TOO_LONG", 414, "The URL is longer than 8 KiB. Shorten it."


class RangeNotSatisfiable(Refusal):
    code, status = "RANGE_NOT_SATISFIABLE", 416
    text = "The range begins after the end of the file."

    @classmethod
    def beyond(cls, size: int) -> "RangeNotSatisfiable":
        """The file has `size` bytes."""
        refusal = cls(details={"size": size})
        refusal.headers = {"Content-Range": f"bytes */{size}"}
        return refusal


class UnsupportedMediaType(Refusal):
    code, status = "UNSUPPORTED_MEDIA_TYPE", 415
    text = "Send uncompressed JSON in UTF-8 with 'Content-Type: application/json'."


class IdempotencyKeyReused(Refusal):
    code, status = "IDEMPOTENCY_KEY_REUSED", 422
    text = (
        "This Idempotency-Key was used for another request. Choose a new key for each request."
    )


class RateLimited(Refusal):
    code, status, text = (
        "RATE_LIMITED",
        429,
        "Too many requests. Please wait a moment and try again.",
    )


class HeadersTooLarge(Refusal):
    code, status = "HEADERS_TOO_LARGE", 431
    text = (
        "The request has more than 64 headers or 16 KiB of headers. Send fewer or shorter ones."
    )


class InternalError(Refusal):
    """Unexpected error; the message reveals no internals."""


class StorageUnavailable(Refusal):
    code, status = "STORAGE_UNAVAILABLE", 503
    text = "Your changes couldn’t be saved. Please try again in a moment."


class StorageUnreachable(StorageUnavailable):
    """File storage is unreachable or refuses writes; a later retry may work.

    `why` tells the server's operator in a few words what is wrong.
    """

    text = "A file can’t be accessed right now. Please try again in a moment."

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class Maintenance(Refusal):
    code, status = "MAINTENANCE", 503
    text = "This isn’t available right now. Please try again in a moment."


class ServerBusy(Maintenance):
    """Request body evicted: the server's buffer is full, and this body was the slowest."""

    text = "The server is too busy right now. Please try again in a moment."


class PdfUnavailable(Refusal):
    code, status = "PDF_UNAVAILABLE", 503
    text = "The PDF couldn’t be created. Please try again in a moment."
