"""Interview page of the participant: one URL, as HTML with and without JavaScript, and as JSON."""

from typing import Annotated, Any, Final, Literal

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from pydantic import Field, StringConstraints

from interviewrelay.campaigns.invites import counters, validity
from interviewrelay.core.errors import (
    CampaignNotActive,
    Conflict,
    Forbidden,
    InsufficientCredits,
    InvalidParameter,
    InviteCancelled,
    InviteExpired,
    PlanLimitReached,
    RateLimited,
    SessionAlreadyCompleted,
)
from interviewrelay.core.field_types import (
    Answer,
    AsWhole,
    Id as FieldId,
    RequestBody,
    Seen,
    Text,
    WithLineFeeds,
)
from interviewrelay.interviews import interviews
from interviewrelay.interviews.participation import entry
from interviewrelay.interviews.participation.representation import (
    Opened,
    Reply,
    Skipped,
    Started,
    State,
    Withdrawn,
)
from interviewrelay.notifications import transcript_copy
from interviewrelay.privacy import erasure
from interviewrelay.recordings import spoken_answers
from interviewrelay.recordings.limits import MOST_CLIPS
from interviewrelay.scripts.document import Language
from interviewrelay.web.http import htmx
from interviewrelay.web.http.blueprints import participant, services
from interviewrelay.web.http.requests import wants_json
from interviewrelay.web.openapi.operation import UNDER_WAY, operation
from interviewrelay.web.participant.pages import render_page, stream_page
from interviewrelay.web.participant.responses import (
    NOT_SENT,
    answer_refusal,
    answer_with_state,
    held,
    look,
    read_body,
    shown,
    typed,
    unsent,
)
from interviewrelay.web.participant.states import (
    read_reply,
    read_started,
    read_state as read_state_of,
)


class StartIn(RequestBody):
    consent: bool = Field(default=False, description="Must be true for the first start.")
    consent_version: Text = Field(
        default="",
        description="The version of the consent text that the participant agreed to, if shown.",
    )
    mode: Literal["text", "voice"] = "text"
    language: Language | None = Field(
        default=None, description="Language to use instead of the study's."
    )
    metadata: Annotated[dict[str, Text], Field(max_length=50)] = Field(default={})


class TurnIn(RequestBody):
    number: Annotated[int, Field(ge=1, le=100_000), AsWhole]
    text: Answer
    client_turn_id: Annotated[str, StringConstraints(max_length=100)] | None = Field(
        default=None, description="Your own ID for the answer."
    )
    recording_ids: Annotated[list[FieldId], Field(max_length=MOST_CLIPS)] = Field(
        default=[],
        description="Recordings of this answer whose words the participant checked or corrected.",
    )


class SkipIn(RequestBody):
    number: Annotated[int, Field(ge=1, le=100_000), AsWhole]


class FeedbackIn(RequestBody):
    rating: Annotated[int, Field(ge=1, le=5), AsWhole]
    comment: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=5_000), Seen, WithLineFeeds
    ] = ""
    summary_rating: Annotated[int, Field(ge=1, le=5), AsWhole] | None = Field(
        default=None, description="How well the closing summary reflected what they meant."
    )


NOT_BY_VOICE: Final[str] = lazy_gettext(
    "Speaking isn’t possible right now. You can take part in writing."
)
ENDED: Final = {
    "status": "completed",
    "next_number": None,
    "closing": "Thank you for your time.",
}
"""Values of an ended interview, for examples."""


@operation(
    participant,
    "GET /<token>",
    answers={200: Opened},
    files=("text/html",),
    refusals=(CampaignNotActive, InviteExpired, InviteCancelled),
)
def open_link(token: str) -> ResponseReturnValue:
    """Open the link

    The information that a participant sees before they start. Changes nothing.
    """
    visit = look(token)
    if visit.standing is None and not visit.invite.withdrew:
        validity.ensure_invite_usable(visit.invite)
    if wants_json():
        return Opened.read(visit)
    return render_page(visit)


@operation(
    participant,
    "POST /<token>/opened",
    answers={204: None},
    refusals=(CampaignNotActive, InviteExpired, Forbidden, InviteCancelled),
)
def note_opened(token: str) -> ResponseReturnValue:
    """Report that the link was opened

    The page sends this at the first click, tap or key press before the interview. It is counted
    once in the campaign's `opened`. Starting the interview is counted there as well.
    """
    counters.mark_opened(look(token).invite)
    return "", 204


@operation(
    participant,
    "GET /<token>/state",
    answers={200: State},
    refusals=(Conflict, InviteCancelled),
)
def read_state(token: str) -> ResponseReturnValue:
    """Get the state

    Everything needed to show the interview after a reload or on another device.
    """
    return read_state_of(held(look(token)))


@operation(
    participant,
    "POST /<token>/start",
    body=StartIn,
    body_required=False,
    answers={201: Started, 200: Started},
    refusals=(InsufficientCredits, CampaignNotActive, InviteExpired, *UNDER_WAY),
    gives={"session_id": "/session_id"},
    sent={"consent": True},
)
def start(token: str) -> ResponseReturnValue:
    """Start the interview

    Start the interview (201), or return to one that has already started (200). Query parameters of
    the link are stored as metadata.
    """
    visit = look(token)
    wanted = read_body(StartIn)
    told = {name: value[:500] for name, value in list(request.args.items())[:50]}
    try:
        reached, fresh = interviews.start_interview(
            visit.invite,
            agreed=wanted.consent,
            language=wanted.language,
            mode=wanted.mode,
            terms=visit.get_agreed_terms(wanted.consent_version),
            speech=services().speech,
            extra={**told, **wanted.metadata},
        )
    except InvalidParameter as refusal:
        if wants_json() or refusal.details.get("field") != "mode":
            raise
        response = render_page(visit, error=NOT_BY_VOICE)
        response.status_code = refusal.status
        return response
    if wants_json():
        return read_started(reached), 201 if fresh else 200
    return shown(token)


@operation(
    participant,
    "POST /<token>/turns",
    body=TurnIn,
    answers={201: Reply, 200: Reply},
    refusals=UNDER_WAY,
    sent={"number": 2, "text": "It went well."},
)
def answer_question(token: str) -> ResponseReturnValue:
    """Send an answer

    Questions have odd numbers, answers even ones. The answer is saved first. If you send the same
    number with the same text again, you get the same reply (200). If the number is not the next one,
    you get 409 `CONFLICT` with the state in `details`. The text can have up to 10,000 characters.
    """
    snapshot = entry.get_snapshot(services().ring, token)
    try:
        wanted = read_body(TurnIn)
        own, by = wanted.client_turn_id, services().model_selector.for_interview(snapshot)
        said, near = (wanted.number, wanted.text), services().similarity
        spoken = wanted.recording_ids
        if spoken:
            spoken_answers.require_recordings(snapshot, wanted.number, spoken)
        go_on = interviews.save_answer(
            snapshot, *said, client_turn_id=own, wording=by, meaning=near, recordings=spoken
        )
        if by is not None and htmx.is_htmx_request() and not wants_json():
            return stream_page(token, wanted.number, go_on)
        heard = go_on()
    except (InvalidParameter, Conflict, SessionAlreadyCompleted) as refusal:
        return answer_refusal(token, refusal)
    if wants_json():
        return read_reply(heard), 201 if heard.fresh else 200
    return shown(token, saved_number=heard.saved.number)


@operation(
    participant,
    "POST /<token>/skip",
    body=SkipIn,
    answers={200: Skipped},
    refusals=UNDER_WAY,
    sent={"number": 2},
    changes={
        "next_number": 4,
        "saved": {"number": 2, "text": "", "skipped": True},
        "turn": {"number": 3, "speaker": "ai", "text": "What went well?", "question_id": "q1"},
    },
)
def skip_question(token: str) -> ResponseReturnValue:
    """Skip a question

    Leave a question unanswered. `number` is the number that its answer would have.
    """
    visit = look(token)
    try:
        number = read_body(SkipIn).number
        here = visit.standing and visit.standing.next_number == number
        if here and unsent() and "without" not in request.args:
            return render_page(visit, draft=typed(), error=NOT_SENT, skips=True)
        heard = interviews.skip_question(visit.invite, number)
    except (InvalidParameter, Conflict, SessionAlreadyCompleted) as refusal:
        return answer_refusal(token, refusal)
    if wants_json():
        shape = {
            **read_state_of(heard.standing),
            **read_reply(heard),
        }
        return shape
    return shown(token, saved_number=heard.saved.number)


@operation(
    participant,
    "POST /<token>/complete",
    answers={200: State},
    refusals=UNDER_WAY,
    changes=ENDED,
)
def complete(token: str) -> ResponseReturnValue:
    """End the interview

    Repeating this changes nothing.
    """
    return answer_with_state(token, interviews.complete_interview(look(token).invite))


@operation(
    participant,
    "POST /<token>/feedback",
    body=FeedbackIn,
    answers={200: State},
    refusals=UNDER_WAY,
    sent={"rating": 5, "comment": "It listened."},
    changes=ENDED,
)
def give_feedback(token: str) -> ResponseReturnValue:
    """Send feedback

    The participant's rating of the interview and, optionally, of the closing summary.
    """
    visit = look(token)
    try:
        wanted = read_body(FeedbackIn)
    except InvalidParameter as refusal:
        return answer_refusal(token, refusal)
    rated = (wanted.rating, wanted.comment, wanted.summary_rating)
    return answer_with_state(token, interviews.give_feedback(visit.invite, *rated))


@operation(
    participant,
    "POST /<token>/copy",
    answers={200: State},
    refusals=(*UNDER_WAY, PlanLimitReached, RateLimited),
    changes=ENDED,
)
def send_copy(token: str) -> ResponseReturnValue:
    """Email a copy

    Email the transcript to the participant after the interview has ended. It is sent only once;
    repeating the request changes nothing. If no email server is set up, you get 409.
    """
    try:
        return answer_with_state(
            token, transcript_copy.send_copy(services(), look(token).invite)
        )
    except (Conflict, PlanLimitReached, RateLimited) as refusal:
        return answer_refusal(token, refusal)


@operation(
    participant, "POST /<token>/withdraw", answers={200: Withdrawn}, refusals=(Forbidden,)
)
def withdraw(token: str) -> ResponseReturnValue:
    """Withdraw

    Erase everything the participant said and their personal data.
    """
    visit = entry.get_visit(services(), token)
    session_id = visit.standing.interview.id if visit.standing else None
    erasure.withdraw_participant(services(), visit.invite)
    if wants_json():
        gone: dict[str, Any] = {
            "turns": [],
            "next_number": None,
            "progress": None,
            "closing": None,
        }
        return {"session_id": session_id, "status": "withdrawn", **gone}
    return shown(token)
