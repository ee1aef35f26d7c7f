"""Webhooks and events in the API."""

from dataclasses import replace
from typing import Annotated, Any, Final, get_args

from flask import g, request
from flask.typing import ResponseReturnValue
from pydantic import Field, StringConstraints, model_validator

from interviewrelay.core.errors import Conflict, InvalidParameter, WebhookUrlNotAllowed
from interviewrelay.core.field_types import Id, Moment, RequestBody, Seen
from interviewrelay.core.representation import list_of
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api, rate_limited_as, services
from interviewrelay.web.http.requests import (
    list_response,
    read_choice,
    read_payload,
    read_window,
)
from interviewrelay.web.middleware.idempotency import call_id, calls_outside
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import LIMIT, TEXT, WINDOW, Parameter, choice
from interviewrelay.webhooks import delivery_log, endpoints, events, representation
from interviewrelay.webhooks.representation import (
    Delivery,
    Events,
    NewWebhook,
    Replayed,
    Webhook,
)

Asked = events.EventKind
MOST_KINDS: Final = len(get_args(Asked))
ASKED_FOR: Final = (*events.KINDS, *events.ALIASES)

Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_048)]


class WebhookIn(RequestBody):
    url: Url = Field(
        description="An https URL on the public internet, with port 443 or 8443.",
        json_schema_extra={"format": "uri"},
    )
    events: Annotated[list[Asked], Field(min_length=1, max_length=MOST_KINDS)] = Field(
        default=["*"], description="Events to send; `*` means all events."
    )
    project_id: Id | None = Field(
        default=None,
        description="Send events of this project only. null: the whole organization.",
    )
    description: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=500), Seen
    ] = Field(default="", description="Your note, shown in the list.")
    enabled: bool = Field(default=True, description="If false, no events are sent.")

    def to_settings(
        self, kept: endpoints.WebhookSettings | None = None
    ) -> endpoints.WebhookSettings:
        """Webhook settings from the body; omitted fields come from `kept`, if given."""
        given: dict[str, Any] = self.model_dump(exclude_unset=kept is not None)
        if "events" in given:
            given["kinds"] = tuple(given.pop("events"))
        return replace(kept, **given) if kept else endpoints.WebhookSettings(**given)


class WebhookChange(WebhookIn):
    """Change of a webhook. Omitted fields keep their values."""

    url: Url = Field(default="", json_schema_extra={"format": "uri"})


class ReplayIn(RequestBody):
    since: Moment = Field(description="Start of the period, inclusive.")
    until: Moment | None = Field(
        default=None, description="End of the period, exclusive. null: now."
    )

    @model_validator(mode="after")
    def in_order(self) -> "ReplayIn":
        if self.until is not None and self.until <= self.since:
            words = "The 'until' field must be after 'since'"
            raise InvalidParameter.field("until", "a later date and time", words)
        return self


@operation(
    api,
    "POST /webhooks",
    "webhooks:write",
    body=WebhookIn,
    answers={201: NewWebhook},
    refusals=(Conflict, WebhookUrlNotAllowed),
    gives={"webhook_id": "/id"},
    sent={
        "url": "https://hooks.example.com/interviewrelay",
        "events": ["session.completed", "transcript.ready"],
        "description": "The research wiki",
    },
)
@calls_outside
def create_webhook() -> ResponseReturnValue:
    """Create webhook

    Get a signed POST request for each event as it happens. The `secret` is only in this response.
    An organization can have up to 20 webhooks. See docs/webhooks.md for the content of events and
    how to verify signatures.
    """
    wanted = read_payload(WebhookIn).to_settings()
    made = endpoints.create_webhook(services(), g.actor, wanted, call_id())
    return representation.with_secret(*made), 201


@operation(
    api,
    "GET /webhooks",
    "webhooks:read",
    query=WINDOW,
    answers={200: list_of("webhooks", Webhook)},
)
def list_webhooks() -> ResponseReturnValue:
    """List webhooks

    Retrieve all webhooks, without their secrets.
    """
    return list_response(
        "webhooks", endpoints.list_webhooks(g.actor, read_window()), Webhook.read
    )


@operation(api, "GET /webhooks/<webhook_id>", "webhooks:read", answers={200: Webhook})
def get_webhook(webhook_id: str) -> ResponseReturnValue:
    """Get webhook

    Retrieve a webhook, with its state and the time since which deliveries have failed.
    """
    return Webhook.read(access.get_webhook(g.actor, webhook_id))


@operation(
    api,
    "PATCH /webhooks/<webhook_id>",
    "webhooks:write",
    body=WebhookChange,
    partial=True,
    answers={200: Webhook},
    refusals=(WebhookUrlNotAllowed,),
    sent={"events": ["*"], "enabled": True},
    changes={"events": ["*"]},
)
@calls_outside
def change_webhook(webhook_id: str) -> ResponseReturnValue:
    """Update webhook

    Omitted fields keep their values. A webhook that is turned on again gets new events only. Use
    Replay events for those it missed.
    """
    row = access.get_webhook(g.actor, webhook_id)
    wanted = read_payload(WebhookChange).to_settings(endpoints.get_settings(row))
    return Webhook.read(endpoints.change_webhook(services(), g.actor, row, wanted))


@operation(api, "DELETE /webhooks/<webhook_id>", "webhooks:write", answers={204: None})
def delete_webhook(webhook_id: str) -> ResponseReturnValue:
    """Delete webhook

    Delete a webhook and its delivery log. Events are kept.
    """
    endpoints.delete_webhook(access.get_webhook(g.actor, webhook_id))
    return "", 204


@operation(
    api,
    "POST /webhooks/<webhook_id>/test",
    "webhooks:write",
    answers={202: Delivery},
    refusals=(Conflict,),
    gives={"delivery_id": "/id"},
    changes={
        "status": "pending",
        "delivered_at": None,
        "next_attempt_at": "2024-10-20T10:00:00Z",
        "attempts": [],
    },
)
@rate_limited_as("ping")
def test_webhook(webhook_id: str) -> ResponseReturnValue:
    """Test webhook

    Send a `webhook.ping` event in the same way as any other event. The list of deliveries shows the
    result. If the webhook is turned off, you get 409 `CONFLICT`. The limit is 60 tests and replays
    per hour.
    """
    row = access.get_webhook(g.actor, webhook_id)
    sent = access.get_delivery(g.actor, row.id, delivery_log.send_ping(row))
    return Delivery.read(sent), 202


@operation(
    api,
    "POST /webhooks/<webhook_id>/rotate-secret",
    "webhooks:write",
    answers={200: NewWebhook},
    changes={"old_secret_until": "2024-10-21T10:00:00Z"},
)
def rotate_webhook_secret(webhook_id: str) -> ResponseReturnValue:
    """Rotate secret

    Create a new secret. It is only in this response. For 24 hours, `webhook-signature` contains a
    signature with each of the two secrets. The older signature headers use the new secret
    immediately.
    """
    row = access.get_webhook(g.actor, webhook_id)
    return representation.with_secret(*endpoints.rotate_secret(services(), row))


@operation(
    api,
    "POST /webhooks/<webhook_id>/replay",
    "webhooks:write",
    body=ReplayIn,
    answers={202: Replayed},
    refusals=(Conflict,),
    sent={"since": "2024-10-18", "until": "2024-10-20T10:00:00Z"},
)
@rate_limited_as("ping")
def replay_events(webhook_id: str) -> ResponseReturnValue:
    """Replay events

    Send all events of a period that have not arrived: those that failed or were cancelled, and
    those never sent because the webhook did not exist or was turned off. Events waiting for a retry
    are retried now. You can replay up to 10,000 events of the last 30 days.
    """
    row = access.get_webhook(g.actor, webhook_id)
    wanted = read_payload(ReplayIn)
    return {"events": delivery_log.replay_events(row, wanted.since, wanted.until)}, 202


@operation(
    api,
    "GET /webhooks/<webhook_id>/deliveries",
    "webhooks:read",
    query=(
        choice("status", get_args(delivery_log.DeliveryState), "Filter by status.", "failed"),
        *WINDOW,
    ),
    answers={200: list_of("deliveries", Delivery)},
)
def list_deliveries(webhook_id: str) -> ResponseReturnValue:
    """List deliveries

    Retrieve the deliveries of the last 30 days with every attempt, newest first.
    """
    row = access.get_webhook(g.actor, webhook_id)
    state = read_choice("status", get_args(delivery_log.DeliveryState))
    page = delivery_log.list_deliveries(row, read_window(), state=state)  # type: ignore[arg-type]
    return list_response("deliveries", page, Delivery.read)


@operation(
    api,
    "POST /webhooks/<webhook_id>/deliveries/<delivery_id>/redeliver",
    "webhooks:write",
    answers={202: Delivery},
    refusals=(Conflict,),
    changes={
        "status": "pending",
        "delivered_at": None,
        "next_attempt_at": "2024-10-20T10:05:00Z",
    },
)
def redeliver(webhook_id: str, delivery_id: str) -> ResponseReturnValue:
    """Redeliver

    Send the same event again, with the same `webhook-id`. A delivery waiting for a retry is retried
    now.
    """
    row = access.get_webhook(g.actor, webhook_id)
    delivery = access.get_delivery(g.actor, row.id, delivery_id)
    return Delivery.read(delivery_log.redeliver_event(row, delivery)), 202


@operation(
    api,
    "GET /events",
    "webhooks:read",
    query=(
        Parameter("after", TEXT, "ID of an event. Only later events are returned."),
        choice("type", ASKED_FOR, "Filter by type.", "session.completed"),
        LIMIT,
    ),
    answers={200: Events},
)
def list_events() -> ResponseReturnValue:
    """List events

    Retrieve the events of the last 30 days, oldest first, as an alternative to webhooks. To get
    newer events, set `after` to the ID of the last event you have. Events are never inserted before
    it.
    """
    wanted = read_window()
    last = request.args.get("after") or wanted.cursor  # another name of `after`
    kind = read_choice("type", ASKED_FOR)
    found, more = events.list_events_after(g.actor, last, kind=kind, limit=wanted.limit)
    told = [representation.event(row) for row in found]
    page = {"has_more": more, "next_cursor": found[-1].id if more else None}
    return {"events": told, "data": told, "pagination": page}
