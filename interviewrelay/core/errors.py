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
    text: ClassVar[str] = "Something went wrong on our side. Nothing that was saved is lost."

    def __init__(
        self, message: str | None = None, *, details: Mapping[str, Any] | None = None
    ) -> None:
        self.message = message or self.text
        self.details = dict(details or {})
        self.headers: dict[str, str] = {}
        super().__init__(self.message)

    def shape(self, request_id: str) -> dict[str, Any]:
        """Error object of an answer; `details` is empty where there are none."""
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
        """One or more problems, each `{field, expected, message}`; the first one leads."""
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
    text = "This server does not answer to that host name. Use the address in its settings."


class ScriptNotPublished(Refusal):
    code, status = "SCRIPT_NOT_PUBLISHED", 400
    text = "The script has no published version. Publish it first, then create the campaign."


class WebhookUrlNotAllowed(Refusal):
    code, status = "WEBHOOK_URL_NOT_ALLOWED", 400
    text = "This URL can't be used for a webhook. Use an https URL on the public internet."


class Unauthenticated(Refusal):
    code, status = "UNAUTHENTICATED", 401
    text = "A valid API key is required: send it as 'Authorization: Bearer <key>'."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message)
        self.headers = {"WWW-Authenticate": "Bearer"}


class InsufficientCredits(Refusal):
    code, status = "INSUFFICIENT_CREDITS", 402
    text = "This study is not open at the moment. Please try again later or ask whoever invited you."


class PlanLimitReached(Refusal):
    code, status = "PLAN_LIMIT_REACHED", 402
    text = "The organization has reached the limit of its plan."


class Forbidden(Refusal):
    code, status = "FORBIDDEN", 403
    text = "You may not do this. Ask an owner or admin of your organization."


class LiveKeyRequired(Forbidden):
    """A test key tried to change an object that is not a test object."""

    text = (
        "A test key can change only test objects (the invites made with a test key and their "
        "sessions). Nothing was changed. Use a live key (ir_live_…) for this."
    )


class NotFound(Refusal):
    code, status = "NOT_FOUND", 404
    text = "Not found: nothing with this name or id exists here."


class UnknownInvite(NotFound):
    """A participant's link that does not exist; counted, because it may be guessing."""


class UnknownCode(NotFound):
    """A participant's resume code that does not work: mistyped, used or expired after a day."""

    text = "This code is not known, or it was used or has run out. Show a new one on the first device."


class MethodNotAllowed(Refusal):
    code, status, text = "METHOD_NOT_ALLOWED", 405, "This address does not support that method."


class UnknownMethod(MethodNotAllowed):
    """A method that HTTP does not know, so that no address takes it."""

    text = "HTTP has no such method. Send GET, HEAD, POST, PATCH, DELETE or OPTIONS."

    def __init__(self) -> None:
        super().__init__()
        self.headers = {"Allow": "DELETE, GET, HEAD, OPTIONS, PATCH, POST"}


class Conflict(Refusal):
    code, status, text = "CONFLICT", 409, "This conflicts with the current state."


class RequestInProgress(Refusal):
    code, status = "REQUEST_IN_PROGRESS", 409
    text = "The first request with this Idempotency-Key is still running. Send it again in a moment."


class CampaignNotActive(Refusal):
    code, status = "CAMPAIGN_NOT_ACTIVE", 409
    text = (
        "This campaign is not active, so it takes no invites and no new interviews. "
        "Make its status 'active' first."
    )


class CampaignOver(CampaignNotActive):
    """The campaign is over for good; an inactive one could still be activated again."""

    text = "This study has ended: it takes no new interviews."


class SessionAlreadyCompleted(Refusal):
    code, status, text = "SESSION_ALREADY_COMPLETED", 409, "This interview has already ended."


class InviteExpired(Refusal):
    code, status = "INVITE_EXPIRED", 410
    text = "This invitation has expired. Please ask whoever invited you for a new one."


class InviteCancelled(Refusal):
    code, status = "INVITE_CANCELLED", 410
    text = "This invitation has been withdrawn. Please ask whoever invited you."


class Withdrawn(InviteCancelled):
    """Participant withdrew: the same error code for programs, another message for the person."""

    text = "You have withdrawn, and everything that you said is deleted."


class NoLongerOpen(InviteCancelled):
    """Erased by the organization: the same error code for programs, another message for the person."""

    text = "This invitation is no longer open."


class RequestTimeout(Refusal):
    code, status, text = "REQUEST_TIMEOUT", 408, "The request took too long to arrive."


class PayloadTooLarge(Refusal):
    code, status, text = "PAYLOAD_TOO_LARGE", 413, "The body is larger than 1 MiB."

    @classmethod
    def above(cls, most: int) -> "PayloadTooLarge":
        """The body has more than `most` bytes."""
        mib = most // 1024**2
        return cls(f"The body is larger than {f'{mib} MiB' if mib else f'{most // 1024} KiB'}.")


class UriTooLong(Refusal):
    code, status, text = "URI_TOO_LONG", 414, "The address is longer than 8 KiB."


class UnsupportedMediaType(Refusal):
    code, status = "UNSUPPORTED_MEDIA_TYPE", 415
    text = "Send JSON: 'Content-Type: application/json', UTF-8, without compression."


class IdempotencyKeyReused(Refusal):
    code, status = "IDEMPOTENCY_KEY_REUSED", 422
    text = (
        "This Idempotency-Key was used for another request. Choose a new key for each request."
    )


class RateLimited(Refusal):
    code, status, text = "RATE_LIMITED", 429, "Too many requests. Please wait a little."


class HeadersTooLarge(Refusal):
    code, status = "HEADERS_TOO_LARGE", 431
    text = "The request has more than 16 KiB of headers, or more than 64 of them."


class InternalError(Refusal):
    """Unforeseen fault; the message reveals nothing of the internals."""


class StorageUnavailable(Refusal):
    code, status = "STORAGE_UNAVAILABLE", 503
    text = "It could not be saved just now. Please send it again in a moment."


class StorageUnreachable(StorageUnavailable):
    """File storage is unreachable or refuses writes; a later retry may work.

    `why` tells the server's operator in a few words what is wrong.
    """

    text = "A file cannot be reached just now. Please try again in a moment."

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class Maintenance(Refusal):
    code, status = "MAINTENANCE", 503
    text = "This is not available just now. Please try again in a moment."


class ServerBusy(Maintenance):
    """Request body evicted: the server's buffer is full, and this body was the slowest."""

    text = "Too much is being sent to this server just now. Please send it again in a moment."


class PdfUnavailable(Refusal):
    code, status = "PDF_UNAVAILABLE", 503
    text = "The PDF could not be made just now. Please try again in a moment."
