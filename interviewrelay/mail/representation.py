"""Suppressed addresses as JSON."""

from interviewrelay.core import clock
from interviewrelay.core.json_types import Shape
from interviewrelay.models import (
    Suppression,
)


def suppression(row: Suppression) -> Shape:
    return {"id": row.id, "reason": row.reason, "created_at": clock.iso(row.created_at)}
