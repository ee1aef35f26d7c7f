"""Answers to participants, as pages and as JSON, and the readers of what they send."""

from typing import Final

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from interviewrelay.campaigns.invites import validity
from interviewrelay.core import text as texts
from interviewrelay.core.errors import (
    Conflict,
    PlanLimitReached,
    RateLimited,
    Refusal,
    SessionAlreadyCompleted,
)
from interviewrelay.interviews.participation import entry, representation
from interviewrelay.interviews.participation.entry import Visit
from interviewrelay.interviews.state import Standing
from interviewrelay.privacy import erasure
from interviewrelay.web.http import htmx, locale
from interviewrelay.web.http.blueprints import office
from interviewrelay.web.http.requests import answer, read_json, wants_json
from interviewrelay.web.http.validation import Body, validated
from interviewrelay.web.participant.pages import page

NO_TEXT: Final[str] = lazy_gettext("Write an answer, or skip the question.")
NO_MARK: Final[str] = lazy_gettext("Please choose a rating from 1 to 5.")
NOT_ADDED: Final[str] = lazy_gettext(
    "This interview has ended, so this text wasn’t added. You can copy it below."
)
NO_MAIL: Final[str] = lazy_gettext("We can’t send emails right now. Please try again tomorrow.")
NOT_TAKEN: Final[str] = lazy_gettext(
    "We couldn’t accept that as it was sent. Here’s where your interview is now."
)
ELSEWHERE: Final[str] = lazy_gettext(
    "You’ve already answered this in another window. Here’s where your interview is now."
)
NOT_SENT: Final[str] = lazy_gettext(
    "You haven’t sent what you typed. Send it as your answer, or skip the question without sending it."
)


def look(token: str) -> Visit:
    """What lies behind the link. Raises NotFound, and InviteCancelled once it was withdrawn."""
    visit = entry.look(office(), token)
    locale.speak(visit.guide.language)
    if visit.invite.status == "cancelled" and not (
        request.method == "GET" and not wants_json() and erasure.withdrawn(visit.invite)
    ):
        validity.openness(visit.invite)
    return visit


def received(schema: type[Body]) -> Body:
    """The body, as JSON or as a form. Raises InvalidParameter."""
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        fields = {name: value for name, value in request.form.items() if value != ""}
        return validated(schema, fields, strict=False)
    return validated(schema, read_json(optional=True))


def typed() -> str:
    """What stood in the field of the answer, whichever button was pressed."""
    return texts.with_line_feeds(request.form.get("text", ""))


def unsent() -> bool:
    """Whether a page would lose words by showing another one; programs keep their own."""
    return not wants_json() and not texts.blank(typed())


def settled(token: str, reached: Standing) -> ResponseReturnValue:
    """The answer to everything that leaves the interview standing somewhere."""
    return answer(representation.standing(reached)) if wants_json() else shown(token)


def shown(token: str, saved_number: int | None = None) -> ResponseReturnValue:
    """Where a browser goes on: the page anew, or only its changing part for htmx."""
    if htmx.asks():
        return page(entry.look(office(), token), saved_number=saved_number)
    # A browser gives the focus to what the fragment names; autofocus it skips when there is one.
    return redirect(f"/interview/{token}#answer", 303)


def refused(token: str, refusal: Refusal) -> ResponseReturnValue:
    """A refusal that loses nothing: the state for programs, the page with what was typed for people."""
    visit = entry.look(office(), token)
    if wants_json():
        if visit.standing is not None and refusal.status == 409:
            refusal.details = {
                **refusal.details,
                "state": representation.standing(visit.standing),
            }
        raise refusal
    locale.speak(visit.language)
    response = page(visit, draft=typed(), error=_word(refusal))
    response.status_code = refusal.status
    return response


def held(visit: Visit) -> Standing:
    if visit.standing is None:
        raise Conflict("The interview has not been started yet.")
    return visit.standing


def _word(refusal: Refusal) -> str:
    """What the page says of a refusal, in the participant's language."""
    field = refusal.details.get("field")
    if field == "text":
        text = typed().strip()
        return NO_TEXT if texts.blank(text) else _too_long(len(text))
    if field == "rating":
        return NO_MARK
    if isinstance(refusal, SessionAlreadyCompleted):
        return NOT_ADDED
    if isinstance(refusal, PlanLimitReached | RateLimited):
        return NO_MAIL
    return ELSEWHERE if refusal.status == 409 else NOT_TAKEN


def _too_long(n: int) -> str:
    told: str = gettext(
        "Your answer is %(n)s characters long. Please shorten it to 10,000 or fewer.", n=n
    )
    return told
