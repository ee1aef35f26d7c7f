"""Error pages for participants: what an error means for them, and what they can do."""

from contextlib import suppress
from typing import Final

from flask import Response, make_response, render_template, request
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException

from interviewrelay.core.errors import CampaignOver, NoLongerOpen, Refusal, Withdrawn

STANDS: Final = {
    "INVITE_EXPIRED": "expired",
    "INVITE_CANCELLED": "cancelled",
    "CAMPAIGN_NOT_ACTIVE": "not open",
    "INSUFFICIENT_CREDITS": "not open",
    "NOT_FOUND": "unknown",
    "FORBIDDEN": "elsewhere",
    "PAYLOAD_TOO_LARGE": "large",
}
"""Advice shown below the message; by default that for temporary problems."""

RECORDING: Final = (
    "UNSUPPORTED_MEDIA_TYPE",
    "INVALID_AUDIO",
    "AUDIO_TOO_LONG",
    "PAYLOAD_TOO_LARGE",
    "INVALID_PARAMETER",
)

TITLES: Final[dict[str, str]] = {
    "INVITE_EXPIRED": lazy_gettext("This invitation has expired"),
    "INVITE_CANCELLED": lazy_gettext("This invitation has been cancelled"),
    "CAMPAIGN_NOT_ACTIVE": lazy_gettext("This interview isn’t open right now"),
    "INSUFFICIENT_CREDITS": lazy_gettext("This interview isn’t open right now"),
    "NOT_FOUND": lazy_gettext("This link doesn’t work"),
    "CONFLICT": lazy_gettext("This page is out of date"),
    "SESSION_ALREADY_COMPLETED": lazy_gettext("This page is out of date"),
    "RATE_LIMITED": lazy_gettext("Please wait a moment"),
    "STORAGE_UNAVAILABLE": lazy_gettext("Please wait a moment"),
    "MAINTENANCE": lazy_gettext("Please wait a moment"),
    "PAYLOAD_TOO_LARGE": lazy_gettext("That’s too long to send"),
    "INTERNAL_ERROR": lazy_gettext("Something went wrong"),
}
ELSE: Final[str] = lazy_gettext("That didn’t work")

# With these, the page says what to do, so the message does not repeat it.
WORDS: Final[dict[str, str]] = {
    "INVITE_CANCELLED": lazy_gettext("Your link no longer works."),
    "CAMPAIGN_NOT_ACTIVE": lazy_gettext(
        "This study isn’t taking new interviews at the moment."
    ),
    "INSUFFICIENT_CREDITS": lazy_gettext("Please try again later."),
    "CONFLICT": lazy_gettext(
        "Your interview has moved on since you opened this page. Please open your link again."
    ),
    "SESSION_ALREADY_COMPLETED": lazy_gettext("This interview has already ended."),
    "RATE_LIMITED": lazy_gettext("Too many requests came from your connection at once."),
    "STORAGE_UNAVAILABLE": lazy_gettext("We couldn’t save that just now."),
    "FORBIDDEN": lazy_gettext(
        "This request came from another site, so we blocked it. Please open your link directly."
    ),
    "PAYLOAD_TOO_LARGE": lazy_gettext("That’s more than this page can accept."),
    "INTERNAL_ERROR": lazy_gettext("The problem is on our side. Your saved answers are safe."),
}
AGREE: Final[str] = lazy_gettext("We need your consent before the interview can start.")

OVER: Final[str] = lazy_gettext("This study has ended")
TOO_LATE: Final[str] = lazy_gettext(
    "It’s no longer taking new interviews. Thank you for your interest."
)
WITHDREW: Final[str] = lazy_gettext("You’ve withdrawn from this interview")
NO_LONGER_OPEN: Final[str] = lazy_gettext("This invitation is no longer open")
DELETED: Final[str] = lazy_gettext("Everything you said has been deleted.")


def render_error_page(refusal: Refusal) -> Response:
    return make_response(
        render_template(
            "participant/closed.html",
            status=_get_status(refusal),
            title=_title(refusal),
            message=_words(refusal),
            organization="",
            campaign=None,
            token="",
            base="",
            draft=_sent_text(),
        ),
        refusal.status,
    )


def _get_status(refusal: Refusal) -> str:
    # Neither waiting nor a shorter text helps against a fault of a recording.
    if request.path.endswith("/audio") and refusal.code in RECORDING:
        return "recording"
    return STANDS.get(refusal.code, "busy")


def _title(refusal: Refusal) -> str:
    if isinstance(refusal, Withdrawn):
        return WITHDREW
    if isinstance(refusal, NoLongerOpen):
        return NO_LONGER_OPEN
    if isinstance(refusal, CampaignOver):
        return OVER
    return TITLES.get(refusal.code, ELSE)


def _words(refusal: Refusal) -> str:
    if isinstance(refusal, Withdrawn):
        return DELETED
    if isinstance(refusal, NoLongerOpen):
        return ""
    if isinstance(refusal, CampaignOver):
        return TOO_LATE
    if refusal.details.get("field") == "consent":
        return AGREE
    return WORDS.get(refusal.code, "")


def _sent_text() -> str:
    """Text of a participant's form, as far as it was readable."""
    with suppress(HTTPException):
        return request.form.get("text", "")
    return ""
