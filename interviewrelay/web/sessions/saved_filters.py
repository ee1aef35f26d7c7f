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
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.sessions import session_list
from interviewrelay.web.ui import page_helpers

SENTENCES: Final = {
    "name": saved_filters.NO_NAME,
    "once": "Reload this page and fill in the form again.",
}


@pages.get("/sessions/views")
@requires("sessions:read")
def show_views() -> ResponseReturnValue:
    filters = session_list.read_filters(request.args)
    return render_template("sessions/views.html", errors=[], values={}, **_views(filters))


@pages.post("/sessions/views")
@requires("sessions:read")
def send_view() -> ResponseReturnValue:
    filters = session_list.read_filters(request.form)
    values = page_helpers.read_typed("name", "shared", "once")
    kept = {name: value[: session_list.LONGEST] for name, value in filters.items() if value}
    try:
        view = saved_filters.save_filter(
            g.actor, values["name"], kept, shared=bool(values["shared"]), form=values["once"]
        )
    except (InvalidParameter, Conflict, Forbidden) as refusal:
        more = _views(filters)
        return page_helpers.render_again(
            "sessions/views.html", refusal, SENTENCES, values=values, **more
        )
    return page_helpers.redirect_with_message(
        session_list.build_address(view.filters), f"View “{view.name}” saved."
    )


@pages.get("/sessions/views/<view_id>")
@requires("sessions:read")
def show_view(view_id: str) -> ResponseReturnValue:
    row = access.get_saved_filter(g.actor, view_id)
    values = {"name": row.name, "shared": row.shared}
    return render_template("sessions/view.html", errors=[], values=values, view=_shape(row))


@pages.post("/sessions/views/<view_id>")
@requires("sessions:read")
def send_view_change(view_id: str) -> ResponseReturnValue:
    row, values = (
        access.get_saved_filter(g.actor, view_id),
        page_helpers.read_typed("name", "shared"),
    )
    try:
        view = saved_filters.change_filter(
            g.actor, row.id, values["name"], shared=bool(values["shared"])
        )
    except InvalidParameter as refusal:
        return page_helpers.render_again(
            "sessions/view.html", refusal, SENTENCES, values=values, view=_shape(row)
        )
    return page_helpers.redirect_with_message("/sessions/views", f"View “{view.name}” saved.")


@pages.post("/sessions/views/<view_id>/delete")
@requires("sessions:read")
def send_view_deletion(view_id: str) -> ResponseReturnValue:
    row = access.get_saved_filter(g.actor, view_id)
    saved_filters.delete_filter(g.actor, row.id)
    return page_helpers.redirect_with_message(
        "/sessions/views", f"View “{row.name}” deleted. No interviews were deleted."
    )


def _views(filters: Mapping[str, str]) -> dict[str, Any]:
    wanted = {name: value for name, value in filters.items() if value}
    studies = _studies()
    return {
        "views": [_shape(row, studies) for row in saved_filters.list_filters(g.actor)],
        "filters": wanted,
        "chips": session_list.build_chips({**session_list.read_filters({}), **wanted}, studies),
        "once": new_id(),
    }


def _studies() -> dict[str, str]:
    return {c.id: c.name for c in campaigns.list_all_campaigns(g.actor)}


def _shape(row: Any, studies: Mapping[str, str] | None = None) -> dict[str, Any]:
    filters = {**session_list.read_filters({}), **session_list.read_filters(row.filters)}
    told = session_list.build_chips(filters, _studies() if studies is None else studies)
    return {
        "id": row.id,
        "name": row.name,
        "href": session_list.build_address(row.filters),
        "told": ", ".join(chip["word"] for chip in told) or "All interviews",
        "shared": row.shared,
        "mine": row.membership_id == g.actor.membership_id,
        "may_change": saved_filters.may_change(g.actor, row),
        "changed_at": clock.format_iso(row.changed_at),
    }
