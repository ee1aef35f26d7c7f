"""Inviting people to a campaign."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import select, update

from interviewrelay import clock, tokens
from interviewrelay.addresses import address
from interviewrelay.database import db, transaction
from interviewrelay.domain import access, mails, paging
from interviewrelay.domain.actors import Actor
from interviewrelay.errors import CampaignNotActive
from interviewrelay.ids import new_id
from interviewrelay.models import Campaign, Invite

Status = Literal["pending", "started", "completed", "expired", "cancelled"]

_NAMED: Final = re.compile(r"([^<>]*)<([^<>]*@[^<>]*)>[,;\s]*")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to invite."""

    email: str
    name: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`invites` in the order asked for; `sent` were made now; `errors` are `{email, reason}`."""

    invites: Sequence[Invite]
    sent: int
    errors: Sequence[dict[str, str]]


def create(
    ring: tokens.KeyRing,
    campaign: Campaign,
    people: Sequence[Person],
    *,
    send_email: bool = True,
    custom_message: str = "",
    test: bool = False,
) -> Outcome:
    """Invite each person once, and queue a mail for each new invite in the same transaction.

    Somebody who is invited already, and whose invite is still open, keeps it and gets no second
    mail. A bad address sinks nothing: it comes back in `errors`. Raises CampaignNotActive.
    """
    wanted, errors = _sorted_out(people)
    with transaction():
        campaign = access.locked(Campaign, campaign.id)
        if campaign.status != "active":
            raise CampaignNotActive
        known = _still_open(campaign, list(wanted))
        fresh = [
            _new(ring, campaign, person, key, test)
            for key, person in wanted.items()
            if key not in known
        ]
        db.session.add_all(fresh)
        if send_email and not test:
            db.session.flush()  # the mails refer to the invites
            for invite in fresh:
                mails.enqueue(invite, "invite", custom_message)
        campaign.invites_sent += len(fresh)
    known |= {invite.email.lower(): invite for invite in fresh}
    return Outcome([known[key] for key in wanted], len(fresh), errors)


def people_in(text: str) -> list[Person]:
    """Whom a pasted text names: addresses apart by lines, commas or semicolons, or `Name <address>`."""
    people: list[Person] = []
    for line in text.splitlines():
        named = _NAMED.findall(line)
        people += [Person(email.strip(), name.strip(' ,;\t"')[:200]) for name, email in named]
        rest = re.split(r"[,;\t]", _NAMED.sub("", line))
        people += [Person(part.strip()) for part in rest if part.strip()]
    return people


def status(invite: Invite, now: datetime | None = None) -> Status:
    """What an invite is now; one that was never used expires by the clock."""
    if invite.status == "pending" and invite.expires_at <= (now or clock.now()):
        return "expired"
    return invite.status  # type: ignore[return-value]


def listing(
    campaign: Campaign, window: paging.Window = paging.Window(), *, wanted: Status | None = None
) -> paging.Page[Invite]:
    """The invites of a campaign, newest first, of one status or of all."""
    query = select(Invite).where(Invite.campaign_id == campaign.id)
    if wanted is not None:
        past = Invite.expires_at <= clock.now()
        query = query.where(Invite.status == ("pending" if wanted == "expired" else wanted))
        if wanted in ("pending", "expired"):
            query = query.where(past if wanted == "expired" else ~past)
    return paging.page(query, Invite.created_at, Invite.id, window)


def token_for(ring: tokens.KeyRing, actor: Actor, invite: Invite) -> str | None:
    """The token of an invite, for who may invite; None for who may only look.

    Whoever has it can answer, read and withdraw as the invited person (decision 0008): the API and
    the pages show no link but by this.
    """
    return ring.open(invite.sealed_token) if actor.may("invites:write") else None


def cancel(invite: Invite) -> Invite:
    """The link stops working at once, also for an interview that has begun."""
    with transaction():
        invite = access.locked(Invite, invite.id)
        if invite.status in ("pending", "started"):
            invite.status, invite.open_address = "cancelled", None
    return invite


def _sorted_out(people: Sequence[Person]) -> tuple[dict[str, Person], list[dict[str, str]]]:
    wanted: dict[str, Person] = {}
    errors = []
    for person in people:
        email = address(person.email)
        if email is None:
            errors.append({"email": person.email[:320], "reason": "INVALID_ADDRESS"})
        else:
            wanted.setdefault(email.lower(), Person(email, person.name, person.extra))
    return wanted, errors


def _still_open(campaign: Campaign, keys: list[str]) -> dict[str, Invite]:
    rows = db.session.execute(
        select(Invite)
        .where(Invite.campaign_id == campaign.id, Invite.open_address.in_(keys))
        .execution_options(populate_existing=True)
    ).scalars()
    known = {row.open_address: row for row in rows if row.open_address}
    over = {key: row for key, row in known.items() if status(row) == "expired"}
    if over:
        db.session.execute(
            update(Invite)
            .where(Invite.id.in_([row.id for row in over.values()]))
            .values(open_address=None)
        )
    return {key: row for key, row in known.items() if key not in over}


def _new(
    ring: tokens.KeyRing, campaign: Campaign, person: Person, key: str, test: bool
) -> Invite:
    token, now = tokens.new_invite_token(), clock.now()
    return Invite(
        id=new_id(),
        org_id=campaign.org_id,
        campaign_id=campaign.id,
        email=person.email,
        name=person.name,
        extra=dict(person.extra),
        open_address=key,
        mark=ring.mark("invite", token),
        sealed_token=ring.seal(token),
        test=test,
        created_at=now,
        expires_at=now.replace(microsecond=0) + timedelta(hours=campaign.invite_valid_hours),
    )
