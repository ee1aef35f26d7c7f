"""Notes and highlights: forms on a session, and a campaign's notes page."""

from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.interviews import state
from interviewrelay.notes import highlights, notes, representation
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.ui import page_helpers

SENTENCES: Final = {"once": "Reload this page and fill in the form again."}
FIELDS: Final = ("turn", "quote", "start", "text", "tags", "once")


@pages.get("/sessions/<session_id>/notes/new")
@requires("sessions:write")
def new_note(session_id: str) -> ResponseReturnValue:
    interview = access.get_interview(g.actor, session_id)
    values = {"turn": request.args.get("turn", "")}
    return render_template("sessions/note.html", errors=[], **_form(interview, values))


@pages.post("/sessions/<session_id>/notes")
@requires("sessions:write")
def send_note(session_id: str) -> ResponseReturnValue:
    interview, values = (
        access.get_interview(g.actor, session_id),
        page_helpers.read_typed(*FIELDS),
    )
    draft = notes.NoteDraft(
        text=values["text"],
        tags=values["tags"],
        turn=(_number(values["turn"]) or 0) if values["turn"].strip() else None,
        quote=values["quote"],
        start=_number(values["start"]),
    )
    try:
        note = notes.add_note(g.actor, interview.id, draft, values["once"])
    except (InvalidParameter, Conflict) as refusal:
        more = _form(interview, values)
        return page_helpers.render_again("sessions/note.html", refusal, SENTENCES, **more)
    place = f"turn-{draft.turn}" if draft.turn else f"note-{note.id}"
    return page_helpers.redirect_with_message(
        f"/sessions/{interview.id}#{place}", "Note saved."
    )


@pages.get("/sessions/<session_id>/notes/<note_id>")
@requires("sessions:read")
def show_note(session_id: str, note_id: str) -> ResponseReturnValue:
    row = access.get_note(g.actor, session_id, note_id)
    values = {"text": row.text, "tags": ", ".join(tag.name for tag in row.tags)}
    return render_template("sessions/edit_note.html", errors=[], **_note(row, values))


@pages.post("/sessions/<session_id>/notes/<note_id>")
@requires("sessions:write")
def send_note_change(session_id: str, note_id: str) -> ResponseReturnValue:
    row, values = (
        access.get_note(g.actor, session_id, note_id),
        page_helpers.read_typed("text", "tags"),
    )
    try:
        notes.change_note(g.actor, session_id, row.id, values["text"], values["tags"])
    except InvalidParameter as refusal:
        more = _note(row, values)
        return page_helpers.render_again("sessions/edit_note.html", refusal, SENTENCES, **more)
    return page_helpers.redirect_with_message(
        f"/sessions/{session_id}#note-{row.id}", "Note saved."
    )


@pages.post("/sessions/<session_id>/notes/<note_id>/delete")
@requires("sessions:write")
def send_note_deletion(session_id: str, note_id: str) -> ResponseReturnValue:
    row = access.get_note(g.actor, session_id, note_id)
    place = f"#turn-{row.turn.number}" if row.turn else ""
    notes.delete_note(g.actor, session_id, row.id)
    return page_helpers.redirect_with_message(f"/sessions/{session_id}{place}", "Note deleted.")


@pages.get("/campaigns/<campaign_id>/highlights")
@requires("sessions:read")
def show_highlights(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    tag = notes.normalize_tag(request.args.get("tag", ""))
    quotes = page_helpers.read_choice("show", ("quotes",)) is not None
    page = highlights.list_highlights(
        campaign, page_helpers.read_window(), tag=tag, quotes=quotes
    )
    corrected = highlights.find_corrections(page)
    return render_template(
        "campaigns/highlights.html",
        campaign={"id": campaign.id, "name": campaign.name},
        notes=[representation.highlight(g.actor, row, corrected) for row in page.items],
        pager=page_helpers.build_pager(page, "notes"),
        sizes=page_helpers.list_page_sizes(page),
        tags=highlights.count_tags(campaign),
        tag=tag,
        quotes=quotes,
    )


def _form(interview: Any, values: dict[str, str]) -> dict[str, Any]:
    rows = state.list_turns(interview)
    return {
        "session": _session(interview),
        "turns": [row for row in rows if not (row.struck or row.skipped)],
        "values": {name: values.get(name, "") for name in FIELDS},
        "known_tags": notes.list_tags(g.actor),
        "once": new_id(),
    }


def _note(row: Any, values: dict[str, str]) -> dict[str, Any]:
    return {
        "session": _session(row.interview),
        "note": representation.note(g.actor, row, row.turn),
        "values": values,
        "known_tags": notes.list_tags(g.actor),
    }


def _session(interview: Any) -> dict[str, str]:
    who = interview.participant_name or interview.participant_email
    return {"id": interview.id, "who": who, "language": interview.language}


def _number(text: str) -> int | None:
    number = page_helpers.parse_number(text)
    return number if isinstance(number, int) else None
