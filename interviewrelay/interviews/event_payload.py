"""Shapes that follow from a row alone: what lists and events tell of a thing."""

from interviewrelay.core import clock
from interviewrelay.core.json_types import Shape
from interviewrelay.interviews import measures
from interviewrelay.models import Interview, TurnRow
from interviewrelay.organizations.plans import started_minutes


def session_item(row: Interview) -> Shape:
    return {
        "id": row.id,
        "campaign_id": row.campaign_id,
        "participant_email": row.participant_email,
        "status": row.status,
        "duration_minutes": started_minutes(measures.lasted(row)),
        "started_at": clock.iso(row.started_at),
        "completed_at": _completed(row),
        "duration_seconds": measures.lasted(row),
        "paused_at": clock.iso(row.paused_at) if row.paused_at else None,
        "language": row.language,
        "mode": row.mode,
        "test": row.test,
        "ended_by": row.ended_by,
        "complete": bool(row.complete),
    }


def outcome(row: Interview) -> Shape:
    """What a session has besides its place in a list, as far as its own row tells."""
    return {
        "credits_charged": row.credits_charged,
        "feedback": _feedback(row),
        "metadata": row.extra,
        "interviewer": row.interviewer,
        "participant_name": row.participant_name,
        "ended_at": clock.iso(row.ended_at) if row.ended_at else None,
        "closing": row.closing_text,
    }


def session(row: Interview, turns: tuple[TurnRow, ...] | None = None) -> Shape:
    """What a session's own row tells, and how it felt; `turns` where they are known."""
    return {**session_item(row), **outcome(row), "sentiment": measures.mood(row, turns)}


def _completed(row: Interview) -> str | None:
    done = row.status == "completed" and row.ended_at is not None
    return clock.iso(row.ended_at) if done and row.ended_at else None


def _feedback(row: Interview) -> Shape | None:
    if row.feedback_rating is None:
        return None
    return {
        "rating": row.feedback_rating,
        "comment": row.feedback_comment,
        "summary_rating": row.summary_rating,
    }
