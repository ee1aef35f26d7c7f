"""Quick search: the command palette's results, and a page of its own."""

from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.core import clock, text
from interviewrelay.dashboard import quick_search
from interviewrelay.web.http import htmx
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.http.requests import filter_value
from interviewrelay.web.ui.navigation import PLACES


@pages.get("/find")
@requires("campaigns:read")
def show_find() -> ResponseReturnValue:
    words = (filter_value("q") or "")[: quick_search.LONGEST]
    found = _found(words) if words else None
    if htmx.is_htmx_request():
        return render_template("dashboard/_search_results.html", found=found)
    return render_template("dashboard/search.html", found=found, q=words)


def _found(words: str) -> dict[str, Any]:
    """Links by kind as (URL, text, note), and their number."""
    things, plain = quick_search.find_things(g.actor, words), text.fold_text(words).strip()
    links = {
        "places": [
            (p.href, p.word, "")
            for p in PLACES
            if plain in p.word.lower() and (not p.needs or g.actor.may(p.needs))
        ],
        "campaigns": [(f"/campaigns/{row_id}", name, "") for row_id, name in things.campaigns],
        "scripts": [(f"/scripts/{row.id}", row.name, "") for row in things.scripts],
        "sessions": [
            (
                f"/sessions/{row.id}",
                row.participant_email,
                f"{row.campaign.name}, {clock.format_iso(row.started_at)[:10]}",
            )
            for row in things.sessions
        ],
    }
    return {**links, "number": sum(map(len, links.values()))}
