"""Scripts, for the API and for the dashboard; what is done with one of them is in `script_pages`."""

from typing import Final, get_args

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.organizations import access
from interviewrelay.scripts import representation as script_representation, scripts
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.simulations import preview, representation as simulation_representation
from interviewrelay.web.http.blueprints import api, counted_as, needs, office, pages
from interviewrelay.web.http.requests import (
    answer,
    chosen,
    listed,
    payload,
    read_json,
    window,
    words,
)
from interviewrelay.web.http.validation import validated
from interviewrelay.web.middleware.cpu_limits import cpu_limited
from interviewrelay.web.scripts import editor, import_export, trials, versions
from interviewrelay.web.scripts.trials import PreviewIn
from interviewrelay.web.ui import page_helpers

# Imported for the routes that they hang on the zone.
PAGES: Final = (editor, import_export, trials, versions)


@api.post("/scripts")
def create_script() -> ResponseReturnValue:
    script = scripts.create(g.actor, payload(ScriptDocument))
    return answer(script_representation.script(script), 201)


@api.get("/scripts")
def list_scripts() -> ResponseReturnValue:
    state = chosen("status", get_args(scripts.State))
    page = scripts.listing(g.actor, window(), state=state, words=words("q"))  # type: ignore[arg-type]
    return listed("scripts", page.shaped(script_representation.script))


@api.get("/scripts/<script_id>")
def get_script(script_id: str) -> ResponseReturnValue:
    return answer(script_representation.script(access.script(g.actor, script_id)))


@api.patch("/scripts/<script_id>")
def change_script(script_id: str) -> ResponseReturnValue:
    """Fields that are given replace those that are there; the rest stays."""
    script = access.script(g.actor, script_id)
    changed = scripts.patch(script, read_json(), lambda all_: validated(ScriptDocument, all_))
    return answer(script_representation.script(changed))


@api.delete("/scripts/<script_id>")
def delete_script(script_id: str) -> ResponseReturnValue:
    scripts.delete(access.script(g.actor, script_id))
    return "", 204


@api.post("/scripts/<script_id>/publish")
def publish_script(script_id: str) -> ResponseReturnValue:
    script, remarks = scripts.publish(access.script(g.actor, script_id))
    shape = script_representation.script(script)
    return answer({**shape, "warnings": [script_representation.remark(r) for r in remarks]})


@api.post("/scripts/<script_id>/preview")
@counted_as("preview")
@cpu_limited
def preview_script(script_id: str) -> ResponseReturnValue:
    """Nothing is stored: the caller sends all answers so far each time."""
    script = access.script(g.actor, script_id)
    wanted = validated(PreviewIn, read_json(optional=True))
    held = preview.hold(g.actor, script, wanted.answers, wanted.language, office().meaning)
    return answer(simulation_representation.preview(held))


@pages.get("/scripts")
@needs("scripts:read")
def show_scripts() -> ResponseReturnValue:
    state = page_helpers.picked("status", get_args(scripts.State))
    page = scripts.listing(g.actor, page_helpers.part(), state=state)  # type: ignore[arg-type]
    return render_template(
        "scripts/list.html",
        scripts=page.shaped(script_representation.script).items,
        pager=page_helpers.pager(page, "scripts"),
        status=state or "",
    )


@pages.post("/scripts/<script_id>/delete")
@needs("scripts:write")
def remove_script(script_id: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    scripts.delete(script)
    return page_helpers.done("/scripts", f"Script “{script.name}” deleted.")
