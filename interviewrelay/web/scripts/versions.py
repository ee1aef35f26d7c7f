"""Version pages of a script."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import NotFound
from interviewrelay.dashboard import view_models as shapes
from interviewrelay.organizations import access
from interviewrelay.scripts import scripts, versions
from interviewrelay.web.http.blueprints import needs, pages
from interviewrelay.web.scripts import editor_view
from interviewrelay.web.ui import page_helpers

NOW = "now"
"""Name of the draft in a URL."""


@pages.get("/scripts/<script_id>/versions")
@needs("scripts:read")
def show_versions(script_id: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    page = versions.listing(script, page_helpers.part())
    return render_template(
        "scripts/versions.html",
        script=shapes.script(script),
        versions=page.shaped(shapes.script_version).items,
        pager=page_helpers.pager(page, "versions"),
    )


@pages.get("/scripts/<script_id>/versions/<number>")
@needs("scripts:read")
def show_version(script_id: str, number: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    version = versions.get(script, _whole(number))
    return render_template(
        "scripts/version.html",
        script=shapes.script(script),
        version=shapes.script_version(version),
        document=version.document,
        sentences=editor_view.sentences(version.document),
        flow=editor_view.picture(version.document),
    )


@pages.get("/scripts/<script_id>/versions/compare")
@needs("scripts:read")
def compare_versions(script_id: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    latest = str(script.latest_version or NOW)
    old, new = request.args.get("from", latest), request.args.get("to", NOW)
    return render_template(
        "scripts/compare.html",
        script=shapes.script(script),
        old=old,
        new=new,
        difference=versions.difference(script, _number(old), _number(new)),
    )


@pages.post("/scripts/<script_id>/versions/<number>/restore")
@needs("scripts:write")
def restore_version(script_id: str, number: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    version = versions.get(script, _whole(number))
    scripts.restore(script, version)
    return page_helpers.done(
        f"/scripts/{script.id}",
        f"Version {version.number} restored as draft. Publish it to use it in new campaigns.",
    )


def _number(text: str) -> int | None:
    """Version number from the URL. Raises NotFound when it is invalid."""
    return None if text == NOW else _whole(text)


def _whole(text: str) -> int:
    number = page_helpers.whole(text)
    if not isinstance(number, int):
        raise NotFound
    return number
