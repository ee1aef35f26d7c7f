"""Session list page with removable filters in the URL."""

from collections.abc import Mapping
from typing import Any, Final, get_args
from urllib.parse import urlencode

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import campaigns
from interviewrelay.core import clock
from interviewrelay.core.conversation import Sentiment
from interviewrelay.core.db.pagination import Page, Window
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.dashboard import view_models
from interviewrelay.notes import notes, saved_filters
from interviewrelay.search import excerpts
from interviewrelay.transcripts import transcripts
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.http.requests import read_moment, read_search
from interviewrelay.web.ui import page_helpers

SessionFilters = dict[str, str]

LIST: Final = "/sessions"
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "status": get_args(transcripts.Standing),
    "sentiment": get_args(Sentiment),
    "mode": get_args(transcripts.Mode),
    "notes": ("any",),
    "sort": ("oldest",),
}
"""Filters with a closed set of values."""
NAMES: Final = (
    "q", "campaign_id", "status", "sentiment", "language", "mode", "notes", "tag", "start_date",
    "end_date", "sort",
)  # fmt: skip
MODES: Final = {"text": "Text", "voice": "Voice"}
SENTENCES: Final = {
    "q": "Shorten your search to 200 characters or fewer.",
    "start_date": "Enter the start date in the format 2026-01-31.",
    "end_date": "Enter an end date on or after the start date, in the format 2026-01-31.",
}
LANGUAGES: Final = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French",
    "it": "Italian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "tr": "Turkish",
}  # fmt: skip
LONGEST: Final = 200


@pages.get(LIST)
@requires("sessions:read")
def show_sessions() -> ResponseReturnValue:
    wanted = read_filters(request.args)
    try:
        page, errors = find_sessions(wanted, page_helpers.read_window()), []
    except InvalidParameter as refusal:
        page, errors = None, page_helpers.list_problems(refusal, SENTENCES)
    studies = [(c.id, c.name) for c in campaigns.list_all_campaigns(g.actor)]
    body = render_template(
        "sessions/list.html",
        sessions=view_models.build_session_rows(page.items, wanted["q"]) if page else [],
        pager=page_helpers.build_pager(page, "interviews") if page else None,
        limit=page.limit if page else None,
        sizes=page_helpers.list_page_sizes(page) if page else [],
        campaigns=studies,
        languages=[
            (code, get_language_name(code)) for code in excerpts.list_languages(g.actor)
        ],
        statuses=CHOICES["status"],
        modes=list(MODES.items()),
        tags=[(name, name) for name in notes.list_tags(g.actor)],
        wanted=wanted,
        filters={name: value for name, value in wanted.items() if value},
        chips=build_chips(wanted, dict(studies)),
        views=[_view(row, wanted) for row in saved_filters.list_filters(g.actor)],
        once=new_id(),
        errors=errors,
    )
    return body, 400 if errors else 200


def read_filters(given: Mapping[str, str]) -> SessionFilters:
    """Filters from a URL or form; invalid values of closed filters are ignored."""
    wanted = {name: given.get(name, "").strip() for name in NAMES}
    for name, values in CHOICES.items():
        wanted[name] = wanted[name] if wanted[name] in values else ""
    wanted["tag"] = notes.normalize_tag(wanted["tag"])
    return wanted


def find_sessions(wanted: SessionFilters, part: Window) -> Page[Any]:
    """Page of matching sessions. Raises InvalidParameter."""
    return transcripts.list_sessions(
        g.actor,
        part,
        campaign_id=wanted["campaign_id"] or None,
        status=wanted["status"] or None,  # type: ignore[arg-type]
        sentiment=wanted["sentiment"] or None,  # type: ignore[arg-type]
        language=wanted["language"] or None,
        mode=wanted["mode"] or None,  # type: ignore[arg-type]
        noted=bool(wanted["notes"]),
        tag=wanted["tag"],
        since=read_moment("start_date", clock.start_of) if wanted["start_date"] else None,
        before=read_moment("end_date", clock.end_of) if wanted["end_date"] else None,
        q=read_search("q") or "",
        oldest_first=wanted["sort"] == "oldest",
    )


def build_address(filters: Mapping[str, str]) -> str:
    """URL of the list with these filters."""
    kept = {name: filters[name] for name in NAMES if filters.get(name)}
    return f"{LIST}?{urlencode(kept)}" if kept else LIST


def build_chips(wanted: SessionFilters, studies: Mapping[str, str]) -> list[dict[str, str]]:
    """Active filters in words, each with the URL of the list without it. The order is not a filter."""
    told = {
        "q": f"Answer contains: {wanted['q']}",
        "campaign_id": studies.get(wanted["campaign_id"], "Unknown campaign"),
        "status": wanted["status"].replace("_", " ").capitalize(),
        "sentiment": f"Sentiment: {wanted['sentiment'].replace('unsure', 'not clear')}",
        "language": get_language_name(wanted["language"]),
        "mode": MODES.get(wanted["mode"], ""),
        "notes": "With notes",
        "tag": f"Tag: {wanted['tag']}",
        "start_date": f"From {wanted['start_date']}",
        "end_date": f"To {wanted['end_date']}",
    }
    return [
        {"word": word, "href": build_address({**wanted, name: ""})}
        for name, word in told.items()
        if wanted[name]
    ]


def get_language_name(code: str) -> str:
    """Name of a common language."""
    base, _, rest = code.partition("-")
    named = LANGUAGES.get(base.lower())
    return code if named is None else f"{named} ({rest})" if rest else named


def _view(row: Any, wanted: SessionFilters) -> dict[str, Any]:
    return {
        "name": row.name,
        "href": build_address(row.filters),
        "current": row.filters == {name: value for name, value in wanted.items() if value},
    }
