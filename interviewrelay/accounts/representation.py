"""Representations of API keys, people and organizations' members."""

from typing import Final, Literal

from interviewrelay.core import clock
from interviewrelay.core.actor import restrict_permissions
from interviewrelay.core.representation import (
    INVITATION_ID,
    KEY_ID,
    MEMBER_ID,
    ORGANIZATION_ID,
    OTHER_ID,
    Address,
    Id,
    Representation,
    Shape,
    Time,
    Url,
    field,
)
from interviewrelay.models import ApiKey, MemberInvite
from interviewrelay.organizations import plans

_ANN: Final = "ann@alder.example"
Role = Literal["owner", "admin", "researcher", "viewer"]


def list_permissions(row: ApiKey) -> list[str]:
    """Permissions that a key really has: its own, limited by its member's role."""
    return sorted(restrict_permissions(row.membership.role, row.permissions))


class OwnKey(Representation):
    id: Id = field(example=KEY_ID)
    name: str = field(example="Research wiki")
    created_at: Time
    expires_at: Time | None = field(None, "null: never.")


class User(Representation):
    id: Id = field(example=OTHER_ID)
    email: Address = field(example=_ANN)
    name: str = field(example="Ann Alder")


class OwnOrganization(Representation):
    id: Id = field(example=ORGANIZATION_ID)
    name: str = field(example="Alder Research")
    slug: str = field(example="alder-research")
    plan: Literal["free", "starter", "professional", "enterprise"] = field(
        example="professional"
    )
    requests_per_hour: int | None = field(
        lambda row: plans.get_requests_per_hour(row.plan, row.requests_per_hour),
        "API calls per hour, shared by all keys. null: no limit.",
        example=10_000,
    )


class Me(Representation):
    """The key that calls, its member and their organization."""

    test: bool = field(None, "`true` for a test key, `false` for a live key.")
    key: OwnKey = field(lambda row: row)
    user: User = field("membership.user", "Whose key it is.")
    role: Role = field("membership.role", "The person's role in the organization.")
    permissions: list[str] = field(
        list_permissions,
        "What the key may do. `write` includes `read`.",
        example=["campaigns:read", "sessions:read"],
    )
    organization: OwnOrganization = field("membership.organization")


KeyStatus = Literal["active", "expired", "revoked"]


def _status(row: ApiKey) -> KeyStatus:
    if row.revoked_at is not None:
        return "revoked"
    return "expired" if row.expires_at and row.expires_at <= clock.now() else "active"


def _hint(row: ApiKey) -> str:
    return f"ir_{'test' if row.test else 'live'}_{row.public_id}…{row.last_four}"


class Key(Representation):
    """API key without its text."""

    id: Id = field(example=KEY_ID)
    name: str = field(example="Research wiki")
    hint: str = field(_hint, "Its first and last characters.", example="ir_live_4f1c0a9b…x9Qe")
    test: bool
    status: KeyStatus = field(_status)
    permissions: list[str] = field(
        None,
        "They apply as far as the role of its member has them.",
        example=["sessions:read"],
    )
    member_id: Id = field("membership_id", example=MEMBER_ID)
    email: Address = field("membership.user.email", example=_ANN)
    created_at: Time
    last_used_at: Time | None = field(None, "Recorded at most every five minutes.")
    expires_at: Time | None = field(None, "null: never.")
    revoked_at: Time | None


class NewKey(Key):
    key: str = field(None, "Only in this response.", example="ir_live_4f1c0a9b…")


def new_key(row: ApiKey, text: str) -> Shape:
    """Key with its text, for the response that creates it."""
    return {**Key.read(row), "key": text}


class Member(Representation):
    id: Id = field(example=MEMBER_ID)
    user_id: Id = field(example=OTHER_ID)
    email: Address = field("user.email", example=_ANN)
    name: str = field("user.name", example="Ann Alder")
    role: Role
    created_at: Time = field(None, "When the person joined.")


class MemberInvitation(Representation):
    id: Id = field(example=INVITATION_ID)
    email: Address = field(example="ben@alder.example")
    role: Role = field(example="researcher")
    invited_by: str = field(None, "Name or email address of a member.", example="Ann Alder")
    created_at: Time
    expires_at: Time = field(example="2024-10-27T10:00:00Z")


class SentMemberInvitation(MemberInvitation):
    url: Url | None = field(
        None,
        "Link to join, if the server sends no email; pass it on yourself. It is only in this "
        "response. null: the link is sent by email.",
    )


def sent_invitation(row: MemberInvite, url: str | None) -> Shape:
    """Invitation with its link, which is only in this response."""
    return {**MemberInvitation.read(row), "url": url}
