"""The first page of the dashboard."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.domain import desk as shapes, overview
from interviewrelay.web import desk
from interviewrelay.web.zones import needs, pages


@pages.get("/")
@needs("campaigns:read")
def show_overview() -> ResponseReturnValue:
    shape = shapes.overview(overview.of(g.actor))
    return render_template("overview/show.html", overview=shape, mails_leave=desk.mails_leave())
