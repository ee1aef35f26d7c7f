"""API representation of an invite in events: without token and link, which not every reader may
see.
"""

from typing import Literal

from interviewrelay.core.representation import (
    INVITE_ID,
    Address,
    Id,
    Representation,
    Shape,
    Time,
    Url,
    field,
)
from interviewrelay.models import Invite as Row

Status = Literal["pending", "started", "completed", "expired", "cancelled"]


class NewInvite(Representation):
    """`email` is always a string. After an erasure, it ends with `@erased.invalid`."""

    id: Id = field(example=INVITE_ID)
    email: Address = field(example="user@example.com")
    token: str | None = field(
        lambda _: None, "null if the key lacks `invites:write`.", example="inv_abc123"
    )
    url: Url | None = field(
        lambda _: None, example="https://interviewrelay.com/interview/inv_abc123"
    )
    expires_at: Time = field(example="2024-10-27T10:00:00Z")


class Invite(NewInvite):
    status: Status = field(lambda _: None)
    campaign_id: Id
    created_at: Time
    name: str
    metadata: dict[str, str] = field("extra")
    reminded_at: Time | None
    test: bool


def build_invite_payload(row: Row, state: Status) -> Shape:
    return {**Invite.read(row), "status": state}
