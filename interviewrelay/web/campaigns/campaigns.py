"""Campaigns on the dashboard: the list, and their status."""

from collections.abc import Sequence
from typing import Any, Final, get_args

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import campaigns, projects
from interviewrelay.core.errors import (
    Conflict,
    InvalidParameter,
    PlanLimitReached,
    ScriptNotPublished,
)
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import pages, requires, services
from interviewrelay.web.http.requests import filter_value
from interviewrelay.web.ui import page_helpers

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
    wanted["project_id"] = filter_value("project_id") or ""
    page = campaigns.list_campaigns(
        g.actor,
        page_helpers.read_window(),
        project_id=wanted["project_id"] or None,
        status=wanted["status"] or None,  # type: ignore[arg-type]
    )
    return render_template(
        "campaigns/list.html",
        campaigns=[view_models.build_campaign_row(row) for row in page.items],
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
        campaigns.set_campaign_status(campaign, wanted, speech=services().speech)  # type: ignore[arg-type]
    except (Conflict, PlanLimitReached, InvalidParameter) as refusal:
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
    words = (
        "Draft created with the same script, settings and email. No one has been invited yet."
    )
    return page_helpers.redirect_with_message(f"/campaigns/{copy.id}/draft", words)


def build_choices(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Options of a select field, by name."""
    return [(row.id, row.name) for row in rows]
