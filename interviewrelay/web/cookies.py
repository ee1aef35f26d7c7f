"""Where there are cookies: at the desk, and nowhere else."""

from typing import Any

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from interviewrelay.web import tongue


class DeskCookies(SecureCookieSessionInterface):
    """Cookies belong to the dashboard; the API and the participant's page never see one."""

    def open_session(self, app: Flask, given: Any) -> Any:
        if not _at_the_desk(given.path):
            return self.session_class()
        return super().open_session(app, given)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if _at_the_desk(request.path):
            super().save_session(app, session, response)


def _at_the_desk(path: str) -> bool:
    return not tongue.for_participants(path) and not path.startswith(
        ("/api/", "/static/", "/livez", "/readyz", "/metrics", "/stripe/")
    )
