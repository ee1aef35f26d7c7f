"""Scripts, for the API and for the dashboard; what is done with one of them is in `script_pages`."""

from typing import Final, get_args

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.domain import (
    access,
    preview,
    represent,
    represent_conversation,
    scripts,
)
from interviewrelay.domain.script_document import ScriptDocument
from interviewrelay.web import desk
from interviewrelay.web.cpu_limits import cpu_limited
from interviewrelay.web.http import answer, chosen, listed, payload, read_json, window, words
from interviewrelay.web.script_pages import editor, files, trials, versions
from interviewrelay.web.script_pages.trials import PreviewIn
from interviewrelay.web.validation import validated
from interviewrelay.web.zones import api, counted_as, needs, office, pages

# Imported for the routes that they hang on the zone.
PAGES: Final = (editor, files, trials, versions)


@api.post("/scripts")
def create_script() -> ResponseReturnValue:
    script = scripts.create(g.actor, payload(ScriptDocument))
    return answer(represent.script(script), 201)


@api.get("/scripts")
def list_scripts() -> ResponseReturnValue:
    state = chosen("status", get_args(scripts.State))
    page = scripts.listing(g.actor, window(), state=state, words=words("q"))  # type: ignore[arg-type]
    return listed("scripts", page.shaped(represent.script))


@api.get("/scripts/<script_id>")
def get_script(script_id: str) -> ResponseReturnValue:
    return answer(represent.script(access.script(g.actor, script_id)))


@api.patch("/scripts/<script_id>")
def change_script(script_id: str) -> ResponseReturnValue:
    """Fields that are given replace those that are there; the rest stays."""
    script = access.script(g.actor, script_id)
    changed = scripts.patch(script, read_json(), lambda all_: validated(ScriptDocument, all_))
    return answer(represent.script(changed))


@api.delete("/scripts/<script_id>")
def delete_script(script_id: str) -> ResponseReturnValue:
    scripts.delete(access.script(g.actor, script_id))
    return "", 204


@api.post("/scripts/<script_id>/publish")
def publish_script(script_id: str) -> ResponseReturnValue:
    script, remarks = scripts.publish(access.script(g.actor, script_id))
    shape = represent.script(script)
    return answer({**shape, "warnings": [represent.remark(r) for r in remarks]})


@api.post("/scripts/<script_id>/preview")
@counted_as("preview")
@cpu_limited
def preview_script(script_id: str) -> ResponseReturnValue:
    """Nothing is stored: the caller sends all answers so far each time."""
    script = access.script(g.actor, script_id)
    wanted = validated(PreviewIn, read_json(optional=True))
    held = preview.hold(g.actor, script, wanted.answers, wanted.language, office().meaning)
    return answer(represent_conversation.preview(held))


@pages.get("/scripts")
@needs("scripts:read")
def show_scripts() -> ResponseReturnValue:
    state = desk.picked("status", get_args(scripts.State))
    page = scripts.listing(g.actor, desk.part(), state=state)  # type: ignore[arg-type]
    return render_template(
        "scripts/list.html",
        scripts=page.shaped(represent.script).items,
        pager=desk.pager(page, "scripts"),
        status=state or "",
    )


@pages.post("/scripts/<script_id>/delete")
@needs("scripts:write")
def remove_script(script_id: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    scripts.delete(script)
    return desk.done("/scripts", f"The script “{script.name}” is deleted.")
