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
        description="An https URL on the public net, at port 443 or 8443.",
        json_schema_extra={"format": "uri"},
    )
    events: Annotated[list[Asked], Field(min_length=1, max_length=MOST_KINDS)] = Field(
        default=["*"], description="What it is told of; `*` is everything."
    )
    project_id: Id | None = Field(
        default=None, description="Of one project only; otherwise of the whole organization."
    )
    description: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=500), Seen
    ] = Field(default="", description="For whoever reads the list.")
    enabled: bool = Field(default=True, description="Switched off, it is told of nothing.")

    def to_settings(
        self, kept: endpoints.WebhookSettings | None = None
    ) -> endpoints.WebhookSettings:
        """Webhook settings from the body; omitted fields come from `kept`, if given."""
        given: dict[str, Any] = self.model_dump(exclude_unset=kept is not None)
        if "events" in given:
            given["kinds"] = tuple(given.pop("events"))
        return replace(kept, **given) if kept else endpoints.WebhookSettings(**given)


class WebhookChange(WebhookIn):
    """Change of a webhook. Omitted fields stay."""

    url: Url = Field(default="", json_schema_extra={"format": "uri"})


class ReplayIn(RequestBody):
    since: Moment = Field(description="From this moment on.")
    until: Moment | None = Field(default=None, description="Before this one; otherwise to now.")

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

    Be told of what happens as it happens, by a signed POST. The `secret` is in this answer
    only. At most 20. How to verify and what is sent: docs/webhooks.md.
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

    Without their secrets.
    """
    return list_response(
        "webhooks", endpoints.list_webhooks(g.actor, read_window()), Webhook.read
    )


@operation(api, "GET /webhooks/<webhook_id>", "webhooks:read", answers={200: Webhook})
def get_webhook(webhook_id: str) -> ResponseReturnValue:
    """Get webhook

    Whether it is enabled, and since when nothing has arrived.
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

    What is left out stays. Switched on again, it hears of what happens from then on; replay
    what it missed.
    """
    row = access.get_webhook(g.actor, webhook_id)
    wanted = read_payload(WebhookChange).to_settings(endpoints.get_settings(row))
    return Webhook.read(endpoints.change_webhook(services(), g.actor, row, wanted))


@operation(api, "DELETE /webhooks/<webhook_id>", "webhooks:write", answers={204: None})
def delete_webhook(webhook_id: str) -> ResponseReturnValue:
    """Delete webhook

    With the log of its deliveries. The events stay.
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

    Send a `webhook.ping`, on the way that every event takes; the list of deliveries says how it
    went. Switched off: 409 `CONFLICT`. 60 tests and replays an hour.
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

    A new secret, in this answer only. For 24 hours `webhook-signature` holds a signature by
    each of the two; the older signature headers are by the new one at once.
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

    Send what happened in a time and has not arrived: failed, cancelled, never sent since the
    webhook was not there or switched off, or waiting for its next try, which is made now. At
    most 10,000 events of the last 30 days.
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

    The log of 30 days, newest first, with every attempt.
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

    Send the same event once more, with the same `webhook-id`. One that waits for its next try
    is tried now.
    """
    row = access.get_webhook(g.actor, webhook_id)
    delivery = access.get_delivery(g.actor, row.id, delivery_id)
    return Delivery.read(delivery_log.redeliver_event(row, delivery)), 202


@operation(
    api,
    "GET /events",
    "webhooks:read",
    query=(
        Parameter("after", TEXT, "The id of an event: those behind it."),
        choice("type", ASKED_FOR, "Filter by type.", "session.completed"),
        LIMIT,
    ),
    answers={200: Events},
)
def list_events() -> ResponseReturnValue:
    """List events

    What has happened in the last 30 days, oldest first: for whoever would rather ask than be
    told. Go on with `after` = the last event that you have; nothing is ever put before it.
    """
    wanted = read_window()
    last = request.args.get("after") or wanted.cursor  # another name of `after`
    kind = read_choice("type", ASKED_FOR)
    found, more = events.list_events_after(g.actor, last, kind=kind, limit=wanted.limit)
    told = [representation.event(row) for row in found]
    page = {"has_more": more, "next_cursor": found[-1].id if more else None}
    return {"events": told, "data": told, "pagination": page}
