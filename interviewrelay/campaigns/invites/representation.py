"""API representations of invites, with token and link if the reader may see them."""

from typing import Literal

from interviewrelay.campaigns.invites import event_payload, invites
from interviewrelay.campaigns.invites.event_payload import NewInvite
from interviewrelay.core.actor import Actor
from interviewrelay.core.representation import OTHER_ID, Count, Representation, Shape, field
from interviewrelay.models import Invite as Row
from interviewrelay.runtime.services import Services

_PLACE = "https://interviewrelay.com/interview/"


class BadAddress(Representation):
    email: str
    reason: Literal["INVALID_ADDRESS", "TOO_MANY_MAILS", "DO_NOT_WRITE"]


class InvitesMade(Representation):
    invites: list[NewInvite] = field(
        example=[
            NewInvite.example(email="user1@example.com"),
            NewInvite.example(
                id=OTHER_ID,
                email="user2@example.com",
                token="inv_def456",  # noqa: S106 - from the published reference
                url=f"{_PLACE}inv_def456",
            ),
        ]
    )
    sent: Count = field(example=2)
    failed: Count
    errors: list[BadAddress] = field(example=[])


class Reminded(Representation):
    sent: Count = field(example=12)


def new_invite(services: Services, actor: Actor, row: Row, named: str | None = None) -> Shape:
    """Invite as returned on creation; `named` is the token that the caller sent, if any."""
    whole = invite(services, actor, row, named)
    return {name: whole[name] for name in NewInvite.model_fields}


def invite(services: Services, actor: Actor, row: Row, named: str | None = None) -> Shape:
    shape = event_payload.build_invite_payload(row, invites.get_status(row))
    if token := named or invites.get_token(services.ring, actor, row):
        shape |= {"token": token, "url": services.urls.interview_url(token)}
    return shape
