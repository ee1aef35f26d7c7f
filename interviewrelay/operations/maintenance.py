"""What waits, what has failed and how a server is, for whoever administers it.

Whom mails were to reach is not told: they are other organizations' participants.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import joinedload, selectinload

from interviewrelay.billing import server_summary
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, end_reading, ring_when_committed, transaction
from interviewrelay.core.errors import Conflict, NotFound
from interviewrelay.core.ids import is_id
from interviewrelay.mail import outbox
from interviewrelay.models import Delivery, Interview, Job, Mail, Organization, Webhook
from interviewrelay.operations import consistency_check
from interviewrelay.operations.server_checks import EMAILS, LOOKS, Server
from interviewrelay.webhooks import delivery_log

log = logging.getLogger(__name__)

LATE: Final = timedelta(minutes=1)
"""What has been due for so long is done later than it should be."""
MOST_SHOWN: Final = 100
MOST_PROVEN: Final = 20_000
"""Interviews up to which all that is stored is proved while a page is waited for."""
AT_A_GLANCE: Final = (
    EMAILS,
    "webhook delivery",
    "disk space",
    "system clock",
    "secrets are private",
    "database is on a local disk",
    "settings are consistent",
)
"""The looks of `doctor` that take no longer for a million rows."""
TOO_MUCH: Final = (
    "There is too much data to check from this page. Run “interviewrelay doctor” on the server "
    "instead."
)


@dataclass(frozen=True, slots=True)
class Queue:
    """Numbers up to `paging.MOST_COUNTED`, which stands for more. `late` are due, and not done."""

    name: str
    waiting: int
    late: int
    failed: int
    since: datetime | None
    """When the oldest of those that are late was due."""


def queues(actor: Actor) -> list[Queue]:
    """What is done beside requests: follow-up work, mails, deliveries to webhooks."""
    server_summary.only(actor)
    parts: tuple[tuple[str, Any, ColumnElement[bool], ColumnElement[bool]], ...] = (
        ("Jobs", Job, Job.id.is_not(None), Job.tries > 0),
        ("Emails", Mail, Mail.state.in_(Mail.ON_THE_WAY), Mail.state == "failed"),
        (
            "Webhooks",
            Delivery,
            Delivery.state.in_(Delivery.ON_THE_WAY),
            Delivery.state == "failed",
        ),
    )
    figures = [
        figure for _, kind, waits, failed in parts for figure in _figures(kind, waits, failed)
    ]
    found = list(db.session.execute(select(*figures)).one())
    size = len(found) // len(parts)
    return [
        Queue(name, *found[at * size : (at + 1) * size]) for at, (name, *_) in enumerate(parts)
    ]


def unsent() -> tuple[int, int] | None:
    """How many mails and deliveries to webhooks are on their way; None when there are none."""
    some = [
        db.session.execute(
            select(func.count()).where(kind.state.in_(kind.ON_THE_WAY))
        ).scalar_one()
        for kind in (Mail, Delivery)
    ]
    end_reading()
    mails_waiting, told = some
    return (mails_waiting, told) if mails_waiting or told else None


def jobs(actor: Actor) -> Sequence[tuple[Job, str]]:
    """What waits, with the name of its organization, the first due first; a hundred at most."""
    server_summary.only(actor)
    query = select(Job, Organization.name).join(Organization, Organization.id == Job.org_id)
    rows = db.session.execute(query.order_by(Job.next_at, Job.id).limit(MOST_SHOWN))
    return [(job, name) for job, name in rows]


def run_now(actor: Actor, job_id: str) -> None:
    """Do it at once, however often it has failed. Raises NotFound for what is done already."""
    server_summary.only(actor)
    with transaction():
        hurried = (
            update(Job).where(Job.id == job_id).values(next_at=clock.now()).returning(Job.id)
        )
        found = db.session.execute(hurried).first() if is_id(job_id) else None
        if found is None:
            raise NotFound
        ring_when_committed()
    log.warning("job_hurried", extra={"user": actor.user_id})


def failed_mails(actor: Actor, window: pagination.Window) -> pagination.Page[Mail]:
    """Of all organizations, the last tried first."""
    server_summary.only(actor)
    query = select(Mail).where(Mail.state == "failed").options(joinedload(Mail.invite))
    return pagination.page(query, Mail.next_at, Mail.id, window)


def failed_deliveries(actor: Actor, window: pagination.Window) -> pagination.Page[Delivery]:
    """Of all organizations, with their attempts, the last tried first."""
    server_summary.only(actor)
    query = (
        select(Delivery)
        .where(Delivery.state == "failed")
        .options(
            joinedload(Delivery.event),
            joinedload(Delivery.webhook),
            selectinload(Delivery.attempts),
        )
    )
    return pagination.page(query, Delivery.next_at, Delivery.id, window)


def broken_webhooks(actor: Actor) -> Sequence[Webhook]:
    """Where nothing arrives, or nothing is sent any more because nothing did; a hundred at most."""
    server_summary.only(actor)
    query = (
        select(Webhook)
        .where(
            Webhook.failing_since.is_not(None) | Webhook.disabled_by.in_(("gone", "failing"))
        )
        .order_by(Webhook.created_at.desc(), Webhook.id.desc())
    )
    return pagination.every(query.limit(MOST_SHOWN))


def names(rows: Iterable[Mail | Delivery | Webhook]) -> Mapping[str, str]:
    """The names of these rows' organizations, by id."""
    ids = {row.org_id for row in rows}
    query = select(Organization.id, Organization.name).where(Organization.id.in_(ids))
    return dict(db.session.execute(query).all())


def send_mail_again(actor: Actor, mail_id: str) -> None:
    """Put a mail that failed into the queue again. Raises NotFound."""
    server_summary.only(actor)
    query = select(Mail).where(Mail.id == mail_id, Mail.state == "failed")
    mail = db.session.execute(query).scalar_one_or_none() if is_id(mail_id) else None
    if mail is None:
        raise NotFound
    outbox.try_again(mail)
    log.warning("mail_sent_again", extra={"org": mail.org_id, "user": actor.user_id})


def deliver_again(actor: Actor, delivery_id: str) -> None:
    """Send it to its webhook once more. Raises NotFound, and Conflict when that is switched off."""
    server_summary.only(actor)
    query = select(Delivery).where(Delivery.id == delivery_id, Delivery.state == "failed")
    found = db.session.execute(query).scalar_one_or_none() if is_id(delivery_id) else None
    if found is None:
        raise NotFound
    delivery_log.redeliver(found.webhook, found)
    log.warning("delivered_again", extra={"org": found.org_id, "user": actor.user_id})


def glance(actor: Actor, server: Server) -> dict[str, list[str]]:
    """What of the server is looked at in no time, and what was found wrong with it."""
    server_summary.only(actor)
    return {name: list(LOOKS[name](server)) for name in AT_A_GLANCE}


def proof(actor: Actor, server: Server) -> dict[str, list[str]]:
    """All that `interviewrelay doctor` proves. Raises Conflict where that takes long."""
    server_summary.only(actor)
    some = select(Interview.id).limit(MOST_PROVEN + 1)
    if pagination.count(some) > MOST_PROVEN:
        raise Conflict(TOO_MUCH)
    return consistency_check.examine(server)


def _figures(
    kind: Any, waits: ColumnElement[bool], failed: ColumnElement[bool]
) -> Iterator[ColumnElement[Any]]:
    """Those of a queue: each by an index, and counted no further than it matters."""
    overdue = and_(waits, kind.next_at < clock.now() - LATE)
    for which in (waits, overdue, failed):
        some = select(kind.id).where(which).limit(pagination.MOST_COUNTED).subquery()
        yield select(func.count()).select_from(some).scalar_subquery()
    yield select(func.min(kind.next_at)).where(overdue).scalar_subquery()
