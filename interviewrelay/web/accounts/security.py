"""Security page: one's login sessions and password."""

from typing import Any

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interviewrelay.accounts import login_sessions, password_resets
from interviewrelay.core.errors import InvalidParameter, RateLimited
from interviewrelay.web.accounts.login import enter_known
from interviewrelay.web.http import callers
from interviewrelay.web.http.blueprints import pages, requires, services
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import counted


@pages.get("/settings/security")
@requires("campaigns:read")
def show_security() -> ResponseReturnValue:
    return render_template("settings/security.html", errors=[], **_page())


@pages.post("/settings/security/log-ins/<login_id>/end")
@requires("campaigns:read")
def end_log_in(login_id: str) -> ResponseReturnValue:
    mine = login_sessions.get_current_login_id(services().ring, current_user.token)
    login_sessions.end_login(g.actor, login_id)
    if login_id == mine:
        return redirect("/login", 303)
    return page_helpers.redirect_with_message(
        "/settings/security", "You’re signed out on that device."
    )


@pages.post("/settings/security/log-ins/end")
@requires("campaigns:read")
def end_other_log_ins() -> ResponseReturnValue:
    mine = login_sessions.get_current_login_id(services().ring, current_user.token)
    ended = counted(login_sessions.end_other_logins(g.actor, mine), "other device")
    return page_helpers.redirect_with_message(
        "/settings/security", f"You’re signed out on {ended}."
    )


@pages.post("/settings/security/password")
@requires("campaigns:read")
def change_password() -> ResponseReturnValue:
    """Passwords are never shown again, even after an error."""
    old, new = request.form.get("old_password", ""), request.form.get("password", "")
    try:
        entered = password_resets.change_password(
            services(), callers.get_caller(), g.actor, old, new
        )
    except (InvalidParameter, RateLimited) as refusal:
        return page_helpers.render_again("settings/security.html", refusal, {}, **_page())
    enter_known(entered)
    words = "Password changed. You’ve been signed out on all other devices."
    return page_helpers.redirect_with_message("/settings/security", words)


def _page() -> dict[str, Any]:
    mine = login_sessions.get_current_login_id(services().ring, current_user.token)
    return {"log_ins": login_sessions.list_logins(g.actor), "here": mine}
