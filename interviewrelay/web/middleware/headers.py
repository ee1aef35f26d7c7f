"""Response headers of every response."""

import re
from functools import lru_cache
from typing import Final

from flask import Flask, Response, g, request
from werkzeug.datastructures import Headers

from interviewrelay.core.config.settings import Settings
from interviewrelay.core.errors import UnknownHost
from interviewrelay.core.ids import new_id
from interviewrelay.core.observability import correlation
from interviewrelay.web.http import locale, request_checks
from interviewrelay.web.middleware import site_files

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)

NO_FRAMES: Final = "frame-ancestors 'none'"
CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    f"base-uri 'none'; object-src 'none'; {NO_FRAMES}"
)
YEAR: Final = 31_536_000
ALWAYS: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", CSP),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
NO_DEVICES: Final = "microphone=(), camera=(), geolocation=()"
MICROPHONE: Final = "microphone=(self), camera=(), geolocation=()"
"""Permissions-Policy of participants' pages, where answers may be spoken."""


def register(app: Flask, settings: Settings) -> None:
    """Set request ids, check the host, and add security headers."""
    hosts = settings.hosts
    always: tuple[tuple[str, str], ...] = ALWAYS
    if settings.secure:
        always = (*always, ("Strict-Transport-Security", f"max-age={YEAR}"))

    @lru_cache(maxsize=64)
    def known(host: str) -> bool:
        return re.sub(r":\d+$", "", host).strip("[]").lower() in hosts

    @app.before_request
    def receive() -> None:
        # From the environment directly: werkzeug's header views cost more.
        given = request.environ
        wanted = given.get("HTTP_X_REQUEST_ID", "")
        g.request_id = wanted if _REQUEST_ID.fullmatch(wanted) else new_id()
        correlation.set_request_id(g.request_id)
        request_checks.check_size(given)
        g.host_known = known(given.get("HTTP_HOST", ""))

    @app.after_request
    def secure(response: Response) -> Response:
        headers, path = response.headers, request.path
        headers.extend(always)  # no view sets any of these
        _open_to_sites(headers, path)
        headers.add("X-Request-Id", g.get("request_id") or new_id())
        on_interview = locale.is_participant_path(path)
        headers.add("Referrer-Policy", "no-referrer" if on_interview else "same-origin")
        headers.add("Permissions-Policy", MICROPHONE if on_interview else NO_DEVICES)
        if on_interview:
            headers["X-Robots-Tag"] = "noindex"
        if request.endpoint == "static":
            versioned = "v" in request.args
            headers["Cache-Control"] = (
                f"public, max-age={YEAR}, immutable" if versioned else "public, max-age=300"
            )
        else:
            headers.setdefault("Cache-Control", "no-store")
        if not path.startswith("/api"):
            response.vary.update(("HX-Request", "Cookie", "Accept"))
        return response

    @app.teardown_request
    def end(_fault: BaseException | None) -> None:
        correlation.set_request_id(None)


def _open_to_sites(headers: Headers, path: str) -> None:
    """Allow other sites what they need for the widget: its script, and the frames of a campaign."""
    if origins := g.get("embed_origins"):
        allowed = f"frame-ancestors {' '.join(origins)}"
        headers["Content-Security-Policy"] = CSP.replace(NO_FRAMES, allowed)
    if path == site_files.EMBED:
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        headers["Access-Control-Allow-Origin"] = "*"  # for `integrity`


def refuse_unknown_hosts(app: Flask) -> None:
    """Register it after the rate limits, so that its refusals are counted and carry their headers."""

    @app.before_request
    def know_the_host() -> None:
        # Load balancers, Kubernetes and Prometheus ask a server by its IP address.
        if not g.host_known and request.blueprint != "health":
            raise UnknownHost
