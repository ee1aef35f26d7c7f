"""Session page, and its live part while an interview is in progress."""

from typing import Any, Final

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.dashboard import neighbors, view_models
from interviewrelay.egress import egress_ledger
from interviewrelay.interviews import model_calls, safety_alerts, state
from interviewrelay.notes import notes
from interviewrelay.organizations import access
from interviewrelay.privacy import erasure
from interviewrelay.results import session_results
from interviewrelay.results.representation import SessionResults
from interviewrelay.transcripts import annotated_turns
from interviewrelay.web.http.blueprints import pages, requires, services
from interviewrelay.web.http.requests import LONGEST_WORDS
from interviewrelay.web.sessions import downloads, session_list
from interviewrelay.web.ui import charts, page_helpers

GONE: Final = "This interview was withdrawn or erased while you were reading it."

pages.add_app_template_filter(model_calls.describe_reason, "model_reason")


@pages.get("/sessions/<session_id>")
@requires("sessions:read")
def show_session(session_id: str) -> ResponseReturnValue:
    interview = access.get_interview(g.actor, session_id)
    q = _sought()
    shape = view_models.build_session(services(), g.actor, interview, q)
    felt = [charts.MoodPoint(**one) for one in shape["felt"]]
    moods = charts.build_moods("moods", "Sentiment by answer", felt)
    return render_template(
        "sessions/show.html",
        session=shape,
        results=SessionResults.read(session_results.get_session_results(interview)),
        neighbors=neighbors.find_neighbors(interview),
        moods=moods,
        q=q,
        language=session_list.get_language_name(shape["language"]),
        files=(*downloads.FILES, downloads.SIGNED),
        egress=egress_ledger.sum_session_transfers(interview),
        known_tags=notes.list_tags(g.actor),
        once=new_id(),
    )


@pages.get("/sessions/<session_id>/live")
@requires("sessions:read")
def show_session_live(session_id: str) -> ResponseReturnValue:
    """Polled every few seconds during the interview; 304 while nothing is new."""
    try:
        interview = access.get_interview(g.actor, session_id)
    except NotFound:
        if not erasure.was_erased(g.actor, session_id):
            raise
        return _gone()
    rows = state.list_turns(interview)
    shown = annotated_turns.build_live_state(g.actor, interview, rows, _sought())
    part = render_template("sessions/_live.html", session=shown, watching=True)
    return page_helpers.conditional_response(part)


@pages.post("/sessions/<session_id>/safety-seen")
@requires("sessions:write")
def see_safety_alert(session_id: str) -> ResponseReturnValue:
    interview = safety_alerts.mark_seen(g.actor, session_id)
    return redirect(url_for("pages.show_session", session_id=interview.id), 303)


def _sought() -> str:
    return request.args.get("q", "").strip()[:LONGEST_WORDS]


def _gone() -> Response:
    """The page leaves an erased session."""
    flash(GONE, "warning")
    headers: dict[str, Any] = {"HX-Redirect": url_for("pages.show_sessions")}
    return Response("", 204, headers)
