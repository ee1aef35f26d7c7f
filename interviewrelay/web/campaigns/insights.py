"""Campaign insights in the API and on the dashboard."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.dashboard import view_models
from interviewrelay.insights import campaign_insights, representation
from interviewrelay.insights.representation import CampaignInsights
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api, pages, requires
from interviewrelay.web.http.requests import json_response
from interviewrelay.web.middleware.etags import cached
from interviewrelay.web.openapi.operation import operation


# As for transcripts: quotes are participants' words.
@operation(
    api,
    "GET /campaigns/<campaign_id>/insights",
    "sessions:read",
    answers={200: CampaignInsights},
)
@cached
def get_insights(campaign_id: str) -> ResponseReturnValue:
    """Get insights

    What the interviews of a campaign come to: themes with verbatim quotes, sentiment by
    question, and where people stopped.
    """
    found = campaign_insights.get_campaign_insights(access.get_campaign(g.actor, campaign_id))
    return json_response(representation.campaign(found))


@pages.get("/campaigns/<campaign_id>/insights")
@requires("sessions:read")
def show_insights(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    shape = representation.campaign(campaign_insights.get_campaign_insights(campaign))
    return render_template(
        "campaigns/insights.html", campaign=view_models.build_campaign(campaign), insights=shape
    )
