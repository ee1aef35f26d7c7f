"""Trial pages of a script: manual previews and simulations.

Nothing is stored: the form itself carries the answers.
"""

from typing import Annotated, Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from interviewrelay.core.errors import InvalidParameter, RateLimited, SessionAlreadyCompleted
from interviewrelay.core.field_types import Answer, RequestBody
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.scripts.document import Language
from interviewrelay.simulations import preview, script_forecast
from interviewrelay.web.http.blueprints import count_call, pages, requires, services
from interviewrelay.web.http.validation import validate
from interviewrelay.web.middleware.cpu_limits import cpu_limited
from interviewrelay.web.ui import page_helpers

PERSONAS: Final = {
    "cooperative": "Cooperative", "terse": "Gives short answers", "verbose": "Gives long answers",
    "dont_knower": "Often unsure", "refuser": "Holds something back",
    "impatient": "Short on time", "rambling": "Goes off topic", "asks_back": "Asks their own questions",
    "distressed": "In distress", "hostile": "Annoyed", "gibberish": "Types nonsense",
}  # fmt: skip
MOST_PEOPLE: Final = 100_000
WHOLE: Final = "Enter a whole number from 1 to 100,000."


class PreviewIn(RequestBody):
    answers: Annotated[list[Answer], Field(max_length=200)] = Field(
        default=[], description="All answers so far. An empty one skips the question."
    )
    language: Language | None = Field(
        default=None, description="Language to use instead of the script's."
    )


@pages.get("/scripts/<script_id>/preview")
@requires("scripts:read")
@cpu_limited
def show_preview(script_id: str) -> ResponseReturnValue:
    return _held(access.get_script(g.actor, script_id), [])


@pages.post("/scripts/<script_id>/preview")
@requires("scripts:read")
@cpu_limited
def go_on_with_preview(script_id: str) -> ResponseReturnValue:
    """Earlier answers plus the next one, or one fewer."""
    script = access.get_script(g.actor, script_id)
    said, action = request.form.getlist("said"), request.form.get("action", "answer")
    if action == "back":
        return _held(script, said[:-1], last=said[-1] if said else "")
    answer = "" if action == "skip" else request.form.get("reply", "").strip()
    if action == "answer" and not answer:
        words = "Enter an answer or skip the question."
        return _held(script, said, errors=[{"field": "reply", "message": words}])
    return _held(script, [*said, answer])


@pages.get("/scripts/<script_id>/forecast")
@requires("scripts:read")
def show_forecast(script_id: str) -> ResponseReturnValue:
    script = access.get_script(g.actor, script_id)
    return render_template(
        "scripts/forecast.html",
        script=view_models.build_script(script),
        forecast=None,
        people="100",
    )


@pages.post("/scripts/<script_id>/forecast")
@requires("scripts:read")
@cpu_limited
def make_forecast(script_id: str) -> ResponseReturnValue:
    script = access.get_script(g.actor, script_id)
    typed = request.form.get("people", "100")
    people, made, errors = page_helpers.parse_number(typed), None, []
    status, headers = 200, {}
    if not isinstance(people, int) or not 1 <= people <= MOST_PEOPLE:
        errors, status = [{"field": "people", "message": WHOLE}], 400
    else:
        try:
            count_call("simulation")
            made = script_forecast.build_forecast(script.document)
        except (InvalidParameter, RateLimited) as refusal:
            errors, status = [{"field": "", "message": refusal.message}], refusal.status
            headers = refusal.headers
    page = render_template(
        "scripts/forecast.html",
        script=view_models.build_script(script),
        forecast=made,
        people=typed,
        credits=made.credits(int(people)) if made else None,
        personas=PERSONAS,
        left_out=[PERSONAS[name] for name in made.left_out] if made else [],
        errors=errors,
    )
    return page, status, headers


def _held(
    script: Any,
    said: list[str],
    *,
    last: str = "",
    errors: list[page_helpers.Problem] | None = None,
) -> ResponseReturnValue:
    held, status, headers = None, 200, {}
    try:
        count_call("preview")
        wanted = validate(PreviewIn, {"answers": said})
        held = preview.run_preview(
            g.actor, script, wanted.answers, meaning=services().similarity
        )
    except (InvalidParameter, RateLimited, SessionAlreadyCompleted) as refusal:
        errors, status = [{"field": "", "message": refusal.message}], refusal.status
        headers = refusal.headers
    page = render_template(
        "scripts/preview.html",
        script=view_models.build_script(script),
        held=held,
        said=said if held else [],
        last=last,
        errors=errors or [],
    )
    return page, 400 if errors and status == 200 else status, headers
