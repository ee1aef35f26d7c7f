"""Settings of a launched campaign: end date, limit, and text of future emails."""

from typing import Any

from flask import g, redirect, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import campaigns
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.web.campaigns import form_fields
from interviewrelay.web.http.blueprints import pages, requires, services
from interviewrelay.web.ui import page_helpers


@pages.get("/campaigns/<campaign_id>/settings")
@requires("campaigns:write")
def show_campaign_settings(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    if campaign.status == "draft":
        return redirect(f"/campaigns/{campaign.id}/draft/sending", 303)
    return render_template("campaigns/settings.html", errors=[], **_page(campaign, {}))


@pages.post("/campaigns/<campaign_id>/settings")
@requires("campaigns:write")
def change_campaign_settings(campaign_id: str) -> ResponseReturnValue:
    campaign, values = access.get_campaign(g.actor, campaign_id), form_fields.read_typed()
    try:
        changes = form_fields.parse_changes(campaign, values)
        campaigns.change_campaign(campaign, changes, speech=services().speech)
    except InvalidParameter as refusal:
        page = _page(campaign, values)
        return page_helpers.render_again(
            "campaigns/settings.html", refusal, form_fields.SENTENCES, **page
        )
    return page_helpers.redirect_with_message(f"/campaigns/{campaign.id}", "Settings saved.")


def _page(campaign: Any, typed: dict[str, str]) -> dict[str, Any]:
    values = {**form_fields.get_values(campaign), **typed}
    return {
        "campaign": view_models.build_campaign(campaign),
        "values": values,
        "deaf": form_fields.describe_missing_speech(campaign),
        "reminders": form_fields.list_reminder_choices(values["reminder_hours_before"]),
    }
