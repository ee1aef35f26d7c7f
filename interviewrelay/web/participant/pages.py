"""Participant pages: the page for the interview's state, or its changing part."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any, Final

from flask import Response, g, make_response, render_template, request, stream_with_context
from flask_babel import gettext

from interviewrelay.core import text
from interviewrelay.core.errors import Refusal
from interviewrelay.interviews import state
from interviewrelay.interviews.participation import entry, representation, resume_codes
from interviewrelay.interviews.participation.entry import ParticipantVisit
from interviewrelay.notifications import transcript_copy
from interviewrelay.organizations import branding
from interviewrelay.web.http import htmx, locale
from interviewrelay.web.http.blueprints import services
from interviewrelay.web.http.requests import build_public_url
from interviewrelay.web.participant.states import read_state

QUESTION: Final = "participant/question.html"
SILENCE: Final = {
    "nudge": state.NUDGED_AFTER // timedelta(seconds=1),
    "rest": state.REASSURED_AFTER // timedelta(seconds=1),
    "away": state.IDLE_PAUSE // timedelta(seconds=1),
}
"""Seconds of silence after which the page reacts (`static/silence.js`)."""


def render_page(
    visit: ParticipantVisit,
    *,
    draft: str = "",
    error: str | None = None,
    saved_number: int | None = None,
    code: str = "",
    skips: bool = False,
) -> Response:
    """Page for the interview's state; for htmx only the conversation.

    If the interview has moved to another page, htmx loads that one completely; a text that came too
    late is shown on the answer's own page, so that it is not lost. With `skips`, the error asks
    whether to skip the question without the draft. A draft for an earlier question, answered on
    another device meanwhile, is shown beside the field, never in it.
    """
    locale.set_page_language(visit.language)
    template, more = _template(visit)
    late = bool(draft) and template != QUESTION
    passed = ""
    if template == QUESTION and _for_another(visit):
        draft, passed = "", draft
    if htmx.is_htmx_request() and not late:
        if template != QUESTION:
            return Response(status=204, headers={"HX-Redirect": f"/interview/{visit.token}"})
        template = "participant/_conversation.html"
    return make_response(
        render_template(
            template,
            **build_page_context(visit),
            query=request.query_string.decode("ascii", "ignore"),
            recording=False,
            consent=_consent(visit),
            visit=visit,
            feedback=visit.feedback,
            asked=visit.question_parts,
            state=read_state(visit.standing) if visit.standing else None,
            draft=draft,
            passed=passed,
            error=error,
            skips=skips,
            saved_number=saved_number,
            silence=SILENCE,
            entry=build_public_url("/interview"),
            **{"code": code, **more},
        )
    )


def _for_another(visit: ParticipantVisit) -> bool:
    """True if the posted text belongs to another question than the current one."""
    number, here = request.form.get("number", ""), visit.standing
    return bool(number) and here is not None and number != str(here.next_number)


def build_page_context(visit: ParticipantVisit) -> dict[str, Any]:
    """Template values common to all pages of an interview."""
    allow_embedding(visit)
    turns = visit.standing.turns if visit.standing else ()
    return {
        "progress": {
            "state": "withdrawn" if visit.invite.withdrew else visit.status,
            "answers": sum(turn.speaker != "ai" for turn in turns),
        },
        "token": visit.token,
        "base": f"/interview/{visit.token}",
        "organization": visit.organization,
        "campaign": representation.Study.read(visit),
        "contact": visit.guide.contact,
        "brand": partial(branding.get_brand, visit.invite.org_id),
    }


def allow_embedding(visit: ParticipantVisit) -> None:
    """Let the campaign's sites show this response in a frame (`web.middleware.headers`)."""
    g.embed_origins = visit.invite.campaign.embed_origins


def stream_page(token: str, number: int, go_on: Callable[[], object]) -> Response:
    """Two-part response for htmx: the head confirms at once that the answer is stored; the body is
    the conversation with the next question (docs/decisions/0021-saved-before-the-question.md).

    If the body is empty, the browser requests the state.
    """

    def conversation() -> Iterator[str]:
        with suppress(Refusal):
            go_on()
            reached = render_page(entry.get_visit(services(), token), saved_number=number)
            yield reached.get_data(as_text=True)

    # Proxies would hold the head back until the body starts.
    told = {"X-Saved": str(number), "X-Accel-Buffering": "no"}
    return Response(stream_with_context(conversation()), mimetype="text/html", headers=told)


def _template(visit: ParticipantVisit) -> tuple[str, dict[str, Any]]:
    if visit.invite.withdrew:
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
        code = resume_codes.get_resume_code(services().ring, visit.standing.interview)
        return "participant/paused.html", {"code": code}
    if visit.status == "completed":
        mailed = services().mailer.configured
        return "participant/done.html", {
            "summary": None if visit.danger else visit.summary,
            "mails": mailed,
            "copy": mailed and transcript_copy.was_requested(visit.invite),
        }
    known = {"pending": "consent", "in_progress": "question"}
    return f"participant/{known.get(visit.status, 'done')}.html", {}


def _consent(visit: ParticipantVisit) -> dict[str, str]:
    """The author's own text may be in any language, so its direction is detected."""
    words = visit.consent
    direction = "auto" if visit.guide.consent_text else text.get_direction(words.language)
    return {**asdict(words), "direction": direction}
