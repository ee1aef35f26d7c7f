"""Invites, for the API."""

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
"""Of any text: one that is no address counts as failed and sinks no call (`domain.invites`)."""
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
"""It stands in a line of mails and lists."""


class PersonIn(RequestBody):
    email: Address
    name: Name = ""
    metadata: Metadata = Field(default={})


class InvitesIn(RequestBody):
    model_config = ConfigDict(
        json_schema_extra={
            # At least one of both is given, and is not null.
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
            description="In place of `emails`, or beside it: people with their names; "
            "at most 1,000 in both.",
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
            words = f"Invite at most {MOST:,} people at once: these are {number:,}"
            raise InvalidParameter.field("emails", f"list of 1 to {MOST} items", words)
        return self

    def people(self) -> list[invites.Invitee]:
        named = [invites.Invitee(p.email, p.name, p.metadata) for p in self.participants or []]
        return [invites.Invitee(email) for email in self.emails or []] + named


class MessageIn(RequestBody):
    custom_message: Message | None = Field(default=None, description="Stands in the mail.")


class ExtensionIn(RequestBody):
    hours: Hours = Field(description="From now or from its present end, whichever is later.")


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

    Send interview invites to participants, as `emails`, as `participants`, or both. A bad
    address sinks nothing: it counts in `failed` and is listed in `errors`. Somebody whose
    invite is still open gets the same one back and no second mail. Mails in any 24 hours: Free
    100, Starter 1,000, Professional 10,000; five to one person (`TOO_MANY_MAILS`). Who asked
    not to be written to is not invited by mail (`DO_NOT_WRITE`); that is told of somebody with
    an open invite as well, who gets it back. With a test key the invites are test invites, and
    no email is sent.
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
        Parameter("email_domain", TEXT, "Filter by what follows the @."),
        Parameter(
            "q",
            WORDS,
            "Words in the address or the name, or parts of them, whatever their case and "
            "accents.",
        ),
        *WINDOW,
    ),
    answers={200: list_of("invites", Invite)},
)
def list_invites(campaign_id: str) -> ResponseReturnValue:
    """List invites

    The invites of a campaign.
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
    # With its link for everybody: whoever asks has the token already.
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
    """Remind

    Mail everybody whose invite is pending. Nobody is reminded twice within 24 hours. Where the
    plan’s mails do not suffice, those invited last wait for another call. With a test key only
    test invites are reminded, and no email is sent.
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

    Mail the same link once more. Expired, completed or cancelled: 409 `CONFLICT`. Its person
    asked not to be written to: the same. A test invite is never mailed. A sixth mail to one
    person within 24 hours: 429. With a test key: test invites only, else 403 `FORBIDDEN`.
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

    Let the link work for longer. One that expired unused is pending again. Completed,
    cancelled, or its person has a newer invite: 409 `CONFLICT`. With a test key: test invites
    only, else 403 `FORBIDDEN`.
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

    The link stops working at once, also for an interview that has begun, and a mail that waits
    does not go. Again changes nothing, and a completed one stays completed. With a test key:
    test invites only, else 403 `FORBIDDEN`.
    """
    row = invites.cancel_invite(access.get_changeable_invite(g.actor, services().ring, token))
    return invite_representation.invite(services(), g.actor, row)
