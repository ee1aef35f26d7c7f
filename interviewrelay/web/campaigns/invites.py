"""Invites, for the API and for the dashboard."""

from typing import Annotated, Any, Final, Self, get_args

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from interviewrelay.campaigns.invites import (
    invites,
    reminders,
    representation as invite_representation,
)
from interviewrelay.campaigns.setup import recipient_lists
from interviewrelay.core.errors import (
    CampaignNotActive,
    InvalidParameter,
    PlanLimitReached,
    RateLimited,
)
from interviewrelay.core.ids import new_id
from interviewrelay.core.text import ONE_LINE, with_line_feeds
from interviewrelay.dashboard import view_models as shapes
from interviewrelay.insights import drop_off
from interviewrelay.organizations import access
from interviewrelay.scripts.document import Seen
from interviewrelay.web.campaigns import live_figures
from interviewrelay.web.campaigns.bulk_actions import DAYS
from interviewrelay.web.campaigns.invite_report import REASONS, lines_left, told, wrong
from interviewrelay.web.http.blueprints import api, needs, office, pages, sends_mail
from interviewrelay.web.http.field_types import LONGEST_MESSAGE, Hours, Message, Metadata
from interviewrelay.web.http.requests import (
    answer,
    chosen,
    filter_value,
    listed,
    payload,
    read_json,
    window,
    words,
)
from interviewrelay.web.http.validation import validated
from interviewrelay.web.ui import page_helpers

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


class PersonIn(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    email: Address
    name: Name = ""
    metadata: Metadata = {}


class InvitesIn(BaseModel):
    model_config = ConfigDict(
        strict=True,
        json_schema_extra={
            "anyOf": [
                {"required": [name], "properties": {name: {"type": "array"}}}
                for name in ("emails", "participants")
            ]
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

    def people(self) -> list[invites.Person]:
        named = [invites.Person(p.email, p.name, p.metadata) for p in self.participants or []]
        return [invites.Person(email) for email in self.emails or []] + named


class MessageIn(BaseModel):
    model_config = ConfigDict(strict=True)

    custom_message: Message | None = Field(default=None, description="Stands in the mail.")


class ExtensionIn(BaseModel):
    model_config = ConfigDict(strict=True)

    hours: Hours = Field(description="From now or from its present end, whichever is later.")


@api.post("/campaigns/<campaign_id>/invites")
@sends_mail
def create_invites(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    wanted = payload(InvitesIn)
    outcome = invites.create(
        office().ring,
        campaign,
        wanted.people(),
        send_email=wanted.send_email,
        custom_message=wanted.custom_message or "",
        test=g.actor.test,
    )
    made = [invite_representation.new_invite(office(), g.actor, row) for row in outcome.invites]
    shape = {"invites": made, "sent": outcome.sent, "failed": len(outcome.errors)}
    return answer({**shape, "errors": outcome.errors}, 201)


@api.get("/campaigns/<campaign_id>/invites")
def list_invites(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    page = invites.listing(
        campaign,
        window(),
        wanted=chosen("status", get_args(invites.Status)),  # type: ignore[arg-type]
        email_domain=filter_value("email_domain"),
        words=words("q"),
    )
    return listed(
        "invites", page.shaped(lambda row: invite_representation.invite(office(), g.actor, row))
    )


@api.get("/invites/<token>")
def get_invite(token: str) -> ResponseReturnValue:
    """With its link for everybody: whoever asks has the token already."""
    row = access.invite(g.actor, office().ring, token)
    return answer(invite_representation.invite(office(), g.actor, row, token))


@api.post("/campaigns/<campaign_id>/invites/remind")
@sends_mail
def remind(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    message = validated(MessageIn, read_json(optional=True)).custom_message or ""
    return answer(
        {"sent": reminders.remind(office().ring, campaign, message, test=g.actor.test)}
    )


@api.post("/invites/<token>/resend")
@sends_mail
def resend_invite(token: str) -> ResponseReturnValue:
    row = access.get_changeable_invite(g.actor, office().ring, token)
    message = validated(MessageIn, read_json(optional=True)).custom_message or ""
    row = invites.resend(office().ring, row, message)
    return answer(invite_representation.invite(office(), g.actor, row))


@api.post("/invites/<token>/extend")
def extend_invite(token: str) -> ResponseReturnValue:
    row = access.get_changeable_invite(g.actor, office().ring, token)
    row = invites.extend(row, payload(ExtensionIn).hours)
    return answer(invite_representation.invite(office(), g.actor, row))


@api.delete("/invites/<token>")
def revoke_invite(token: str) -> ResponseReturnValue:
    """The invite as it is now: one that was completed stays so."""
    row = invites.cancel(access.get_changeable_invite(g.actor, office().ring, token))
    return answer(invite_representation.invite(office(), g.actor, row))


SENTENCES: Final = {
    "addresses": "Enter at least one email address.",
    "custom_message": "Shorten the message to 5,000 characters or fewer.",
}


@pages.get("/campaigns/<campaign_id>")
@needs("campaigns:read")
def show_campaign(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    values = {"send_email": "true"}
    return render_template("campaigns/show.html", values=values, errors=[], **_shown(campaign))


@pages.post("/campaigns/<campaign_id>/invites")
@sends_mail
@needs("invites:write")
def send_invites(campaign_id: str) -> ResponseReturnValue:
    """All is well: back to the page. Lines that are not stay, each with its reason; that is a refusal
    only when nobody at all was invited.
    """
    campaign = access.campaign(g.actor, campaign_id)
    values = page_helpers.typed("addresses", "send_email", "custom_message")
    try:
        people, bad = _pasted(values)
        outcome = invites.create(
            office().ring,
            campaign,
            people,
            send_email=bool(values["send_email"]),
            custom_message=with_line_feeds(values["custom_message"].strip()),
        )
    except (InvalidParameter, CampaignNotActive, PlanLimitReached, RateLimited) as refusal:
        more = {"values": values, **_shown(campaign)}
        return page_helpers.again("campaigns/show.html", refusal, SENTENCES, **more)
    if not outcome.errors:
        address = f"/campaigns/{campaign.id}#invites"
        return page_helpers.done(address, told(outcome, mailed=bool(values["send_email"])))
    return _some_are_wrong(campaign_id, outcome, bad, values)


@pages.post("/campaigns/<campaign_id>/invites/<invite_id>/cancel")
@needs("invites:write")
def cancel_invite(campaign_id: str, invite_id: str) -> ResponseReturnValue:
    row = invites.cancel(access.invite_numbered(g.actor, campaign_id, invite_id))
    return page_helpers.done(
        f"/campaigns/{campaign_id}#invites",
        f"Invite cancelled. The link for {row.email} no longer works.",
    )


def _pasted(values: dict[str, str]) -> tuple[list[invites.Person], dict[str, str]]:
    """Everybody on the list, and what is wrong with lines that name nobody."""
    try:
        listed = recipient_lists.read(values["addresses"])
    except InvalidParameter as refusal:
        raise page_helpers.one("addresses", refusal.message) from None
    people = [named.person for named in listed.people]
    people += [
        invites.Person(one.text) for one in listed.bad
    ]  # each comes back with its reason
    if not people:
        raise page_helpers.one("addresses", SENTENCES["addresses"])
    if len(values["custom_message"]) > LONGEST_MESSAGE:
        raise page_helpers.one("custom_message", SENTENCES["custom_message"])
    return people, {
        one.text.strip()[: invites.LONGEST_SHOWN]: wrong(one.reason) for one in listed.bad
    }


def _some_are_wrong(
    campaign_id: str, outcome: invites.Outcome, bad: dict[str, str], values: dict[str, str]
) -> ResponseReturnValue:
    lines = [
        {
            "text": e["email"],
            "reason": bad.get(e["email"])
            or REASONS.get(e["reason"], "this person can’t be invited"),
        }
        for e in outcome.errors
    ]
    values = {**values, "addresses": "\n".join(line["text"] for line in lines)}
    some = bool(outcome.invites)
    left = lines_left(len(lines))
    page = render_template(
        "campaigns/show.html",
        values=values,
        errors=[] if some else [{"field": "addresses", "message": left}],
        wrong=lines,
        left=left,
        told=told(outcome, mailed=bool(values["send_email"])) if some else "",
        invited=[row.email for row in outcome.invites],
        **_shown(access.campaign(g.actor, campaign_id)),
    )
    return page, 200 if some else 400


def _shown(campaign: Any) -> dict[str, Any]:
    status = page_helpers.picked("status", get_args(invites.Status))
    page = invites.listing(campaign, page_helpers.part(), wanted=status)  # type: ignore[arg-type]
    shape = shapes.campaign(campaign)
    return {
        "campaign": shape,
        "kind": shapes.interview_kind(office(), campaign),
        **live_figures.live(shape),
        **live_figures.by_question(drop_off.of_campaign(campaign)),
        "invites": page.shaped(
            lambda row: invite_representation.invite(office(), g.actor, row)
        ).items,
        "pager": page_helpers.pager(page, "invites"),
        "status": status or "",
        "statuses": get_args(invites.Status),
        "mails_leave": page_helpers.mails_leave(),
        "once": new_id(),
        "query": request.query_string.decode("ascii", "ignore"),
        "chosen_days": DAYS,
    }
