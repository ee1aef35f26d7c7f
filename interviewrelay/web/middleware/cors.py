"""CORS: pages of the origins in ALLOWED_ORIGINS may call the API from a browser."""

from typing import Final

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue

from interviewrelay.core.config.settings import Settings

METHODS: Final = "GET, HEAD, POST, PATCH, DELETE, OPTIONS"
SENT: Final = (
    "Accept, Authorization, Content-Type, Idempotency-Key, If-None-Match, Range, X-Request-Id"
)
"""Request headers that a page may send."""
READ: Final = (
    "Allow, Content-Disposition, Content-Range, ETag, Idempotent-Replayed, RateLimit, "
    "RateLimit-Policy, Retry-After, WWW-Authenticate, X-RateLimit-Limit, X-RateLimit-Remaining, "
    "X-RateLimit-Reset, X-Request-Id"
)
"""Response headers that a page may read."""
MAX_AGE: Final = "600"
"""Seconds for which a browser may cache a preflight response."""
ANY: Final = "*"


def register(app: Flask, settings: Settings) -> None:
    """Register CORS before the rate limits, so that preflight requests are answered here and not
    counted.
    """
    allowed = settings.allowed_origins
    if not allowed:
        return

    @app.before_request
    def answer_preflight() -> ResponseReturnValue | None:
        asks = "Access-Control-Request-Method" in request.headers
        if request.method != "OPTIONS" or not (asks and _applies() and g.host_known):
            return None
        g.preflight = True
        told = {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": SENT,
            "Access-Control-Max-Age": MAX_AGE,
        }
        return "", 204, told if _granted(allowed) else {}

    @app.after_request
    def tell(response: Response) -> Response:
        if _applies():
            response.vary.add("Origin")
            if granted := _granted(allowed):
                response.headers["Access-Control-Allow-Origin"] = granted
                response.headers["Access-Control-Expose-Headers"] = READ
        return response


def _applies() -> bool:
    """True for API paths. The API uses no cookies, so a page of another site can do nothing without
    a key.
    """
    return request.path.startswith("/api/")


def _granted(allowed: tuple[str, ...]) -> str:
    """Value of Access-Control-Allow-Origin; empty if the request's origin is not allowed."""
    if ANY in allowed:
        return ANY
    asked = request.headers.get("Origin", "")
    return asked if asked in allowed else ""
