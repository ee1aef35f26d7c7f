"""Server model pages: find, try and choose a local model; and the overview's reminder."""

from typing import Any, Final

from flask import flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import Conflict, InvalidParameter, RateLimited
from interviewrelay.dashboard import model_reminder, view_models
from interviewrelay.operations import server_models
from interviewrelay.simulations import model_trial
from interviewrelay.simulations.model_trial import ModelTrial
from interviewrelay.web.http.blueprints import (
    count_call,
    pages,
    requires,
    requires_system_admin,
    services,
)
from interviewrelay.web.middleware.cpu_limits import cpu_limited
from interviewrelay.web.ui import page_helpers

USED: Final = (
    "New interviews are now adaptive and use {}. Interviews whose participants agreed to a "
    "structured interview stay structured. Organizations that chose their own model or no model "
    "keep their choice."
)
STOPPED: Final = "Interviews no longer use a model on this server."


@pages.get("/admin/model")
@requires_system_admin
def show_server_model() -> ResponseReturnValue:
    return render_template("admin/model.html", errors=[], **_page())


@pages.post("/admin/model")
@requires_system_admin
def use_server_model() -> ResponseReturnValue:
    try:
        row = server_models.use_model(services(), g.actor, *_named())
    except InvalidParameter as refusal:
        return page_helpers.render_again("admin/model.html", refusal, {}, **_page())
    except Conflict as refusal:
        return page_helpers.redirect_with_message("/admin/model", refusal.message, "warning")
    return page_helpers.redirect_with_message("/admin/model", USED.format(row.name))


@pages.post("/admin/model/stop")
@requires_system_admin
def stop_server_model() -> ResponseReturnValue:
    try:
        server_models.stop_using_model(g.actor)
    except Conflict as refusal:
        return page_helpers.redirect_with_message("/admin/model", refusal.message, "warning")
    return page_helpers.redirect_with_message("/admin/model", STOPPED)


@pages.post("/admin/model/try")
@requires_system_admin
@cpu_limited
def try_server_model() -> ResponseReturnValue:
    """The result is shown without a redirect; a reload tries again."""
    port, name = _named()
    try:
        count_call("trial")
        trial, status = server_models.try_model(services(), g.actor, port, name), 200
    except (InvalidParameter, RateLimited) as refusal:
        trial, status = ModelTrial(name, problem=refusal.message), refusal.status
    shown = render_template("admin/model.html", errors=[], trial=trial, **_page())
    return make_response(shown, status)


@pages.post("/model/reminder")
@requires("organization:write")
def dismiss_model_reminder() -> ResponseReturnValue:
    model_reminder.dismiss_reminder(g.actor)
    flash(
        "We won’t remind you again. You can set up a language model under Settings.", "success"
    )
    return redirect("/", 303)


def _named() -> tuple[int, str]:
    """Port and model from `PORT NAME`; 0 for an invalid port."""
    port, _, name = request.form.get("model", "").partition(" ")
    number = page_helpers.parse_number(port)
    return (number if isinstance(number, int) else 0), name


def _page() -> dict[str, Any]:
    now = view_models.build_server_model(services())
    return {
        "picked": request.form.get("model")
        or (f"{now['port']} {now['name']}" if now["port"] else ""),
        "now": now,
        "search": server_models.find_models(services(), g.actor),
        "said": model_trial.SAID,
    }
