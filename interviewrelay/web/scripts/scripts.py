"""Scripts on the dashboard."""

from typing import Final, get_args

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.organizations import access
from interviewrelay.scripts import representation as script_representation, scripts
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.scripts import editor, import_export, trials, versions
from interviewrelay.web.ui import page_helpers

# Imported to register their routes.
PAGES: Final = (editor, import_export, trials, versions)


@pages.get("/scripts")
@requires("scripts:read")
def show_scripts() -> ResponseReturnValue:
    state = page_helpers.read_choice("status", get_args(scripts.ScriptState))
    page = scripts.list_scripts(g.actor, page_helpers.read_window(), state=state)  # type: ignore[arg-type]
    return render_template(
        "scripts/list.html",
        scripts=[script_representation.script(row) for row in page.items],
        pager=page_helpers.build_pager(page, "scripts"),
        status=state or "",
    )


@pages.post("/scripts/<script_id>/delete")
@requires("scripts:write")
def remove_script(script_id: str) -> ResponseReturnValue:
    script = access.get_script(g.actor, script_id)
    scripts.delete_script(script)
    return page_helpers.redirect_with_message("/scripts", f"Script “{script.name}” deleted.")
