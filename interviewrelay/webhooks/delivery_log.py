"""Delivery log of webhooks, with ping, redelivery and replay."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import joinedload, selectinload

from interviewrelay.core import clock
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, release_connection, transaction, wake_on_commit
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.models import Delivery, Event, Webhook
from interviewrelay.organizations import access
from interviewrelay.webhooks import events

MOST_REPLAYED: Final = 10_000
DISABLED: Final = "This webhook is turned off. Turn it on first."

DeliveryState = Literal["pending", "delivered", "failed", "cancelled"]


def list_deliveries(
    row: Webhook,
    window: pagination.Window = pagination.Window(),
    *,
    state: DeliveryState | None = None,
) -> pagination.Page[Delivery]:
    """Deliveries of a webhook with all attempts, newest first."""
    query = (
        select(Delivery)
        .where(Delivery.webhook_id == row.id)
        .options(joinedload(Delivery.event), selectinload(Delivery.attempts))
    )
    if state is not None:
        states = Delivery.ON_THE_WAY if state == "pending" else (state,)
        query = query.where(Delivery.state.in_(states))
    return pagination.fetch_page(query, Delivery.created_at, Delivery.id, window)


def reload_delivery(delivery: Delivery) -> Delivery:
    """Current state of a delivery."""
    release_connection()
    db.session.expire(delivery)
    return delivery


def send_ping(row: Webhook) -> str:
    """Send a `webhook.ping` like any other event; returns the delivery's id.

    Raises Conflict when the webhook is disabled.
    """
    with transaction():
        row = _open(row)
        return events.emit_to(row, "webhook.ping", {"webhook_id": row.id})


def redeliver_event(row: Webhook, delivery: Delivery) -> Delivery:
    """Redeliver an event and keep the earlier attempts; if a retry is pending, make it now.

    Raises Conflict when the webhook is disabled.
    """
    with transaction():
        row = _open(row)
        delivery = access.lock_row(Delivery, delivery.id)
        if delivery.state not in Delivery.ON_THE_WAY:
            delivery.state, delivery.tries, delivery.next_at = "pending", 0, clock.now()
            delivery.delivered_at = None
        elif delivery.state == "pending":
            delivery.next_at = min(delivery.next_at, clock.now())
        wake_on_commit()
    return delivery


def replay_events(row: Webhook, since: datetime, until: datetime | None = None) -> int:
    """Replay the events of a period (end excluded) that have not arrived; returns how many. Waiting
    retries run now.

    Only subscribed events are sent. Raises Conflict when it is disabled, and InvalidParameter above
    10,000 events.
    """
    with transaction():
        row = _open(row)
        found = [e for e in _missed(row, since, until) if events.is_subscribed(row, e[1], e[2])]
        if len(found) > MOST_REPLAYED:
            words = f"More than {MOST_REPLAYED:,} events were missed. Choose a later date"
            raise InvalidParameter.field("since", "a later date and time", words)
        again = _again(row, [e[0] for e in found])
        events.deliver_to(row, [e[0] for e in found if e[0] not in again])
        return len(found) + _sooner(row, since, until)


def _missed(
    row: Webhook, since: datetime, until: datetime | None
) -> Sequence[tuple[str, str, str | None]]:
    """Events by id, kind and project that have neither arrived nor a delivery in progress."""
    known = exists().where(
        Delivery.event_id == Event.id,
        Delivery.webhook_id == row.id,
        Delivery.state.in_((*Delivery.ON_THE_WAY, "delivered")),
    )
    query = select(Event.id, Event.kind, Event.project_id).where(
        Event.org_id == row.org_id,
        Event.kind.not_in(("webhook.ping", Event.ERASED)),
        *_between(since, until),
        ~known,
    )
    rows = db.session.execute(query.order_by(Event.position).limit(10 * MOST_REPLAYED))
    return [(found.id, found.kind, found.project_id) for found in rows]


def _between(since: datetime, until: datetime | None) -> Sequence[ColumnElement[bool]]:
    """Condition for events of a period, end excluded."""
    begun = Event.created_at >= since
    return (begun,) if until is None else (begun, Event.created_at < until)


def _sooner(row: Webhook, since: datetime, until: datetime | None) -> int:
    """Run waiting retries now; returns how many."""
    now = clock.now()
    theirs = select(Event.id).where(Event.org_id == row.org_id, *_between(since, until))
    waiting = db.session.execute(
        update(Delivery)
        .where(
            Delivery.webhook_id == row.id,
            Delivery.state == "pending",
            Delivery.next_at > now,
            Delivery.event_id.in_(theirs),
        )
        .values(next_at=now)
        .returning(Delivery.id),
        execution_options={"synchronize_session": False},
    )
    if some := len(waiting.all()):
        wake_on_commit()
    return some


def _again(row: Webhook, event_ids: Sequence[str]) -> set[str]:
    """Retry failed and cancelled deliveries of these events; returns the ids of the events."""
    again: set[str] = set()
    for first in range(0, len(event_ids), events.BATCH):
        some: ColumnElement[bool] = Delivery.event_id.in_(
            event_ids[first : first + events.BATCH]
        )
        renewed = db.session.execute(
            update(Delivery)
            .where(Delivery.webhook_id == row.id, some)
            .values(state="pending", tries=0, next_at=clock.now(), lease=None)
            .returning(Delivery.event_id),
            execution_options={"synchronize_session": False},
        )
        again |= set(renewed.scalars())
    if again:
        wake_on_commit()
    return again


def _open(row: Webhook) -> Webhook:
    row = access.lock_row(Webhook, row.id)
    if row.disabled_by:
        raise Conflict(DISABLED)
    return row
