"""Overview page of the dashboard."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.dashboard import model_reminder, overview, view_models as shapes
from interviewrelay.web.campaigns import live_figures
from interviewrelay.web.http.blueprints import needs, office, pages
from interviewrelay.web.ui import page_helpers


@pages.get("/")
@needs("campaigns:read")
def show_overview() -> ResponseReturnValue:
    found = overview.of(g.actor)
    g.account = found.account  # the side navigation shows it too
    shape = shapes.overview(found)
    return render_template(
        "dashboard/overview.html",
        overview=shape,
        days=live_figures.days(*found.completions),
        funnels={
            c["id"]: live_figures.funnel(c["stats"], f"funnel-{c['id']}")
            for c in shape["running"]
        },
        reminds=model_reminder.needs_reminder(office(), g.actor, found.model_facts),
        mails_leave=page_helpers.mails_leave(),
    )
