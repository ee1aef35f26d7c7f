"""Live figures: charts of a campaign's page, some refreshed while people take part."""

from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.billing import daily_counts
from interviewrelay.dashboard import view_models
from interviewrelay.insights import drop_off
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.ui import charts, formatting, page_helpers
from interviewrelay.web.ui.charts import Amount, Chart


@pages.get("/campaigns/<campaign_id>/live")
@requires("campaigns:read")
def show_live(campaign_id: str) -> ResponseReturnValue:
    """Polled by the page every few seconds; 304 while nothing has changed."""
    shape = view_models.build_campaign(access.get_campaign(g.actor, campaign_id))
    part = render_template("campaigns/_live.html", campaign=shape, **build_live_charts(shape))
    return page_helpers.conditional_response(part)


def build_live_charts(campaign: dict[str, Any]) -> dict[str, Chart]:
    """Charts that change during interviews; `campaign` is its shape."""
    return {
        "funnel": build_funnel_chart(campaign["stats"], "funnel"),
        "days": build_days_chart(
            *daily_counts.list_completions(g.actor.org_id, campaign["id"])
        ),
    }


def build_days_chart(
    complete: daily_counts.DailyCounts, early: daily_counts.DailyCounts
) -> Chart:
    """Completed interviews of each day, and separately those that ended early."""
    return charts.build_days(
        "days", "Completed by day", "interview", complete, early, "ended early"
    )


def build_funnel_chart(stats: dict[str, Any], id: str) -> Chart:
    """Funnel of invites. Opened counts people who interacted with the page: fetching the link does
    not count, because mail scanners do it.
    """
    steps = [
        ("Invited", stats["invites_sent"]),
        ("Opened", stats["opened"]),
        ("Started", stats["started"]),
        ("Completed", stats["complete"]),
    ]
    return charts.build_funnel(id, "From invited to completed", steps)


def build_question_figures(found: drop_off.DropOff) -> dict[str, Any]:
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
        "reached": charts.build_bars(
            "reached", "Drop-off by question", reached, columns, of=found.read
        ),
        "took": charts.build_bars(
            "took", "Median time by question", took, ("Question", "Time")
        ),
    }
