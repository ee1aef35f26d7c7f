"""Invites on the dashboard: sending them from a campaign's page, and cancelling one."""

from typing import Any, Final, get_args

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns.invites import (
    invites,
    representation as invite_representation,
)
from interviewrelay.campaigns.setup import recipient_lists
from interviewrelay.core.errors import (
    CampaignNotActive,
    InvalidParameter,
    PlanLimitReached,
    RateLimited,
)
from interviewrelay.core.field_types import LONGEST_MESSAGE
from interviewrelay.core.ids import new_id
from interviewrelay.core.text import with_line_feeds
from interviewrelay.dashboard import view_models as shapes
from interviewrelay.insights import drop_off
from interviewrelay.organizations import access
from interviewrelay.web.campaigns import live_figures
from interviewrelay.web.campaigns.bulk_actions import DAYS
from interviewrelay.web.campaigns.invite_report import REASONS, lines_left, told, wrong
from interviewrelay.web.http.blueprints import needs, office, pages, sends_mail
from interviewrelay.web.ui import page_helpers

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
    """Redirects to the campaign if all lines are valid. Otherwise invalid lines stay in the form
    with their reasons; it counts as an error only if nobody was invited.
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
    """People on the list, and the problems of invalid lines."""
    try:
        listed = recipient_lists.read(values["addresses"])
    except InvalidParameter as refusal:
        raise page_helpers.one("addresses", refusal.message) from None
    people = [named.person for named in listed.people]
    people += [
        invites.Person(one.text) for one in listed.bad
    ]  # each is reported with its reason
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
