"""Session downloads: one in any format, or several in one archive."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import campaigns
from interviewrelay.core import clock
from interviewrelay.core.db.pagination import Window
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.organizations import access
from interviewrelay.transcripts import (
    archive,
    audio_export,
    formats,
    signed_transcript,
    transcripts,
)
from interviewrelay.web.http.blueprints import (
    count_call,
    pages,
    rate_limited_as,
    requires,
    services,
)
from interviewrelay.web.http.requests import read_choice
from interviewrelay.web.sessions import session_list
from interviewrelay.web.sessions.sessions_api import download, pdf_response, signed_response
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import counted

FILES: Final = (
    ("txt", "Plain text"),
    ("md", "Markdown"),
    ("csv", "CSV, one row per turn"),
    ("jsonl", "JSON Lines"),
    ("srt", "Subtitles (SRT)"),
    ("vtt", "Subtitles (WebVTT)"),
)
"""The forms of an archive, and of a single session beside PDF, ZIP and the signed one."""
SIGNED: Final = (signed_transcript.FORM, "Signed JSON Lines")
FIRST_PDFS: Final = (
    f"\nPDFs are included for the first {archive.MOST_PDFS} interviews in the list.\n"
)
NOTHING: Final = "Select the interviews you want in the list, or download all of them."
NONE_FIT: Final = "No interviews match these filters."
NO_FORM: Final = "Choose at least one format."
HEED: Final = (
    "Do not quote answers that are marked “quotable: false” or “Not to be quoted”. The participant "
    "asked not to be quoted there.\n\n"
    "If a participant withdraws, their interview is deleted from the server but not from this file. "
    "Delete this file when you no longer need it.\n"
)


@pages.get("/sessions/<session_id>/pdf")
@requires("sessions:read")
@rate_limited_as("pdf")
def download_pdf(session_id: str) -> ResponseReturnValue:
    return pdf_response(session_id)


@pages.get("/sessions/<session_id>/download")
@requires("sessions:read")
def download_session(session_id: str) -> ResponseReturnValue:
    interview = access.get_interview(g.actor, session_id)
    form = read_choice("format", (*archive.FORMS, signed_transcript.FORM, "zip")) or "txt"
    name = f"transcript-{interview.id}.{form}"
    if form == "zip":
        return _all_forms(interview, name)
    if form == signed_transcript.FORM:
        return signed_response(interview)
    if form == "jsonl":
        return download(archive.format_json_line(interview), name, "application/x-ndjson")
    kind, written = formats.FORMS[form]
    return download(written(transcripts.build_transcript(interview)), name, kind)


@pages.get("/sessions/export")
@requires("sessions:read")
def export_sessions() -> ResponseReturnValue:
    """Page for choosing formats; with formats in the query, the archive itself."""
    wanted = session_list.read_filters(request.args)
    forms = [form for form in archive.FORMS if form in request.args.getlist("format")]
    with_pdfs = "pdf" in request.args.getlist("format")
    ids = request.args.getlist("id") if request.args.get("what") == "selected" else None
    errors: list[dict[str, str]] = []
    held: Any = []
    total = ""
    try:
        held, total = _held(wanted, ids, archive.MOST if forms or with_pdfs else 1)
    except NotFound:
        errors = [{"field": "", "message": NOTHING}]
    except InvalidParameter as refusal:
        errors = page_helpers.list_problems(refusal, session_list.SENTENCES)
    if (forms or with_pdfs) and held:
        count_call("export")
        notes_too = bool(request.args.get("notes_too"))
        return _archive(held, forms, notes=notes_too, with_pdfs=with_pdfs)
    if not errors and (forms or with_pdfs):
        errors = [{"field": "", "message": NONE_FIT}]
    elif not errors and request.args.get("asked"):
        errors = [{"field": "format", "message": NO_FORM}]
    studies = {c.id: c.name for c in campaigns.list_all_campaigns(g.actor)}
    body = render_template(
        "sessions/export.html",
        filters={name: value for name, value in wanted.items() if value},
        chips=session_list.build_chips(wanted, studies),
        ids=ids,
        back=session_list.build_address(wanted),
        forms=FILES,
        most=archive.MOST,
        most_pdfs=archive.MOST_PDFS,
        total=total,
        any=bool(held),
        errors=errors,
    )
    return body, 400 if errors else 200


def _held(wanted: dict[str, str], ids: list[str] | None, most: int) -> tuple[Any, str]:
    """Sessions, and their number in words. Raises NotFound and InvalidParameter."""
    if ids is not None:
        found = archive.list_chosen(g.actor, ids)
        return found, counted(len(found), "interview")
    page = session_list.find_sessions(wanted, Window(most))
    words = counted(page.total, "interview")
    return page.items, f"more than {words}" if page.capped else words


def _archive(
    held: Any, forms: Sequence[str], *, notes: bool, with_pdfs: bool
) -> ResponseReturnValue:
    now = clock.now()
    told = (
        f"{counted(len(held), 'interview')} from InterviewRelay, {clock.format_iso(now)}.\n\n"
        "sessions.csv lists the interviews. Files are named after interview IDs.\n\n" + HEED
    )
    if with_pdfs and len(held) > archive.MOST_PDFS:
        told += FIRST_PDFS
    more = _pdfs(held) if with_pdfs else ()
    pieces = archive.stream_archive(held, archive.ArchiveContents(forms, told, notes, more))
    return download(pieces, f"sessions-{now:%Y-%m-%d}.zip", "application/zip")


def _all_forms(interview: Any, name: str) -> ResponseReturnValue:
    told = (
        f"Interview {interview.id} from InterviewRelay, {clock.format_iso(clock.now())}.\n\n"
        + HEED
    )
    more = chain(_pdfs([interview]), audio_export.read_recordings(services(), [interview]))
    wanted = archive.ArchiveContents(archive.FORMS, told, notes=True, more=more)
    return download(archive.stream_archive([interview], wanted), name, "application/zip")


def _pdfs(held: Any) -> Any:
    """PDFs, each counted as a single download."""
    for _ in held[: archive.MOST_PDFS]:
        count_call("pdf")
    return archive.render_pdfs(services(), held)
