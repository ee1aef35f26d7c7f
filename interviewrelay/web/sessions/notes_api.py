"""Notes and highlights in the API."""

from typing import Annotated, Final

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import Field, StringConstraints

from interviewrelay.core.errors import Conflict
from interviewrelay.core.field_types import Answer, AsWhole, RequestBody, Seen, WithLineFeeds
from interviewrelay.core.representation import list_of
from interviewrelay.notes import highlights, notes, representation
from interviewrelay.notes.representation import Highlight, Note
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.http.requests import (
    list_response,
    read_choice,
    read_payload,
    read_search,
    read_window,
)
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW, WORDS, Parameter, choice

TAG: Final = "Notes"
NoteText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=notes.LONGEST),
    Seen,
    WithLineFeeds,
]
Tag = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=notes.LONGEST_TAG), Seen
]


class NoteChange(RequestBody):
    text: NoteText = ""
    tags: Annotated[list[Tag], Field(max_length=notes.MOST_TAGS)] = Field(
        default=[], description="Stored in lower case. A comma separates two tags."
    )


class NoteIn(NoteChange):
    turn: Annotated[int, Field(ge=1, le=100_000), AsWhole] | None = Field(
        default=None, description="Number of the turn. null: a note on the whole session."
    )
    quote: Answer | None = Field(
        default=None, description="Words of the answer in this turn, exactly as they are."
    )
    start: Annotated[int, Field(ge=0, le=100_000), AsWhole] | None = Field(
        default=None,
        description="Position of the quote in characters, if its words occur more than once.",
    )

    def to_draft(self) -> notes.NoteDraft:
        return notes.NoteDraft(
            self.text, ",".join(self.tags), self.turn, self.quote or "", self.start
        )


@operation(
    api,
    "GET /sessions/<session_id>/notes",
    "sessions:read",
    tag=TAG,
    query=WINDOW,
    answers={200: list_of("notes", Note)},
)
def list_notes(session_id: str) -> ResponseReturnValue:
    """List notes of a session

    Notes on the session, its turns and its answers. A session has at most 500.
    """
    interview = access.get_interview(g.actor, session_id)
    page = notes.fetch_notes(interview, read_window())
    return list_response("notes", page, lambda row: representation.note(g.actor, row, row.turn))


@operation(
    api,
    "POST /sessions/<session_id>/notes",
    "sessions:write",
    tag=TAG,
    body=NoteIn,
    answers={201: Note},
    refusals=(Conflict,),
    sent={
        "turn": 2,
        "quote": "It took me two weeks.",
        "text": "Typical for new teams.",
        "tags": ["onboarding"],
    },
)
def create_note(session_id: str) -> ResponseReturnValue:
    """Create note

    A note needs a text, a tag or a quote. Only answers can be quoted, and not if the participant
    asked not to be quoted.
    """
    row = notes.add_note(g.actor, session_id, read_payload(NoteIn).to_draft())
    return representation.note(g.actor, row, row.turn), 201


@operation(
    api,
    "GET /sessions/<session_id>/notes/<note_id>",
    "sessions:read",
    tag=TAG,
    answers={200: Note},
)
def get_note(session_id: str, note_id: str) -> ResponseReturnValue:
    """Get note

    A note with its quote, as the answer says it now.
    """
    row = access.get_note(g.actor, session_id, note_id)
    return representation.note(g.actor, row, row.turn)


@operation(
    api,
    "PATCH /sessions/<session_id>/notes/<note_id>",
    "sessions:write",
    tag=TAG,
    body=NoteChange,
    partial=True,
    answers={200: Note},
    sent={"tags": ["onboarding", "tools"]},
    changes={"tags": ["onboarding", "tools"]},
)
def change_note(session_id: str, note_id: str) -> ResponseReturnValue:
    """Change note

    Omitted fields keep their values; the turn and the quote can't be changed.
    """
    given = read_payload(NoteChange).model_dump(exclude_unset=True)
    tags = ",".join(given["tags"]) if "tags" in given else None
    row = notes.change_note(g.actor, session_id, note_id, given.get("text"), tags)
    return representation.note(g.actor, row, row.turn)


@operation(
    api,
    "DELETE /sessions/<session_id>/notes/<note_id>",
    "sessions:write",
    tag=TAG,
    answers={204: None},
)
def delete_note(session_id: str, note_id: str) -> ResponseReturnValue:
    """Delete note

    Delete a note for everybody in the organization.
    """
    notes.delete_note(g.actor, session_id, note_id)
    return "", 204


@operation(
    api,
    "GET /campaigns/<campaign_id>/highlights",
    "sessions:read",
    tag=TAG,
    query=(
        Parameter("tag", WORDS, "Filter by tag.", "onboarding"),
        choice("show", ("quotes",), "Show only notes with a quote that may be used."),
        *WINDOW,
    ),
    answers={200: list_of("highlights", Highlight)},
)
def list_highlights(campaign_id: str) -> ResponseReturnValue:
    """List notes of a campaign

    The notes on all sessions of a campaign, each with its session, such as all quotes with a tag.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    tag = notes.normalize_tag(read_search("tag") or "")
    quotes = read_choice("show", ("quotes",)) is not None
    page = highlights.list_highlights(campaign, read_window(), tag=tag, quotes=quotes)
    corrected = highlights.find_corrections(page)
    return list_response(
        "highlights", page, lambda row: representation.highlight(g.actor, row, corrected)
    )
