"""Interviews that were held (the API's sessions), for the API and for the dashboard."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final, cast, get_args

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from interviewrelay import clock
from interviewrelay.domain import (
    access,
    campaigns,
    desk as shapes,
    exports,
    plain,
    privacy,
    represent,
    represent_rows,
    safety,
    transcripts,
)
from interviewrelay.domain.paging import Page
from interviewrelay.errors import InvalidParameter
from interviewrelay.transcript_forms import FORMS
from interviewrelay.web import charts, desk
from interviewrelay.web.caching import kept
from interviewrelay.web.http import (
    answer,
    chosen,
    listed,
    listed_text,
    moment,
    window,
    words,
)
from interviewrelay.web.idempotency import calls_outside
from interviewrelay.web.zones import api, counted_as, needs, office, pages


@api.get("/sessions")
@kept
def list_sessions() -> ResponseReturnValue:
    part, said = window(), words("q")
    wanted: dict[str, Any] = {
        "campaign_id": request.args.get("campaign_id"),
        "status": chosen("status", get_args(transcripts.Status)),
        "since": moment("start_date", clock.start_of),
        "before": moment("end_date", clock.end_of),
    }
    if said:
        page = transcripts.listing(g.actor, part, **wanted, q=said)
        return listed("sessions", page.shaped(represent_rows.session_item))
    return listed_text("sessions", transcripts.listed(g.actor, part, **wanted))


@api.get("/sessions/<session_id>")
@kept
def get_session(session_id: str) -> ResponseReturnValue:
    return answer(represent.session(office(), access.interview(g.actor, session_id)))


@api.get("/session/<session_id>/transcript")
@api.get("/sessions/<session_id>/transcript")
@kept
def get_transcript(session_id: str) -> ResponseReturnValue:
    form = chosen("format", ("json", *FORMS)) or "json"
    if form == "json":
        return answer(represent.transcript(plain.transcript(g.actor, session_id)))
    made = transcripts.build(access.interview(g.actor, session_id))
    kind, written = FORMS[form]
    return download(written(made), f"transcript-{made.session_id}.{form}", kind)


@api.get("/campaigns/<campaign_id>/transcripts")
@counted_as("export")
def get_transcripts(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    form = cast("exports.Form", chosen("format", tuple(EXPORTS)) or "json")
    if chosen("include_audio", ("true", "false")) == "true":
        words = "There is no audio of these interviews yet: leave 'include_audio' out"
        raise InvalidParameter.field("include_audio", "false", words)
    pieces = exports.stream(campaign, form)
    return download(pieces, f"transcripts-{campaign.id}.{form}", EXPORTS[form])


EXPORTS: Final = {
    "json": "application/json",
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
}


def download(body: str | bytes | Iterable[bytes], name: str, kind: str) -> Response:
    """A file to keep; its name is ours."""
    response = Response(body, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@api.get("/session/<session_id>/pdf")
@api.get("/sessions/<session_id>/pdf")
@counted_as("pdf")
def get_pdf(session_id: str) -> ResponseReturnValue:
    return pdf_answer(session_id)


def pdf_answer(session_id: str) -> Response:
    """The PDF as a download, for the API and for the dashboard."""
    interview = access.interview(g.actor, session_id)
    name = f"transcript-{interview.id}.pdf"
    return download(transcripts.pdf(office(), interview), name, "application/pdf")


@api.delete("/sessions/<session_id>")
@calls_outside
def delete_session(session_id: str) -> ResponseReturnValue:
    return answer({"erased": asdict(privacy.erase_session(office(), g.actor, session_id))})


@pages.get("/sessions")
@needs("sessions:read")
def show_sessions() -> ResponseReturnValue:
    wanted = {
        n: desk.asked(n) or "" for n in ("q", "campaign_id", "status", "start_date", "end_date")
    }
    try:
        page, errors = _found(wanted), []
    except InvalidParameter as refusal:
        page, errors = None, desk.problems(refusal, SENTENCES)
    body = render_template(
        "sessions/list.html",
        sessions=page.shaped(shapes.session_row).items if page else [],
        pager=desk.pager(page, "sessions") if page else None,
        campaigns=[(c.id, c.name) for c in campaigns.every(g.actor)],
        wanted=wanted,
        filtered=any(wanted.values()),
        errors=errors,
    )
    return body, 400 if errors else 200


@pages.get("/sessions/<session_id>")
@needs("sessions:read")
def show_session(session_id: str) -> ResponseReturnValue:
    interview = access.interview(g.actor, session_id)
    shape = shapes.session(office(), interview)
    felt = [charts.Felt(**one) for one in shape["felt"]]
    moods = charts.moods("moods", "Mood from answer to answer", felt)
    return render_template("sessions/show.html", session=shape, moods=moods)


@pages.post("/sessions/<session_id>/safety-seen")
@needs("sessions:write")
def see_safety_alert(session_id: str) -> ResponseReturnValue:
    interview = safety.seen(g.actor, session_id)
    return redirect(url_for("pages.show_session", session_id=interview.id), 303)


@pages.get("/sessions/<session_id>/pdf")
@needs("sessions:read")
@counted_as("pdf")
def download_pdf(session_id: str) -> ResponseReturnValue:
    return pdf_answer(session_id)


SENTENCES: Final = {
    "q": "Look for at most 200 characters.",
    "start_date": "Give the first day as a date, such as 2026-01-31.",
    "end_date": "Give a last day that does not lie before the first one.",
}


def _found(wanted: Mapping[str, str]) -> Page[Any]:
    return transcripts.listing(
        g.actor,
        desk.part(),
        campaign_id=wanted["campaign_id"] or None,
        status=desk.picked("status", get_args(transcripts.Status)),  # type: ignore[arg-type]
        since=moment("start_date", clock.start_of) if wanted["start_date"] else None,
        before=moment("end_date", clock.end_of) if wanted["end_date"] else None,
        q=words("q") or "",
    )
