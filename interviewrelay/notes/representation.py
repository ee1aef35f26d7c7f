"""API shapes of notes, for pages, exports and the participant."""

from collections.abc import Mapping, Sequence
from typing import Any

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.models import Interview, Note, TurnRow
from interviewrelay.notes import notes

Shape = dict[str, Any]


def note(actor: Actor, row: Note, turn: TurnRow | None) -> Shape:
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
    actor: Actor, held: Sequence[Note], turns: Sequence[TurnRow]
) -> dict[int | None, list[Shape]]:
    """Notes by turn number; None holds those on the whole interview."""
    known = {turn.id: turn for turn in turns}
    found: dict[int | None, list[Shape]] = {}
    for row in held:
        turn = known.get(row.turn_id or "")
        found.setdefault(turn.number if turn else None, []).append(note(actor, row, turn))
    return found


def highlight(actor: Actor, row: Note, corrected: Mapping[tuple[str, int], int]) -> Shape:
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


def _content(row: Note, turn: TurnRow | None) -> Shape:
    return {
        "turn_number": turn.number if turn else None,
        "quote": notes.get_quote(row, turn),
        "text": row.text,
        "tags": [tag.name for tag in row.tags],
        "created_at": clock.format_iso(row.created_at),
    }
