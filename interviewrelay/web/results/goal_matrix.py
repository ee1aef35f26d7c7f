"""Matrix of learning goals and participants on the dashboard."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.organizations import access
from interviewrelay.results import analyses, goal_matrix
from interviewrelay.results.representation import Goal, Participant
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.ui import page_helpers


@pages.get("/campaigns/<campaign_id>/goals")
@requires("sessions:read")
def show_goals(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    page = goal_matrix.list_rows(campaign, page_helpers.read_window())
    return render_template(
        "results/goals.html",
        campaign={"id": campaign.id, "name": campaign.name},
        goals=[Goal.read(goal) for goal in goal_matrix.list_goals(campaign)],
        participants=[Participant.read(row) for row in page.items],
        analysed=analyses.count_analysed(campaign),
        pager=page_helpers.build_pager(page, "interviews"),
        sizes=page_helpers.list_page_sizes(page),
    )
