"""API keys as JSON."""

from interviewrelay.core import clock
from interviewrelay.core.representation import Shape
from interviewrelay.models import (
    ApiKey,
)


def key(row: ApiKey) -> Shape:
    return {
        "id": row.id,
        "name": row.name,
        "shown": f"ir_{'test' if row.test else 'live'}_{row.public_id}…{row.last_four}",
        "permissions": row.permissions,
        "test": row.test,
        "owner": row.membership.user.email,
        "created_at": clock.format_iso(row.created_at),
        "last_used_at": clock.format_iso(row.last_used_at) if row.last_used_at else None,
        "revoked_at": clock.format_iso(row.revoked_at) if row.revoked_at else None,
        "expires_at": clock.format_iso(row.expires_at) if row.expires_at else None,
    }
