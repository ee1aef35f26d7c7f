"""The participant's page: one address, as HTML with and without JavaScript, and as JSON."""

from typing import Annotated, Any, Final, Literal

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewrelay.campaigns.invites import counters, validity
from interviewrelay.core import text as texts
from interviewrelay.core.errors import (
    Conflict,
    InvalidParameter,
    PlanLimitReached,
    RateLimited,
    Refusal,
    SessionAlreadyCompleted,
)
from interviewrelay.interviews import interviews
from interviewrelay.interviews.participation import entry, representation
from interviewrelay.interviews.participation.entry import Visit
from interviewrelay.interviews.state import Standing
from interviewrelay.notifications import transcript_copy
from interviewrelay.privacy import erasure
from interviewrelay.scripts.document import AsWhole, Language, Seen
from interviewrelay.web.http import htmx, locale
from interviewrelay.web.http.blueprints import office, participant
from interviewrelay.web.http.field_types import Answer, Text, WithLineFeeds
from interviewrelay.web.http.requests import answer, read_json, wants_json
from interviewrelay.web.http.validation import Body, validated
from interviewrelay.web.participant.pages import in_two_steps, page

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


class StartIn(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    consent: bool = Field(default=False, description="Must be true for a first start.")
    consent_version: Text = Field(
        default="",
        description="The version of the text that was agreed to, where it was shown.",
    )
    mode: Literal["text", "voice"] = "text"
    language: Language | None = Field(default=None, description="In place of the study's own.")
    metadata: Annotated[dict[str, Text], Field(max_length=50)] = {}


class TurnIn(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    number: Annotated[int, Field(ge=1, le=100_000), AsWhole]
    text: Answer
    client_turn_id: Annotated[str, StringConstraints(max_length=100)] | None = Field(
        default=None, description="A name of your own."
    )


class SkipIn(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    number: Annotated[int, Field(ge=1, le=100_000), AsWhole]


class FeedbackIn(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    rating: Annotated[int, Field(ge=1, le=5), AsWhole]
    comment: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=5_000), Seen, WithLineFeeds
    ] = ""
    summary_rating: Annotated[int, Field(ge=1, le=5), AsWhole] | None = Field(
        default=None, description="How well the closing summary got what they meant."
    )


@participant.get("/<token>")
def open_link(token: str) -> ResponseReturnValue:
    """Whatever opens it, nothing changes: mail scanners do."""
    visit = look(token)
    if visit.standing is None and not erasure.withdrawn(visit.invite):
        validity.openness(visit.invite)
    if wants_json():
        return answer(
            {
                "status": visit.status,
                "campaign": representation.campaign(visit),
                "consent": {"version": visit.consent.version, "text": visit.consent.text},
                "organization": visit.organization,
            }
        )
    return page(visit)


@participant.post("/<token>/opened")
def note_opened(token: str) -> ResponseReturnValue:
    """The page tells of the first sign of a person on it; again: nothing more."""
    counters.opened(look(token).invite)
    return "", 204


@participant.get("/<token>/state")
def read_state(token: str) -> ResponseReturnValue:
    return answer(representation.standing(held(look(token))))


@participant.post("/<token>/start")
def start(token: str) -> ResponseReturnValue:
    visit = look(token)
    wanted = received(StartIn)
    told = {name: value[:500] for name, value in list(request.args.items())[:50]}
    reached, fresh = interviews.start(
        visit.invite,
        agreed=wanted.consent,
        language=wanted.language,
        mode=wanted.mode,
        adaptive=visit.agreed_adaptive(wanted.consent_version),
        extra={**told, **wanted.metadata},
    )
    if wants_json():
        return answer(representation.started(reached), 201 if fresh else 200)
    return shown(token)


@participant.post("/<token>/turns")
def answer_question(token: str) -> ResponseReturnValue:
    seat = entry.seat(office().ring, token)
    try:
        wanted = received(TurnIn)
        own, by = wanted.client_turn_id, office().wordings.of(seat)
        said, near = (wanted.number, wanted.text), office().meaning
        go_on = interviews.keep(seat, *said, client_turn_id=own, wording=by, meaning=near)
        if by is not None and htmx.asks() and not wants_json():
            return in_two_steps(token, wanted.number, go_on)
        heard = go_on()
    except (InvalidParameter, Conflict, SessionAlreadyCompleted) as refusal:
        return refused(token, refusal)
    if wants_json():
        return answer(representation.reply(heard), 201 if heard.fresh else 200)
    return shown(token, saved_number=heard.saved.number)


@participant.post("/<token>/skip")
def skip_question(token: str) -> ResponseReturnValue:
    """For people: text in the field is not lost to a skip, unless they say so (`?without=yes`)."""
    visit = look(token)
    try:
        number = received(SkipIn).number
        here = visit.standing and visit.standing.next_number == number
        if here and unsent() and "without" not in request.args:
            return page(visit, draft=typed(), error=NOT_SENT, skips=True)
        heard = interviews.skip(visit.invite, number)
    except (InvalidParameter, Conflict, SessionAlreadyCompleted) as refusal:
        return refused(token, refusal)
    if wants_json():
        shape = {
            **representation.standing(heard.standing),
            **representation.reply(heard),
        }
        return answer(shape)
    return shown(token, saved_number=heard.saved.number)


@participant.post("/<token>/complete")
def complete(token: str) -> ResponseReturnValue:
    return settled(token, interviews.complete(look(token).invite))


@participant.post("/<token>/feedback")
def give_feedback(token: str) -> ResponseReturnValue:
    visit = look(token)
    try:
        wanted = received(FeedbackIn)
    except InvalidParameter as refusal:
        return refused(token, refusal)
    rated = (wanted.rating, wanted.comment, wanted.summary_rating)
    return settled(token, interviews.give_feedback(visit.invite, *rated))


@participant.post("/<token>/copy")
def send_copy(token: str) -> ResponseReturnValue:
    """By mail to the address of the invite, which the page does not show."""
    try:
        return settled(token, transcript_copy.send(office(), look(token).invite))
    except (Conflict, PlanLimitReached, RateLimited) as refusal:
        return refused(token, refusal)


@participant.post("/<token>/withdraw")
def withdraw(token: str) -> ResponseReturnValue:
    visit = entry.look(office(), token)
    session_id = visit.standing.interview.id if visit.standing else None
    erasure.withdraw(office(), visit.invite)
    if wants_json():
        gone: dict[str, Any] = {
            "turns": [],
            "next_number": None,
            "progress": None,
            "closing": None,
        }
        return answer({"session_id": session_id, "status": "withdrawn", **gone})
    return shown(token)


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
