"""Named filters of the list of sessions: kept, renamed, shared, deleted."""

from collections.abc import Mapping
from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay import clock
from interviewrelay.domain import access, campaigns, saved_views
from interviewrelay.errors import Conflict, Forbidden, InvalidParameter
from interviewrelay.ids import new_id
from interviewrelay.web import desk, session_list
from interviewrelay.web.zones import needs, pages

SENTENCES: Final = {
    "name": saved_views.NO_NAME,
    "once": "Load this page again and fill it in once more.",
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
    values = desk.typed("name", "shared", "once")
    kept = {name: value[: session_list.LONGEST] for name, value in filters.items() if value}
    try:
        view = saved_views.save(
            g.actor, values["name"], kept, shared=bool(values["shared"]), form=values["once"]
        )
    except (InvalidParameter, Conflict, Forbidden) as refusal:
        more = _views(filters)
        return desk.again("sessions/views.html", refusal, SENTENCES, values=values, **more)
    return desk.done(session_list.address(view.filters), f"The view “{view.name}” is saved.")


@pages.get("/sessions/views/<view_id>")
@needs("sessions:read")
def show_view(view_id: str) -> ResponseReturnValue:
    row = access.saved_view(g.actor, view_id)
    values = {"name": row.name, "shared": row.shared}
    return render_template("sessions/view.html", errors=[], values=values, view=_shape(row))


@pages.post("/sessions/views/<view_id>")
@needs("sessions:read")
def send_view_change(view_id: str) -> ResponseReturnValue:
    row, values = access.saved_view(g.actor, view_id), desk.typed("name", "shared")
    try:
        view = saved_views.change(
            g.actor, row.id, values["name"], shared=bool(values["shared"])
        )
    except InvalidParameter as refusal:
        return desk.again(
            "sessions/view.html", refusal, SENTENCES, values=values, view=_shape(row)
        )
    return desk.done("/sessions/views", f"The view “{view.name}” is saved.")


@pages.post("/sessions/views/<view_id>/delete")
@needs("sessions:read")
def send_view_deletion(view_id: str) -> ResponseReturnValue:
    row = access.saved_view(g.actor, view_id)
    saved_views.remove(g.actor, row.id)
    return desk.done("/sessions/views", f"The view “{row.name}” is deleted. No session is.")


def _views(filters: Mapping[str, str]) -> dict[str, Any]:
    wanted = {name: value for name, value in filters.items() if value}
    studies = _studies()
    return {
        "views": [_shape(row, studies) for row in saved_views.listing(g.actor)],
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
        "told": ", ".join(chip["word"] for chip in told) or "All sessions",
        "shared": row.shared,
        "mine": row.membership_id == g.actor.membership_id,
        "may_change": saved_views.may_change(g.actor, row),
        "changed_at": clock.iso(row.changed_at),
    }
