"""Members and their invitations in the API."""

from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import Field, StringConstraints

from interviewrelay.accounts import member_invitations, members, representation
from interviewrelay.accounts.representation import (
    Member,
    MemberInvitation,
    Role,
    SentMemberInvitation,
)
from interviewrelay.core.errors import PlanLimitReached
from interviewrelay.core.field_types import RequestBody
from interviewrelay.core.representation import list_of
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api, sends_mail, services
from interviewrelay.web.http.requests import list_response, read_payload, read_window
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW

TAG = "Members"


class RoleIn(RequestBody):
    role: Role


class MemberInvitationIn(RoleIn):
    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = Field(
        json_schema_extra={"format": "email"}
    )


@operation(
    api,
    "GET /members",
    "organization:read",
    tag=TAG,
    query=WINDOW,
    answers={200: list_of("members", Member)},
    gives={"member_id": "/members/0/id"},
)
def list_members() -> ResponseReturnValue:
    """List members

    The people in the organization with their roles.
    """
    return list_response("members", members.list_members(g.actor, read_window()), Member.read)


@operation(api, "GET /members/<member_id>", "organization:read", tag=TAG, answers={200: Member})
def get_member(member_id: str) -> ResponseReturnValue:
    """Get member

    A person in the organization with their role.
    """
    return Member.read(access.get_member(g.actor, member_id))


@operation(
    api,
    "PATCH /members/<member_id>",
    "organization:write",
    tag=TAG,
    body=RoleIn,
    answers={200: Member},
    sent={"role": "researcher"},
    changes={"role": "researcher"},
)
def change_member(member_id: str) -> ResponseReturnValue:
    """Change role

    The permissions of the person and of their keys change at once. If the organization would be
    left without an owner, you get 409 `CONFLICT`.
    """
    row = access.get_member(g.actor, member_id)
    wanted = read_payload(RoleIn)
    return Member.read(members.change_role(row, wanted.role, g.actor))


@operation(
    api, "DELETE /members/<member_id>", "organization:write", tag=TAG, answers={204: None}
)
def remove_member(member_id: str) -> ResponseReturnValue:
    """Remove member

    The person is signed out and their API keys stop working. Everything they created stays. If the
    organization would be left without an owner, you get 409 `CONFLICT`.
    """
    members.remove_member(access.get_member(g.actor, member_id), g.actor)
    return "", 204


@operation(
    api,
    "GET /member-invitations",
    "organization:read",
    tag=TAG,
    query=WINDOW,
    answers={200: list_of("invitations", MemberInvitation)},
)
def list_member_invitations() -> ResponseReturnValue:
    """List invitations

    Invitations to join the organization that were not accepted yet.
    """
    page = member_invitations.fetch_invitations(g.actor, read_window())
    return list_response("invitations", page, MemberInvitation.read)


@operation(
    api,
    "POST /member-invitations",
    "organization:write",
    tag=TAG,
    body=MemberInvitationIn,
    answers={201: SentMemberInvitation},
    refusals=(PlanLimitReached,),
    gives={"invitation_id": "/id"},
    sent={"email": "ben@alder.example", "role": "researcher"},
)
@sends_mail
def invite_member() -> ResponseReturnValue:
    """Invite member

    Invite a person to join the organization. The link works once, for seven days. Inviting the same
    address again replaces the earlier invitation.
    """
    wanted = read_payload(MemberInvitationIn)
    url = member_invitations.invite_member(services(), g.actor, wanted.email, wanted.role)
    row = member_invitations.get_invitation(g.actor, wanted.email)
    return representation.sent_invitation(row, url), 201


@operation(
    api,
    "POST /member-invitations/<invitation_id>/resend",
    "organization:write",
    tag=TAG,
    answers={200: SentMemberInvitation},
    refusals=(PlanLimitReached,),
)
@sends_mail
def resend_member_invitation(invitation_id: str) -> ResponseReturnValue:
    """Resend invitation

    Send a new link that works for seven days. The earlier link stops working.
    """
    url = member_invitations.resend_invitation(services(), g.actor, invitation_id)
    row = access.get_member_invite(g.actor, invitation_id)
    return representation.sent_invitation(row, url)


@operation(
    api,
    "DELETE /member-invitations/<invitation_id>",
    "organization:write",
    tag=TAG,
    answers={204: None},
)
def withdraw_member_invitation(invitation_id: str) -> ResponseReturnValue:
    """Withdraw invitation

    The link stops working.
    """
    member_invitations.revoke_invitation(g.actor, invitation_id)
    return "", 204
