"""Telling webhooks: which deliveries go next, how each is made, and what comes of it.

A delivery is claimed for a minute; who loses that claim may not say how it went. An endpoint has two
deliveries under way at most, so that a slow one holds up nobody but itself. Killed between sending
and marking, a delivery is sent again, with the same id: at least once.
"""

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import joinedload

from interviewrelay import __version__, clock, failpoints, signing
from interviewrelay.database import db, end_reading, transaction
from interviewrelay.domain import access, mails, webhooks
from interviewrelay.domain.office import Office
from interviewrelay.errors import NotFound
from interviewrelay.ids import new_id
from interviewrelay.models import Attempt, Delivery, Webhook
from interviewrelay.ports_calls import Answered, CallFailed

log = logging.getLogger("interviewrelay.webhooks")

LEASE: Final = timedelta(seconds=60)
FARTHEST_LEASE: Final = timedelta(minutes=10)
"""A lease that lasts longer is of a clock that has been set back since."""
AT_ONCE: Final = 2
"""Deliveries to one endpoint at the same time."""
SECOND, MINUTE, HOUR = (timedelta(seconds=s) for s in (1, 60, 3600))
RETRY_AFTER: Final = (
    5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR,
    24 * HOUR,
)  # fmt: skip
"""The wait after each attempt, by a fifth more or less; after the tenth a delivery has failed."""
LONGEST_WAIT: Final = 24 * HOUR
PATIENCE: Final = timedelta(days=5)
"""So long an endpoint may fail and nothing but fail before it is switched off."""
LONGEST_ANSWER: Final = 2_048
GONE: Final = 410


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery in our hands, until its lease ends."""

    id: str
    lease: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt went: HTTP's status, or the fault for want of one."""

    at: datetime
    milliseconds: int
    status: int | None = None
    fault: str | None = None
    answer: str = ""
    retry_after: int | None = None

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def claim(most: int) -> list[Claimed]:
    """Take up to so many deliveries that are due, of every endpoint a few."""
    now = clock.now()
    if db.session.execute(select(Delivery.id).where(_due(now)).limit(1)).first() is None:
        return []
    some_due = exists().where(Delivery.webhook_id == Webhook.id, _due(now))
    query = select(Webhook.id).where(Webhook.disabled_by == "", some_due)
    endpoints = list(db.session.execute(query).scalars())
    random.shuffle(endpoints)  # nobody is always the last
    claimed: list[Claimed] = []
    with transaction():
        for webhook_id in endpoints:
            if len(claimed) < most:
                claimed += _claim_of(webhook_id, now, most - len(claimed))
    return claimed


def deliver(office: Office, claimed: Claimed) -> bool:
    """Make one attempt; whether it arrived."""
    failpoints.reach("delivery claimed")
    delivery = db.session.execute(
        select(Delivery)
        .where(Delivery.id == claimed.id, Delivery.lease == claimed.lease)
        .options(joinedload(Delivery.event), joinedload(Delivery.webhook))
    ).scalar_one_or_none()
    if delivery is None:  # it was erased, or cancelled
        return False
    url, event_id, body = delivery.webhook.url, delivery.event_id, delivery.event.payload
    try:
        keys = webhooks.secrets_of(office, delivery.webhook, clock.now())
    except ValueError:
        keys = []
    end_reading()
    outcome = _attempt(office, url, event_id, body, keys)
    failpoints.reach("delivery sent")
    _mark(claimed, delivery.webhook_id, outcome)
    return outcome.arrived


def deliver_due(office: Office) -> int:
    """One attempt at everything that is due, one after the other; how many."""
    tried = 0
    while claimed := claim(20):
        for one in claimed:
            deliver(office, one)
        tried += len(claimed)
    return tried


def _due(now: datetime) -> ColumnElement[bool]:
    early = (Delivery.state == "sent") & (Delivery.next_at > now + FARTHEST_LEASE)
    waiting = Delivery.state.in_(("pending", "sent"))
    return waiting & or_(Delivery.next_at <= now, early)


def _claim_of(webhook_id: str, now: datetime, most: int) -> list[Claimed]:
    """Of one endpoint, whose row is locked, so that two workers do not both see it free."""
    open_one = select(Webhook.id).where(Webhook.id == webhook_id, Webhook.disabled_by == "")
    lock = open_one.with_for_update(key_share=True, skip_locked=True)
    if db.session.execute(lock).first() is None:
        return []
    under_way = select(func.count()).where(
        Delivery.webhook_id == webhook_id, Delivery.state == "sent", ~_due(now)
    )
    free = min(most, AT_ONCE - db.session.execute(under_way).scalar_one())
    if free <= 0:
        return []
    mine = Delivery.webhook_id == webhook_id
    due = select(Delivery.id).where(mine, _due(now)).order_by(Delivery.next_at).limit(free)
    claimed = []
    for delivery_id in list(db.session.execute(due).scalars()):
        claimed.append(Claimed(delivery_id, new_id()))
        db.session.execute(
            update(Delivery)
            .where(Delivery.id == delivery_id)
            .values(
                state="sent",
                lease=claimed[-1].lease,
                next_at=now + LEASE,
                tries=Delivery.tries + 1,
            ),
            execution_options={"synchronize_session": False},
        )
    return claimed


def _attempt(
    office: Office, url: str, event_id: str, body: bytes, keys: Sequence[str]
) -> Outcome:
    at, begun = clock.now(), time.monotonic()
    if not keys:
        return Outcome(at, 0, fault="secret")
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"InterviewRelay/{__version__}",
        **signing.headers(keys, event_id, body, at),
    }
    answered, fault = Answered(0), None
    try:
        answered = office.calls.post(url, body, headers)
    except CallFailed as failed:
        fault = str(failed)
    return Outcome(
        at,
        round((time.monotonic() - begun) * 1000),
        status=answered.status or None,
        fault=fault,
        answer=_shown(answered.body),
        retry_after=answered.retry_after,
    )


def _shown(body: bytes) -> str:
    """The beginning of an answer as text that can be kept and shown."""
    text = body[:LONGEST_ANSWER].decode("utf-8", "replace")
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


def _mark(claimed: Claimed, webhook_id: str, outcome: Outcome) -> None:
    """Write down how it went, if it is still ours; what follows for the endpoint too."""
    with transaction():
        try:
            webhook = access.locked(Webhook, webhook_id)
        except NotFound:  # deleted meanwhile, with everything of it
            return
        mine = (Delivery.id == claimed.id) & (Delivery.lease == claimed.lease)
        ours = select(Delivery.tries).where(mine).with_for_update(key_share=True)
        tries = db.session.execute(ours).scalar_one_or_none()
        if tries is None:
            return
        _write(claimed.id, outcome)
        gone = outcome.status == GONE
        values = _next(outcome, tries, gone=gone)
        db.session.execute(
            update(Delivery).where(Delivery.id == claimed.id).values(lease=None, **values),
            execution_options={"synchronize_session": False},
        )
        _health(webhook, outcome, gone=gone)
        failpoints.reach("delivery marked")


def _write(delivery_id: str, outcome: Outcome) -> None:
    last = select(func.coalesce(func.max(Attempt.number), 0)).where(
        Attempt.delivery_id == delivery_id
    )
    db.session.add(
        Attempt(
            delivery_id=delivery_id,
            number=db.session.execute(last).scalar_one() + 1,
            at=outcome.at,
            milliseconds=outcome.milliseconds,
            status=outcome.status,
            fault=outcome.fault,
            answer=outcome.answer,
        )
    )


def _next(outcome: Outcome, tries: int, *, gone: bool) -> dict[str, object]:
    """What a delivery is after an attempt."""
    now = clock.now()
    if outcome.arrived:
        return {"state": "delivered", "delivered_at": now}
    if gone or tries > len(RETRY_AFTER):
        return {"state": "failed"}
    own = RETRY_AFTER[tries - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    asked = timedelta(seconds=outcome.retry_after or 0)
    return {"state": "pending", "next_at": now + min(max(own, asked), LONGEST_WAIT * 1.2)}


def _health(webhook: Webhook, outcome: Outcome, *, gone: bool) -> None:
    """An endpoint that is gone, or has failed for days, is not called any more."""
    if outcome.arrived:
        if webhook.failing_since is not None:
            webhook.failing_since = None
        return
    if webhook.failing_since is None:
        webhook.failing_since = outcome.at
    if webhook.disabled_by:
        return
    if gone or outcome.at - webhook.failing_since >= PATIENCE:
        webhooks.disable(webhook, "gone" if gone else "failing")
        _tell(webhook)
        log.warning(
            "webhook_disabled", extra={"org": webhook.org_id, "kind": webhook.disabled_by}
        )


def _tell(webhook: Webhook) -> None:
    """The owners, once each time."""
    why = (
        "It answered 410, which means that it is gone."
        if webhook.disabled_by == "gone"
        else "For five days no delivery has arrived."
    )
    facts = {
        "subject": "A webhook was switched off",
        "sentence": f"The webhook at {webhook.url} was switched off. {why}",
        "path": f"/webhooks/{webhook.id}",
    }
    mails.notify(webhook.org_id, ["owner"], "webhook", facts, f"webhook:{new_id()}")
