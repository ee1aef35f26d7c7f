"""Mails: a row with its cause, handed over afterwards; what is not handed over stays to be seen."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import joinedload

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.models import Campaign, Invite, Mail, Membership, Organization, User
from interviewrelay.models.mail import LEFT, PERSONAL
from interviewrelay.organizations import access

Kind = Literal["invite", "reminder", "copy"]
Notice = Literal["credits", "reading", "safety", "webhook"]


def enqueue(
    invite: Invite,
    kind: Kind,
    custom_message: str = "",
    *,
    again: bool = False,
    key: str | None = None,
    not_before: datetime | None = None,
) -> Mail:
    """A building block: a mail to an invited person; once for each kind, unless `again`. The `key` is
    its id.
    """
    require_transaction()
    whom = invite.org_id, invite.id, invite.email
    given = _row(*whom, kind, custom_message, again=again, key=key or new_id())
    given["next_at"] = max(given["next_at"], not_before or given["next_at"])
    mail = Mail(**given)
    db.session.add(mail)
    return mail


def known(key: str | None) -> bool:
    """Whether there is a mail with this id."""
    return key is not None and db.session.get(Mail, key) is not None


def invite(
    campaign: Campaign,
    invite: Invite,
    custom_message: str = "",
    *,
    again: bool = False,
    key: str | None = None,
) -> None:
    """A building block: what the campaign says goes to somebody, unless it is told otherwise, and not
    before the campaign starts.
    """
    words, start = custom_message or campaign.custom_message, campaign.starts_at
    enqueue(invite, "invite", words, again=again, key=key, not_before=start)


def enqueue_all(
    campaign: Campaign,
    people: Sequence[tuple[str, str]],
    kind: Kind,
    custom_message: str = "",
) -> None:
    """A building block: one more mail of this kind for each of many invites, in one statement, and not
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


def to_mark(org_id: str, email: str) -> str:
    """What is the same for all mails of an organization to one person, however they write it."""
    whom = f"{org_id} {email.lower()}".encode()
    return hashlib.blake2b(whom, digest_size=16).hexdigest()


def page_of(mail: Mail) -> str:
    """The path of the page that says more about a notice."""
    path: str = (mail.facts or {}).get("path", "/credits")
    return path


def drop_queued(invite: Invite) -> None:
    """A building block: what is not yet handed over does not go."""
    require_transaction()
    waiting = Mail.state.in_(Mail.ON_THE_WAY)
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


def listing(
    actor: Actor, window: pagination.Window = pagination.Window(), *, state: str | None = None
) -> pagination.Page[Mail]:
    """The mails of an organization with their invites and campaigns, newest first."""
    mine = (
        select(Mail)
        .where(Mail.org_id == actor.org_id, Mail.kind.not_in(PERSONAL))
        .options(joinedload(Mail.invite).joinedload(Invite.campaign))
    )
    if state is not None:
        mine = mine.where(Mail.state == state)
    return pagination.page(mine, Mail.created_at, Mail.id, window)


def left(
    actor: Actor, *states: Literal["kept", "failed"], needed: bool = False
) -> Sequence[int]:
    """How many mails stay here in each of these states; ten thousand stand for more. Nobody needs the
    link of an interview that is completed.
    """
    query = select(Mail.id).where(
        text(LEFT), Mail.org_id == actor.org_id, Mail.kind.not_in(PERSONAL)
    )
    if needed:
        done = Mail.invite.has(Invite.status == "completed")
        query = query.where(~done)
    most = pagination.MOST_COUNTED
    return pagination.counts(
        *(query.where(Mail.state == state).limit(most) for state in states)
    )


def try_again(mail: Mail) -> Mail:
    """Put a mail that was kept or has failed into the queue again."""
    with transaction():
        campaign = campaign_of(mail)
        mail = access.locked(Mail, mail.id)
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
    kind: Kind,
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
        "to_mark": to_mark(org_id, email),
        "kind": kind,
        "dedupe": f"{kind}:{invite_id}" + (f":{key}" if again else ""),
        "custom_message": custom_message,
        "next_at": now,
        "created_at": now,
    }


def campaign_of(mail: Mail) -> Campaign | None:
    """A building block. Locked, before the mail itself as everywhere: two who wait for each other
    wait for ever.
    """
    return access.locked(Campaign, mail.invite.campaign_id) if mail.invite else None
