"""Campaign insights in the API."""

from flask import g
from flask.typing import ResponseReturnValue

from interviewrelay.insights import campaign_insights
from interviewrelay.insights.representation import CampaignInsights
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api
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

    Get the results of a campaign's interviews: themes with verbatim quotes, sentiment by question,
    and where people stopped.
    """
    found = campaign_insights.get_campaign_insights(access.get_campaign(g.actor, campaign_id))
    return CampaignInsights.read(found)
