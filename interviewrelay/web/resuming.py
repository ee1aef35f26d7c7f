"""Going on on another device: a code on the page of the interview, and the page that takes it."""

from typing import Annotated, Final

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewrelay import texts
from interviewrelay.domain import resuming
from interviewrelay.errors import InvalidParameter, Refusal, UnknownCode
from interviewrelay.web.http import answer, public_url, wants_json
from interviewrelay.web.interview import look, received
from interviewrelay.web.interview_page import page
from interviewrelay.web.zones import office, participant

UNKNOWN: Final = lazy_gettext(
    "This code is not known. It works once, within 24 hours: show a new one on the first device."
)


class CodeIn(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    code: Annotated[str, StringConstraints(max_length=100)] = Field(
        description="As it is shown; upper and lower case are the same, spaces and hyphens nothing."
    )


@participant.get("")
def ask_code() -> ResponseReturnValue:
    return render_template("interview/code.html")


@participant.post("")
def enter_code() -> ResponseReturnValue:
    try:
        token = resuming.redeem(office().ring, received(CodeIn).code)
    except (UnknownCode, InvalidParameter) as refusal:
        return _refused(refusal)
    if wants_json():
        return answer({"url": office().links.interview(token)})
    return redirect(f"/interview/{token}", 303)


@participant.post("/<token>/code")
def show_code(token: str) -> ResponseReturnValue:
    """On the page as it stands: what was typed so far stays."""
    visit = look(token)
    code = resuming.ready(office().ring, visit.invite)
    if wants_json():
        return answer({"code": code, "url": public_url("/interview")})
    draft = texts.with_line_feeds(request.form.get("text", ""))
    return page(visit, draft=draft, code=code)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    if wants_json():
        raise refusal
    typed = request.form.get("code", "")[:100]
    return render_template("interview/code.html", error=UNKNOWN, typed=typed), refusal.status
