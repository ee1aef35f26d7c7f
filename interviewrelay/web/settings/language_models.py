"""Language model settings of an organization, with a trial of its own model."""

from typing import Any, Final

from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interviewrelay.core.errors import InvalidParameter, RateLimited
from interviewrelay.dashboard import view_models
from interviewrelay.interviews import model_settings
from interviewrelay.interviews.model_settings import MOST_TOKENS, ModelSettings
from interviewrelay.runtime import model_selection
from interviewrelay.simulations import model_trial
from interviewrelay.simulations.model_trial import ModelTrial
from interviewrelay.web.http.blueprints import count_call, pages, requires, services
from interviewrelay.web.middleware.cpu_limits import cpu_limited
from interviewrelay.web.ui import page_helpers

FIELDS: Final = ("whose", "base_url", "name", "daily_tokens", "hides_personal_data")
NO_NUMBER: Final = f"Enter a whole number up to {MOST_TOKENS:,}, or leave the field empty."
CHOSEN: Final = {
    "server": "Saved. Interviews now use the server’s model if one is set up.",
    "own": "Saved. Interviews are now adaptive and use your own model. Test it below.",
    "none": "Saved. Interviews are now structured and use no language model.",
}


@pages.get("/model")
@requires("organization:write")
def show_model() -> ResponseReturnValue:
    return render_template("settings/language_model.html", errors=[], **_page())


@pages.post("/model")
@requires("organization:write")
def choose_model() -> ResponseReturnValue:
    """The API key is in no response: after an error it must be typed again."""
    values: dict[str, Any] = page_helpers.read_typed(*FIELDS)
    values["hides_personal_data"] = bool(values["hides_personal_data"])
    tokens = page_helpers.parse_number(values["daily_tokens"].strip() or "0")
    try:
        if isinstance(tokens, str):
            raise page_helpers.build_problem("daily_tokens", NO_NUMBER)
        wanted = ModelSettings(
            **{**values, "daily_tokens": tokens},
            key=request.form.get("api_key", ""),
            forgets_key="forgets_key" in request.form,
        )
        row = model_settings.save_model_settings(
            services(), g.actor.org_id, wanted, current_user.email
        )
    except InvalidParameter as refusal:
        return page_helpers.render_again(
            "settings/language_model.html", refusal, {}, **{**_page(), "values": values}
        )
    return page_helpers.redirect_with_message("/model", CHOSEN[row.whose])


@pages.post("/model/try")
@requires("organization:write")
@cpu_limited
def try_model() -> ResponseReturnValue:
    """The result is shown without a redirect; a reload tries again."""
    try:
        count_call("trial")
        trial, status = model_trial.try_chosen_model(services(), g.actor.org_id), 200
    except RateLimited as refusal:
        trial, status = ModelTrial(problem=refusal.message), refusal.status
    page = render_template("settings/language_model.html", errors=[], trial=trial, **_page())
    return make_response(page, status)


def _page() -> dict[str, Any]:
    shape = view_models.build_model(
        services(), model_selection.find_model_choice(g.actor.org_id)
    )
    return {"model": shape, "values": shape, "said": model_trial.SAID}
