"""API shapes of notes and saved filters, for the API, pages, exports and the participant."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.representation import (
    FILTER_ID,
    NOTE_ID,
    Address,
    Id,
    Representation,
    Time,
    field,
)
from interviewrelay.models import Interview, Note as NoteRow, SavedFilter as FilterRow, TurnRow
from interviewrelay.notes import notes, saved_filters

Shape = dict[str, Any]
_WHO: Final = "Ann Alder"


class Note(Representation):
    """Note as a member sees it."""

    id: Id = field(example=NOTE_ID)
    session_id: Id
    turn_number: int | None = field(
        None, "Number of the turn that it is about. null: the whole session.", example=2
    )
    quote: str | None = field(
        None, "Quoted words of the answer.", example="It took me two weeks."
    )
    text: str = field(example="Typical for new teams.")
    tags: list[str] = field(example=["onboarding"])
    created_at: Time
    author: str = field(example=_WHO)
    changed_at: Time | None
    changed_by: str | None
    may_change: bool = field(None, "True if this key may change it.", example=True)


class Highlight(Note):
    """Note in the list of a campaign."""

    participant_email: Address = field(example="user@example.com")
    participant_name: str | None
    language: str = field(example="en")
    quotable: bool = field(
        None, "False if the participant asked not to be quoted.", example=True
    )
    corrected_at: int | None = field(
        None, "Number of the turn in which the participant corrected the answer."
    )


class SavedFilter(Representation):
    id: Id = field(example=FILTER_ID)
    name: str = field(example="Unhappy newcomers")
    filters: dict[str, str] = field(
        None, "Filters of the session list by name.", example={"sentiment": "negative"}
    )
    shared: bool = field(None, "Everybody in the organization sees it.")
    mine: bool = field(None, "The member whose key this is saved it.", example=True)
    may_change: bool = field(None, "True if this key may change it.", example=True)
    created_at: Time
    changed_at: Time


def note(actor: Actor, row: NoteRow, turn: TurnRow | None) -> Shape:
    """Note as a member sees it; `may_change` says if they may edit it."""
    return {
        "id": row.id,
        "session_id": row.interview_id,
        **_content(row, turn),
        "author": row.author,
        "changed_at": clock.format_iso(row.changed_at) if row.changed_at else None,
        "changed_by": row.changed_by,
        "may_change": notes.may_change(actor, row),
    }


def group_by_turn(
    actor: Actor, held: Sequence[NoteRow], turns: Sequence[TurnRow]
) -> dict[int | None, list[Shape]]:
    """Notes by turn number; None holds those on the whole interview."""
    known = {turn.id: turn for turn in turns}
    found: dict[int | None, list[Shape]] = {}
    for row in held:
        turn = known.get(row.turn_id or "")
        found.setdefault(turn.number if turn else None, []).append(note(actor, row, turn))
    return found


def highlight(actor: Actor, row: NoteRow, corrected: Mapping[tuple[str, int], int]) -> Shape:
    """Note with its quote; `corrected` names the later turns that correct an answer."""
    turn, interview = row.turn, row.interview
    number = turn.number if turn else None
    return {
        **note(actor, row, turn),
        "participant_email": interview.participant_email,
        "participant_name": interview.participant_name,
        "language": interview.language,
        "quotable": turn is None or turn.quotable,
        "corrected_at": corrected.get((interview.id, number)) if number else None,
    }


def list_for_participant(interview: Interview) -> list[Shape]:
    """Notes for the participant's data export, without the authors' names."""
    held = notes.iterate_notes([interview.id])
    return [_content(row, row.turn) for row in held]


def _content(row: NoteRow, turn: TurnRow | None) -> Shape:
    return {
        "turn_number": turn.number if turn else None,
        "quote": notes.get_quote(row, turn),
        "text": row.text,
        "tags": [tag.name for tag in row.tags],
        "created_at": clock.format_iso(row.created_at),
    }


def saved_filter(actor: Actor, row: FilterRow) -> Shape:
    """Saved filters as a member sees them."""
    return {
        "id": row.id,
        "name": row.name,
        "filters": row.filters,
        "shared": row.shared,
        "mine": row.membership_id == actor.membership_id,
        "may_change": saved_filters.may_change(actor, row),
        "created_at": clock.format_iso(row.created_at),
        "changed_at": clock.format_iso(row.changed_at),
    }
