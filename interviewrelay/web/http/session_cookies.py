"""Session cookies, for the dashboard only: where they are read and set.

They are checked elsewhere: before each page (`authentication.authenticate_cookie`), by the login
session that they belong to (`accounts.login_sessions.find_login_membership`).
"""

from typing import Any, Final

from flask import Flask, Response, after_this_request, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from interviewrelay.accounts import known_browsers
from interviewrelay.web.http import locale

KNOWN: Final = "ir_known"
"""Cookie of a known browser (`accounts.known_browsers`); `__Host-ir_known` with https."""


class DashboardCookies(SecureCookieSessionInterface):
    """Dashboard cookies; the API and participants' pages never use any."""

    def open_session(self, app: Flask, given: Any) -> Any:
        if not _at_the_desk(given.path):
            return self.session_class()
        return super().open_session(app, given)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if _at_the_desk(request.path):
            super().save_session(app, session, response)


def get_known_browser() -> str:
    """Known-browser cookie of the request, or empty."""
    return request.cookies.get(_known_name(), "")


def set_known_browser(cookie: str) -> None:
    """Set the known-browser cookie with this response. It survives logout."""

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            _known_name(),
            cookie,
            max_age=known_browsers.KEPT,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Strict",
        )
        return response


def _known_name() -> str:
    return f"__Host-{KNOWN}" if current_app.config["SESSION_COOKIE_SECURE"] else KNOWN


def _at_the_desk(path: str) -> bool:
    return not locale.is_participant_path(path) and not path.startswith(
        ("/api/", "/static/", "/livez", "/readyz", "/metrics", "/stripe/")
    )
