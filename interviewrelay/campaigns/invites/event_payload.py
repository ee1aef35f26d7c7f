"""Invites as events tell of them."""

from interviewrelay.core import clock
from interviewrelay.core.json_types import Shape
from interviewrelay.models import Invite


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
