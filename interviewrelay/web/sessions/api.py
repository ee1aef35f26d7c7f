"""Interviews that were held (the API's sessions), for the API; their pages are in `session_list`,
`session_page` and `session_files`.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final, cast, get_args

from flask import Response, g
from flask.typing import ResponseReturnValue

from interviewrelay.core import clock
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.interviews import event_payload
from interviewrelay.organizations import access
from interviewrelay.privacy import erasure
from interviewrelay.transcripts import (
    campaign_export,
    detail_query,
    representation,
    transcripts,
)
from interviewrelay.transcripts.formats import FORMS
from interviewrelay.web.http.blueprints import api, counted_as, office
from interviewrelay.web.http.requests import (
    answer,
    chosen,
    filter_value,
    listed,
    listed_text,
    moment,
    window,
    words,
)
from interviewrelay.web.middleware.etags import kept
from interviewrelay.web.middleware.idempotency import calls_outside


@api.get("/sessions")
@kept
def list_sessions() -> ResponseReturnValue:
    part, said = window(), words("q")
    wanted: dict[str, Any] = {
        "campaign_id": filter_value("campaign_id"),
        "status": chosen("status", get_args(transcripts.Status)),
        "since": moment("start_date", clock.start_of),
        "before": moment("end_date", clock.end_of),
    }
    if said:
        page = transcripts.listing(g.actor, part, **wanted, q=said)
        return listed("sessions", page.shaped(event_payload.session_item))
    return listed_text("sessions", transcripts.listed(g.actor, part, **wanted))


@api.get("/sessions/<session_id>")
@kept
def get_session(session_id: str) -> ResponseReturnValue:
    return answer(representation.session(office(), access.interview(g.actor, session_id)))


@api.get("/session/<session_id>/transcript")
@api.get("/sessions/<session_id>/transcript")
@kept
def get_transcript(session_id: str) -> ResponseReturnValue:
    form = chosen("format", ("json", *FORMS)) or "json"
    if form == "json":
        return answer(representation.transcript(detail_query.transcript(g.actor, session_id)))
    made = transcripts.build(access.interview(g.actor, session_id))
    kind, written = FORMS[form]
    return download(written(made), f"transcript-{made.session_id}.{form}", kind)


@api.get("/campaigns/<campaign_id>/transcripts")
@counted_as("export")
def get_transcripts(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    form = cast("campaign_export.Form", chosen("format", tuple(EXPORTS)) or "json")
    if chosen("include_audio", ("true", "false")) == "true":
        words = "There is no audio of these interviews yet: leave 'include_audio' out"
        raise InvalidParameter.field("include_audio", "false", words)
    pieces = campaign_export.stream(campaign, form)
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
    return answer({"erased": asdict(erasure.erase_session(office(), g.actor, session_id))})
