"""Responses to participants, as pages and as JSON, and parsers for what they send."""

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
from interviewrelay.interviews.participation import entry
from interviewrelay.interviews.participation.entry import ParticipantVisit
from interviewrelay.interviews.state import InterviewState
from interviewrelay.web.http import htmx, locale
from interviewrelay.web.http.blueprints import services
from interviewrelay.web.http.requests import read_payload, wants_json
from interviewrelay.web.http.validation import Body, validate
from interviewrelay.web.participant.pages import allow_embedding, render_page
from interviewrelay.web.participant.states import read_state

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


def look(token: str) -> ParticipantVisit:
    """Visit behind a link. Raises NotFound, and InviteCancelled once it was withdrawn."""
    visit = entry.get_visit(services(), token)
    allow_embedding(visit)
    locale.set_page_language(visit.guide.language)
    if visit.invite.status == "cancelled" and not (
        request.method == "GET" and not wants_json() and visit.invite.withdrew
    ):
        validity.ensure_invite_usable(visit.invite)
    return visit


def read_body(schema: type[Body]) -> Body:
    """The body, as JSON or as a form. Raises InvalidParameter."""
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        fields = {name: value for name, value in request.form.items() if value != ""}
        return validate(schema, fields, strict=False)
    return read_payload(schema, optional=True)


def typed() -> str:
    """Text of the answer field, whichever button was pressed."""
    return texts.normalize_line_feeds(request.form.get("text", ""))


def unsent() -> bool:
    """True if showing another page would lose typed text; programs keep their own."""
    return not wants_json() and not texts.is_blank(typed())


def answer_with_state(token: str, reached: InterviewState) -> ResponseReturnValue:
    """Response to an action after which the interview has a state to show."""
    return read_state(reached) if wants_json() else shown(token)


def shown(token: str, saved_number: int | None = None) -> ResponseReturnValue:
    """Next page for a browser: a redirect, or only the changing part for htmx."""
    if htmx.is_htmx_request():
        return render_page(entry.get_visit(services(), token), saved_number=saved_number)
    # Browsers focus the element that the fragment names, and then ignore `autofocus`.
    return redirect(f"/interview/{token}#answer", 303)


def answer_refusal(token: str, refusal: Refusal) -> ResponseReturnValue:
    """Response to a refused action: the state for programs, the page with the typed text for
    people, so that nothing is lost.
    """
    if wants_json():
        raise with_state(token, refusal)
    visit = entry.get_visit(services(), token)
    locale.set_page_language(visit.language)
    response = render_page(visit, draft=typed(), error=_word(refusal))
    response.status_code = refusal.status
    return response


def with_state(token: str, refusal: Refusal) -> Refusal:
    """The refusal of an answer, with the interview's state in its details."""
    visit = entry.get_visit(services(), token)
    if visit.standing is not None and refusal.status == 409:
        refusal.details = {**refusal.details, "state": read_state(visit.standing)}
    return refusal


def held(visit: ParticipantVisit) -> InterviewState:
    if visit.standing is None:
        raise Conflict("The interview has not started yet. Start it first.")
    return visit.standing


def _word(refusal: Refusal) -> str:
    """Message for a refusal on the page, in the participant's language."""
    field = refusal.details.get("field")
    if field == "text":
        text = typed().strip()
        return NO_TEXT if texts.is_blank(text) else _too_long(len(text))
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
