"""Mails: a row with its cause, handed over afterwards; what is not handed over stays to be seen."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, Literal, cast

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import joinedload

from interviewrelay import clock
from interviewrelay.database import db, end_reading, require_transaction, transaction
from interviewrelay.domain import access, paging
from interviewrelay.domain.actors import Actor
from interviewrelay.domain.office import Office
from interviewrelay.ids import new_id
from interviewrelay.models import Campaign, Invite, Mail, Membership, Organization, User
from interviewrelay.ports import Letter, MailLater, MailRefused

RETRY_AFTER: Final = (60, 300, 1_800, 7_200, 18_000, 36_000, 86_400)
"""Seconds before each further attempt; after the last one a mail has failed."""
Kind = Literal["invite", "reminder"]
Notice = Literal["credits", "safety", "webhook"]

_SUBJECTS: Final = {"invite": "An invitation from", "reminder": "A reminder from"}
LEASE: Final = timedelta(minutes=2)
"""How long a mail may be in somebody's hands before another may try it again."""


def enqueue(
    invite: Invite, kind: Kind, custom_message: str = "", *, again: bool = False
) -> Mail:
    """A building block: a mail to an invited person; once for each kind, unless `again`."""
    require_transaction()
    given = _row(invite.org_id, invite.id, invite.email, kind, custom_message, again=again)
    mail = Mail(**given)
    db.session.add(mail)
    return mail


def enqueue_all(
    org_id: str, people: Sequence[tuple[str, str]], kind: Kind, custom_message: str = ""
) -> None:
    """A building block: one more mail of this kind for each of many invites, in one statement.

    `people` are the invites' ids and addresses.
    """
    require_transaction()
    rows = [
        _row(org_id, row_id, email, kind, custom_message, again=True)
        for row_id, email in people
    ]
    if rows:
        db.session.execute(insert(Mail), rows)


def to_mark(org_id: str, email: str) -> str:
    """What is the same for all mails of an organization to one person, however they write it."""
    whom = f"{org_id} {email.lower()}".encode()
    return hashlib.blake2b(whom, digest_size=16).hexdigest()


def drop_queued(invite: Invite) -> None:
    """A building block: what is not yet handed over does not go."""
    require_transaction()
    waiting = Mail.state.in_(("queued", "sending"))
    db.session.execute(delete(Mail).where(Mail.invite_id == invite.id, waiting))


def notify(
    org_id: str, roles: Sequence[str], kind: Notice, facts: Mapping[str, str], dedupe: str
) -> bool:
    """A building block: a mail to everybody with one of these roles, once for each `dedupe`; whether
    anybody is told by it now.

    `facts` are `subject`, `sentence`, and the `path` of the page that says more.
    """
    require_transaction()
    organization = db.session.execute(
        select(Organization.name).where(Organization.id == org_id)
    ).scalar_one()
    people = db.session.execute(
        select(User.id, User.email)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.org_id == org_id, Membership.role.in_(roles))
    ).all()
    told = False
    for user_id, email in people:
        key = f"{dedupe}:{user_id}"
        if db.session.execute(select(Mail.id).where(Mail.dedupe == key)).first() is None:
            notice = Mail(
                org_id=org_id,
                recipient=email,
                facts={**facts, "organization": organization},
                kind=kind,
                dedupe=key,
                next_at=clock.now(),
                created_at=clock.now(),
            )
            db.session.add(notice)
            told = True
    return told


def deliver_due(office: Office, most: int = 20) -> int:
    """Hand over mails that are due, each in its own steps; how many were tried."""
    tried = 0
    for mail_id in _due(most):
        tried += deliver(office, mail_id)
    return tried


def deliver(office: Office, mail_id: str) -> bool:
    """Hand one mail over; False when somebody else has it or it is not due.

    Killed between handing over and marking, it is handed over once more: at least once.
    """
    if not _claim(mail_id):
        return False
    mail = db.session.execute(select(Mail).where(Mail.id == mail_id)).scalar_one_or_none()
    if mail is None:
        return False
    letter = _letter(office, mail) if mail.invite else _notice(office, mail)
    end_reading()
    try:
        outcome: str = office.mailer.deliver(letter)
        error = None
    except MailRefused as fault:
        outcome, error = "failed", str(fault)
    except MailLater as fault:
        outcome, error = "queued", str(fault)
    _mark(mail, outcome, error)
    return True


def listing(
    actor: Actor, window: paging.Window = paging.Window(), *, state: str | None = None
) -> paging.Page[Mail]:
    """The mails of an organization with their invites and campaigns, newest first."""
    mine = (
        select(Mail)
        .where(Mail.org_id == actor.org_id)
        .options(joinedload(Mail.invite).joinedload(Invite.campaign))
    )
    if state is not None:
        mine = mine.where(Mail.state == state)
    return paging.page(mine, Mail.created_at, Mail.id, window)


def counts(actor: Actor) -> dict[str, int]:
    """How many mails there are in each state that occurs."""
    rows = db.session.execute(
        select(Mail.state, func.count()).where(Mail.org_id == actor.org_id).group_by(Mail.state)
    )
    return dict(iter(rows))


def try_again(mail: Mail) -> Mail:
    """Put a mail that was kept or has failed into the queue again."""
    with transaction():
        campaign = _campaign_of(mail)
        mail = access.locked(Mail, mail.id)
        if mail.state in ("kept", "failed"):
            if campaign:
                campaign.failed -= mail.state == "failed"
            mail.state, mail.attempts, mail.last_error = "queued", 0, None
            mail.next_at = clock.now()
    return mail


def _row(
    org_id: str, invite_id: str, email: str, kind: Kind, custom_message: str, *, again: bool
) -> dict[str, Any]:
    now, key = clock.now(), new_id()
    return {
        "id": key,
        "org_id": org_id,
        "invite_id": invite_id,
        "to_mark": to_mark(org_id, email),
        "kind": kind,
        "dedupe": f"{kind}:{invite_id}" + (f":{key}" if again else ""),
        "custom_message": custom_message,
        "next_at": now,
        "created_at": now,
    }


def _due(most: int) -> list[str]:
    due = Mail.state.in_(("queued", "sending")) & (Mail.next_at <= clock.now())
    rows = db.session.execute(select(Mail.id).where(due).order_by(Mail.next_at).limit(most))
    return list(rows.scalars())


def _claim(mail_id: str) -> bool:
    now = clock.now()
    with transaction():
        claimed = db.session.execute(
            update(Mail)
            .where(
                Mail.id == mail_id, Mail.state.in_(("queued", "sending")), Mail.next_at <= now
            )
            .values(state="sending", next_at=now + LEASE, attempts=Mail.attempts + 1)
            .returning(Mail.id)
        ).first()
    return claimed is not None


def _letter(office: Office, mail: Mail) -> Letter:
    invite = cast("Invite", mail.invite)
    campaign: Campaign = invite.campaign
    organization = db.session.execute(
        select(Organization).where(Organization.id == mail.org_id)
    ).scalar_one()
    guide = campaign.version.document
    return Letter(
        to=invite.email,
        kind="reminder" if mail.kind == "reminder" else "invite",
        sender_name=organization.name,
        subject=f"{_SUBJECTS[mail.kind]} {organization.name}: {guide['name']}",
        facts={
            "name": invite.name,
            "organization": organization.name,
            "title": guide["name"],
            "purpose": guide["purpose"],
            "minutes": str(campaign.settings.get("target_minutes") or guide["target_minutes"]),
            "contact": guide["contact"],
            "custom_message": mail.custom_message,
            "url": office.links.interview(office.ring.open(invite.sealed_token)),
        },
        expires_at=invite.expires_at,
    )


def _notice(office: Office, mail: Mail) -> Letter:
    facts: dict[str, str] = mail.facts or {}
    return Letter(
        to=mail.recipient or "",
        kind=cast("Notice", mail.kind),
        sender_name="InterviewRelay",
        subject=f"{facts['organization']}: {facts['subject']}",
        facts={**facts, "url": office.links.page(facts.get("path", "/credits"))},
    )


def _mark(mail: Mail, outcome: str, error: str | None) -> None:
    now = clock.now()
    changes: dict[str, object] = {"state": outcome, "last_error": error}
    if outcome == "sent":
        changes["sent_at"] = now
    if outcome == "queued":
        if mail.attempts > len(RETRY_AFTER):
            changes["state"] = "failed"
        else:
            changes["next_at"] = now + timedelta(seconds=RETRY_AFTER[mail.attempts - 1])
    claimed = update(Mail).where(Mail.id == mail.id, Mail.state == "sending")
    with transaction():
        campaign = _campaign_of(mail)
        marked = db.session.execute(claimed.values(**changes).returning(Mail.id)).first()
        if campaign:
            campaign.failed += marked is not None and changes["state"] == "failed"


def _campaign_of(mail: Mail) -> Campaign | None:
    """Locked, before the mail itself as everywhere: two who wait for each other wait for ever."""
    return access.locked(Campaign, mail.invite.campaign_id) if mail.invite else None
