"""Pause and resume pages, also for another device: a code, and the page that accepts it."""

from typing import Annotated, Final

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from pydantic import Field, StringConstraints

from interviewrelay.core.errors import Forbidden, InvalidParameter, Refusal, UnknownCode
from interviewrelay.core.field_types import RequestBody
from interviewrelay.interviews import interviews
from interviewrelay.interviews.participation import entry, resume_codes
from interviewrelay.interviews.participation.representation import (
    Entered,
    ForAnotherDevice,
    State,
)
from interviewrelay.interviews.state import InterviewState
from interviewrelay.web.http.blueprints import participant, services
from interviewrelay.web.http.requests import build_public_url, wants_json
from interviewrelay.web.openapi.operation import UNDER_WAY, operation
from interviewrelay.web.participant.pages import render_page
from interviewrelay.web.participant.responses import (
    answer_with_state,
    look,
    read_body,
    typed,
    unsent,
)

UNKNOWN: Final = lazy_gettext(
    "That code is wrong or no longer valid. Each code works once, within 24 hours. "
    "You can get a new one on your first device."
)


class CodeIn(RequestBody):
    code: Annotated[str, StringConstraints(max_length=100)] = Field(
        description="The code as shown on the first device. Case, spaces and hyphens are ignored."
    )


@operation(
    participant,
    "POST /<token>/pause",
    answers={200: State},
    refusals=UNDER_WAY,
    changes={"status": "paused"},
)
def pause(token: str) -> ResponseReturnValue:
    """Pause the interview

    Paused time is not charged.
    """
    # The pause page keeps the typed text in its form, because the server stores it only when it is
    # sent.
    return _keeping(token, resume_codes.pause_with_code(services().ring, look(token).invite))


@operation(participant, "POST /<token>/resume", answers={200: State}, refusals=UNDER_WAY)
def resume(token: str) -> ResponseReturnValue:
    """Resume the interview

    Continue after a pause.
    """
    return _keeping(token, interviews.resume_interview(look(token).invite))


@operation(participant, "GET", answers={200: None}, files=("text/html",))
def ask_code() -> ResponseReturnValue:
    """Get the code page

    The page where participants enter a code to continue their interview on another device.
    """
    return render_template("participant/code.html")


@operation(
    participant,
    "POST",
    body=CodeIn,
    answers={200: Entered},
    refusals=(UnknownCode, Forbidden),
    sent={"code": "7KQ4N-XW2HD"},
)
def enter_code() -> ResponseReturnValue:
    """Continue with a code

    Exchange a code for the participant's link. Each code works once. You can try 10 times in 15
    minutes from one IP address. From all addresses together, 300 tries are allowed.
    """
    try:
        token = resume_codes.redeem_resume_code(services().ring, read_body(CodeIn).code)
    except (UnknownCode, InvalidParameter) as refusal:
        return _refused(refusal)
    if wants_json():
        return {"url": services().urls.interview_url(token)}
    return redirect(f"/interview/{token}", 303)


@operation(
    participant, "POST /<token>/code", answers={200: ForAnotherDevice}, refusals=UNDER_WAY
)
def show_code(token: str) -> ResponseReturnValue:
    """Get a code for another device

    The code works once, within 24 hours, as long as the interview can continue. Until it is used
    or expires, you get the same code.
    """
    visit = look(token)
    code = resume_codes.ensure_resume_code(services().ring, visit.invite)
    if wants_json():
        return {"code": code, "url": build_public_url("/interview")}
    return render_page(visit, draft=typed(), code=code)


def _keeping(token: str, reached: InterviewState) -> ResponseReturnValue:
    if unsent():
        return render_page(entry.get_visit(services(), token), draft=typed())
    return answer_with_state(token, reached)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    if wants_json():
        raise refusal
    typed = request.form.get("code", "")[:100]
    return render_template("participant/code.html", error=UNKNOWN, typed=typed), refusal.status
