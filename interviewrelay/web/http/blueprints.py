"""Three blueprints with three kinds of authentication: an API key, a login, a participant's token.

`web.http.authentication` authenticates their requests.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, current_app, g

from interviewrelay.core.actor import PERMISSIONS, SERVER
from interviewrelay.runtime.services import Services

View = TypeVar("View", bound=Callable[..., Any])

api = Blueprint("api", __name__, url_prefix="/api")
pages = Blueprint("pages", __name__)
participant = Blueprint("participant", __name__, url_prefix="/interview")


def requires(permission: str) -> Callable[[View], View]:
    """Decorator: the permission that a view requires. Every view of `api` and `pages` declares one,
    or is `public`.
    """
    if permission not in PERMISSIONS:
        raise ValueError(f"there is no permission {permission}")

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def requires_system_admin(view: View) -> View:
    """Decorator for views of system administrators; not found for everybody else."""
    view.permission = SERVER  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Decorator for the few views without authentication."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def sends_mail(view: View) -> View:
    """Decorator for views that may send email: they are refused while rate limits cannot be counted
    (`web.middleware.rate_limits`).
    """
    view.sends_mail = True  # type: ignore[attr-defined]
    return view


def rate_limited_as(kind: str) -> Callable[[View], View]:
    """Decorator for views that cost more than a normal call, such as documents: they have their own
    rate limit (`rate_limits.COSTLY`), applied after authorization.
    """

    def mark(view: View) -> View:
        view.costly = kind  # type: ignore[attr-defined]
        return view

    return mark


def services() -> Services:
    """Services that the domain needs, from the factory."""
    made: Services = current_app.extensions["services"]
    return made


def count_call(kind: str) -> None:
    """Count manually, for a view that handles the refusal itself. Raises RateLimited."""
    (limiter,) = current_app.extensions["limiter"]
    limiter.check_costly(g.actor, kind)
