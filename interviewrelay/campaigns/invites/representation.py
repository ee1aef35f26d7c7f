"""Invites as JSON."""

from interviewrelay.campaigns.invites import event_payload as invite_event_payload, invites
from interviewrelay.core.actor import Actor
from interviewrelay.core.json_types import Shape
from interviewrelay.models import (
    Invite,
)
from interviewrelay.runtime.services import Office


def new_invite(office: Office, actor: Actor, row: Invite, named: str | None = None) -> Shape:
    """As it is answered to the one who invites; `named` is the token that the caller came with.

    `email` is always a string: of somebody who was erased it ends with `@erased.invalid`.
    """
    whole = invite(office, actor, row, named)
    return {name: whole[name] for name in ("id", "email", "token", "url", "expires_at")}


def invite(office: Office, actor: Actor, row: Invite, named: str | None = None) -> Shape:
    shape = invite_event_payload.invite(row, invites.status(row))
    if token := named or invites.token_for(office.ring, actor, row):
        shape |= {"token": token, "url": office.links.interview(token)}
    return shape
