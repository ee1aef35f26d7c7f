"""What a campaign's interviews come to, for the API and for the dashboard."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.domain import access, desk as shapes, insights, represent_insights
from interviewrelay.web.caching import kept
from interviewrelay.web.http import answer
from interviewrelay.web.zones import api, needs, pages


# As for transcripts: quotes are participants' words.
@api.get("/campaigns/<campaign_id>/insights")
@kept
def get_insights(campaign_id: str) -> ResponseReturnValue:
    found = insights.of_campaign(access.campaign(g.actor, campaign_id))
    return answer(represent_insights.campaign(found))


@pages.get("/campaigns/<campaign_id>/insights")
@needs("sessions:read")
def show_insights(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    shape = represent_insights.campaign(insights.of_campaign(campaign))
    return render_template(
        "campaigns/insights.html", campaign=shapes.campaign(campaign), insights=shape
    )
