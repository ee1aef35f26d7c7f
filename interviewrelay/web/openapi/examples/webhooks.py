"""Examples of events, webhooks and deliveries."""

from typing import Any, Final

from interviewrelay.web.openapi.examples.studies import (
    DELIVERY_ID,
    OTHER_ID,
    WEBHOOK_ID,
    listed,
)

Example = dict[str, Any]

EVENT_ID: Final = f"evt_{OTHER_ID}"
SECRET: Final = "whsec_bm90IGEgc2VjcmV0OiBhbiBleGFtcGxlIGluIGRvY3M="  # noqa: S105 - no secret

WEBHOOK_SENT: Final[Example] = {
    "url": "https://hooks.example.com/interviewrelay",
    "events": ["session.completed", "transcript.ready"],
    "description": "The research wiki",
}
WEBHOOK: Final[Example] = {
    "id": WEBHOOK_ID,
    **WEBHOOK_SENT,
    "project_id": None,
    "enabled": True,
    "disabled_reason": None,
    "disabled_at": None,
    "failing_since": None,
    "old_secret_until": None,
    "created_at": "2024-10-20T10:00:00Z",
}
NEW_WEBHOOK: Final[Example] = {**WEBHOOK, "secret": SECRET}
ROTATED: Final[Example] = {**NEW_WEBHOOK, "old_secret_until": "2024-10-21T10:00:00Z"}
CHANGE_SENT: Final[Example] = {"events": ["*"], "enabled": True}
EVENT: Final[Example] = {
    "id": EVENT_ID,
    "type": "webhook.ping",
    "event": "webhook.ping",
    "timestamp": "2024-10-20T10:00:00Z",
    "session_id": None,
    "sequence": None,
    "data": {"webhook_id": WEBHOOK_ID},
}
EVENTS: Final[Example] = {
    "events": [EVENT],
    "data": [EVENT],
    "pagination": {"has_more": False, "next_cursor": None},
}
PENDING: Final[Example] = {
    "id": DELIVERY_ID,
    "webhook_id": WEBHOOK_ID,
    "event_id": EVENT_ID,
    "type": "webhook.ping",
    "status": "pending",
    "created_at": "2024-10-20T10:00:00Z",
    "delivered_at": None,
    "next_attempt_at": "2024-10-20T10:00:00Z",
    "attempts": [],
}
DELIVERY: Final[Example] = {
    **PENDING,
    "status": "delivered",
    "delivered_at": "2024-10-20T10:00:01Z",
    "next_attempt_at": None,
    "attempts": [
        {
            "number": 1,
            "at": "2024-10-20T10:00:00Z",
            "duration_ms": 84,
            "status": 204,
            "error": None,
            "answer": "",
        }
    ],
}
WEBHOOKS: Final = listed("webhooks", WEBHOOK)
DELIVERIES: Final = listed("deliveries", DELIVERY)
REPLAY_SENT: Final[Example] = {"since": "2024-10-18", "until": "2024-10-20T10:00:00Z"}
REPLAYED: Final[Example] = {"events": 12}
