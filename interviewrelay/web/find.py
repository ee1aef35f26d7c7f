"""Finding pages and things by a word: the palette's answers, and a page of its own."""

from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay import clock, texts
from interviewrelay.domain import find
from interviewrelay.web import desk, htmx
from interviewrelay.web.places import PLACES
from interviewrelay.web.zones import needs, pages


@pages.get("/find")
@needs("campaigns:read")
def show_find() -> ResponseReturnValue:
    words = (desk.asked("q") or "")[: find.LONGEST]
    found = _found(words) if words else None
    if htmx.asks():
        return render_template("find/_found.html", found=found)
    return render_template("find/show.html", found=found, q=words)


def _found(words: str) -> dict[str, Any]:
    """By kind, links of (address, word, note), and how many they are."""
    things, plain = find.things(g.actor, words), texts.folded(words).strip()
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
                f"{row.campaign.name}, {clock.iso(row.started_at)[:10]}",
            )
            for row in things.sessions
        ],
    }
    return {**links, "number": sum(map(len, links.values()))}
