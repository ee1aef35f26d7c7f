"""The one shape of each thing for the outside: field names, types and formats of the API."""

from typing import Final

from interviewrelay.core import clock
from interviewrelay.core.conversation import Said, Transcript
from interviewrelay.core.json_types import Shape
from interviewrelay.insights import representation, session_summary
from interviewrelay.interviews import event_payload, safety_alerts, state
from interviewrelay.models import (
    Interview,
    TurnRow,
)
from interviewrelay.runtime.services import Office


def session(office: Office, row: Interview, turns: tuple[TurnRow, ...] | None = None) -> Shape:
    """With all that is known of a session; its turns are read unless they are at hand."""
    turns = state.turns_of(row) if turns is None else turns
    return {
        **event_payload.session(row, turns),
        "transcript_url": office.links.transcript(row.id),
        "audio_url": None,  # interviews in writing have none
        **representation.digest(session_summary.of_session(row, turns)),
        "safety": safety_alerts.shape(row),
        "consent": {
            "version": row.consent.version,
            "language": row.consent.language,
            "agreed_at": clock.iso(row.consent.agreed_at),
        },
    }


def transcript(value: Said | Transcript) -> Shape:
    return {
        "session_id": value.session_id,
        "started_at": clock.iso(value.started_at),
        "completed_at": clock.iso(value.completed_at) if value.completed_at else None,
        "turns": [{name: getattr(turn, name) for name in _TURN} for turn in value.turns],
        "closing": value.closing,
    }


_TURN: Final = (
    "timestamp", "speaker", "text", "sentiment", "id", "number", "duration", "confidence",
    "question_id", "decision", "skipped", "amends", "amended_by", "original", "struck", "quotable",
)  # fmt: skip
