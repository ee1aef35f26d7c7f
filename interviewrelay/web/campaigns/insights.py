"""Campaign insights on the dashboard."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.dashboard import view_models
from interviewrelay.insights import campaign_insights
from interviewrelay.insights.representation import CampaignInsights
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import pages, requires


@pages.get("/campaigns/<campaign_id>/insights")
@requires("sessions:read")
def show_insights(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    shape = CampaignInsights.read(campaign_insights.get_campaign_insights(campaign))
    return render_template(
        "campaigns/insights.html", campaign=view_models.build_campaign(campaign), insights=shape
    )
