"""Scripts, for the API and for the dashboard."""

from collections.abc import Sequence
from typing import Annotated, Any, get_args

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from interviewrelay.domain import (
    access,
    desk as shapes,
    preview,
    represent,
    represent_conversation,
    scripts,
)
from interviewrelay.domain.script_document import Language, ScriptDocument
from interviewrelay.errors import Conflict, InvalidParameter
from interviewrelay.web import desk, script_form
from interviewrelay.web.fields import Answer
from interviewrelay.web.http import answer, chosen, listed, payload, read_json, window, words
from interviewrelay.web.validation import validated
from interviewrelay.web.words import counted
from interviewrelay.web.zones import api, needs, office, pages


class PreviewIn(BaseModel):
    model_config = ConfigDict(strict=True)

    answers: Annotated[list[Answer], Field(max_length=200)] = Field(
        default=[], description="All answers so far; an empty one is a skip."
    )
    language: Language | None = Field(default=None, description="In place of the script's own.")


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


@pages.get("/scripts/new")
@needs("scripts:write")
def new_script() -> ResponseReturnValue:
    return _editor(None, script_form.NEW_SCRIPT, at=0)


@pages.post("/scripts")
@needs("scripts:write")
def send_new_script() -> ResponseReturnValue:
    return _save(None)


@pages.get("/scripts/<script_id>")
@needs("scripts:read")
def show_script(script_id: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    document, at = dict(script.document), desk.asked("at")
    if desk.asked("add"):
        at = str(len(document["questions"]))
        document["questions"] = [*document["questions"], script_form.NEW_QUESTION]
    return _editor(script, document, at=int(at) if at and at.isdigit() else None)


@pages.post("/scripts/<script_id>")
@needs("scripts:write")
def send_script(script_id: str) -> ResponseReturnValue:
    return _save(access.script(g.actor, script_id))


@pages.post("/scripts/<script_id>/delete")
@needs("scripts:write")
def remove_script(script_id: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    scripts.delete(script)
    return desk.done("/scripts", f"The script “{script.name}” is deleted.")


def _save(script: Any | None) -> ResponseReturnValue:
    """Every button of the editor comes here: what was typed is saved, then the button's own act."""
    typed, action = script_form.read(request.form), request.form.get("action", "save")
    seen = request.form.get("seen") or None
    at = script_form.arrange(typed, action)
    try:
        document = validated(ScriptDocument, typed)
        if script is None:
            script = scripts.create(g.actor, document)
        else:
            script = scripts.change(script, document, seen=seen)
        typed, seen = script.document, scripts.mark(script)
        remarks = scripts.publish(script)[1] if action == "publish" else []
    except InvalidParameter as refusal:
        errors = script_form.problems(refusal, typed)
        return _editor(script, typed, at=at, errors=errors, seen=seen), 400
    except Conflict as refusal:
        words = (
            f"{refusal.message} What you typed is below: saving it again replaces their change."
        )
        return _editor(script, typed, at=at, errors=[{"field": "", "message": words}]), 409
    return _saved(script, action, at, len(remarks))


def _saved(script: Any, action: str, at: int | None, remarks: int) -> ResponseReturnValue:
    address = f"/scripts/{script.id}"
    if action == "publish":
        words = f"Version {script.latest_version} is published."
        if remarks:
            words += f" {counted(remarks, 'remark')} on its wording: see below."
        return desk.done(address, words)
    if action == "add":
        return redirect(f"{address}?add=1", 303)
    if at is None:
        return desk.done(address, "Saved.")
    return desk.done(f"{address}?at={at}", "Saved.")


def _editor(
    script: Any | None,
    document: dict[str, Any],
    *,
    at: int | None = None,
    errors: Sequence[desk.Problem] = (),
    seen: str | None = None,
) -> str:
    shape = shapes.script(script) if script else None
    remarks = shape["remarks"] if shape else []
    if at is not None and at >= len(document["questions"]):
        document = {**document, "questions": [*document["questions"], script_form.NEW_QUESTION]}
    return render_template(
        "scripts/edit.html",
        script=shape,
        form=script_form.fields(document, remarks, errors, at),
        at=at,
        errors=errors,
        seen=seen or (shape["seen"] if shape else ""),
    )
