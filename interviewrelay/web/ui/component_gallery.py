"""Component gallery: every part of the pages in each of its states, for developers."""

from datetime import date, timedelta
from typing import Any, Final

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import NotFound
from interviewrelay.web.http.blueprints import pages, public
from interviewrelay.web.ui import charts

TONES: Final = ("info", "success", "warning", "danger")
LONG: Final = (
    "What do you remember of the conversation with the doctor, from the moment you were called in "
    "until you left the room?"
)


@pages.get("/design")
@public
def show_design() -> ResponseReturnValue:
    """Only if the setting enables it. Raises NotFound."""
    if not current_app.extensions["settings"].design_page:
        raise NotFound
    return render_template(
        "component_gallery.html",
        tones=TONES,
        errors=[{"field": "broken", "message": "Enter a name, up to 200 characters."}],
        pictures=_pictures(),
        chosen=[("week", "A week"), ("month", "A month")],
    )


def _pictures() -> dict[str, Any]:
    first = date(2026, 10, 20)
    counts = [(first + timedelta(days=n), (n * 7) % 23 if n % 6 else 0) for n in range(30)]
    felt = [
        charts.MoodPoint(at=at, score=score, mood=mood)
        for at, score, mood in (
            (4, 0.0, "neutral"), (65, 0.62, "positive"), (130, -0.4, "negative"),
            (190, -0.81, "negative"), (230, 0.0, "unsure"), (260, 0.1, "mixed"), (410, 0.7, "positive"),
        )
    ]  # fmt: skip
    columns = ("Question", "Reached", "Dropped off")
    amounts = [
        charts.Amount(LONG, 120, 0),
        charts.Amount("How did the waiting go?", 96, 31, "31 dropped off"),
    ]
    return {
        "days": charts.build_days("d1", "Completed by day", "interview", counts),
        "one day": charts.build_days("d2", "Completed on one day", "interview", counts[1:2]),
        "no days": charts.build_days(
            "d3", "Completed by day, none", "interview", [(first, 0)] * 14
        ),
        "line": charts.build_moods("l1", "Sentiment by answer", felt),
        "one answer": charts.build_moods("l2", "Sentiment of one answer", felt[1:2]),
        "no answer": charts.build_moods("l3", "Sentiment of no answers", []),
        "funnel": charts.build_funnel(
            "f1",
            "From invited to completed",
            [("Invited", 1240), ("Opened", 930), ("Started", 810), ("Completed", 705)],
        ),
        "nobody": charts.build_funnel(
            "f2", "Nobody yet", [("Invited", 0), ("Started", 0), ("Completed", 0)]
        ),
        "nothing": charts.build_bars("a2", "Nothing yet", [], columns),
        "across": charts.build_bars("a1", "Drop-off by question", amounts, columns),
    }
