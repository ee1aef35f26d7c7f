"""Projects and campaigns as JSON."""

from interviewrelay.core import clock
from interviewrelay.core.json_types import Shape
from interviewrelay.models import (
    Campaign,
    Project,
)


def project(row: Project) -> Shape:
    return {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "created_at": clock.iso(row.created_at),
    }


def campaign(row: Campaign) -> Shape:
    return {
        "id": row.id,
        "name": row.name,
        "script_id": row.script_id,
        "project_id": row.project_id,
        "status": row.status,
        "created_at": clock.iso(row.created_at),
        "script_version": row.version_number,
        "invite_valid_hours": plain_number(row.invite_valid_hours),
        "settings": row.settings,
        "metadata": row.extra,
        "reminder_hours_before": row.reminder_hours_before,
        "starts_at": clock.iso(row.starts_at) if row.starts_at else None,
        "ends_at": clock.iso(row.ends_at) if row.ends_at else None,
        "max_sessions": row.max_sessions,
        "max_completed": row.max_completed,
        "custom_message": row.custom_message,
    }


def campaign_item(row: Campaign) -> Shape:
    """As it stands in the list."""
    return {
        "id": row.id,
        "name": row.name,
        "status": row.status,
        "invites_sent": row.invites_sent,
        "completed": row.completed,
        "ended_early": row.ended_early,
        "created_at": clock.iso(row.created_at),
        "started": row.started,
        "project_id": row.project_id,
        "script_id": row.script_id,
    }


def campaign_detail(row: Campaign) -> Shape:
    return {**campaign(row), "stats": stats(row)}


def stats(row: Campaign) -> Shape:
    """`cancelled` are those who had not begun: who had is among the started. Thus the invites sent are
    the started, pending, cancelled and expired ones together. `completed` are all that were not left:
    the complete ones and those that ended early.
    """
    complete = row.completed - row.ended_early
    rate, whole = (
        round(number / row.started, 2) if row.started else 0
        for number in (row.completed, complete)
    )
    minutes = round(row.completed_seconds / row.completed / 60, 1) if row.completed else 0
    return {
        "invites_sent": row.invites_sent,
        "opened": row.opened_only + row.started,
        "started": row.started,
        "completed": row.completed,
        "completion_rate": plain_number(rate),
        "complete": complete,
        "ended_early": row.ended_early,
        "complete_rate": plain_number(whole),
        "pending": row.invites_sent - row.started - row.cancelled - row.expired,
        "abandoned": row.abandoned,
        "failed": row.failed,
        "cancelled": row.cancelled,
        "expired": row.expired,
        "average_duration_minutes": plain_number(minutes),
    }


def plain_number(value: float) -> float:
    """A number without a point where it is whole."""
    return int(value) if float(value).is_integer() else value
