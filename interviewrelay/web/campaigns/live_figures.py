"""Live figures: charts of a campaign's page, some refreshed while people take part."""

from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.billing import daily_counts
from interviewrelay.dashboard import view_models as shapes
from interviewrelay.insights import drop_off
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import needs, pages
from interviewrelay.web.ui import charts, formatting, page_helpers
from interviewrelay.web.ui.charts import Amount, Chart


@pages.get("/campaigns/<campaign_id>/live")
@needs("campaigns:read")
def show_live(campaign_id: str) -> ResponseReturnValue:
    """Polled by the page every few seconds; 304 while nothing has changed."""
    shape = shapes.campaign(access.campaign(g.actor, campaign_id))
    part = render_template("campaigns/_live.html", campaign=shape, **live(shape))
    return page_helpers.watched(part)


def live(campaign: dict[str, Any]) -> dict[str, Chart]:
    """Charts that change during interviews; `campaign` is its shape."""
    return {
        "funnel": funnel(campaign["stats"], "funnel"),
        "days": days(*daily_counts.completions(g.actor.org_id, campaign["id"])),
    }


def days(complete: daily_counts.Counts, early: daily_counts.Counts) -> Chart:
    """Completed interviews of each day, and separately those that ended early."""
    return charts.days("days", "Completed by day", "interview", complete, early, "ended early")


def funnel(stats: dict[str, Any], id: str) -> Chart:
    """Opened counts people who touched the page: opening the link leaves no trace, because mail
    scanners do it.
    """
    steps = [
        ("Invited", stats["invites_sent"]),
        ("Opened", stats["opened"]),
        ("Started", stats["started"]),
        ("Completed", stats["complete"]),
    ]
    return charts.funnel(id, "From invited to completed", steps)


def by_question(found: drop_off.Passages) -> dict[str, Any]:
    """Drop-off by question, and the time each takes."""
    reached = [
        Amount(
            name=one.text,
            number=one.reached,
            part=one.left_here,
            note=f"{formatting.thin(one.left_here)} dropped off" if one.left_here else "",
        )
        for one in found.questions
    ]
    took = [
        Amount(one.text, round(one.seconds), shown=formatting.lasting(round(one.seconds)))
        for one in found.questions
        if one.seconds is not None
    ]
    columns = ("Question", "Reached", "Dropped off")
    return {
        "passages": found,
        "reached": charts.across(
            "reached", "Drop-off by question", reached, columns, of=found.read
        ),
        "took": charts.across("took", "Median time by question", took, ("Question", "Time")),
    }
