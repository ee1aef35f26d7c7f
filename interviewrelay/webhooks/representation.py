"""The shapes of events, of webhooks, and of how telling them went."""

from typing import Any

import orjson

from interviewrelay.core import clock
from interviewrelay.models import Attempt, Delivery, Event, Webhook

Shape = dict[str, Any]


def event(row: Event) -> Shape:
    """As it is sent."""
    shape: Shape = orjson.loads(row.payload)
    return shape


def webhook(row: Webhook) -> Shape:
    """Never with its secret."""
    return {
        "id": row.id,
        "url": row.url,
        "description": row.description,
        "events": row.kinds,
        "project_id": row.project_id,
        "enabled": not row.disabled_by,
        "disabled_reason": row.disabled_by or None,
        "disabled_at": clock.iso(row.disabled_at) if row.disabled_at else None,
        "failing_since": clock.iso(row.failing_since) if row.failing_since else None,
        "old_secret_until": _moment_ahead(row),
        "created_at": clock.iso(row.created_at),
    }


def with_secret(row: Webhook, secret: str) -> Shape:
    return {**webhook(row), "secret": secret}


def delivery(row: Delivery) -> Shape:
    state = "pending" if row.state == "sent" else row.state
    return {
        "id": row.id,
        "webhook_id": row.webhook_id,
        "event_id": row.event_id,
        "type": row.event.kind,
        "status": state,
        "created_at": clock.iso(row.created_at),
        "delivered_at": clock.iso(row.delivered_at) if row.delivered_at else None,
        "next_attempt_at": clock.iso(row.next_at) if row.state == "pending" else None,
        "attempts": [attempt(one) for one in row.attempts],
    }


def attempt(row: Attempt) -> Shape:
    return {
        "number": row.number,
        "at": clock.iso(row.at),
        "duration_ms": row.milliseconds,
        "status": row.status,
        "error": row.fault,
        "answer": row.answer,
    }


def _moment_ahead(row: Webhook) -> str | None:
    until = row.old_key_until
    return clock.iso(until) if until and until > clock.now() else None
