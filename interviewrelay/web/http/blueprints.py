"""Three blueprints, three kinds of trust: an API key, a logged-in browser, a participant's token."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from flask import Blueprint, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interviewrelay.accounts import api_keys
from interviewrelay.core.actor import PERMISSIONS, SERVER, Actor
from interviewrelay.core.errors import NotFound, Unauthenticated
from interviewrelay.organizations import access, audit_log
from interviewrelay.runtime.services import Office
from interviewrelay.web.http import request_checks, resubmission

View = TypeVar("View", bound=Callable[..., Any])

api = Blueprint("api", __name__, url_prefix="/api")
pages = Blueprint("pages", __name__)
participant = Blueprint("participant", __name__, url_prefix="/interview")

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def needs(permission: str) -> Callable[[View], View]:
    """What a caller must be allowed to do; every view of `api` and `pages` names it, or `public`."""
    if permission not in PERMISSIONS:
        raise ValueError(f"there is no permission {permission}")

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def administers(view: View) -> View:
    """For whoever administers the server; to everybody else its pages are not there."""
    view.permission = SERVER  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """For the few views that ask for no caller at all."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def sends_mail(view: View) -> View:
    """For views that may send mail: they are refused while nothing can count (`web.limits`)."""
    view.sends_mail = True  # type: ignore[attr-defined]
    return view


def counted_as(kind: str) -> Callable[[View], View]:
    """For views that cost more than a call, such as a document: these are counted by themselves
    (`web.limits.COSTLY`), once it is clear that the caller may have it.
    """

    def mark(view: View) -> View:
        view.costly = kind  # type: ignore[attr-defined]
        return view

    return mark


def office() -> Office:
    """What the domain needs of the outside, as the factory put it together."""
    made: Office = current_app.extensions["office"]
    return made


def key_actor() -> Actor | None:
    """Who sends the API key of this request, asked once; None for anything but a valid key.

    A key means nothing to a page or under another host's name: there nobody looks it up.
    """
    if "key_actor" not in g:
        g.key_actor = None
        if request.path.startswith("/api/") and g.host_known:
            with suppress(Unauthenticated):
                header = request.headers.get("Authorization")
                g.key_actor = api_keys.authenticate(office().ring, header)
    found: Actor | None = g.key_actor
    return found


@api.before_request
def with_key() -> ResponseReturnValue | None:
    """Cookies mean nothing here."""
    audit_log.set_acting(None)
    if request.method == "OPTIONS":
        return _methods()
    permission = _permission()
    if permission is not None:
        actor = key_actor()
        if actor is None:
            raise Unauthenticated
        operation = (request.endpoint or "").removeprefix("api.")
        reads = request.method in SAFE_METHODS
        access.require_operation(actor, permission, operation, reads=reads)
        g.actor = actor
        audit_log.set_acting(actor)
        _count_costly()
    request_checks.question(request)
    return None


@pages.before_request
def with_cookie() -> ResponseReturnValue | None:
    """API keys mean nothing here."""
    audit_log.set_acting(None)
    if request.method == "OPTIONS":
        return _methods()
    if request.method not in SAFE_METHODS:
        resubmission.same_site()
    permission = _permission()
    if permission is None:
        return None
    if not current_user.is_authenticated:
        return _to_log_in()
    g.actor = current_user.actor
    audit_log.set_acting(g.actor)
    if permission == SERVER and not g.actor.may(SERVER):
        raise NotFound
    g.actor.require(permission)
    _count_costly()
    return None


@participant.before_request
def with_token() -> ResponseReturnValue | None:
    """The token in the path is the right; each view looks it up by `access`."""
    audit_log.set_acting(None)
    if request.method == "OPTIONS":
        return _methods()
    if request.method not in SAFE_METHODS:
        resubmission.same_site()
    return None


def _methods() -> ResponseReturnValue:
    """What an address takes is no secret: nobody is asked who they are."""
    return current_app.make_default_options_response()


def count(kind: str) -> None:
    """The same by hand, for a view that tells of the refusal itself. Raises RateLimited."""
    (limiter,) = current_app.extensions["limiter"]
    limiter.check_costly(g.actor, kind)


def _count_costly() -> None:
    view: Any = current_app.view_functions[request.endpoint or ""]
    if kind := getattr(view, "costly", None):
        count(kind)


def _permission() -> str | None:
    view: Any = current_app.view_functions[request.endpoint or ""]
    permission: str | None = view.permission
    return permission


def _to_log_in() -> ResponseReturnValue:
    if request.headers.get("X-Watching"):
        return "", 204  # nobody asked for it: the page stays, with what is typed in it
    if request.headers.get("HX-Request"):
        return "", 204, {"HX-Redirect": url_for("pages.log_in")}
    address, typed = request.full_path.rstrip("?"), resubmission.typed()
    if typed:
        return resubmission.to_log_in(address, typed)
    wanted = address if request.method in SAFE_METHODS else None
    return redirect(url_for("pages.log_in", next=wanted if wanted != "/" else None), 303)
