"""Sessions (interviews) in the API; the pages are in `session_list`, `page` and `downloads`."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final, cast, get_args

from flask import Response, g
from flask.typing import ResponseReturnValue

from interviewrelay.core import clock
from interviewrelay.core.db.json_listing import JsonPage
from interviewrelay.core.db.pagination import Page
from interviewrelay.core.errors import PdfUnavailable
from interviewrelay.core.representation import CAMPAIGN_ID, list_of
from interviewrelay.interviews import safety_alerts
from interviewrelay.interviews.event_payload import SessionItem
from interviewrelay.organizations import access
from interviewrelay.privacy import erasure
from interviewrelay.privacy.representation import Erased
from interviewrelay.transcripts import (
    audio_export,
    campaign_export,
    detail_query,
    representation,
    signed_transcript,
    transcripts,
)
from interviewrelay.transcripts.formats import FORMS
from interviewrelay.transcripts.representation import Session, Transcript, Transcripts
from interviewrelay.web.http.blueprints import api, rate_limited_as, services
from interviewrelay.web.http.requests import (
    filter_value,
    list_response,
    read_choice,
    read_moment,
    read_search,
    read_window,
)
from interviewrelay.web.middleware.etags import cached
from interviewrelay.web.middleware.idempotency import calls_outside
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import (
    END,
    START,
    TEXT,
    WINDOW,
    WORDS,
    Parameter,
    choice,
)

EXPORTS: Final = {
    "json": "application/json",
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
}


@operation(
    api,
    "GET /sessions",
    "sessions:read",
    query=(
        Parameter("campaign_id", TEXT, "Filter by campaign UUID.", CAMPAIGN_ID),
        choice("status", get_args(transcripts.SessionStatus), "Filter by status.", "completed"),
        START,
        END,
        Parameter(
            "q",
            WORDS,
            "Search for answers that contain all of these words. Put words in "
            '"quotation marks" to search for a phrase.',
        ),
        *WINDOW,
    ),
    answers={200: list_of("sessions", SessionItem)},
    gives={"session_id": "/sessions/0/id"},
)
@cached
def list_sessions() -> ResponseReturnValue:
    """List sessions

    Retrieve interview sessions. `q` ignores case and accents and has no operators. With `q`,
    `total` counts up to 500 results. If there are more, `total_is_capped` is true.
    """
    part, said = read_window(), read_search("q")
    wanted: dict[str, Any] = {
        "campaign_id": filter_value("campaign_id"),
        "status": read_choice("status", get_args(transcripts.SessionStatus)),
        "since": read_moment("start_date", clock.start_of),
        "before": read_moment("end_date", clock.end_of),
    }
    page: Page[Any] | JsonPage = (
        transcripts.list_sessions(g.actor, part, **wanted, q=said)
        if said
        else transcripts.list_sessions_as_json(g.actor, part, **wanted)
    )
    return list_response("sessions", page, SessionItem.read)


@operation(api, "GET /sessions/<session_id>", "sessions:read", answers={200: Session})
@cached
def get_session(session_id: str) -> ResponseReturnValue:
    """Get session details

    Get detailed session information. A paused session has the status `in_progress` and a time in
    `paused_at`.
    """
    return representation.session(services(), access.get_interview(g.actor, session_id))


@operation(
    api,
    "POST /sessions/<session_id>/safety-seen",
    "sessions:write",
    answers={200: Session},
)
def mark_safety_seen(session_id: str) -> ResponseReturnValue:
    """Acknowledge a safety alert

    Record that somebody has seen the alert in `safety`. Only the first time is recorded. Without an
    alert, nothing changes.
    """
    return representation.session(services(), safety_alerts.mark_seen(g.actor, session_id))


@operation(
    api,
    "GET /session/<session_id>/transcript",
    "sessions:read",
    also="/sessions/<session_id>/transcript",
    query=(
        choice(
            "format",
            ("json", *FORMS, signed_transcript.FORM),
            "json (default), or a file to download. `signed` is JSON Lines with the seals of the "
            "turns and the server’s signature ([Verify transcripts](/docs/verifying)).",
        ),
    ),
    answers={200: Transcript},
    files=(
        "text/plain",
        "text/markdown",
        "text/csv",
        "application/x-subrip",
        "text/vtt",
        "application/x-ndjson",
    ),
)
@cached
def get_transcript(session_id: str) -> ResponseReturnValue:
    """Get transcript

    Download session transcript. `decision` explains why a question was asked. `amends` and
    `amended_by` show which answer corrects which.
    """
    form = read_choice("format", ("json", *FORMS, signed_transcript.FORM)) or "json"
    if form == "json":
        return Transcript.read(detail_query.get_conversation(g.actor, session_id))
    interview = access.get_interview(g.actor, session_id)
    if form == signed_transcript.FORM:
        return signed_response(interview)
    made = transcripts.build_transcript(interview)
    kind, written = FORMS[form]
    return download(written(made), f"transcript-{made.session_id}.{form}", kind)


@operation(
    api,
    "GET /campaigns/<campaign_id>/transcripts",
    "sessions:read",
    query=(
        choice("format", tuple(EXPORTS), "json (default), csv (one row per turn) or jsonl."),
        choice(
            "include_audio",
            ("true", "false"),
            "With `true`, a ZIP file of the transcripts in this format (`transcripts.json`) and of "
            "the recordings (`audio/<session_id>.ogg`). Up to 500 sessions.",
        ),
    ),
    answers={200: Transcripts},
    files=(
        "text/csv",
        "application/x-ndjson",
        "application/zip",
    ),
    whole=False,
)
@rate_limited_as("export")
def get_transcripts(campaign_id: str) -> ResponseReturnValue:
    """Export a campaign’s transcripts

    Every session of a campaign with its turns, oldest first. The export is streamed and shows the
    data at the time of the request, however long it takes. If the response is cut off, the export
    has failed. Request it again.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    form = cast("campaign_export.Form", read_choice("format", tuple(EXPORTS)) or "json")
    if read_choice("include_audio", ("true", "false")) == "true":
        archive = audio_export.stream_with_audio(services(), campaign, form)
        return download(archive, f"transcripts-{campaign.id}.zip", "application/zip")
    pieces = campaign_export.stream_export(campaign, form)
    return download(pieces, f"transcripts-{campaign.id}.{form}", EXPORTS[form])


def signed_response(interview: Any) -> Response:
    """Download of a signed transcript, for API and dashboard."""
    made = signed_transcript.build_signed_transcript(services(), interview)
    name = signed_transcript.get_file_name(interview.id)
    return download(made, name, signed_transcript.MEDIA_TYPE)


def download(body: str | bytes | Iterable[bytes], name: str, kind: str) -> Response:
    """File download with our own file name."""
    response = Response(body, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@operation(
    api,
    "GET /session/<session_id>/pdf",
    "sessions:read",
    also="/sessions/<session_id>/pdf",
    answers={200: None},
    files=("application/pdf",),
    refusals=(PdfUnavailable,),
)
@rate_limited_as("pdf")
def get_pdf(session_id: str) -> ResponseReturnValue:
    """Download PDF

    Download formatted PDF transcript.
    """
    return pdf_response(session_id)


def pdf_response(session_id: str) -> Response:
    """PDF download, for API and dashboard."""
    interview = access.get_interview(g.actor, session_id)
    name = f"transcript-{interview.id}.pdf"
    return download(transcripts.render_pdf(services(), interview), name, "application/pdf")


@operation(api, "DELETE /sessions/<session_id>", "sessions:write", answers={200: Erased})
@calls_outside
def delete_session(session_id: str) -> ResponseReturnValue:
    """Delete a session

    Erase everything said in the session and the participant's personal data, as if the participant
    had withdrawn. An interview in progress is first ended as abandoned. Credit transactions and the
    campaign's counters stay, because they contain no personal data. If you repeat the request, all
    counts are zero. A test key can only delete test sessions; for others you get 403 `FORBIDDEN`.
    """
    return {"erased": asdict(erasure.erase_session(services(), g.actor, session_id))}
