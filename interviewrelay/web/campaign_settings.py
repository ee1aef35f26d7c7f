"""When a campaign that was sent off ends, how many it wants, and what its mails say from now on."""

from typing import Any

from flask import g, redirect, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.domain import access, campaigns, desk as shapes
from interviewrelay.errors import InvalidParameter
from interviewrelay.web import campaign_fields as fields, desk
from interviewrelay.web.zones import needs, pages


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
    name = desk.typed("name")["name"]
    try:
        campaigns.change(campaign, fields.changes(campaign, values, name))
    except InvalidParameter as refusal:
        page = _page(campaign, {**values, "name": name})
        return desk.again("campaigns/settings.html", refusal, fields.SENTENCES, **page)
    return desk.done(f"/campaigns/{campaign.id}", "The settings are saved.")


def _page(campaign: Any, values: dict[str, str]) -> dict[str, Any]:
    return {
        "campaign": shapes.campaign(campaign),
        "values": {"name": campaign.name, **values},
        "reminders": fields.reminders(values["reminder_hours_before"]),
    }
