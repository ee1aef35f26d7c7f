"""Published versions of scripts in the API."""

from flask import g
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import NotFound
from interviewrelay.core.representation import list_of
from interviewrelay.organizations import access
from interviewrelay.scripts import representation, scripts, versions
from interviewrelay.scripts.representation import Script, ScriptVersion, ScriptVersionItem
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.http.requests import list_response, read_window
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW


@operation(
    api,
    "GET /scripts/<script_id>/versions",
    "scripts:read",
    query=WINDOW,
    answers={200: list_of("versions", ScriptVersionItem)},
)
def list_script_versions(script_id: str) -> ResponseReturnValue:
    """List versions

    The published versions of a script, without their documents.
    """
    page = versions.list_versions(access.get_script(g.actor, script_id), read_window())
    return list_response("versions", page, ScriptVersionItem.read)


@operation(
    api,
    "GET /scripts/<script_id>/versions/<version>",
    "scripts:read",
    answers={200: ScriptVersion},
)
def get_script_version(script_id: str, version: str) -> ResponseReturnValue:
    """Get version

    A published version with its document, which never changes.
    """
    script = access.get_script(g.actor, script_id)
    return representation.version(versions.get_version(script, _read_number(version)))


@operation(
    api,
    "POST /scripts/<script_id>/versions/<version>/restore",
    "scripts:write",
    answers={200: Script},
)
def restore_script_version(script_id: str, version: str) -> ResponseReturnValue:
    """Restore version

    The draft becomes the document of this version. Publish it to use it in new campaigns.
    """
    script = access.get_script(g.actor, script_id)
    wanted = versions.get_version(script, _read_number(version))
    return representation.script(scripts.restore_version(script, wanted))


def _read_number(version: str) -> int:
    """Version number from the path. Raises NotFound when it is none."""
    if not (version.isascii() and version.isdigit() and len(version) <= 10):
        raise NotFound
    return int(version)
