"""Saved filters of the session list: save, rename, share, delete."""

from collections.abc import Mapping
from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import campaigns
from interviewrelay.core import clock
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.notes import saved_filters
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import needs, pages
from interviewrelay.web.sessions import session_list
from interviewrelay.web.ui import page_helpers

SENTENCES: Final = {
    "name": saved_filters.NO_NAME,
    "once": "Reload this page and fill in the form again.",
}


@pages.get("/sessions/views")
@needs("sessions:read")
def show_views() -> ResponseReturnValue:
    filters = session_list.asked(request.args)
    return render_template("sessions/views.html", errors=[], values={}, **_views(filters))


@pages.post("/sessions/views")
@needs("sessions:read")
def send_view() -> ResponseReturnValue:
    filters = session_list.asked(request.form)
    values = page_helpers.typed("name", "shared", "once")
    kept = {name: value[: session_list.LONGEST] for name, value in filters.items() if value}
    try:
        view = saved_filters.save(
            g.actor, values["name"], kept, shared=bool(values["shared"]), form=values["once"]
        )
    except (InvalidParameter, Conflict, Forbidden) as refusal:
        more = _views(filters)
        return page_helpers.again(
            "sessions/views.html", refusal, SENTENCES, values=values, **more
        )
    return page_helpers.done(session_list.address(view.filters), f"View “{view.name}” saved.")


@pages.get("/sessions/views/<view_id>")
@needs("sessions:read")
def show_view(view_id: str) -> ResponseReturnValue:
    row = access.saved_view(g.actor, view_id)
    values = {"name": row.name, "shared": row.shared}
    return render_template("sessions/view.html", errors=[], values=values, view=_shape(row))


@pages.post("/sessions/views/<view_id>")
@needs("sessions:read")
def send_view_change(view_id: str) -> ResponseReturnValue:
    row, values = access.saved_view(g.actor, view_id), page_helpers.typed("name", "shared")
    try:
        view = saved_filters.change(
            g.actor, row.id, values["name"], shared=bool(values["shared"])
        )
    except InvalidParameter as refusal:
        return page_helpers.again(
            "sessions/view.html", refusal, SENTENCES, values=values, view=_shape(row)
        )
    return page_helpers.done("/sessions/views", f"View “{view.name}” saved.")


@pages.post("/sessions/views/<view_id>/delete")
@needs("sessions:read")
def send_view_deletion(view_id: str) -> ResponseReturnValue:
    row = access.saved_view(g.actor, view_id)
    saved_filters.remove(g.actor, row.id)
    return page_helpers.done(
        "/sessions/views", f"View “{row.name}” deleted. No interviews were deleted."
    )


def _views(filters: Mapping[str, str]) -> dict[str, Any]:
    wanted = {name: value for name, value in filters.items() if value}
    studies = _studies()
    return {
        "views": [_shape(row, studies) for row in saved_filters.listing(g.actor)],
        "filters": wanted,
        "chips": session_list.chips({**session_list.asked({}), **wanted}, studies),
        "once": new_id(),
    }


def _studies() -> dict[str, str]:
    return {c.id: c.name for c in campaigns.every(g.actor)}


def _shape(row: Any, studies: Mapping[str, str] | None = None) -> dict[str, Any]:
    filters = {**session_list.asked({}), **session_list.asked(row.filters)}
    told = session_list.chips(filters, _studies() if studies is None else studies)
    return {
        "id": row.id,
        "name": row.name,
        "href": session_list.address(row.filters),
        "told": ", ".join(chip["word"] for chip in told) or "All interviews",
        "shared": row.shared,
        "mine": row.membership_id == g.actor.membership_id,
        "may_change": saved_filters.may_change(g.actor, row),
        "changed_at": clock.iso(row.changed_at),
    }
