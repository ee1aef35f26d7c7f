"""Scripts in the API."""

from typing import Any, Final, get_args

from flask import g
from flask.typing import ResponseReturnValue

from interviewrelay.core.db.pagination import Page
from interviewrelay.core.errors import SessionAlreadyCompleted
from interviewrelay.core.representation import list_of
from interviewrelay.organizations import access
from interviewrelay.scripts import representation as script_representation, scripts
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.scripts.representation import PublishedScript, Remark, Script, ScriptSummary
from interviewrelay.simulations import preview
from interviewrelay.simulations.representation import Preview
from interviewrelay.web.http.blueprints import api, rate_limited_as, services
from interviewrelay.web.http.requests import (
    list_response,
    read_choice,
    read_json,
    read_payload,
    read_search,
    read_window,
)
from interviewrelay.web.http.validation import validate
from interviewrelay.web.middleware.cpu_limits import cpu_limited
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW, WORDS, Parameter, choice
from interviewrelay.web.scripts.trials import PreviewIn

STATES: Final = get_args(scripts.ScriptState)
SELECTION: Final = (
    choice("status", STATES, "Filter by status.", "published"),
    Parameter(
        "q",
        WORDS,
        "Search for words or parts of words in the name. Case and accents are ignored.",
    ),
    *WINDOW,
)


@operation(
    api,
    "POST /scripts",
    "scripts:write",
    body=ScriptDocument,
    answers={201: Script},
    gives={"script_id": "/id"},
    sent={"name": "Onboarding study", "questions": [{"text": "How has the first month been?"}]},
    changes={"status": "draft", "version": None},
)
def create_script() -> ResponseReturnValue:
    """Create script

    Create a draft. Only `name` and one question with `text` are required.
    """
    script = scripts.create_script(g.actor, read_payload(ScriptDocument))
    return script_representation.script(script), 201


@operation(
    api,
    "GET /scripts",
    "scripts:read",
    query=SELECTION,
    answers={200: list_of("scripts", Script)},
)
def list_scripts() -> ResponseReturnValue:
    """List scripts

    Retrieve all scripts.
    """
    return list_response("scripts", _find_scripts(), script_representation.script)


@operation(
    api,
    "GET /script-summaries",
    "scripts:read",
    query=SELECTION,
    answers={200: list_of("scripts", ScriptSummary, "ScriptSummariesList")},
)
def list_script_summaries() -> ResponseReturnValue:
    """List scripts without documents

    The same list without questions and other contents: faster if you need only names and status.
    """
    return list_response("scripts", _find_scripts(documents=False), ScriptSummary.read)


@operation(api, "GET /scripts/<script_id>", "scripts:read", answers={200: Script})
def get_script(script_id: str) -> ResponseReturnValue:
    """Get script

    Retrieve a script with its full document.
    """
    return script_representation.script(access.get_script(g.actor, script_id))


@operation(
    api,
    "PATCH /scripts/<script_id>",
    "scripts:write",
    body=ScriptDocument,
    partial=True,
    answers={200: Script},
    sent={"target_minutes": 15},
    changes={"status": "draft", "version": None, "target_minutes": 15},
)
def change_script(script_id: str) -> ResponseReturnValue:
    """Change script

    Omitted fields keep their values. `questions` replaces the whole list.
    """
    script = access.get_script(g.actor, script_id)
    changed = scripts.patch_script(
        script, read_json(), lambda all_: validate(ScriptDocument, all_)
    )
    return script_representation.script(changed)


@operation(api, "DELETE /scripts/<script_id>", "scripts:write", answers={204: None})
def delete_script(script_id: str) -> ResponseReturnValue:
    """Delete script

    The script is no longer listed. Campaigns keep using the version they were created with.
    """
    scripts.delete_script(access.get_script(g.actor, script_id))
    return "", 204


@operation(
    api, "POST /scripts/<script_id>/publish", "scripts:write", answers={200: PublishedScript}
)
def publish_script(script_id: str) -> ResponseReturnValue:
    """Publish script

    Create the next version, unless nothing has changed. `warnings` contains suggestions for the
    wording. Errors, such as a condition on an unknown or later question, return 400.
    """
    script, remarks = scripts.publish_script(access.get_script(g.actor, script_id))
    shape = script_representation.script(script)
    return {**shape, "warnings": [Remark.read(r) for r in remarks]}


@operation(
    api,
    "POST /scripts/<script_id>/preview",
    "scripts:read",
    body=PreviewIn,
    body_required=False,
    answers={200: Preview},
    refusals=(SessionAlreadyCompleted,),
    sent={"answers": []},
)
@rate_limited_as("preview")
@cpu_limited
def preview_script(script_id: str) -> ResponseReturnValue:
    """Preview script

    Take an interview with the current draft, published or not. Nothing is stored or charged. Send
    all answers with each request; the same answers always give the same interview. Elapsed time is
    estimated from the length of the answers. An answer after the end returns 409
    `SESSION_ALREADY_COMPLETED`. If the answers take more than five seconds of processor time, you
    get 400. More than 60 previews per minute return 429.
    """
    script = access.get_script(g.actor, script_id)
    wanted = read_payload(PreviewIn, optional=True)
    held = preview.run_preview(
        g.actor, script, wanted.answers, wanted.language, services().similarity
    )
    return Preview.read(held)


def _find_scripts(*, documents: bool = True) -> Page[Any]:
    state = read_choice("status", STATES)
    return scripts.list_scripts(
        g.actor,
        read_window(),
        state=state,  # type: ignore[arg-type]
        words=read_search("q"),
        documents=documents,
    )
