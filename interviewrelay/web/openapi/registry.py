"""The one table of what the API does: the middleware, the document, its page and the tests read it."""

from collections.abc import Iterator
from typing import Any, Final

from flask import Flask

from interviewrelay.core.actor import PERMISSIONS
from interviewrelay.web.openapi.operations.answer_review import REVIEWING
from interviewrelay.web.openapi.operations.billing import BILLING, REFERENCE
from interviewrelay.web.openapi.operations.branding import BRANDING
from interviewrelay.web.openapi.operations.operation import Operation
from interviewrelay.web.openapi.operations.participant import PARTICIPANT
from interviewrelay.web.openapi.operations.resume import RESUMING
from interviewrelay.web.openapi.operations.sessions import INVITES, PARTICIPANTS, SESSIONS
from interviewrelay.web.openapi.operations.studies import CAMPAIGNS, PROJECTS, SCRIPTS
from interviewrelay.web.openapi.operations.suppressions import SUPPRESSIONS, UNSUBSCRIBING
from interviewrelay.web.openapi.operations.webhooks import WEBHOOKS

OPERATIONS: Final[tuple[Operation, ...]] = (
    *PROJECTS, *SCRIPTS, *CAMPAIGNS, *INVITES, *SUPPRESSIONS, *SESSIONS, *PARTICIPANTS, *BILLING,
    *WEBHOOKS, *PARTICIPANT, *RESUMING, *REVIEWING, *BRANDING,
    *UNSUBSCRIBING, *REFERENCE,
)  # fmt: skip


def register(app: Flask) -> None:
    """Give every view of the API the permission that the table names. After all routes are there.

    Raises RuntimeError where table and routes differ, so that no server starts with a route that
    nobody has decided about.
    """
    told = {(o.endpoint, o.method, path) for o in OPERATIONS for path in o.paths}
    routed = set(_routes(app))
    for endpoint, method, path in sorted(told ^ routed):
        lacks = "no route" if (endpoint, method, path) in told else "no row in web/reference"
        raise RuntimeError(f"{method} {path} ({endpoint}) has {lacks}")
    for operation in OPERATIONS:
        if operation.zone == "api":
            view: Any = app.view_functions[operation.endpoint]
            if operation.permission not in (None, *PERMISSIONS):
                raise RuntimeError(f"there is no permission {operation.permission}")
            if getattr(view, "permission", operation.permission) != operation.permission:
                raise RuntimeError(f"{operation.view} says another permission than its row")
            view.permission = operation.permission


def _routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in ("api", "participant"):
            path = rule.rule.replace("<", "{").replace(">", "}")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield rule.endpoint, method, path
