"""What a participant reads when a page is refused: what it means for them, and what they can do."""

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
"""Which advice stands below; else it is that of a moment's trouble."""

TITLES: Final[dict[str, str]] = {
    "INVITE_EXPIRED": lazy_gettext("This invitation has expired"),
    "INVITE_CANCELLED": lazy_gettext("This invitation has been withdrawn"),
    "CAMPAIGN_NOT_ACTIVE": lazy_gettext("Not open at the moment"),
    "INSUFFICIENT_CREDITS": lazy_gettext("Not open at the moment"),
    "NOT_FOUND": lazy_gettext("We do not know this link"),
    "CONFLICT": lazy_gettext("This has changed in the meantime"),
    "SESSION_ALREADY_COMPLETED": lazy_gettext("This has changed in the meantime"),
    "RATE_LIMITED": lazy_gettext("A moment, please"),
    "STORAGE_UNAVAILABLE": lazy_gettext("A moment, please"),
    "MAINTENANCE": lazy_gettext("A moment, please"),
    "PAYLOAD_TOO_LARGE": lazy_gettext("Too large"),
    "INTERNAL_ERROR": lazy_gettext("Something went wrong"),
}
ELSE: Final[str] = lazy_gettext("That is not quite right")

# Below these the page says what one can do, so nothing is said twice.
WORDS: Final[dict[str, str]] = {
    "INVITE_CANCELLED": lazy_gettext("The link does not work any more."),
    "CAMPAIGN_NOT_ACTIVE": lazy_gettext("This study takes no new interviews at the moment."),
    "INSUFFICIENT_CREDITS": lazy_gettext("Please try again later."),
    "CONFLICT": lazy_gettext("The interview stands elsewhere now. Open your link again."),
    "SESSION_ALREADY_COMPLETED": lazy_gettext("This interview has already ended."),
    "RATE_LIMITED": lazy_gettext("Too much has come from here at once."),
    "STORAGE_UNAVAILABLE": lazy_gettext("It could not be saved just now."),
    "FORBIDDEN": lazy_gettext(
        "This was sent by another site and is not done. Open your link itself."
    ),
    "PAYLOAD_TOO_LARGE": lazy_gettext("What was sent is larger than this page takes."),
    "INTERNAL_ERROR": lazy_gettext("It is our fault. Nothing that was saved is lost."),
}
AGREE: Final[str] = lazy_gettext("Consent is needed before the interview can start.")

OVER: Final[str] = lazy_gettext("This study has ended")
TOO_LATE: Final[str] = lazy_gettext(
    "It takes no new interviews any more. Thank you for wanting to take part."
)
WITHDREW: Final[str] = lazy_gettext("You have withdrawn")
NO_LONGER_OPEN: Final[str] = lazy_gettext("This invitation is no longer open")
DELETED: Final[str] = lazy_gettext("Everything that you said is deleted.")


def page(refusal: Refusal) -> Response:
    return make_response(
        render_template(
            "participant/closed.html",
            status=STANDS.get(refusal.code, "busy"),
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
    """What a participant's form held, as far as it could be read."""
    with suppress(HTTPException):
        return request.form.get("text", "")
    return ""
