"""Events for the API's event list and for subscribed webhooks.

An event and its deliveries are written in the transaction of their cause, so they exist exactly if
the change does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, get_args

import orjson
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.compiled_statements import CompiledStatement
from interviewrelay.core.db.group_commit import current_runner
from interviewrelay.core.db.session import db, require_transaction, transaction, wake_on_commit
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.models import Delivery, Event, EventStream, Webhook

EventKind = Literal[
    "*",
    "invite.created",
    "invite.expired",
    "session.started",
    "session.completed",
    "session.abandoned",
    "session.feedback_submitted",
    "transcript.ready",
    "analysis.ready",
    "credits.low",
    "credits.depleted",
    "participant.erased",
    "webhook.ping",
    "interview.completed",
]
"""Subscription values: all events, one kind, or an alias of a kind."""
EVERYTHING: Final = "*"
ALIASES: Final = {"interview.completed": "session.completed"}
KINDS: Final = tuple(k for k in get_args(EventKind) if k not in (EVERYTHING, *ALIASES))
KEPT: Final = timedelta(days=30)
BATCH: Final = 500
_DIGITS: Final = 4
_INDEX: Final = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)
_DELIVERY: Final = CompiledStatement(
    insert(Delivery),
    ("id", "org_id", "event_id", "webhook_id", "state", "tries", "next_at", "created_at"),
)


@dataclass(frozen=True, slots=True)
class EventPayload:
    """Event payload; `data` has the API's shape."""

    kind: str
    data: Mapping[str, Any]
    project_id: str | None = None
    session_id: str | None = None
    invite_id: str | None = None


def emit_events(org_id: str, *told: EventPayload) -> None:
    """Building block: emit these events, in this order."""
    require_transaction()
    if not told:
        return
    at, first = clock.now(), _positions(org_id, len(told))
    counts = _told_of({one.session_id for one in told if one.session_id})
    rows = []
    for position, one in enumerate(told, first):
        sequence = None
        if one.session_id:
            sequence = counts[one.session_id] = counts.get(one.session_id, 0) + 1
        rows.append(_row(org_id, position, one, at, sequence))
    db.session.execute(insert(Event), rows)
    _deliver(org_id, rows, _wanting(org_id))


def emit_to(webhook: Webhook, kind: str, data: Mapping[str, Any]) -> str:
    """Building block: emit an event to one webhook only; returns the delivery's id."""
    require_transaction()
    position = _positions(webhook.org_id, 1)
    row = _row(
        webhook.org_id, position, EventPayload(kind, data, webhook.project_id), clock.now()
    )
    db.session.execute(insert(Event), [row])
    return deliver_to(webhook, [row["id"]])[0]


def deliver_to(webhook: Webhook, event_ids: Sequence[str]) -> list[str]:
    """Building block: enqueue these events for a webhook; returns the deliveries' ids."""
    return _add(webhook.org_id, [(event_id, webhook.id) for event_id in event_ids])


def list_events_after(
    actor: Actor, last: str | None = None, *, kind: str | None = None, limit: int = 50
) -> tuple[Sequence[Event], bool]:
    """Events of the last 30 days after the id `last`, oldest first; the flag says if there are
    more.

    An expired id is refused, that of an erased event is accepted. Raises InvalidParameter.
    """
    mine = select(Event).where(
        Event.org_id == actor.org_id,
        Event.created_at > clock.now() - KEPT,
        Event.kind != Event.ERASED,
    )
    if last is not None:
        mine = mine.where(Event.position > _place(actor, last))
    if kind is not None:
        mine = mine.where(Event.kind == ALIASES.get(kind, kind))
    rows = db.session.execute(mine.order_by(Event.position).limit(limit + 1)).scalars().all()
    return rows[:limit], len(rows) > limit


def erase_events(*, session_id: str | None, invite_id: str) -> None:
    """Building block: erase the events of a person, and cancel their deliveries.

    Their ids stay as positions for readers that have seen them.
    """
    require_transaction()
    theirs = Event.invite_id == invite_id
    if session_id is not None:
        theirs |= Event.session_id == session_id
    told = select(Event.id).where(theirs)
    db.session.execute(delete(Delivery).where(Delivery.event_id.in_(told)))
    blank = {"kind": Event.ERASED, "payload": b"", "project_id": None, "request_id": None}
    db.session.execute(
        update(Event).where(theirs).values(session_id=None, invite_id=None, **blank)
    )


def delete_old_events() -> int:
    """Delete events older than 30 days with their deliveries; returns how many."""
    old, dropped = Event.created_at <= clock.now() - KEPT, 0
    while ids := db.session.execute(select(Event.id).where(old).limit(BATCH)).scalars().all():
        with transaction():
            db.session.execute(delete(Event).where(Event.id.in_(ids)))
        dropped += len(ids)
    return dropped


def is_subscribed(webhook: Webhook, kind: str, project_id: str | None) -> bool:
    """True if a webhook is subscribed to such an event."""
    if webhook.project_id is not None and webhook.project_id != project_id:
        return False
    names = {ALIASES.get(name, name) for name in webhook.kinds}
    return EVERYTHING in names or kind in names


def _place(actor: Actor, event_id: str) -> int:
    place = db.session.execute(
        select(Event.position).where(Event.id == event_id, Event.org_id == actor.org_id)
    ).scalar_one_or_none()
    if place is None:
        words = "There is no event with this ID. Events are deleted after 30 days."
        raise InvalidParameter.field("after", "id of an event", words)
    return place


def _positions(org_id: str, count: int) -> int:
    """Reserve so many positions; returns the first.

    Later writers wait until this transaction ends, so a reader in order cannot miss an event that
    was committed late.
    """
    sqlite = db.engine.dialect.name == "sqlite"
    upsert = (insert_on_sqlite if sqlite else insert_on_postgresql)(EventStream)
    last: int = db.session.execute(
        upsert.values(org_id=org_id, last=count)
        .on_conflict_do_update(
            index_elements=["org_id"], set_={"last": EventStream.last + count}
        )
        .returning(EventStream.last),
        execution_options={"synchronize_session": False},
    ).scalar_one()
    return last - count + 1


def _told_of(sessions: set[str]) -> dict[str, int]:
    """Number of events of each of these sessions so far."""
    query = select(Event.session_id, func.count()).where(Event.session_id.in_(sessions))
    rows = db.session.execute(query.group_by(Event.session_id)) if sessions else ()
    return {session_id: count for session_id, count in rows if session_id}


def _row(
    org_id: str, position: int, told: EventPayload, at: datetime, sequence: int | None = None
) -> dict[str, Any]:
    event_id = f"evt_{new_id()}"
    body = {
        "id": event_id,
        "type": told.kind,
        "event": told.kind,
        "timestamp": clock.format_iso(at),
        "session_id": told.session_id,
        "sequence": sequence,
        "data": told.data,
    }
    return {
        "id": event_id,
        "org_id": org_id,
        "position": position,
        "project_id": told.project_id,
        "kind": told.kind,
        "session_id": told.session_id,
        "invite_id": told.invite_id,
        "payload": serialize_body(body),
        "created_at": at,
    }


def serialize_body(body: Mapping[str, Any]) -> bytes:
    """Bytes to send: compact JSON in UTF-8."""
    return orjson.dumps(_plain(body))


def _plain(value: Any) -> Any:
    """Normalize values so that a receiver can parse and serialize them again, as in JavaScript,
    without changing a byte: whole numbers without a point, few digits, index-like keys first and in
    order.
    """
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda n: (0, int(n)) if _INDEX.fullmatch(n) else (1, 0))
        return {name: _plain(value[name]) for name in names}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        short = round(value, _DIGITS)
        return int(short) if short.is_integer() else short
    return value


def _wanting(org_id: str) -> Sequence[Webhook]:
    """Subscribed webhooks, locked against deletion until the transaction ends, so that each
    delivery has its webhook.
    """
    query = select(Webhook).where(Webhook.org_id == org_id, Webhook.disabled_by == "")
    return db.session.execute(query.with_for_update(key_share=True, read=True)).scalars().all()


def _deliver(
    org_id: str, rows: Sequence[Mapping[str, Any]], webhooks: Sequence[Webhook]
) -> None:
    asked = {
        (kind, project_id): [one.id for one in webhooks if is_subscribed(one, kind, project_id)]
        for kind, project_id in {(row["kind"], row["project_id"]) for row in rows}
    }
    pairs = [
        (row["id"], webhook_id)
        for row in rows
        for webhook_id in asked[row["kind"], row["project_id"]]
    ]
    _add(org_id, pairs)


def _add(org_id: str, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Insert a delivery for each pair of event and webhook, past the session: a thousand invites
    and twenty webhooks make twenty thousand rows.
    """
    rows = [(new_id(), *pair) for pair in pairs]
    if rows:
        now = clock.now()
        current_runner().change_each(
            _DELIVERY,
            ("id", "event_id", "webhook_id"),
            rows,
            org_id=org_id,
            state="pending",
            tries=0,
            next_at=now,
            created_at=now,
        )
        wake_on_commit()
    return [row[0] for row in rows]
