"""Delivery leases of one minute, at most two for each endpoint.

Plain statements through the group commit (docs/decisions/0015-group-commit.md): with the session
and a commit for each step, a delivery would cost three times as much.
"""

import random
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Integer, bindparam, exists, func, insert, or_, select, update

from interviewrelay.core import clock
from interviewrelay.core.config import failpoints
from interviewrelay.core.db.compiled_statements import CompiledStatement
from interviewrelay.core.db.group_commit import StatementRunner, commit_change, open_reader
from interviewrelay.core.ids import new_id
from interviewrelay.egress import egress_ledger
from interviewrelay.egress.egress_ledger import EgressRecord
from interviewrelay.models import Attempt, Delivery, Event, Invite, Webhook

LEASE: Final = timedelta(seconds=60)
FARTHEST_LEASE: Final = timedelta(minutes=10)
"""Longest possible lease; a longer one was written before the clock was set back."""
AT_ONCE: Final = 2
"""Maximum concurrent deliveries to one endpoint."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Leased delivery, until the lease ends."""

    id: str
    lease: str
    webhook_id: str


@dataclass(frozen=True, slots=True)
class LeasedDelivery:
    """Content and endpoint of a leased delivery; `tries` includes the attempt to be made now."""

    tries: int
    event_id: str
    body: bytes
    url: str
    sealed_key: str
    sealed_old_key: str | None
    old_key_until: datetime | None
    org_id: str
    kind: str
    request_id: str | None
    invite_id: str | None = None
    campaign_id: str | None = None
    """Campaign of the invite."""


@dataclass(frozen=True, slots=True)
class AttemptOutcome:
    """Result of an attempt: the HTTP status, or the fault without one."""

    at: datetime
    milliseconds: int
    status: int | None = None
    fault: str | None = None
    answer: str = ""
    retry_after: int | None = None
    sent: tuple[EgressRecord, ...] = ()
    """Records of what left this server."""

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


_IN_HANDS: Final = (
    (Delivery.state == "sent")
    & (Delivery.next_at > bindparam("now"))
    & (Delivery.next_at <= bindparam("farthest"))
)
_DUE: Final = or_(Delivery.state == "pending", Delivery.state == "sent") & or_(
    Delivery.next_at <= bindparam("now"),
    (Delivery.state == "sent") & (Delivery.next_at > bindparam("farthest")),
)
_OF_IT: Final = Delivery.webhook_id == bindparam("endpoint")

_ANY: Final = CompiledStatement(select(Delivery.id).where(_DUE).limit(1))
_ENDPOINTS: Final = CompiledStatement(
    select(Webhook.id).where(
        Webhook.disabled_by == "", exists().where(Delivery.webhook_id == Webhook.id, _DUE)
    )
)
_HELD: Final = CompiledStatement(
    select(
        Delivery.tries,
        Event.id,
        Event.payload,
        Webhook.url,
        Webhook.sealed_key,
        Webhook.sealed_old_key,
        Webhook.old_key_until,
        Event.org_id,
        Event.kind,
        Event.request_id,
        Event.invite_id,
        Invite.campaign_id,
    )
    .join(Event, Event.id == Delivery.event_id)
    .join(Webhook, Webhook.id == Delivery.webhook_id)
    .outerjoin(Invite, Invite.id == Event.invite_id)
    .where(Delivery.id == bindparam("one"), Delivery.lease == bindparam("held"))
)

# These statements run inside `group_commit.commit_change`.
_OPEN: Final = CompiledStatement(
    select(Webhook.id)
    .where(Webhook.id == bindparam("endpoint"), Webhook.disabled_by == "")
    .with_for_update(key_share=True, skip_locked=True)
)
_LOCKED: Final = CompiledStatement(
    select(Webhook.disabled_by, Webhook.failing_since)
    .where(Webhook.id == bindparam("endpoint"))
    .with_for_update(key_share=True)
)
_UNDER_WAY: Final = CompiledStatement(select(func.count()).where(_OF_IT, _IN_HANDS))
_NEXT: Final = CompiledStatement(
    select(Delivery.id)
    .where(_OF_IT, _DUE)
    .order_by(Delivery.next_at)
    .limit(bindparam("most", type_=Integer))
)
_TAKE: Final = CompiledStatement(
    update(Delivery)
    .where(Delivery.id == bindparam("one"))
    .values(tries=Delivery.tries + 1, state="sent"),
    ("lease", "next_at"),
)
_DONE: Final = CompiledStatement(
    update(Delivery)
    .where(
        Delivery.id == bindparam("one"),
        or_(Delivery.lease == bindparam("held"), Delivery.state == "cancelled"),
    )
    .values(state="delivered", lease=None),
    ("delivered_at",),
)
_STANDS: Final = CompiledStatement(
    select(Delivery.id).where(Delivery.id == bindparam("one")).with_for_update(key_share=True)
)
_LAST: Final = CompiledStatement(
    select(func.coalesce(func.max(Attempt.number), 0)).where(
        Attempt.delivery_id == bindparam("one")
    )
)
_NOTE: Final = CompiledStatement(
    insert(Attempt),
    ("id", "delivery_id", "number", "at", "milliseconds", "status", "fault", "answer"),
)
_WELL: Final = CompiledStatement(
    update(Webhook).where(Webhook.id == bindparam("endpoint")).values(failing_since=None)
)


def claim_due(
    most: int, *, known: Container[str] = (), unknown: int | None = None
) -> list[Lease]:
    """Lease up to so many due deliveries, a few from each endpoint.

    Endpoints that are not `known` to be fast get at most `unknown` of them, if it is given.
    """
    times = _times(clock.now())
    with open_reader() as runner:
        if not runner.rows(_ANY, **times):
            return []
        endpoints = [row[0] for row in runner.rows(_ENDPOINTS, **times)]
    random.shuffle(endpoints)  # so that no endpoint is always last

    def take(runner: StatementRunner) -> list[Lease]:
        claimed: list[Lease] = []
        left = most if unknown is None else unknown
        for endpoint in endpoints:
            room = most - len(claimed)
            if endpoint in known:
                claimed += _claim_of(runner, endpoint, times, room)
            else:
                taken = _claim_of(runner, endpoint, times, min(room, left))
                claimed, left = claimed + taken, left - len(taken)
        return claimed

    return commit_change(take) if endpoints else []


def load_leased(claimed: Lease) -> LeasedDelivery | None:
    """Load a leased delivery; None if the lease is lost: it was erased, cancelled or taken over."""
    with open_reader() as runner:
        rows = runner.rows(_HELD, one=claimed.id, held=claimed.lease)
    return LeasedDelivery(*rows[0]) if rows else None


def mark_delivered(
    claimed: Lease, outcome: AttemptOutcome, *, going_on: bool = False
) -> Lease | None:
    """Mark a delivery as successful, if it is still ours or was cancelled meanwhile; otherwise
    record only the attempt.

    `going_on` leases the endpoint's next one in the same transaction.
    """
    now = clock.now()

    def mark(runner: StatementRunner) -> Lease | None:
        found = runner.rows(_LOCKED, endpoint=claimed.webhook_id)
        if not found:  # deleted meanwhile, with all its deliveries
            return None
        disabled_by, failing_since = found[0]
        ours = runner.change(_DONE, one=claimed.id, held=claimed.lease, delivered_at=now)
        if not ours and not runner.rows(_STANDS, one=claimed.id):  # erased meanwhile
            return None
        _note(runner, claimed.id, outcome)
        if not ours:
            return None
        if failing_since is not None:
            runner.change(_WELL, endpoint=claimed.webhook_id)
        following: Sequence[Lease] = ()
        if going_on and not disabled_by:
            following = _claim_of(runner, claimed.webhook_id, _times(now), 1)
        failpoints.reach_failpoint("delivery marked")
        return following[0] if following else None

    return commit_change(mark)


def _times(now: datetime) -> dict[str, datetime]:
    return {"now": now, "farthest": now + FARTHEST_LEASE}


def _claim_of(
    runner: StatementRunner, endpoint: str, times: dict[str, datetime], most: int
) -> list[Lease]:
    """Lease deliveries of one endpoint, whose row is locked so that two workers do not both find it
    free.
    """
    if most <= 0 or not runner.rows(_OPEN, endpoint=endpoint):
        return []
    ((under_way,),) = runner.rows(_UNDER_WAY, endpoint=endpoint, **times)
    free = min(most, AT_ONCE - under_way)
    if free <= 0:
        return []
    claimed = []
    for (delivery_id,) in runner.rows(_NEXT, endpoint=endpoint, most=free, **times):
        claimed.append(Lease(delivery_id, new_id(), endpoint))
        until = times["now"] + LEASE
        runner.change(_TAKE, one=delivery_id, lease=claimed[-1].lease, next_at=until)
    return claimed


def _note(runner: StatementRunner, delivery_id: str, outcome: AttemptOutcome) -> None:
    ((last,),) = runner.rows(_LAST, one=delivery_id)
    runner.change(
        _NOTE,
        id=new_id(),
        delivery_id=delivery_id,
        number=last + 1,
        at=outcome.at,
        milliseconds=outcome.milliseconds,
        status=outcome.status,
        fault=outcome.fault,
        answer=outcome.answer,
    )
    egress_ledger.insert_records(runner, outcome.sent)
