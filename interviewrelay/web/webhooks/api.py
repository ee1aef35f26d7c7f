"""Webhooks and events, for the API."""

from dataclasses import replace
from typing import Annotated, Any, Final, get_args

from flask import g, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from interviewrelay.core.errors import InvalidParameter
from interviewrelay.organizations import access
from interviewrelay.scripts.document import Seen
from interviewrelay.web.http.blueprints import api, counted_as, office
from interviewrelay.web.http.field_types import Id, Moment
from interviewrelay.web.http.requests import answer, chosen, listed, payload, window
from interviewrelay.web.middleware.idempotency import call_id, calls_outside
from interviewrelay.webhooks import delivery_log, endpoints, events, representation as shapes

Asked = events.Asked
MOST_KINDS: Final = len(get_args(Asked))
ASKED_FOR: Final = (*events.KINDS, *events.ALIASES)

Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_048)]


class WebhookIn(BaseModel):
    model_config = ConfigDict(strict=True)

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

    def wanted(self, kept: endpoints.Wanted | None = None) -> endpoints.Wanted:
        """With what is `kept` where a field was left out, if there is something."""
        given: dict[str, Any] = {
            "url": self.url,
            "kinds": tuple(self.events),
            "project_id": self.project_id,
            "description": self.description,
            "enabled": self.enabled,
        }
        named = {"kinds" if name == "events" else name for name in self.model_fields_set}
        if kept is None:
            return endpoints.Wanted(**given)
        return replace(kept, **{name: given[name] for name in named})


class WebhookChange(WebhookIn):
    """What is left out stays."""

    url: Url = Field(default="", json_schema_extra={"format": "uri"})


class ReplayIn(BaseModel):
    model_config = ConfigDict(strict=True)

    since: Moment = Field(description="From this moment on.")
    until: Moment | None = Field(default=None, description="Before this one; otherwise to now.")

    @model_validator(mode="after")
    def in_order(self) -> "ReplayIn":
        if self.until is not None and self.until <= self.since:
            words = "The 'until' field must be after 'since'"
            raise InvalidParameter.field("until", "a later date and time", words)
        return self


@api.post("/webhooks")
@calls_outside
def create_webhook() -> ResponseReturnValue:
    wanted = payload(WebhookIn).wanted()
    return answer(
        shapes.with_secret(*endpoints.create(office(), g.actor, wanted, call_id())), 201
    )


@api.get("/webhooks")
def list_webhooks() -> ResponseReturnValue:
    return listed("webhooks", endpoints.listing(g.actor, window()).shaped(shapes.webhook))


@api.get("/webhooks/<webhook_id>")
def get_webhook(webhook_id: str) -> ResponseReturnValue:
    return answer(shapes.webhook(access.webhook(g.actor, webhook_id)))


@api.patch("/webhooks/<webhook_id>")
@calls_outside
def change_webhook(webhook_id: str) -> ResponseReturnValue:
    row = access.webhook(g.actor, webhook_id)
    wanted = payload(WebhookChange).wanted(endpoints.kept(row))
    return answer(shapes.webhook(endpoints.change(office(), g.actor, row, wanted)))


@api.delete("/webhooks/<webhook_id>")
def delete_webhook(webhook_id: str) -> ResponseReturnValue:
    endpoints.remove(access.webhook(g.actor, webhook_id))
    return "", 204


@api.post("/webhooks/<webhook_id>/test")
@counted_as("ping")
def test_webhook(webhook_id: str) -> ResponseReturnValue:
    row = access.webhook(g.actor, webhook_id)
    sent = access.delivery(g.actor, row.id, delivery_log.ping(row))
    return answer(shapes.delivery(sent), 202)


@api.post("/webhooks/<webhook_id>/rotate-secret")
def rotate_webhook_secret(webhook_id: str) -> ResponseReturnValue:
    row = access.webhook(g.actor, webhook_id)
    return answer(shapes.with_secret(*endpoints.rotate(office(), row)))


@api.post("/webhooks/<webhook_id>/replay")
@counted_as("ping")
def replay_events(webhook_id: str) -> ResponseReturnValue:
    row = access.webhook(g.actor, webhook_id)
    wanted = payload(ReplayIn)
    return answer({"events": delivery_log.replay(row, wanted.since, wanted.until)}, 202)


@api.get("/webhooks/<webhook_id>/deliveries")
def list_deliveries(webhook_id: str) -> ResponseReturnValue:
    row = access.webhook(g.actor, webhook_id)
    state = chosen("status", get_args(delivery_log.State))
    page = delivery_log.listing(row, window(), state=state)  # type: ignore[arg-type]
    return listed("deliveries", page.shaped(shapes.delivery))


@api.post("/webhooks/<webhook_id>/deliveries/<delivery_id>/redeliver")
def redeliver(webhook_id: str, delivery_id: str) -> ResponseReturnValue:
    row = access.webhook(g.actor, webhook_id)
    delivery = access.delivery(g.actor, row.id, delivery_id)
    return answer(shapes.delivery(delivery_log.redeliver(row, delivery)), 202)


@api.get("/events")
def list_events() -> ResponseReturnValue:
    """`cursor` is another name of `after`."""
    wanted = window()
    last = request.args.get("after") or wanted.cursor
    kind = chosen("type", ASKED_FOR)
    found, more = events.after(g.actor, last, kind=kind, limit=wanted.limit)
    told = [shapes.event(row) for row in found]
    page = {"has_more": more, "next_cursor": found[-1].id if more else None}
    return answer({"events": told, "data": told, "pagination": page})
