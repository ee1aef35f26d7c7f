"""Invites in the API."""

from typing import Annotated, Self, get_args

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import ConfigDict, Field, StringConstraints, model_validator

from interviewrelay.campaigns.invites import (
    invites,
    reminders,
    representation as invite_representation,
)
from interviewrelay.campaigns.invites.event_payload import Invite
from interviewrelay.campaigns.invites.representation import InvitesMade, Reminded
from interviewrelay.core.errors import (
    CampaignNotActive,
    Conflict,
    InvalidParameter,
    PlanLimitReached,
)
from interviewrelay.core.field_types import Hours, Message, Metadata, RequestBody, Seen
from interviewrelay.core.representation import list_of
from interviewrelay.core.text import ONE_LINE
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api, sends_mail, services
from interviewrelay.web.http.requests import (
    filter_value,
    list_response,
    read_choice,
    read_payload,
    read_search,
    read_window,
)
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import TEXT, WINDOW, WORDS, Parameter, choice

Address = Annotated[str, StringConstraints(strip_whitespace=True)]
"""Any text: an invalid address counts as failed and does not fail the request
(`campaigns.invites`).
"""
MOST = 1_000
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=ONE_LINE),
    Seen,
    Field(
        json_schema_extra={
            "expected": "string of at most 200 characters without line breaks or other control "
            "characters"
        }
    ),
]
"""One line, because emails and lists show it."""


class PersonIn(RequestBody):
    email: Address
    name: Name = ""
    metadata: Metadata = Field(default={})


class InvitesIn(RequestBody):
    model_config = ConfigDict(
        json_schema_extra={
            # At least one of the two must be given and not null.
            "not": {
                "properties": {name: {"type": "null"} for name in ("emails", "participants")}
            }
        },
    )

    emails: Annotated[list[Address], Field(min_length=1, max_length=MOST)] | None = Field(
        default=None, description="Array of participant email addresses."
    )
    participants: Annotated[list[PersonIn], Field(min_length=1, max_length=MOST)] | None = (
        Field(
            default=None,
            description="People with their names, instead of or in addition to `emails`. "
            "At most 1,000 in both together.",
        )
    )
    send_email: bool = Field(default=True, description="Whether to send email (default: true).")
    custom_message: Message | None = Field(
        default=None, description="Optional custom email message."
    )

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        number = len(self.emails or []) + len(self.participants or [])
        if not number:
            raise InvalidParameter.missing("emails", f"list of 1 to {MOST} items")
        if number > MOST:
            words = f"You can invite up to {MOST:,} people at once, but this is {number:,}"
            raise InvalidParameter.field("emails", f"list of 1 to {MOST} items", words)
        return self

    def people(self) -> list[invites.Invitee]:
        named = [invites.Invitee(p.email, p.name, p.metadata) for p in self.participants or []]
        return [invites.Invitee(email) for email in self.emails or []] + named


class MessageIn(RequestBody):
    custom_message: Message | None = Field(
        default=None, description="Message to include in the email."
    )


class ExtensionIn(RequestBody):
    hours: Hours = Field(
        description="Hours to add, from now or from the current expiry, whichever is later."
    )


@operation(
    api,
    "POST /campaigns/<campaign_id>/invites",
    "invites:write",
    body=InvitesIn,
    answers={201: InvitesMade},
    refusals=(CampaignNotActive, PlanLimitReached),
    gives={"token": "/invites/0/token"},
    sent={"emails": ["user1@example.com", "user2@example.com"], "send_email": True},
)
@sends_mail
def create_invites(campaign_id: str) -> ResponseReturnValue:
    """Create invites

    Send interview invites to participants, as `emails`, as `participants`, or both. An invalid
    address does not stop the others: it is counted in `failed` and listed in `errors`. For a person
    who already has an open invite, that invite is returned and no second email is sent. Limits for
    emails in any 24 hours are 100 (Free), 1,000 (Starter) and 10,000 (Professional), and five per
    person (`TOO_MANY_MAILS`). People on the do-not-email list are not invited by email
    (`DO_NOT_WRITE`). If such a person has an open invite, you get both the invite and the error.
    With a test key, you create test invites and no email is sent.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    wanted = read_payload(InvitesIn)
    outcome = invites.create_invites(
        services().ring,
        campaign,
        wanted.people(),
        send_email=wanted.send_email,
        custom_message=wanted.custom_message or "",
        test=g.actor.test,
    )
    made = [
        invite_representation.new_invite(services(), g.actor, row) for row in outcome.invites
    ]
    shape = {"invites": made, "sent": outcome.sent, "failed": len(outcome.errors)}
    return {**shape, "errors": outcome.errors}, 201


@operation(
    api,
    "GET /campaigns/<campaign_id>/invites",
    "invites:read",
    query=(
        choice("status", get_args(invites.InviteStatus), "Filter by status.", "pending"),
        Parameter("email_domain", TEXT, "Filter by the part of the address after the @."),
        Parameter(
            "q",
            WORDS,
            "Search for words or parts of words in the address and the name. Case and accents are "
            "ignored.",
        ),
        *WINDOW,
    ),
    answers={200: list_of("invites", Invite)},
)
def list_invites(campaign_id: str) -> ResponseReturnValue:
    """List invites

    Retrieve the invites of a campaign.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    page = invites.list_invites(
        campaign,
        read_window(),
        wanted=read_choice("status", get_args(invites.InviteStatus)),  # type: ignore[arg-type]
        email_domain=filter_value("email_domain"),
        words=read_search("q"),
    )
    return list_response(
        "invites", page, lambda row: invite_representation.invite(services(), g.actor, row)
    )


@operation(api, "GET /invites/<token>", "invites:read", answers={200: Invite})
def get_invite(token: str) -> ResponseReturnValue:
    """Get invite details

    Retrieve invite information by token.
    """
    # Include the link for every caller, because the caller already has the token.
    row = access.get_invite(g.actor, services().ring, token)
    return invite_representation.invite(services(), g.actor, row, token)


@operation(
    api,
    "POST /campaigns/<campaign_id>/invites/remind",
    "invites:write",
    body=MessageIn,
    body_required=False,
    answers={200: Reminded},
    refusals=(CampaignNotActive,),
)
@sends_mail
def remind(campaign_id: str) -> ResponseReturnValue:
    """Send reminders

    Email everyone whose invite is pending. No one is reminded twice within 24 hours. If the email
    limit of your plan is reached, the people invited last are left out; call this again later. With
    a test key, only test invites are reminded, and no email is sent.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    message = read_payload(MessageIn, optional=True).custom_message or ""
    return {
        "sent": reminders.queue_reminders(services().ring, campaign, message, test=g.actor.test)
    }


@operation(
    api,
    "POST /invites/<token>/resend",
    "invites:write",
    body=MessageIn,
    body_required=False,
    answers={200: Invite},
    refusals=(Conflict, CampaignNotActive),
)
@sends_mail
def resend_invite(token: str) -> ResponseReturnValue:
    """Resend invite

    Email the same link again. If the invite is expired, completed or cancelled, or the person is on
    the do-not-email list, you get 409 `CONFLICT`. A sixth email to one person within 24 hours
    returns 429. Test invites are never emailed. A test key can only resend test invites; for others
    you get 403 `FORBIDDEN`.
    """
    row = access.get_changeable_invite(g.actor, services().ring, token)
    message = read_payload(MessageIn, optional=True).custom_message or ""
    row = invites.resend_invite(services().ring, row, message)
    return invite_representation.invite(services(), g.actor, row)


@operation(
    api,
    "POST /invites/<token>/extend",
    "invites:write",
    body=ExtensionIn,
    answers={200: Invite},
    refusals=(Conflict,),
    sent={"hours": 72},
    changes={"expires_at": "2024-10-30T10:00:00Z"},
)
def extend_invite(token: str) -> ResponseReturnValue:
    """Extend invite

    Extend the validity of the link. An invite that expired unused becomes pending again. If it is
    completed or cancelled, or the person has a newer invite, you get 409 `CONFLICT`. A test key can
    only extend test invites; for others you get 403 `FORBIDDEN`.
    """
    row = access.get_changeable_invite(g.actor, services().ring, token)
    row = invites.extend_invite(row, read_payload(ExtensionIn).hours)
    return invite_representation.invite(services(), g.actor, row)


@operation(
    api,
    "DELETE /invites/<token>",
    "invites:write",
    answers={200: Invite},
    changes={"status": "cancelled"},
)
def revoke_invite(token: str) -> ResponseReturnValue:
    """Cancel invite

    The link stops working immediately, even during an interview, and a queued email is not sent.
    Repeating the request changes nothing, and a completed invite stays completed. A test key can
    only cancel test invites; for others you get 403 `FORBIDDEN`.
    """
    row = invites.cancel_invite(access.get_changeable_invite(g.actor, services().ring, token))
    return invite_representation.invite(services(), g.actor, row)
