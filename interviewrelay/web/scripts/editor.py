"""Script editor page.

Every button saves the form and then does its own action, so the page works the same without
JavaScript (`static/builder.js` only avoids reloads).
"""

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access, profile
from interviewrelay.scripts import scripts, templates
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.scripts.representation import Remark
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.http.requests import filter_value
from interviewrelay.web.http.validation import validate
from interviewrelay.web.scripts import editor_view, form, import_export
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import counted


@pages.get("/scripts/new")
@requires("scripts:write")
def new_script() -> ResponseReturnValue:
    """Template chooser, then the editor with the chosen one; nothing is stored yet."""
    begin = filter_value("from")
    ours = profile.get_script_defaults(profile.get_organization(g.actor))
    if begin == "blank":
        said = {**form.NEW_SCRIPT, "language": ours.language, "contact": ours.contact}
        return _editor(None, said, at=0)
    template = templates.find_template(begin)
    if template is None:
        return import_export.render_chooser()
    return _editor(None, {**template.document, "contact": ours.contact})


@pages.post("/scripts")
@requires("scripts:write")
def send_new_script() -> ResponseReturnValue:
    return _save(None)


@pages.get("/scripts/<script_id>")
@requires("scripts:read")
def show_script(script_id: str) -> ResponseReturnValue:
    script = access.get_script(g.actor, script_id)
    count = len(script.document["questions"])
    at = count if filter_value("add") else page_helpers.parse_number(request.args.get("at", ""))
    return _editor(script, script.document, at=at if isinstance(at, int) else None)


@pages.post("/scripts/<script_id>")
@requires("scripts:write")
def send_script(script_id: str) -> ResponseReturnValue:
    return _save(access.get_script(g.actor, script_id))


@pages.post("/scripts/check")
@requires("scripts:write")
def check_script() -> ResponseReturnValue:
    """Suggestions on the script as typed; nothing is stored."""
    typed = form.parse_form(request.form)
    try:
        document = validate(ScriptDocument, typed).document()
    except InvalidParameter as refusal:
        problems = form.list_problems(refusal, typed)
        return render_template("scripts/_checked.html", problems=problems, form=None)
    remarks = [Remark.read(r) for r in scripts.list_remarks(document)]
    return render_template(
        "scripts/_checked.html",
        problems=[],
        form=editor_view.build_fields(document, remarks, (), None),
        estimate=scripts.estimate_document(document),
        flow=editor_view.build_flow_picture(document),
    )


def _save(script: Any | None) -> ResponseReturnValue:
    typed, action = form.parse_form(request.form), request.form.get("action", "save")
    seen = request.form.get("seen") or None
    count = len(typed["questions"])
    at = form.apply_action(typed, action)
    try:
        document = validate(ScriptDocument, typed)
        if script is None:
            script = scripts.create_script(g.actor, document)
        else:
            script = scripts.change_script(script, document, seen=seen)
        typed, seen = script.document, scripts.get_fingerprint(script)
        if action == "undo":
            scripts.undo_change(script)
        if action == "length":
            scripts.tell_likely_length(script)
        remarks = scripts.publish_script(script)[1] if action == "publish" else []
    except InvalidParameter as refusal:
        errors = form.list_problems(refusal, typed)
        return _editor(script, typed, at=at, errors=errors, seen=seen), 400
    except Conflict as refusal:
        words = f"{refusal.message} Your version is below. If you save it, it replaces their changes."
        return _editor(script, typed, at=at, errors=[{"field": "", "message": words}]), 409
    if action == "publish":
        return _published(script, len(remarks))
    return _saved(script, action, at, count)


def _published(script: Any, remarks: int) -> ResponseReturnValue:
    words = f"Version {script.latest_version} published."
    if remarks:
        words += f" {counted(remarks, 'suggestion')} below."
    return page_helpers.redirect_with_message(f"/scripts/{script.id}", words)


def _saved(script: Any, action: str, at: int | None, count: int) -> ResponseReturnValue:
    """Return to the question of the button, and to the button itself if it still exists."""
    address, verb = f"/scripts/{script.id}", form.get_verb(action)
    if verb == "add":
        return redirect(f"{address}?add=1", 303)
    flash(_told(script, action, at, count), "success")
    if verb == "length":
        return redirect(f"{address}?did=length", 303)
    if at is None or verb == "undo":
        return redirect(address, 303)
    did = f"&did={verb}" if verb in ("up", "down", "move", "remove") else ""
    return redirect(f"{address}?at={at}{did}", 303)


def _told(script: Any, action: str, at: int | None, count: int) -> str:
    """Confirmation, shown on the page and read by screen readers."""
    verb, _, number = action.partition("-")
    minutes = counted(script.document["target_minutes"], "minute")
    whole = {"undo": "Last change undone.", "length": f"Target length set to {minutes}."}
    if verb in whole:
        return whole[verb]
    if at is None:
        return "Saved."
    if verb in ("up", "down", "move"):
        return f"Moved to question {at + 1} of {count}."
    if verb == "copy":
        return f"Question {at} duplicated. The copy is question {at + 1}."
    if verb == "remove":
        return f"Question {int(number) + 1} removed."
    return "Saved."


def _editor(
    script: Any | None,
    document: dict[str, Any],
    *,
    at: int | None = None,
    errors: Sequence[page_helpers.Problem] = (),
    seen: str | None = None,
) -> str:
    shape = view_models.build_script(script) if script else None
    remarks = shape["remarks"] if shape else []
    if at is not None and at >= len(document["questions"]):
        document = {**document, "questions": [*document["questions"], form.NEW_QUESTION]}
    return render_template(
        "scripts/edit.html",
        script=shape,
        form=editor_view.build_fields(document, remarks, errors, at),
        at=at,
        did=page_helpers.read_choice("did", ("up", "down", "move", "remove", "length")) or "",
        errors=errors,
        seen=seen or (shape["seen"] if shape else ""),
        estimate=scripts.estimate_document(script.document) if script else None,
        flow=editor_view.build_flow_picture(document),
    )
