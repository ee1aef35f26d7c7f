"""Campaigns in the API and on the dashboard."""

from collections.abc import Sequence
from typing import Any, Final, get_args

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import (
    campaigns,
    detail_query as campaign_detail_query,
    listing,
    projects,
    representation as campaign_representation,
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
    InvalidParameter,
    PlanLimitReached,
    ScriptNotPublished,
)
from interviewrelay.core.representation import PROJECT_ID, SCRIPT_ID, list_of
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api, pages, requires
from interviewrelay.web.http.requests import (
    filter_value,
    json_response,
    json_text_list_response,
    read_choice,
    read_payload,
    read_window,
)
from interviewrelay.web.middleware.etags import cached
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import TEXT, WINDOW, Parameter, choice
from interviewrelay.web.ui import page_helpers


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

    Create a new interview campaign. It is active at once, unless it is made as a draft. More
    active campaigns than the plan allows: 402 `PLAN_LIMIT_REACHED`.
    """
    campaign = campaigns.create_campaign(g.actor, read_payload(CampaignIn).plan())
    return json_response(campaign_representation.campaign(campaign), 201)


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
    return json_text_list_response("campaigns", page)


@operation(api, "GET /campaigns/<campaign_id>", "campaigns:read", answers={200: CampaignDetail})
@cached
def get_campaign(campaign_id: str) -> ResponseReturnValue:
    """Get campaign details

    Get detailed information about a campaign. An invite that expires leaves `pending` within a
    minute.
    """
    return json_response(
        campaign_representation.campaign_detail(
            campaign_detail_query.get_campaign_detail(g.actor, campaign_id)
        )
    )


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

    A draft of the same study: the script as it is published now, project, settings, message and
    numbers, without its times and without anybody who was invited.
    """
    copy = campaigns.duplicate_campaign(g.actor, access.get_campaign(g.actor, campaign_id))
    return json_response(campaign_representation.campaign(copy), 201)


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

    What is left out stays. New `invite_valid_hours` hold for invites made from now on. While a
    campaign is paused, links stay valid, nobody can start, and
    interviews that have begun go on. A move that its state does not allow: 409 `CONFLICT` with
    the possible `moves` in `details`; then nothing is changed.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    changed = campaigns.change_campaign(campaign, read_payload(CampaignChange).given())
    return json_response(campaign_representation.campaign_detail(changed))


SURE: Final = "end"
"""Word to type before a campaign is ended, which cannot be undone."""
DONE: Final = {
    "active": "The campaign is active. People with a link can start.",
    "paused": "The campaign is paused. Links stay valid, but new interviews can’t start.",
    "completed": "The campaign has ended. New interviews can’t start.",
    "archived": "The campaign is archived.",
}


@pages.get("/campaigns")
@requires("campaigns:read")
def show_campaigns() -> ResponseReturnValue:
    wanted = {
        "status": page_helpers.read_choice("status", get_args(campaigns.CampaignStatus)) or ""
    }
    wanted["project_id"] = page_helpers.read_filter("project_id") or ""
    page = campaigns.list_campaigns(
        g.actor,
        page_helpers.read_window(),
        project_id=wanted["project_id"] or None,
        status=wanted["status"] or None,  # type: ignore[arg-type]
    )
    return render_template(
        "campaigns/list.html",
        campaigns=page.map_items(view_models.build_campaign_row).items,
        pager=page_helpers.build_pager(page, "campaigns"),
        projects=build_choices(projects.list_all_projects(g.actor)),
        statuses=get_args(campaigns.CampaignStatus),
        wanted=wanted,
        filtered=any(wanted.values()),
    )


@pages.post("/campaigns/<campaign_id>/status")
@requires("campaigns:write")
def move_campaign(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    address, wanted = f"/campaigns/{campaign.id}", request.form.get("status", "")
    if wanted not in DONE:
        return page_helpers.redirect_with_message(
            address, "Choose one of the available statuses.", "error"
        )
    typed = request.form.get("typed", "").strip().casefold()
    if wanted == "completed" and typed != SURE:
        return page_helpers.redirect_with_message(
            address, f"The campaign was not ended. Type “{SURE}” to confirm.", "warning"
        )
    try:
        campaigns.set_campaign_status(campaign, wanted)  # type: ignore[arg-type]
    except (Conflict, PlanLimitReached) as refusal:
        return page_helpers.redirect_with_message(address, refusal.message, "error")
    return page_helpers.redirect_with_message(address, DONE[wanted])


@pages.post("/campaigns/<campaign_id>/unarchive")
@requires("campaigns:write")
def take_out_of_archive(campaign_id: str) -> ResponseReturnValue:
    campaign = campaigns.unarchive_campaign(access.get_campaign(g.actor, campaign_id))
    return page_helpers.redirect_with_message(
        f"/campaigns/{campaign.id}", "The campaign is no longer archived."
    )


@pages.post("/campaigns/<campaign_id>/duplicate")
@requires("campaigns:write")
def copy_campaign(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    try:
        copy = campaigns.duplicate_campaign(g.actor, campaign, request.form.get("once", ""))
    except (ScriptNotPublished, InvalidParameter) as refusal:
        return page_helpers.redirect_with_message(
            f"/campaigns/{campaign.id}", refusal.message, "error"
        )
    words = "Draft created with the same script, settings and email. No one is invited yet."
    return page_helpers.redirect_with_message(f"/campaigns/{copy.id}/draft", words)


def build_choices(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Options of a select field, by name."""
    return [(row.id, row.name) for row in rows]
