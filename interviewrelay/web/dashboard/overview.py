"""Overview page of the dashboard."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.dashboard import model_reminder, overview, view_models
from interviewrelay.web.campaigns import live_figures
from interviewrelay.web.http.blueprints import pages, requires, services
from interviewrelay.web.ui import page_helpers


@pages.get("/")
@requires("campaigns:read")
def show_overview() -> ResponseReturnValue:
    found = overview.get_overview(g.actor)
    g.account = found.account  # the side navigation shows it too
    running = [view_models.build_campaign_row(row) for row in found.running]
    return render_template(
        "dashboard/overview.html",
        overview=found,
        credits=view_models.build_credits(found.account),
        alerts=[view_models.build_session_row(row) for row in found.alerts],
        latest=[view_models.build_latest(row, found.came_in) for row in found.latest],
        running=running,
        days=live_figures.build_days_chart(*found.completions),
        funnels={
            c["id"]: live_figures.build_funnel_chart(c["stats"], f"funnel-{c['id']}")
            for c in running
        },
        reminds=model_reminder.needs_reminder(services(), g.actor, found.model_facts),
        mails_leave=page_helpers.is_mail_configured(),
    )
