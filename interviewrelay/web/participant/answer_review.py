"""Answer review page: the list of answers, and one form for changes."""

from typing import Annotated, Final, Literal

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from pydantic import Field

from interviewrelay.core import text as texts
from interviewrelay.core.errors import (
    Conflict,
    Forbidden,
    InvalidParameter,
    InviteCancelled,
    Refusal,
    SessionAlreadyCompleted,
)
from interviewrelay.core.field_types import Answer, AsWhole, Id, RequestBody
from interviewrelay.interviews.participation import answer_review, representation
from interviewrelay.interviews.participation.entry import ParticipantVisit
from interviewrelay.interviews.participation.representation import Reviewed
from interviewrelay.interviews.state import InterviewState
from interviewrelay.recordings import spoken_answers
from interviewrelay.recordings.limits import MOST_CLIPS
from interviewrelay.web.http import locale
from interviewrelay.web.http.blueprints import participant, services
from interviewrelay.web.http.requests import wants_json
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.participant.pages import build_page_context
from interviewrelay.web.participant.responses import held, look, read_body

Act = Literal["correct", "continue", "strike", "quote", "do_not_quote"]

EMPTY: Final[str] = lazy_gettext("Write an answer, or delete this one.")
TOO_LONG: Final[str] = lazy_gettext("An answer can be up to 10,000 characters long.")
CHANGED: Final[str] = lazy_gettext(
    "We couldn’t make that change. Here are your answers as they are now."
)


class ReviewIn(RequestBody):
    number: Annotated[int, Field(ge=1, le=100_000), AsWhole]
    act: Act
    text: Answer = Field(default="", description="For `correct`: the new answer.")
    recording_ids: Annotated[list[Id], Field(max_length=MOST_CLIPS)] = Field(
        default=[],
        description="For `continue`: recordings made for the next answer, in the order they were made.",
    )


@operation(
    participant,
    "GET /<token>/review",
    answers={200: Reviewed},
    files=("text/html",),
    refusals=(Conflict, SessionAlreadyCompleted, InviteCancelled),
)
def look_over(token: str) -> ResponseReturnValue:
    """Review answers

    All answers so far, each with its question. Available until the interview ends.
    """
    visit = look(token)
    if wants_json():
        return representation.answers(_under_way(visit))
    if visit.status not in ("in_progress", "paused"):
        return redirect(f"/interview/{token}", 303)
    return _page(visit)


@operation(
    participant,
    "POST /<token>/review",
    body=ReviewIn,
    answers={200: Reviewed},
    refusals=(Conflict, SessionAlreadyCompleted, InviteCancelled, Forbidden),
    sent={"number": 2, "act": "do_not_quote"},
)
def change_answer(token: str) -> ResponseReturnValue:
    """Edit or delete an answer

    `correct` replaces the answer and keeps the original, `continue` adds to a spoken answer what its
    speaker said after a pause, `strike` deletes it for good,
    `do_not_quote` prevents summaries and themes from quoting it, and `quote` allows that again.
    Available until the interview ends.
    """
    visit = look(token)
    try:
        wanted = read_body(ReviewIn)
        reached = _done(visit, wanted)
    except (InvalidParameter, Conflict) as refusal:
        if wants_json():
            raise
        return _refused(token, refusal)
    except SessionAlreadyCompleted:
        if wants_json():
            raise
        return redirect(f"/interview/{token}", 303)
    if wants_json():
        return representation.answers(reached)
    over = reached.interview.status != "in_progress"
    back = (
        f"/interview/{token}" if over else f"/interview/{token}/review#answer-{wanted.number}"
    )
    return redirect(back, 303)


def _done(visit: ParticipantVisit, wanted: ReviewIn) -> InterviewState:
    if wanted.act == "correct":
        return answer_review.correct_answer(
            services(), visit.invite, wanted.number, wanted.text
        )
    if wanted.act == "continue":
        return spoken_answers.continue_answer(
            services(), visit.invite, wanted.number, wanted.recording_ids
        )
    if wanted.act == "strike":
        return answer_review.strike_answer(services(), visit.invite, wanted.number)
    return answer_review.set_quotable(
        visit.invite, wanted.number, allowed=wanted.act == "quote"
    )


def _under_way(visit: ParticipantVisit) -> InterviewState:
    found = held(visit)
    if found.interview.status != "in_progress":
        raise SessionAlreadyCompleted
    return found


def _refused(token: str, refusal: Refusal) -> ResponseReturnValue:
    """The typed text stays in its field."""
    visit = look(token)
    if visit.status not in ("in_progress", "paused"):
        return redirect(f"/interview/{token}", 303)
    typed = texts.normalize_line_feeds(request.form.get("text", ""))
    number = request.form.get("number", "")
    error = CHANGED
    if refusal.details.get("field") == "text":
        error = EMPTY if texts.is_blank(typed) else TOO_LONG
    return _page(visit, error=error, number=number, typed=typed), refusal.status


def _page(visit: ParticipantVisit, **more: object) -> str:
    locale.set_page_language(visit.language)
    answers = representation.answers(held(visit))["answers"]
    return render_template(
        "participant/review.html", answers=answers, **build_page_context(visit), **more
    )
