"""Settings of a launched campaign: end date, limit, and text of future emails."""

from typing import Any

from flask import g, redirect, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import campaigns
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.dashboard import view_models as shapes
from interviewrelay.organizations import access
from interviewrelay.web.campaigns import form_fields as fields
from interviewrelay.web.http.blueprints import needs, pages
from interviewrelay.web.ui import page_helpers


@pages.get("/campaigns/<campaign_id>/settings")
@needs("campaigns:write")
def show_campaign_settings(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    if campaign.status == "draft":
        return redirect(f"/campaigns/{campaign.id}/draft/sending", 303)
    return render_template(
        "campaigns/settings.html", errors=[], **_page(campaign, fields.values_of(campaign))
    )


@pages.post("/campaigns/<campaign_id>/settings")
@needs("campaigns:write")
def change_campaign_settings(campaign_id: str) -> ResponseReturnValue:
    campaign, values = access.campaign(g.actor, campaign_id), fields.typed()
    name = page_helpers.typed("name")["name"]
    try:
        campaigns.change(campaign, fields.changes(campaign, values, name))
    except InvalidParameter as refusal:
        page = _page(campaign, {**values, "name": name})
        return page_helpers.again("campaigns/settings.html", refusal, fields.SENTENCES, **page)
    return page_helpers.done(f"/campaigns/{campaign.id}", "Settings saved.")


def _page(campaign: Any, values: dict[str, str]) -> dict[str, Any]:
    return {
        "campaign": shapes.campaign(campaign),
        "values": {"name": campaign.name, **values},
        "reminders": fields.reminders(values["reminder_hours_before"]),
    }
