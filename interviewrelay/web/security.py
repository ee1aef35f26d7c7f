"""The browsers in which one is logged in, and one's password."""

from typing import Any

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interviewrelay.domain import desk as shapes, log_ins, password_links
from interviewrelay.errors import InvalidParameter, RateLimited
from interviewrelay.web import callers, desk
from interviewrelay.web.accounts import enter_known
from interviewrelay.web.words import counted
from interviewrelay.web.zones import needs, office, pages


@pages.get("/settings/security")
@needs("campaigns:read")
def show_security() -> ResponseReturnValue:
    return render_template("settings/security.html", errors=[], **_page())


@pages.post("/settings/security/log-ins/<login_id>/end")
@needs("campaigns:read")
def end_log_in(login_id: str) -> ResponseReturnValue:
    mine = log_ins.current(office().ring, current_user.token)
    log_ins.end(g.actor, login_id)
    if login_id == mine:
        return redirect("/login", 303)
    return desk.done("/settings/security", "That browser is logged out.")


@pages.post("/settings/security/log-ins/end")
@needs("campaigns:read")
def end_other_log_ins() -> ResponseReturnValue:
    mine = log_ins.current(office().ring, current_user.token)
    ended = counted(log_ins.end_others(g.actor, mine), "other browser")
    return desk.done("/settings/security", f"You are logged out in {ended}.")


@pages.post("/settings/security/password")
@needs("campaigns:read")
def change_password() -> ResponseReturnValue:
    """Nothing of it is shown again, whatever is wrong with it."""
    old, new = request.form.get("old_password", ""), request.form.get("password", "")
    try:
        entered = password_links.change(office(), callers.get_caller(), g.actor, old, new)
    except (InvalidParameter, RateLimited) as refusal:
        return desk.again("settings/security.html", refusal, {}, **_page())
    enter_known(entered)
    words = "The new password holds. All other browsers are logged out."
    return desk.done("/settings/security", words)


def _page() -> dict[str, Any]:
    mine = log_ins.current(office().ring, current_user.token)
    return {"log_ins": [shapes.login(row, mine) for row in log_ins.listing(g.actor)]}
