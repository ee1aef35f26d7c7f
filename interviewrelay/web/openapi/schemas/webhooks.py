"""The answers of the API as schemas: events, webhooks, and how telling them went."""

from typing import Any, Literal

from pydantic import Field

from interviewrelay.web.openapi.schemas.studies import Answer, Count, Id, Time, listed


class Event(Answer):
    id: str = Field(description="`evt_…`; the same in every delivery, as `webhook-id`.")
    type: str
    event: str = Field(description="The same as `type`.")
    timestamp: Time
    session_id: Id | None
    sequence: int | None = Field(
        description="Of a session: the number of the event among those of the session."
    )
    data: dict[str, Any] = Field(description="The thing itself, as the API gives it.")


class EventsPage(Answer):
    has_more: bool
    next_cursor: str | None = Field(description="Send it as `after` for what follows.")


class Events(Answer):
    events: list[Event]
    data: list[Event] = Field(description="The same array as `events`.")
    pagination: EventsPage


class Webhook(Answer):
    id: Id
    url: str = Field(json_schema_extra={"format": "uri"})
    description: str
    events: list[str]
    project_id: Id | None
    enabled: bool
    disabled_reason: Literal["hand", "gone", "failing"] | None = Field(
        description="`gone`: it answered 410. `failing`: for five days nothing arrived."
    )
    disabled_at: Time | None
    failing_since: Time | None
    old_secret_until: Time | None = Field(description="Until then an old secret signs too.")
    created_at: Time


class NewWebhook(Webhook):
    secret: str = Field(description="`whsec_…`: shown this once.")


class Attempt(Answer):
    number: int = Field(ge=1)
    at: Time
    duration_ms: Count
    status: int | None = Field(description="HTTP's; null when there was no answer.")
    error: (
        Literal[
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
        | None
    )
    answer: str = Field(description="The beginning of the answer.")


class Delivery(Answer):
    id: Id
    webhook_id: Id
    event_id: str
    type: str
    status: Literal["pending", "delivered", "failed", "cancelled"]
    created_at: Time
    delivered_at: Time | None
    next_attempt_at: Time | None
    attempts: list[Attempt]


class Replayed(Answer):
    events: Count


WEBHOOKS = listed("webhooks", Webhook)
DELIVERIES = listed("deliveries", Delivery)
