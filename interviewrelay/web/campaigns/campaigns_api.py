"""Campaigns in the API."""

from typing import get_args

from flask import g
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import (
    campaigns,
    detail_query as campaign_detail_query,
    listing,
)
from interviewrelay.campaigns.representation import (
    Campaign,
    CampaignChange,
    CampaignDetail,
    CampaignIn,
    CampaignItem,
)
from interviewrelay.core.errors import (
    Conflict,
    PlanLimitReached,
    ScriptNotPublished,
)
from interviewrelay.core.representation import PROJECT_ID, SCRIPT_ID, list_of
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api, services
from interviewrelay.web.http.requests import (
    filter_value,
    list_response,
    read_choice,
    read_payload,
    read_window,
)
from interviewrelay.web.middleware.etags import cached
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import TEXT, WINDOW, Parameter, choice


@operation(
    api,
    "POST /campaigns",
    "campaigns:write",
    body=CampaignIn,
    answers={201: Campaign},
    refusals=(ScriptNotPublished, PlanLimitReached),
    gives={"campaign_id": "/id"},
    sent={
        "name": "Q4 Customer Feedback",
        "script_id": SCRIPT_ID,
        "project_id": PROJECT_ID,
        "invite_valid_hours": 168,
    },
)
def create_campaign() -> ResponseReturnValue:
    """Create campaign

    Create a new interview campaign. It is active immediately unless you create it as a draft.
    If your plan allows no more active campaigns, you get 402 `PLAN_LIMIT_REACHED`.
    """
    plan, speech = read_payload(CampaignIn).plan(), services().speech
    campaign = campaigns.create_campaign(g.actor, plan, speech=speech)
    return Campaign.read(campaign), 201


@operation(
    api,
    "GET /campaigns",
    "campaigns:read",
    query=(
        Parameter("project_id", TEXT, "Filter by project UUID.", PROJECT_ID),
        choice("status", get_args(campaigns.CampaignStatus), "Filter by status."),
        *WINDOW,
    ),
    answers={200: list_of("campaigns", CampaignItem)},
)
@cached
def list_campaigns() -> ResponseReturnValue:
    """List campaigns

    Retrieve all campaigns.
    """
    page = listing.CAMPAIGNS.get_page(
        g.actor,
        read_window(),
        project_id=filter_value("project_id"),
        status=read_choice("status", get_args(campaigns.CampaignStatus)),
    )
    return list_response("campaigns", page, CampaignItem.read)


@operation(api, "GET /campaigns/<campaign_id>", "campaigns:read", answers={200: CampaignDetail})
@cached
def get_campaign(campaign_id: str) -> ResponseReturnValue:
    """Get campaign details

    Get detailed information about a campaign. Expired invites are removed from `pending` within
    a minute.
    """
    return CampaignDetail.read(campaign_detail_query.get_campaign_detail(g.actor, campaign_id))


@operation(
    api,
    "POST /campaigns/<campaign_id>/duplicate",
    "campaigns:write",
    answers={201: Campaign},
    refusals=(ScriptNotPublished,),
    changes={"name": "Q4 Customer Feedback (copy)", "status": "draft"},
)
def duplicate_campaign(campaign_id: str) -> ResponseReturnValue:
    """Duplicate campaign

    Create a draft with the same project, settings, message and limits, and the newest published
    version of the script. Start and end dates and participants are not copied.
    """
    copy = campaigns.duplicate_campaign(g.actor, access.get_campaign(g.actor, campaign_id))
    return Campaign.read(copy), 201


@operation(
    api,
    "PATCH /campaigns/<campaign_id>",
    "campaigns:write",
    body=CampaignChange,
    partial=True,
    answers={200: CampaignDetail},
    refusals=(Conflict, PlanLimitReached),
    sent={"status": "paused"},
    changes={"status": "paused"},
)
def change_campaign(campaign_id: str) -> ResponseReturnValue:
    """Change campaign

    Omitted fields keep their values. A change of `invite_valid_hours` applies to new invites. While
    a campaign is paused, links stay valid, new interviews can't start, and interviews in progress
    can finish. If its status does not allow the change, you get 409 `CONFLICT` with the possible
    `moves` in `details`, and nothing is changed.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    given, speech = read_payload(CampaignChange).given(), services().speech
    changed = campaigns.change_campaign(campaign, given, speech=speech)
    return CampaignDetail.read(changed)
