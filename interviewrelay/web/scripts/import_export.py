"""Import and export of scripts: start from a template or a file, download as a file."""

import re
from collections.abc import Sequence
from typing import Final

from flask import Response, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import InvalidJson, InvalidParameter, PayloadTooLarge
from interviewrelay.organizations import access
from interviewrelay.scripts import file_format, scripts, templates
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.http.requests import filter_value
from interviewrelay.web.scripts.uploads import read_script
from interviewrelay.web.ui import page_helpers

TYPES: Final = {"yaml": "application/yaml", "json": "application/json"}


@pages.post("/scripts/import")
@requires("scripts:write")
def import_script() -> ResponseReturnValue:
    """Import a file, or the text if no file was chosen."""
    file = request.files.get("file")
    text = request.form.get("text", "")
    body = file.read(file_format.LARGEST + 1) if file and file.filename else text.encode()
    try:
        document = read_script(body)
    except (InvalidParameter, InvalidJson, PayloadTooLarge) as refusal:
        found = refusal.details.get("errors") or [{"message": refusal.message}]
        errors = [{"field": "text", "message": p["message"]} for p in found]
        return render_chooser(errors, _shown(body)), 400
    script = scripts.create_script(g.actor, document)
    return page_helpers.redirect_with_message(
        f"/scripts/{script.id}", f"Script “{script.name}” imported."
    )


@pages.get("/scripts/import")
@requires("scripts:write")
def import_again() -> ResponseReturnValue:
    """Direct visit to the form's target URL."""
    return redirect("/scripts/new", 303)


@pages.get("/scripts/<script_id>/export")
@requires("scripts:read")
def export_script(script_id: str) -> ResponseReturnValue:
    script = access.get_script(g.actor, script_id)
    form: file_format.Format = "json" if filter_value("format") == "json" else "yaml"
    response = Response(file_format.format_file(script.document, form), mimetype=TYPES[form])
    name = re.sub(r"[^a-z0-9]+", "-", script.folded.lower()).strip("-")[:60] or "script"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def render_chooser(errors: Sequence[page_helpers.Problem] = (), text: str = "") -> str:
    """Choices for a new script."""
    return render_template(
        "scripts/new.html", templates=templates.list_templates(), errors=errors, text=text
    )


def _shown(body: bytes) -> str:
    """Uploaded text for correction; empty if it is not text."""
    try:
        return body[: file_format.LARGEST].decode()
    except UnicodeDecodeError:
        return ""
