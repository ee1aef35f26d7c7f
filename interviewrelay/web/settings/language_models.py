"""Language model settings of an organization, with a trial of its own model."""

from typing import Any, Final

from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interviewrelay.core.errors import InvalidParameter, RateLimited
from interviewrelay.dashboard import view_models as shapes
from interviewrelay.interviews import model_settings
from interviewrelay.interviews.model_settings import MOST_TOKENS, Wanted
from interviewrelay.runtime import model_selection
from interviewrelay.simulations import model_trial
from interviewrelay.simulations.model_trial import Trial
from interviewrelay.web.http.blueprints import count, needs, office, pages
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
@needs("organization:write")
def show_model() -> ResponseReturnValue:
    return render_template("settings/language_model.html", errors=[], **_page())


@pages.post("/model")
@needs("organization:write")
def choose_model() -> ResponseReturnValue:
    """The API key is in no response: after an error it must be typed again."""
    values: dict[str, Any] = page_helpers.typed(*FIELDS)
    values["hides_personal_data"] = bool(values["hides_personal_data"])
    tokens = page_helpers.whole(values["daily_tokens"].strip() or "0")
    try:
        if isinstance(tokens, str):
            raise page_helpers.one("daily_tokens", NO_NUMBER)
        wanted = Wanted(
            **{**values, "daily_tokens": tokens},
            key=request.form.get("api_key", ""),
            forgets_key="forgets_key" in request.form,
        )
        row = model_settings.choose(office(), g.actor.org_id, wanted, current_user.email)
    except InvalidParameter as refusal:
        return page_helpers.again(
            "settings/language_model.html", refusal, {}, **{**_page(), "values": values}
        )
    return page_helpers.done("/model", CHOSEN[row.whose])


@pages.post("/model/try")
@needs("organization:write")
@cpu_limited
def try_model() -> ResponseReturnValue:
    """The result is shown without a redirect; a reload tries again."""
    try:
        count("trial")
        trial, status = model_trial.hold(office(), g.actor.org_id), 200
    except RateLimited as refusal:
        trial, status = Trial(problem=refusal.message), refusal.status
    page = render_template("settings/language_model.html", errors=[], trial=trial, **_page())
    return make_response(page, status)


def _page() -> dict[str, Any]:
    shape = shapes.model(office(), model_selection.chosen(g.actor.org_id))
    return {"model": shape, "values": shape, "said": model_trial.SAID}
