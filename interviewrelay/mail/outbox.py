"""Outbox: an email is a row written with its cause and sent afterwards; unsent ones stay visible."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import joinedload

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.models import Campaign, Invite, Mail, Membership, Organization, User
from interviewrelay.models.mail import LEFT, PERSONAL
from interviewrelay.organizations import access

MailKind = Literal["invite", "reminder", "copy"]
NoticeKind = Literal["credits", "reading", "safety", "webhook", "backup"]


def enqueue_mail(
    invite: Invite,
    kind: MailKind,
    custom_message: str = "",
    *,
    again: bool = False,
    key: str | None = None,
    not_before: datetime | None = None,
) -> Mail:
    """Building block: enqueue an email to an invited person; once for each kind, unless `again`.
    `key` is its id.
    """
    require_transaction()
    whom = invite.org_id, invite.id, invite.email
    given = _row(*whom, kind, custom_message, again=again, key=key or new_id())
    given["next_at"] = max(given["next_at"], not_before or given["next_at"])
    mail = Mail(**given)
    db.session.add(mail)
    return mail


def mail_exists(key: str | None) -> bool:
    """True if an email with this id exists."""
    return key is not None and db.session.get(Mail, key) is not None


def enqueue_invitation(
    campaign: Campaign,
    invite: Invite,
    custom_message: str = "",
    *,
    again: bool = False,
    key: str | None = None,
) -> None:
    """Building block: enqueue the campaign's invitation, with `custom_message` if given, not before
    the campaign starts.
    """
    words, start = custom_message or campaign.custom_message, campaign.starts_at
    enqueue_mail(invite, "invite", words, again=again, key=key, not_before=start)


def enqueue_for_invites(
    campaign: Campaign,
    people: Sequence[tuple[str, str]],
    kind: MailKind,
    custom_message: str = "",
) -> None:
    """Building block: enqueue one more email of this kind for each invite, in one statement, not
    before the campaign starts.

    `people` are the invites' ids and addresses.
    """
    require_transaction()
    rows = [
        _row(campaign.org_id, row_id, email, kind, custom_message, again=True, key=new_id())
        for row_id, email in people
    ]
    for row in rows:
        row["next_at"] = max(row["next_at"], campaign.starts_at or row["next_at"])
    if rows:
        db.session.execute(insert(Mail), rows)


def get_recipient_digest(org_id: str, email: str) -> str:
    """Digest of a recipient: the same for all spellings of an address within an organization."""
    whom = f"{org_id} {email.lower()}".encode()
    return hashlib.blake2b(whom, digest_size=16).hexdigest()


def get_notice_path(mail: Mail) -> str:
    """Path of the page about a notice."""
    path: str = (mail.facts or {}).get("path", "/credits")
    return path


def drop_queued(invite: Invite) -> None:
    """Building block: drop the invite's queued emails."""
    require_transaction()
    waiting = Mail.state.in_(Mail.ON_THE_WAY)
    db.session.execute(delete(Mail).where(Mail.invite_id == invite.id, waiting))


def enqueue_notice(
    org_id: str, roles: Sequence[str], kind: NoticeKind, facts: Mapping[str, str], dedupe: str
) -> bool:
    """Building block: enqueue a notice to everybody with one of these roles, once for each
    `dedupe`; True if any is new.

    `facts` are `subject`, `sentence`, and the `path` of the page with details.
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
    whole = {**facts, "organization": organization}
    rows = [(f"{dedupe}:{user_id}", org_id, email) for user_id, email in people]
    return sum(_enqueue_once(kind, whole, *row) for row in rows) > 0


def enqueue_admin_notice(kind: NoticeKind, facts: Mapping[str, str], dedupe: str) -> bool:
    """Building block: enqueue a notice to all system administrators, once for each `dedupe`; True
    if any is new.

    `facts` are those of `enqueue_notice`. No organization sees these emails.
    """
    require_transaction()
    people = db.session.execute(
        select(User.id, User.email, func.min(Membership.org_id))
        .join(Membership, Membership.user_id == User.id)
        .where(User.system_admin)
        .group_by(User.id, User.email)
    ).all()
    whole = {**facts, "organization": "InterviewRelay"}
    rows = [(f"{dedupe}:{user_id}", org_id, email) for user_id, email, org_id in people]
    return sum(_enqueue_once(kind, whole, *row) for row in rows) > 0


def _enqueue_once(
    kind: NoticeKind, facts: dict[str, str], dedupe: str, org_id: str, email: str
) -> bool:
    if db.session.execute(select(Mail.id).where(Mail.dedupe == dedupe)).first() is not None:
        return False
    now = clock.now()
    notice = Mail(
        org_id=org_id,
        recipient=email,
        facts=facts,
        kind=kind,
        dedupe=dedupe,
        next_at=now,
        created_at=now,
    )
    db.session.add(notice)
    return True


def list_mails(
    actor: Actor, window: pagination.Window = pagination.Window(), *, state: str | None = None
) -> pagination.Page[Mail]:
    """Emails of an organization with their invites and campaigns, newest first."""
    mine = (
        select(Mail)
        .where(Mail.org_id == actor.org_id, Mail.kind.not_in(PERSONAL))
        .options(joinedload(Mail.invite).joinedload(Invite.campaign))
    )
    if state is not None:
        mine = mine.where(Mail.state == state)
    return pagination.fetch_page(mine, Mail.created_at, Mail.id, window)


def count_stuck_mails(
    actor: Actor, *states: Literal["kept", "failed"], needed: bool = False
) -> Sequence[int]:
    """Number of unsent emails in each of these states, counted up to ten thousand.

    Links of completed interviews are not needed, so their emails do not count.
    """
    query = select(Mail.id).where(
        text(LEFT), Mail.org_id == actor.org_id, Mail.kind.not_in(PERSONAL)
    )
    if needed:
        done = Mail.invite.has(Invite.status == "completed")
        query = query.where(~done)
    most = pagination.MOST_COUNTED
    return pagination.count_each(
        *(query.where(Mail.state == state).limit(most) for state in states)
    )


def retry_mail(mail: Mail) -> Mail:
    """Put a kept or failed email back into the queue."""
    with transaction():
        campaign = lock_campaign(mail)
        mail = access.lock_row(Mail, mail.id)
        if mail.state in ("kept", "failed"):
            if campaign:
                campaign.failed -= mail.state == "failed"
            mail.state, mail.attempts, mail.last_error = "queued", 0, None
            mail.next_at, mail.tried_until = clock.now(), None
    return mail


def _row(
    org_id: str,
    invite_id: str,
    email: str,
    kind: MailKind,
    custom_message: str,
    *,
    again: bool,
    key: str,
) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": key,
        "org_id": org_id,
        "invite_id": invite_id,
        "to_mark": get_recipient_digest(org_id, email),
        "kind": kind,
        "dedupe": f"{kind}:{invite_id}" + (f":{key}" if again else ""),
        "custom_message": custom_message,
        "next_at": now,
        "created_at": now,
    }


def lock_campaign(mail: Mail) -> Campaign | None:
    """Building block: the campaign, locked before the email, as everywhere, to avoid deadlocks."""
    return access.lock_row(Campaign, mail.invite.campaign_id) if mail.invite else None
