"""Invites on the dashboard: sending them from a campaign's page, and cancelling one."""

from typing import Any, Final, get_args

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns.invites import invites, representation as invite_representation
from interviewrelay.campaigns.setup import recipient_lists
from interviewrelay.core.errors import (
    CampaignNotActive,
    InvalidParameter,
    PlanLimitReached,
    RateLimited,
)
from interviewrelay.core.field_types import LONGEST_MESSAGE
from interviewrelay.core.ids import new_id
from interviewrelay.core.text import normalize_line_feeds
from interviewrelay.dashboard import view_models
from interviewrelay.egress import egress_ledger
from interviewrelay.insights import drop_off
from interviewrelay.organizations import access
from interviewrelay.results import analyses, findings
from interviewrelay.results.representation import build_finding
from interviewrelay.web.campaigns import live_figures
from interviewrelay.web.campaigns.bulk_actions import DAYS
from interviewrelay.web.campaigns.invite_report import (
    REASONS,
    describe_error,
    describe_lines_left,
    describe_result,
)
from interviewrelay.web.http.blueprints import pages, requires, sends_mail, services
from interviewrelay.web.ui import page_helpers

TOP_FINDINGS: Final = 3

SENTENCES: Final = {
    "addresses": "Enter at least one email address.",
    "custom_message": "Shorten the message to 5,000 characters or fewer.",
}


@pages.get("/campaigns/<campaign_id>")
@requires("campaigns:read")
def show_campaign(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    values = {"send_email": "true"}
    return render_template("campaigns/show.html", values=values, errors=[], **_shown(campaign))


@pages.post("/campaigns/<campaign_id>/invites")
@sends_mail
@requires("invites:write")
def send_invites(campaign_id: str) -> ResponseReturnValue:
    """Redirects to the campaign if all lines are valid. Otherwise invalid lines stay in the form
    with their reasons; it counts as an error only if nobody was invited.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    values = page_helpers.read_typed("addresses", "send_email", "custom_message")
    try:
        people, bad = _pasted(values)
        outcome = invites.create_invites(
            services().ring,
            campaign,
            people,
            send_email=bool(values["send_email"]),
            custom_message=normalize_line_feeds(values["custom_message"].strip()),
        )
    except (InvalidParameter, CampaignNotActive, PlanLimitReached, RateLimited) as refusal:
        more = {"values": values, **_shown(campaign)}
        return page_helpers.render_again("campaigns/show.html", refusal, SENTENCES, **more)
    if not outcome.errors:
        address = f"/campaigns/{campaign.id}#invites"
        return page_helpers.redirect_with_message(
            address, describe_result(outcome, mailed=bool(values["send_email"]))
        )
    return _some_are_wrong(campaign_id, outcome, bad, values)


@pages.post("/campaigns/<campaign_id>/invites/<invite_id>/cancel")
@requires("invites:write")
def cancel_invite(campaign_id: str, invite_id: str) -> ResponseReturnValue:
    row = invites.cancel_invite(access.get_invite_by_id(g.actor, campaign_id, invite_id))
    return page_helpers.redirect_with_message(
        f"/campaigns/{campaign_id}#invites",
        f"Invite cancelled. The link for {row.email} no longer works.",
    )


def _pasted(values: dict[str, str]) -> tuple[list[invites.Invitee], dict[str, str]]:
    """People on the list, and the problems of invalid lines."""
    try:
        listed = recipient_lists.parse_recipients(values["addresses"])
    except InvalidParameter as refusal:
        raise page_helpers.build_problem("addresses", refusal.message) from None
    people = [named.person for named in listed.people]
    people += [
        invites.Invitee(one.text) for one in listed.bad
    ]  # each is reported with its reason
    if not people:
        raise page_helpers.build_problem("addresses", SENTENCES["addresses"])
    if len(values["custom_message"]) > LONGEST_MESSAGE:
        raise page_helpers.build_problem("custom_message", SENTENCES["custom_message"])
    return people, {
        one.text.strip()[: invites.LONGEST_SHOWN]: describe_error(one.reason)
        for one in listed.bad
    }


def _some_are_wrong(
    campaign_id: str, outcome: invites.InviteResult, bad: dict[str, str], values: dict[str, str]
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
    left = describe_lines_left(len(lines))
    page = render_template(
        "campaigns/show.html",
        values=values,
        errors=[] if some else [{"field": "addresses", "message": left}],
        wrong=lines,
        left=left,
        told=describe_result(outcome, mailed=bool(values["send_email"])) if some else "",
        invited=[row.email for row in outcome.invites],
        **_shown(access.get_campaign(g.actor, campaign_id)),
    )
    return page, 200 if some else 400


def _shown(campaign: Any) -> dict[str, Any]:
    status = page_helpers.read_choice("status", get_args(invites.InviteStatus))
    page = invites.list_invites(campaign, page_helpers.read_window(), wanted=status)  # type: ignore[arg-type]
    shape = view_models.build_campaign(campaign)
    return {
        "campaign": shape,
        "kind": view_models.describe_interview_kind(services(), campaign),
        "top_findings": _list_top_findings(campaign),
        **live_figures.build_live_charts(shape),
        **live_figures.build_question_figures(drop_off.get_drop_off(campaign)),
        "invites": [
            invite_representation.invite(services(), g.actor, row) for row in page.items
        ],
        "pager": page_helpers.build_pager(page, "invites"),
        "status": status or "",
        "statuses": get_args(invites.InviteStatus),
        "mails_leave": page_helpers.is_mail_configured(),
        "once": new_id(),
        "query": request.query_string.decode("ascii", "ignore"),
        "chosen_days": DAYS,
        "egress": egress_ledger.sum_campaign_transfers(campaign),
    }


def _list_top_findings(campaign: Any) -> list[dict[str, Any]]:
    if not g.actor.may("sessions:read"):
        return []
    found = findings.list_findings(campaign)[:TOP_FINDINGS]
    analysed = analyses.count_analysed(campaign) if found else 0
    return [build_finding(one, analysed) for one in found]
