"""What a participant sees: the page of the state that their interview is in, or its changing part."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any, Final

from flask import Response, make_response, render_template, request, stream_with_context
from flask_babel import gettext

from interviewrelay.core import text
from interviewrelay.core.errors import Refusal
from interviewrelay.interviews import state
from interviewrelay.interviews.participation import entry, representation, resume_codes
from interviewrelay.interviews.participation.entry import Visit
from interviewrelay.notifications import transcript_copy
from interviewrelay.organizations import branding
from interviewrelay.privacy import erasure
from interviewrelay.web.http import htmx, locale
from interviewrelay.web.http.blueprints import office
from interviewrelay.web.http.requests import public_url

QUESTION: Final = "participant/question.html"
SILENCE: Final = {
    "nudge": state.NUDGED_AFTER // timedelta(seconds=1),
    "rest": state.REASSURED_AFTER // timedelta(seconds=1),
    "away": state.IDLE_PAUSE // timedelta(seconds=1),
}
"""Seconds of silence after which the page does something about it (`static/silence.js`)."""


def page(
    visit: Visit,
    *,
    draft: str = "",
    error: str | None = None,
    saved_number: int | None = None,
    code: str = "",
    skips: bool = False,
) -> Response:
    """The page of the state that the interview is in; for htmx only its conversation.

    Where the interview has moved to another page, htmx is told to load that as a whole; a text that
    came too late is on the page of the answer itself, or it would be gone. With `skips` the error
    asks whether to skip the question without the draft. A draft that was written for an earlier
    question, answered on another device meanwhile, stands beside the field, never in it.
    """
    locale.speak(visit.language)
    template, more = _template(visit)
    late = bool(draft) and template != QUESTION
    passed = ""
    if template == QUESTION and _for_another(visit):
        draft, passed = "", draft
    if htmx.asks() and not late:
        if template != QUESTION:
            return Response(status=204, headers={"HX-Redirect": f"/interview/{visit.token}"})
        template = "participant/_conversation.html"
    return make_response(
        render_template(
            template,
            **about(visit),
            query=request.query_string.decode("ascii", "ignore"),
            recording=False,
            consent=_consent(visit),
            visit=visit,
            feedback=visit.feedback,
            asked=visit.asked,
            state=representation.standing(visit.standing) if visit.standing else None,
            draft=draft,
            passed=passed,
            error=error,
            skips=skips,
            saved_number=saved_number,
            silence=SILENCE,
            entry=public_url("/interview"),
            **{"code": code, **more},
        )
    )


def _for_another(visit: Visit) -> bool:
    """Whether what was posted belongs to another question than the one that stands."""
    number, here = request.form.get("number", ""), visit.standing
    return bool(number) and here is not None and number != str(here.next_number)


def about(visit: Visit) -> dict[str, Any]:
    """What every page of an interview says of it."""
    return {
        "token": visit.token,
        "base": f"/interview/{visit.token}",
        "organization": visit.organization,
        "campaign": representation.campaign(visit),
        "contact": visit.guide.contact,
        "brand": partial(branding.of, visit.invite.org_id),
    }


def in_two_steps(token: str, number: int, go_on: Callable[[], object]) -> Response:
    """For htmx: the head says at once that the answer is stored, the body is the conversation with the
    next question, as soon as there is one (docs/decisions/0021-saved-before-the-question.md).

    A body without one sends the browser to look where the interview stands.
    """

    def conversation() -> Iterator[str]:
        with suppress(Refusal):
            go_on()
            reached = page(entry.look(office(), token), saved_number=number)
            yield reached.get_data(as_text=True)

    # Proxies would keep the head back until there is a body.
    told = {"X-Saved": str(number), "X-Accel-Buffering": "no"}
    return Response(stream_with_context(conversation()), mimetype="text/html", headers=told)


def _template(visit: Visit) -> tuple[str, dict[str, Any]]:
    if erasure.withdrawn(visit.invite):
        return "participant/withdrawn.html", {}
    if visit.status == "abandoned":
        return "participant/closed.html", {
            "title": gettext("This interview has closed"),
            "message": gettext(
                "It closed automatically after 24 hours without an answer. "
                "Everything you sent is saved."
            ),
            "status": "abandoned",
        }
    if visit.status == "paused" and visit.standing:
        code = resume_codes.shown(office().ring, visit.standing.interview)
        return "participant/paused.html", {"code": code}
    if visit.status == "completed":
        mailed = office().mailer.configured
        return "participant/done.html", {
            "summary": None if visit.parting else visit.summary,
            "mails": mailed,
            "copy": mailed and transcript_copy.asked(visit.invite),
        }
    known = {"pending": "consent", "in_progress": "question"}
    return f"participant/{known.get(visit.status, 'done')}.html", {}


def _consent(visit: Visit) -> dict[str, str]:
    """The author's own text may be in any language, whatever the script says: then it shows itself."""
    words = visit.consent
    direction = "auto" if visit.guide.consent_text else text.direction(words.language)
    return {**asdict(words), "direction": direction}
