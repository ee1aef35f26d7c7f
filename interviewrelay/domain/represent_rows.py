"""Shapes that follow from a row alone: what lists and events tell of a thing."""

from typing import Any

from interviewrelay import clock
from interviewrelay.domain import pools, transcripts
from interviewrelay.models import CreditAccount, Interview, Invite, TurnRow
from interviewrelay.plans import CREDITS_PER_SESSION_ESTIMATE, started_minutes

Shape = dict[str, Any]


def invite(row: Invite, state: str) -> Shape:
    """All of it but the way in, which not everybody may have (`represent.invite`)."""
    return {
        "id": row.id,
        "email": row.email,
        "token": None,
        "url": None,
        "expires_at": clock.iso(row.expires_at),
        "status": state,
        "campaign_id": row.campaign_id,
        "created_at": clock.iso(row.created_at),
        "name": row.name,
        "metadata": row.extra,
        "reminded_at": clock.iso(row.reminded_at) if row.reminded_at else None,
        "test": row.test,
    }


def session_item(row: Interview) -> Shape:
    return {
        "id": row.id,
        "campaign_id": row.campaign_id,
        "participant_email": row.participant_email,
        "status": row.status,
        "duration_minutes": started_minutes(transcripts.lasted(row)),
        "started_at": clock.iso(row.started_at),
        "completed_at": _completed(row),
        "duration_seconds": transcripts.lasted(row),
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
    return {**session_item(row), **outcome(row), "sentiment": transcripts.mood(row, turns)}


def credits(row: CreditAccount) -> Shape:
    total = pools.balance(row)
    severity, message = pools.warning(row)
    warned = row.last_low_balance_warning_at
    return {
        "starter_credits": row.starter,
        "monthly_credits": row.monthly,
        "topup_credits": row.topup,
        "total_credits": total,
        "monthly_credits_amount": row.monthly_amount,
        "monthly_credits_reset_at": clock.iso_millis(row.monthly_reset_at),
        "currency": "eur",
        "last_low_balance_warning_at": clock.iso_millis(warned) if warned else None,
        "updated_at": clock.iso_millis(row.updated_at),
        "low_balance_warning": {
            "shouldWarn": severity != "info",
            "severity": severity,
            "message": message,
        },
        "needs_topup": severity == "critical",
        "estimated_sessions_remaining": total // CREDITS_PER_SESSION_ESTIMATE,
    }


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
