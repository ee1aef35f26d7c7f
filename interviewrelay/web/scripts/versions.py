"""Version pages of a script."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import NotFound
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.scripts import scripts, versions
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.scripts import editor_view
from interviewrelay.web.ui import page_helpers

NOW = "now"
"""Name of the draft in a URL."""


@pages.get("/scripts/<script_id>/versions")
@requires("scripts:read")
def show_versions(script_id: str) -> ResponseReturnValue:
    script = access.get_script(g.actor, script_id)
    page = versions.list_versions(script, page_helpers.read_window())
    return render_template(
        "scripts/versions.html",
        script=view_models.build_script(script),
        versions=page.items,
        pager=page_helpers.build_pager(page, "versions"),
    )


@pages.get("/scripts/<script_id>/versions/<number>")
@requires("scripts:read")
def show_version(script_id: str, number: str) -> ResponseReturnValue:
    script = access.get_script(g.actor, script_id)
    version = versions.get_version(script, _whole(number))
    return render_template(
        "scripts/version.html",
        script=view_models.build_script(script),
        version=version,
        document=version.document,
        sentences=editor_view.describe_questions(version.document),
        flow=editor_view.build_flow_picture(version.document),
    )


@pages.get("/scripts/<script_id>/versions/compare")
@requires("scripts:read")
def compare_versions(script_id: str) -> ResponseReturnValue:
    script = access.get_script(g.actor, script_id)
    latest = str(script.latest_version or NOW)
    old, new = request.args.get("from", latest), request.args.get("to", NOW)
    return render_template(
        "scripts/compare.html",
        script=view_models.build_script(script),
        old=old,
        new=new,
        difference=versions.compare_versions(script, _number(old), _number(new)),
    )


@pages.post("/scripts/<script_id>/versions/<number>/restore")
@requires("scripts:write")
def restore_version(script_id: str, number: str) -> ResponseReturnValue:
    script = access.get_script(g.actor, script_id)
    version = versions.get_version(script, _whole(number))
    scripts.restore_version(script, version)
    return page_helpers.redirect_with_message(
        f"/scripts/{script.id}",
        f"Version {version.number} restored as draft. Publish it to use it in new campaigns.",
    )


def _number(text: str) -> int | None:
    """Version number from the URL. Raises NotFound when it is invalid."""
    return None if text == NOW else _whole(text)


def _whole(text: str) -> int:
    number = page_helpers.parse_number(text)
    if not isinstance(number, int):
        raise NotFound
    return number
