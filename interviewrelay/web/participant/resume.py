"""Pausing and going on, on another device too: a code on the page, and the page that takes it."""

from typing import Annotated, Final

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewrelay.core.errors import InvalidParameter, Refusal, UnknownCode
from interviewrelay.interviews import interviews
from interviewrelay.interviews.participation import entry, resume_codes
from interviewrelay.interviews.state import Standing
from interviewrelay.web.http.blueprints import office, participant
from interviewrelay.web.http.requests import answer, public_url, wants_json
from interviewrelay.web.participant.interview import look, received, settled, typed, unsent
from interviewrelay.web.participant.pages import page

UNKNOWN: Final = lazy_gettext(
    "That code is wrong or no longer valid. Each code works once, within 24 hours. "
    "You can get a new one on your first device."
)


class CodeIn(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    code: Annotated[str, StringConstraints(max_length=100)] = Field(
        description="As it is shown; upper and lower case are the same, spaces and hyphens nothing."
    )


@participant.post("/<token>/pause")
def pause(token: str) -> ResponseReturnValue:
    """What was typed goes along on the page of the pause: it is stored nowhere until it is sent."""
    return _keeping(token, resume_codes.pause(office().ring, look(token).invite))


@participant.post("/<token>/resume")
def resume(token: str) -> ResponseReturnValue:
    return _keeping(token, interviews.resume(look(token).invite))


@participant.get("")
def ask_code() -> ResponseReturnValue:
    return render_template("participant/code.html")


@participant.post("")
def enter_code() -> ResponseReturnValue:
    try:
        token = resume_codes.redeem(office().ring, received(CodeIn).code)
    except (UnknownCode, InvalidParameter) as refusal:
        return _refused(refusal)
    if wants_json():
        return answer({"url": office().links.interview(token)})
    return redirect(f"/interview/{token}", 303)


@participant.post("/<token>/code")
def show_code(token: str) -> ResponseReturnValue:
    """On the page as it stands: what was typed so far stays."""
    visit = look(token)
    code = resume_codes.ready(office().ring, visit.invite)
    if wants_json():
        return answer({"code": code, "url": public_url("/interview")})
    return page(visit, draft=typed(), code=code)


def _keeping(token: str, reached: Standing) -> ResponseReturnValue:
    if unsent():
        return page(entry.look(office(), token), draft=typed())
    return settled(token, reached)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    if wants_json():
        raise refusal
    typed = request.form.get("code", "")[:100]
    return render_template("participant/code.html", error=UNKNOWN, typed=typed), refusal.status
