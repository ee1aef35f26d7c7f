"""Email delivery: at least once, with retries for 48 hours when the server is unavailable."""

import hashlib
import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import ColumnElement, Row, exists, or_, select, update
from sqlalchemy.orm import aliased, joinedload

from interviewrelay.core import clock, egress
from interviewrelay.core.config import failpoints
from interviewrelay.core.db.group_commit import current_runner
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.observability import correlation
from interviewrelay.core.ports.mail import Mailer, MailLater, MailRefused, MailServerAway
from interviewrelay.egress import egress_ledger
from interviewrelay.mail import outbox
from interviewrelay.models import Campaign, Invite, Mail
from interviewrelay.notifications import messages
from interviewrelay.organizations import access
from interviewrelay.runtime.services import Services

log = logging.getLogger("interviewrelay.mail")

RETRY_DELAYS: Final = (60, 300, 900, 1_800, 3_600, 7_200, 14_400)
"""Retry delays in seconds, each ±20 %; the last one repeats."""
GIVES_UP: Final = timedelta(hours=48)
"""Retry period from the first failure on; then the email has failed."""
ROUND_SECONDS: Final = 10.0
"""Time limit of a round in seconds; the rest waits for the next one, because other tasks share the
thread.
"""
MOST_AT_ONCE: Final = 1_000
AT_A_TIME: Final = 100
"""Batch size when emails are postponed; participants' answers wait for each such transaction."""
LEASE: Final = timedelta(minutes=5)
"""Lease of an email; after it, another worker may try it."""
FARTHEST_LEASE: Final = timedelta(minutes=10)
"""Longest possible lease; a longer one was written before the clock was set back."""


def deliver_due_mails(services: Services, most: int = MOST_AT_ONCE) -> int:
    """Send the emails that are due over one connection, each in its own transactions; returns the
    attempts.

    When the mail server is unavailable, the first failure postpones all the others.
    """
    tried, until = 0, time.monotonic() + ROUND_SECONDS
    due = _due(most)
    if not due:
        return 0
    with services.mailer.connection() as mailer:
        for mail_id in due:
            if time.monotonic() > until:
                break
            outcome = deliver_mail(services, mail_id, mailer)
            tried += outcome is not None
            if isinstance(outcome, MailServerAway):
                log.warning("email_server_unavailable", extra={"reason": str(outcome)})
                _all_wait(str(outcome))
                break
    return tried


def deliver_mail(
    services: Services, mail_id: str, mailer: Mailer | None = None
) -> str | Exception | None:
    """Send one email and return the result; None if another worker has it or it is not due.

    If the process dies between sending and marking, it is sent again: at least once.
    """
    if not _claim(mail_id):
        return None
    failpoints.reach_failpoint("mail claimed")
    mail = _whole(mail_id)
    if mail is None:
        return None
    with correlation.with_request_id(mail.request_id):
        with egress.collect_transfers() as transfers:
            outcome = _handed_over(services, mail, mailer or services.mailer)
        _mark(mail, outcome, _build_records(mail, transfers))
        # The mail server's text may hold an address, so it is not logged.
        told = outcome if isinstance(outcome, str) else type(outcome).__name__
        log.info("mail_tried", extra={"org": mail.org_id, "kind": mail.kind, "code": told})
    return outcome


def _handed_over(services: Services, mail: Mail, mailer: Mailer) -> str | Exception:
    try:
        letter = messages.build_message(services, mail)
        release_connection()
        outcome: str | Exception = mailer.deliver(letter)
    except (MailRefused, MailLater) as fault:
        outcome = fault
    except Exception as fault:  # logged; one failure must not stop the others
        log.exception("mail_failed", extra={"kind": mail.kind})
        outcome = MailLater(f"the email could not be sent ({type(fault).__name__})")
    failpoints.reach_failpoint("mail sent")
    return outcome


def _due(most: int) -> list[str]:
    due = select(Mail.id).where(*_can_go(clock.now())).order_by(Mail.next_at).limit(most)
    return list(db.session.execute(due).scalars())


def _can_go(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Condition: due, and no reminder whose invitation is still queued."""
    first = aliased(Mail)
    waiting = first.state.in_(Mail.ON_THE_WAY)
    its_invitation = exists().where(
        first.invite_id == Mail.invite_id, first.kind == "invite", waiting
    )
    set_back = (Mail.state == "sending") & (Mail.next_at > now + FARTHEST_LEASE)
    return (
        Mail.state.in_(Mail.ON_THE_WAY),
        or_(Mail.next_at <= now, set_back),
        or_(Mail.kind != "reminder", ~its_invitation),
    )


def _claim(mail_id: str) -> bool:
    now = clock.now()
    with transaction():
        claimed = db.session.execute(
            update(Mail)
            .where(Mail.id == mail_id, *_can_go(now))
            .execution_options(synchronize_session=False)
            .values(state="sending", next_at=now + LEASE, attempts=Mail.attempts + 1)
            .returning(Mail.id)
        ).first()
    return claimed is not None


def _whole(mail_id: str) -> Mail | None:
    """The email as it is now, with its invite and campaign."""
    query = (
        select(Mail)
        .where(Mail.id == mail_id)
        .options(joinedload(Mail.invite).joinedload(Invite.campaign))
        .execution_options(populate_existing=True)
    )
    return db.session.execute(query).scalar_one_or_none()


def _build_records(
    mail: Mail, transfers: Sequence[egress.Transfer]
) -> Sequence[egress_ledger.EgressRecord]:
    """Records of an email to a participant; notices to members hold no data of a study."""
    if mail.invite is None:
        return ()
    subject = egress_ledger.EgressSubject(mail.invite.campaign_id, mail.invite.id)
    return egress_ledger.build_records(subject, "email", transfers)


def _mark(
    mail: Mail, outcome: str | Exception, records: Sequence[egress_ledger.EgressRecord]
) -> None:
    """Record the result only while we hold the lease: each attempt has its own number."""
    now = clock.now()
    changes: dict[str, object] = {"last_error": None}
    if isinstance(outcome, MailLater):
        changes = {
            "last_error": str(outcome),
            **_later(mail.id, mail.attempts, mail.tried_until),
        }
    elif isinstance(outcome, MailRefused):
        changes = {"last_error": str(outcome), "state": "failed"}
    else:
        changes |= {"state": outcome, "sent_at": now if outcome == "sent" else None}
    ours = Mail.id == mail.id, Mail.state == "sending", Mail.attempts == mail.attempts
    with transaction():
        campaign = outbox.lock_campaign(mail)
        marked = db.session.execute(
            update(Mail).where(*ours).values(**changes).returning(Mail.id)
        ).first()
        if campaign:
            campaign.failed += marked is not None and changes["state"] == "failed"
            egress_ledger.insert_records(current_runner(), records)


def _later(mail_id: str, attempts: int, until: datetime | None) -> dict[str, object]:
    """Changes to an email after a temporary failure and so many attempts."""
    now = clock.now()
    until = until or now + GIVES_UP
    if now >= until:
        return {"state": "failed", "tried_until": until}
    again = min(now + get_retry_delay(mail_id, attempts), until)
    return {"state": "queued", "tried_until": until, "next_at": again}


def get_retry_delay(mail_id: str, attempts: int) -> timedelta:
    """Delay after so many attempts, randomized so that emails that failed together do not return
    together.
    """
    drawn = hashlib.blake2b(f"{mail_id} {attempts}".encode(), digest_size=2).digest()
    spread = 0.8 + 0.4 * int.from_bytes(drawn) / 0xFFFF
    return timedelta(seconds=RETRY_DELAYS[min(attempts, len(RETRY_DELAYS)) - 1] * spread)


def _all_wait(error: str) -> None:
    """Postpone all that are due, since each would fail in the same way."""
    for _ in range(MOST_AT_ONCE // AT_A_TIME):
        rows = _waiting()
        if not rows:
            return
        for campaign_id, some in groupby(rows, key=lambda row: row.campaign_id):
            with transaction():
                campaign = access.lock_row(Campaign, campaign_id) if campaign_id else None
                over = sum(_waits(row.id, row.attempts, row.tried_until, error) for row in some)
                if campaign:
                    campaign.failed += over


def _waiting() -> Sequence[Row[str, int, datetime | None, str]]:
    """A part of what is due, one campaign after the other."""
    due = Mail.state.in_(Mail.ON_THE_WAY) & (Mail.next_at <= clock.now())
    columns = Mail.id, Mail.attempts, Mail.tried_until, Invite.campaign_id
    query = select(*columns).outerjoin(Invite, Invite.id == Mail.invite_id).where(due)
    return db.session.execute(query.order_by(Invite.campaign_id).limit(AT_A_TIME)).all()


def _waits(mail_id: str, attempts: int, until: datetime | None, error: str) -> bool:
    """Building block: count an attempt and postpone; True if it was the last."""
    changes = {**_later(mail_id, attempts + 1, until), "attempts": attempts + 1}
    untouched = Mail.id == mail_id, Mail.attempts == attempts, Mail.next_at <= clock.now()
    done = db.session.execute(
        update(Mail)
        .where(*untouched, Mail.state.in_(Mail.ON_THE_WAY))
        .values(**changes, last_error=error)
        .returning(Mail.id)
    ).first()
    return done is not None and changes["state"] == "failed"
