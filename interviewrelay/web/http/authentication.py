"""Authentication of requests: the API key, the login of a session cookie, a participant's link.

Each function runs before the views of its blueprint. Flask-Login turns the session cookie into a
person with `web.accounts.login`, which asks `accounts.login_sessions.find_login_membership`.
"""

from contextlib import suppress
from typing import Any, Final

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interviewrelay.accounts import api_keys
from interviewrelay.core.actor import SERVER, Actor
from interviewrelay.core.errors import NotFound, Unauthenticated
from interviewrelay.organizations import access, audit_log
from interviewrelay.web.http import request_checks, resubmission
from interviewrelay.web.http.blueprints import api, count_call, pages, participant, services

SAFE_METHODS: Final = ("GET", "HEAD", "OPTIONS")


def get_key_actor() -> Actor | None:
    """Actor of this request's API key, looked up once; None without a valid key.

    A key is ignored on pages and under unknown host names.
    """
    if "key_actor" not in g:
        g.key_actor = None
        if request.path.startswith("/api/") and g.host_known:
            with suppress(Unauthenticated):
                header = request.headers.get("Authorization")
                g.key_actor = api_keys.authenticate(services().ring, header)
    found: Actor | None = g.key_actor
    return found


@api.before_request
def authenticate_key() -> ResponseReturnValue | None:
    """Authenticate by API key; cookies are ignored."""
    audit_log.set_actor(None)
    if request.method == "OPTIONS":
        return _methods()
    permission = _permission()
    if permission is not None:
        actor = get_key_actor()
        if actor is None:
            raise Unauthenticated
        operation = (request.endpoint or "").removeprefix("api.")
        reads = request.method in SAFE_METHODS
        access.require_operation(actor, permission, operation, reads=reads)
        g.actor = actor
        audit_log.set_actor(actor)
        _count_costly()
    request_checks.check_query(request)
    return None


@pages.before_request
def authenticate_cookie() -> ResponseReturnValue | None:
    """Authenticate by login; API keys are ignored."""
    audit_log.set_actor(None)
    if request.method == "OPTIONS":
        return _methods()
    if request.method not in SAFE_METHODS:
        resubmission.require_same_site()
    permission = _permission()
    if permission is None:
        return None
    if not current_user.is_authenticated:
        return redirect_to_login()
    g.actor = current_user.actor
    audit_log.set_actor(g.actor)
    if permission == SERVER and not g.actor.may(SERVER):
        raise NotFound
    g.actor.require(permission)
    _count_costly()
    return None


@participant.before_request
def check_participant() -> ResponseReturnValue | None:
    """The token in the path is the authorization; each view looks it up through `access`."""
    audit_log.set_actor(None)
    if request.method == "OPTIONS":
        return _methods()
    if request.method not in SAFE_METHODS:
        resubmission.require_same_site()
    return None


def _methods() -> ResponseReturnValue:
    """The allowed methods of a URL are public, so no authentication is needed."""
    return current_app.make_default_options_response()


def _count_costly() -> None:
    view: Any = current_app.view_functions[request.endpoint or ""]
    if kind := getattr(view, "costly", None):
        count_call(kind)


def _permission() -> str | None:
    view: Any = current_app.view_functions[request.endpoint or ""]
    permission: str | None = view.permission
    return permission


def redirect_to_login() -> ResponseReturnValue:
    """Response for a page that needs a sign-in, which leads back to it."""
    if request.headers.get("X-Watching"):
        return "", 204  # a background request: the page stays with its typed text
    if request.headers.get("HX-Request"):
        return "", 204, {"HX-Redirect": url_for("pages.log_in")}
    address, typed = request.full_path.rstrip("?"), resubmission.read_typed()
    if typed:
        return resubmission.render_log_in(address, typed)
    wanted = address if request.method in SAFE_METHODS else None
    return redirect(url_for("pages.log_in", next=wanted if wanted != "/" else None), 303)
