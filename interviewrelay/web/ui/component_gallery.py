"""Component gallery: every part of the pages in each of its states, for developers."""

from datetime import date, timedelta
from typing import Any, Final

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.analysis.highlighting import TextPiece
from interviewrelay.core.errors import NotFound
from interviewrelay.search.excerpts import Excerpt
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
        session=_session(),
        found={**_session(), "id": "1", "notes": 2, "excerpt": _excerpt()},
        pieces=_pieces(),
        notes=_notes(),
        campaign=_campaign(),
    )


def _pictures() -> dict[str, Any]:
    first = date(2026, 10, 20)
    counts = [(first + timedelta(days=n), (n * 7) % 23 if n % 6 else 0) for n in range(30)]
    felt = [
        charts.MoodPoint(at=at, score=score, mood=mood)
        for at, score, mood in (
            (4, 0.0, "neutral"), (65, 0.62, "positive"), (130, -0.4, "negative"),
            (190, -0.81, "negative"), (260, 0.1, "mixed"), (410, 0.7, "positive"),
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


def _session() -> dict[str, Any]:
    return {
        "id": "0",
        "participant_email": "ada@example.com",
        "campaign": "Outpatient clinic, autumn",
        "status": "completed",
        "paused_at": None,
        "started_at": "2026-10-20T10:00:00Z",
        "duration_seconds": 380,
        "test": True,
        "new": True,
    }


def _pieces() -> list[TextPiece]:
    return [
        TextPiece("It took "),
        TextPiece("an hour", hit=True),
        TextPiece(", and "),
        TextPiece("nobody said a word", noted=True),
        TextPiece("."),
    ]


def _excerpt() -> Excerpt:
    return Excerpt(2, "en", _pieces())


def _notes() -> list[dict[str, Any]]:
    note: dict[str, Any] = {
        "id": "1",
        "session_id": "0",
        "turn_number": 2,
        "quote": "nobody said a word",
        "text": "The third one who says so.",
        "tags": ["silence", "waiting"],
        "author": "Ada Alder",
        "created_at": "2026-10-20T11:00:00Z",
        "changed_at": None,
        "changed_by": None,
        "may_change": True,
    }
    changed = {"changed_at": "2026-10-21T09:00:00Z", "changed_by": "Ben Birch"}
    plain: dict[str, Any] = {"id": "2", "quote": None, "tags": [], "may_change": False}
    return [note, {**note, **plain, **changed}]


def _campaign() -> dict[str, Any]:
    counts = {"invites_sent": 1240, "started": 810, "completed": 705, "ended_early": 0}
    return {
        "id": "0",
        "name": "Outpatient clinic, autumn",
        "project": "Patients",
        "status": "active",
        "created_at": "2026-10-20T10:00:00Z",
        **counts,
    }
