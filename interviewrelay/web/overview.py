"""The first page of the dashboard."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.domain import desk as shapes, overview, server_models
from interviewrelay.web import campaign_page, desk
from interviewrelay.web.zones import needs, office, pages


@pages.get("/")
@needs("campaigns:read")
def show_overview() -> ResponseReturnValue:
    found = overview.of(g.actor)
    g.account = found.account  # the rail shows it too
    shape = shapes.overview(found)
    return render_template(
        "overview/show.html",
        overview=shape,
        days=campaign_page.days(*found.completions),
        funnels={
            c["id"]: campaign_page.funnel(c["stats"], f"funnel-{c['id']}")
            for c in shape["running"]
        },
        reminds=server_models.needs_reminder(office(), g.actor, found.model_facts),
        mails_leave=desk.mails_leave(),
    )
