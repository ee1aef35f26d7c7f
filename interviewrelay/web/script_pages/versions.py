"""The pages of a script's published versions."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.domain import access, desk as shapes, script_versions, scripts
from interviewrelay.errors import NotFound
from interviewrelay.web import desk
from interviewrelay.web.script_pages import shown
from interviewrelay.web.zones import needs, pages

NOW = "now"
"""In an address, what a script says at the moment."""


@pages.get("/scripts/<script_id>/versions")
@needs("scripts:read")
def show_versions(script_id: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    page = script_versions.listing(script, desk.part())
    return render_template(
        "scripts/versions.html",
        script=shapes.script(script),
        versions=page.shaped(shapes.script_version).items,
        pager=desk.pager(page, "versions"),
    )


@pages.get("/scripts/<script_id>/versions/<number>")
@needs("scripts:read")
def show_version(script_id: str, number: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    version = script_versions.get(script, _whole(number))
    return render_template(
        "scripts/version.html",
        script=shapes.script(script),
        version=shapes.script_version(version),
        document=version.document,
        sentences=shown.sentences(version.document),
        flow=shown.picture(version.document),
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
        difference=script_versions.difference(script, _number(old), _number(new)),
    )


@pages.post("/scripts/<script_id>/versions/<number>/restore")
@needs("scripts:write")
def restore_version(script_id: str, number: str) -> ResponseReturnValue:
    script = access.script(g.actor, script_id)
    version = script_versions.get(script, _whole(number))
    scripts.restore(script, version)
    return desk.done(
        f"/scripts/{script.id}",
        f"The script says what version {version.number} says. Publish it to use it in new campaigns.",
    )


def _number(text: str) -> int | None:
    """The version that an address names. Raises NotFound for what is none."""
    return None if text == NOW else _whole(text)


def _whole(text: str) -> int:
    number = desk.whole(text)
    if not isinstance(number, int):
        raise NotFound
    return number
