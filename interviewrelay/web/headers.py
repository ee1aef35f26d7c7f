"""Headers that every answer carries."""

import re
from typing import Final

from flask import Flask, Response, g, request

from interviewrelay.errors import UnknownHost
from interviewrelay.ids import new_id
from interviewrelay.settings import Settings
from interviewrelay.web import incoming

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
YEAR: Final = 31_536_000


def register(app: Flask, settings: Settings) -> None:
    """Request ids, whether the host is ours, and what keeps browsers from doing harm."""
    hosts = settings.hosts

    @app.before_request
    def name_the_request() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else new_id()

    @app.before_request
    def take_its_measure() -> None:
        incoming.measure(request)

    @app.before_request
    def look_at_the_host() -> None:
        name = re.sub(r":\d+$", "", request.headers.get("Host", "")).strip("[]").lower()
        g.host_known = name in hosts

    @app.after_request
    def secure(response: Response) -> Response:
        headers = response.headers
        headers["X-Request-Id"] = g.get("request_id") or new_id()
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Content-Security-Policy"] = CSP
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "microphone=(), camera=(), geolocation=()"
        on_interview = request.path.startswith("/interview/")
        headers["Referrer-Policy"] = "no-referrer" if on_interview else "same-origin"
        if on_interview:
            headers["X-Robots-Tag"] = "noindex"
        if request.endpoint == "static":
            versioned = "v" in request.args
            headers["Cache-Control"] = (
                f"public, max-age={YEAR}, immutable" if versioned else "public, max-age=300"
            )
        else:
            headers.setdefault("Cache-Control", "no-store")
        if not request.path.startswith("/api"):
            response.vary.update(("HX-Request", "Cookie", "Accept"))
        if settings.secure:
            headers["Strict-Transport-Security"] = f"max-age={YEAR}"
        return response


def refuse_unknown_hosts(app: Flask) -> None:
    """Comes after the limits, so that a refusal is counted and carries their headers too."""

    @app.before_request
    def know_the_host() -> None:
        if not g.host_known:
            raise UnknownHost
