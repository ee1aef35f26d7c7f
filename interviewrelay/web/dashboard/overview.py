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
    shape = view_models.build_overview(found)
    return render_template(
        "dashboard/overview.html",
        overview=shape,
        days=live_figures.build_days_chart(*found.completions),
        funnels={
            c["id"]: live_figures.build_funnel_chart(c["stats"], f"funnel-{c['id']}")
            for c in shape["running"]
        },
        reminds=model_reminder.needs_reminder(services(), g.actor, found.model_facts),
        mails_leave=page_helpers.is_mail_configured(),
    )
