"""Maintenance view for system administrators: queues, failures and the server's condition.

Recipients of emails are not shown, because they are other organizations' participants.
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
from interviewrelay.core.db.session import db, release_connection, transaction, wake_on_commit
from interviewrelay.core.errors import Conflict, NotFound
from interviewrelay.core.ids import is_id
from interviewrelay.mail import outbox
from interviewrelay.models import Delivery, Interview, Job, Mail, Organization, Webhook
from interviewrelay.operations import consistency_check
from interviewrelay.operations.server_checks import BACKUPS, EMAILS, LOOKS, CheckedServer
from interviewrelay.webhooks import delivery_log

log = logging.getLogger(__name__)

LATE: Final = timedelta(minutes=1)
"""Delay after which something due counts as late."""
MOST_SHOWN: Final = 100
MOST_PROVEN: Final = 20_000
"""Number of interviews up to which the full check runs within a page request."""
AT_A_GLANCE: Final = (
    EMAILS,
    BACKUPS,
    "webhook delivery",
    "disk space",
    "system clock",
    "secrets are private",
    "database is on a local disk",
    "settings are consistent",
)
"""Checks of `doctor` that stay fast with a million rows."""
TOO_MUCH: Final = (
    "There is too much data to check from this page. Run “interviewrelay doctor” on the server "
    "instead."
)


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """Queue figures, counted up to `pagination.MOST_COUNTED`. `late` ones are due and not done."""

    name: str
    waiting: int
    late: int
    failed: int
    since: datetime | None
    """Due time of the oldest late one."""


def list_queues(actor: Actor) -> list[QueueStatus]:
    """Queues of background work: jobs, emails, webhook deliveries."""
    server_summary.require_system_admin(actor)
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
        QueueStatus(name, *found[at * size : (at + 1) * size])
        for at, (name, *_) in enumerate(parts)
    ]


def count_unsent() -> tuple[int, int] | None:
    """Emails and webhook deliveries in progress; None when there are none."""
    some = [
        db.session.execute(
            select(func.count()).where(kind.state.in_(kind.ON_THE_WAY))
        ).scalar_one()
        for kind in (Mail, Delivery)
    ]
    release_connection()
    mails_waiting, told = some
    return (mails_waiting, told) if mails_waiting or told else None


def list_jobs(actor: Actor) -> Sequence[tuple[Job, str]]:
    """Waiting jobs with the name of their organization, first due first; at most a hundred."""
    server_summary.require_system_admin(actor)
    query = select(Job, Organization.name).join(Organization, Organization.id == Job.org_id)
    rows = db.session.execute(query.order_by(Job.next_at, Job.id).limit(MOST_SHOWN))
    return [(job, name) for job, name in rows]


def run_job_now(actor: Actor, job_id: str) -> None:
    """Run a job at once, however often it has failed. Raises NotFound if it is done."""
    server_summary.require_system_admin(actor)
    with transaction():
        hurried = (
            update(Job).where(Job.id == job_id).values(next_at=clock.now()).returning(Job.id)
        )
        found = db.session.execute(hurried).first() if is_id(job_id) else None
        if found is None:
            raise NotFound
        wake_on_commit()
    log.warning("job_run_manually", extra={"user": actor.user_id})


def list_failed_mails(actor: Actor, window: pagination.Window) -> pagination.Page[Mail]:
    """Failed emails of all organizations, last tried first."""
    server_summary.require_system_admin(actor)
    query = select(Mail).where(Mail.state == "failed").options(joinedload(Mail.invite))
    return pagination.fetch_page(query, Mail.next_at, Mail.id, window)


def list_failed_deliveries(
    actor: Actor, window: pagination.Window
) -> pagination.Page[Delivery]:
    """Failed deliveries of all organizations with their attempts, last tried first."""
    server_summary.require_system_admin(actor)
    query = (
        select(Delivery)
        .where(Delivery.state == "failed")
        .options(
            joinedload(Delivery.event),
            joinedload(Delivery.webhook),
            selectinload(Delivery.attempts),
        )
    )
    return pagination.fetch_page(query, Delivery.next_at, Delivery.id, window)


def list_broken_webhooks(actor: Actor) -> Sequence[Webhook]:
    """Failing or disabled webhooks; at most a hundred."""
    server_summary.require_system_admin(actor)
    query = (
        select(Webhook)
        .where(
            Webhook.failing_since.is_not(None) | Webhook.disabled_by.in_(("gone", "failing"))
        )
        .order_by(Webhook.created_at.desc(), Webhook.id.desc())
    )
    return pagination.fetch_all(query.limit(MOST_SHOWN))


def get_organization_names(rows: Iterable[Mail | Delivery | Webhook]) -> Mapping[str, str]:
    """Organization names of these rows, by id."""
    ids = {row.org_id for row in rows}
    query = select(Organization.id, Organization.name).where(Organization.id.in_(ids))
    return dict(db.session.execute(query).all())


def retry_mail(actor: Actor, mail_id: str) -> None:
    """Put a failed email back into the queue. Raises NotFound."""
    server_summary.require_system_admin(actor)
    query = select(Mail).where(Mail.id == mail_id, Mail.state == "failed")
    mail = db.session.execute(query).scalar_one_or_none() if is_id(mail_id) else None
    if mail is None:
        raise NotFound
    outbox.retry_mail(mail)
    log.warning("email_resent", extra={"org": mail.org_id, "user": actor.user_id})


def retry_delivery(actor: Actor, delivery_id: str) -> None:
    """Redeliver to the webhook. Raises NotFound, and Conflict when it is disabled."""
    server_summary.require_system_admin(actor)
    query = select(Delivery).where(Delivery.id == delivery_id, Delivery.state == "failed")
    found = db.session.execute(query).scalar_one_or_none() if is_id(delivery_id) else None
    if found is None:
        raise NotFound
    delivery_log.redeliver_event(found.webhook, found)
    log.warning("delivery_resent", extra={"org": found.org_id, "user": actor.user_id})


def run_quick_checks(actor: Actor, server: CheckedServer) -> dict[str, list[str]]:
    """Fast checks of the server, and the problems found."""
    server_summary.require_system_admin(actor)
    return {name: list(LOOKS[name](server)) for name in AT_A_GLANCE}


def run_all_checks(actor: Actor, server: CheckedServer) -> dict[str, list[str]]:
    """All checks of `interviewrelay doctor`. Raises Conflict when they would take long."""
    server_summary.require_system_admin(actor)
    some = select(Interview.id).limit(MOST_PROVEN + 1)
    if pagination.count_rows(some) > MOST_PROVEN:
        raise Conflict(TOO_MUCH)
    return consistency_check.run_checks(server)


def _figures(
    kind: Any, waits: ColumnElement[bool], failed: ColumnElement[bool]
) -> Iterator[ColumnElement[Any]]:
    """Figures of a queue, each from an index and counted up to the limit."""
    overdue = and_(waits, kind.next_at < clock.now() - LATE)
    for which in (waits, overdue, failed):
        some = select(kind.id).where(which).limit(pagination.MOST_COUNTED).subquery()
        yield select(func.count()).select_from(some).scalar_subquery()
    yield select(func.min(kind.next_at)).where(overdue).scalar_subquery()
