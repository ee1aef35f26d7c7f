"""Notes and highlights: forms on a session, and a campaign's notes page."""

from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.interviews import state
from interviewrelay.notes import highlights, notes, representation
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import needs, pages
from interviewrelay.web.ui import page_helpers

NUMBER: Final = 9
"""Digits of a number that is read."""
SENTENCES: Final = {"once": "Reload this page and fill in the form again."}
FIELDS: Final = ("turn", "quote", "start", "text", "tags", "once")


@pages.get("/sessions/<session_id>/notes/new")
@needs("sessions:write")
def new_note(session_id: str) -> ResponseReturnValue:
    interview = access.interview(g.actor, session_id)
    values = {"turn": request.args.get("turn", "")}
    return render_template("sessions/note.html", errors=[], **_form(interview, values))


@pages.post("/sessions/<session_id>/notes")
@needs("sessions:write")
def send_note(session_id: str) -> ResponseReturnValue:
    interview, values = access.interview(g.actor, session_id), page_helpers.typed(*FIELDS)
    draft = notes.Draft(
        text=values["text"],
        tags=values["tags"],
        turn=(_number(values["turn"]) or 0) if values["turn"].strip() else None,
        quote=values["quote"],
        start=_number(values["start"]),
    )
    try:
        note = notes.add(g.actor, interview.id, draft, values["once"])
    except (InvalidParameter, Conflict) as refusal:
        more = _form(interview, values)
        return page_helpers.again("sessions/note.html", refusal, SENTENCES, **more)
    place = f"turn-{draft.turn}" if draft.turn else f"note-{note.id}"
    return page_helpers.done(f"/sessions/{interview.id}#{place}", "Note saved.")


@pages.get("/sessions/<session_id>/notes/<note_id>")
@needs("sessions:read")
def show_note(session_id: str, note_id: str) -> ResponseReturnValue:
    row = access.note(g.actor, session_id, note_id)
    values = {"text": row.text, "tags": ", ".join(tag.name for tag in row.tags)}
    return render_template("sessions/edit_note.html", errors=[], **_note(row, values))


@pages.post("/sessions/<session_id>/notes/<note_id>")
@needs("sessions:write")
def send_note_change(session_id: str, note_id: str) -> ResponseReturnValue:
    row, values = access.note(g.actor, session_id, note_id), page_helpers.typed("text", "tags")
    try:
        notes.change(g.actor, session_id, row.id, values["text"], values["tags"])
    except InvalidParameter as refusal:
        more = _note(row, values)
        return page_helpers.again("sessions/edit_note.html", refusal, SENTENCES, **more)
    return page_helpers.done(f"/sessions/{session_id}#note-{row.id}", "Note saved.")


@pages.post("/sessions/<session_id>/notes/<note_id>/delete")
@needs("sessions:write")
def send_note_deletion(session_id: str, note_id: str) -> ResponseReturnValue:
    row = access.note(g.actor, session_id, note_id)
    place = f"#turn-{row.turn.number}" if row.turn else ""
    notes.remove(g.actor, session_id, row.id)
    return page_helpers.done(f"/sessions/{session_id}{place}", "Note deleted.")


@pages.get("/campaigns/<campaign_id>/highlights")
@needs("sessions:read")
def show_highlights(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    tag = notes.tag(request.args.get("tag", ""))
    quotes = page_helpers.picked("show", ("quotes",)) is not None
    page = highlights.listing(campaign, page_helpers.part(), tag=tag, quotes=quotes)
    corrected = highlights.corrected(page)
    return render_template(
        "campaigns/highlights.html",
        campaign={"id": campaign.id, "name": campaign.name},
        notes=page.shaped(lambda row: representation.highlight(g.actor, row, corrected)).items,
        pager=page_helpers.pager(page, "notes"),
        sizes=page_helpers.sizes(page),
        tags=highlights.tags(campaign),
        tag=tag,
        quotes=quotes,
    )


def _form(interview: Any, values: dict[str, str]) -> dict[str, Any]:
    rows = state.turns_of(interview)
    return {
        "session": {
            "id": interview.id,
            "who": interview.participant_name or interview.participant_email,
            "language": interview.language,
        },
        "turns": [
            {
                "number": row.number,
                "speaker": row.speaker,
                "text": row.text,
                "time": row.elapsed,
                "quotable": row.quotable and row.speaker == "participant",
            }
            for row in rows
            if not (row.struck or row.skipped)
        ],
        "values": {name: values.get(name, "") for name in FIELDS},
        "known_tags": notes.tags(g.actor),
        "once": new_id(),
    }


def _note(row: Any, values: dict[str, str]) -> dict[str, Any]:
    interview = row.interview
    return {
        "session": {
            "id": interview.id,
            "who": interview.participant_name or interview.participant_email,
            "language": interview.language,
        },
        "note": representation.note(g.actor, row, row.turn),
        "values": values,
        "known_tags": notes.tags(g.actor),
    }


def _number(text: str) -> int | None:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= NUMBER else None
