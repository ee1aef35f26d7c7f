"""API representations of events, webhooks and deliveries."""

from typing import Any, Literal

import orjson

from interviewrelay.core import clock
from interviewrelay.core.representation import (
    DELIVERY_ID,
    OTHER_ID,
    WEBHOOK_ID,
    Count,
    Id,
    Representation,
    Shape,
    Time,
    field,
)
from interviewrelay.models import Event as EventRow, Webhook as Row

_EVENT_ID = f"evt_{OTHER_ID}"
Fault = Literal[
    "dns",
    "blocked_address",
    "connect",
    "tls",
    "timeout",
    "reset",
    "too_large",
    "http",
    "secret",
]


class Event(Representation):
    id: str = field(None, "`evt_…`. Every delivery has it as `webhook-id`.", example=_EVENT_ID)
    type: str = field(example="webhook.ping")
    event: str = field(None, "The same as `type`.", example="webhook.ping")
    timestamp: Time
    session_id: Id | None = field(example=None)
    sequence: int | None = field(None, "Position of the event among the events of its session.")
    data: dict[str, Any] = field(
        None, "The object, as in the API.", example={"webhook_id": WEBHOOK_ID}
    )


class Pinged(Representation):
    webhook_id: Id


class EventsPage(Representation):
    has_more: bool
    next_cursor: str | None = field(None, "Send it as `after` to get the next page.")


class Events(Representation):
    events: list[Event]
    data: list[Event] = field(None, "The same array as `events`.")
    pagination: EventsPage


def _moment_ahead(row: Row) -> Any:
    until = row.old_key_until
    return until if until and until > clock.now() else None


class Webhook(Representation):
    """Webhook, without its secret."""

    id: Id = field(example=WEBHOOK_ID)
    url: str = field(
        example="https://hooks.example.com/interviewrelay", json_schema_extra={"format": "uri"}
    )
    description: str = field(example="The research wiki")
    events: list[str] = field("kinds", example=["session.completed", "transcript.ready"])
    project_id: Id | None = field(example=None)
    enabled: bool = field(lambda row: not row.disabled_by, example=True)
    disabled_reason: Literal["hand", "gone", "failing"] | None = field(
        lambda row: row.disabled_by or None,
        "`hand`: turned off by a member. `gone`: it returned 410. `failing`: every delivery "
        "failed for five days.",
    )
    disabled_at: Time | None
    failing_since: Time | None
    old_secret_until: Time | None = field(
        _moment_ahead, "Events are also signed with the previous secret until then."
    )
    created_at: Time


class NewWebhook(Webhook):
    secret: str = field(
        None,
        "`whsec_…`. Shown only once.",
        example="whsec_bm90IGEgc2VjcmV0OiBhbiBleGFtcGxlIGluIGRvY3M=",
    )


class Attempt(Representation):
    number: int = field(example=1, ge=1)
    at: Time
    duration_ms: Count = field("milliseconds", example=84)
    status: int | None = field(None, "HTTP status; null if there was no response.", example=204)
    error: Fault | None = field("fault")
    answer: str = field(None, "Start of the response body.")


class Delivery(Representation):
    id: Id = field(example=DELIVERY_ID)
    webhook_id: Id
    event_id: str = field(example=_EVENT_ID)
    type: str = field("event.kind", example="webhook.ping")
    status: Literal["pending", "delivered", "failed", "cancelled"] = field(
        lambda row: "pending" if row.state == "sent" else row.state, example="delivered"
    )
    created_at: Time
    delivered_at: Time | None = field(example="2024-10-20T10:00:01Z")
    next_attempt_at: Time | None = field(
        lambda row: row.next_at if row.state == "pending" else None
    )
    attempts: list[Attempt]


class Replayed(Representation):
    events: Count = field(example=12)


def event(row: EventRow) -> Shape:
    """Event in the form in which it is sent."""
    shape: Shape = orjson.loads(row.payload)
    return shape


def with_secret(row: Row, secret: str) -> Shape:
    return {**Webhook.read(row), "secret": secret}
