"""How often one may call: the plan's limit an hour for an organization, few without a key."""

from typing import Any, Final

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from interviewrelay.settings import Settings
from interviewrelay.web.errors import SOON
from interviewrelay.web.zones import key_actor

WITHOUT_KEY: Final = 60
UNLIMITED: Final = 1_000_000_000
"""Enterprise without a limit: large enough never to be met, so that the headers stay numbers."""
LOG_INS: Final = "20 per 15 minutes"
"""Per address; ten failures lock the account itself (`domain.accounts`)."""


def register(app: Flask, settings: Settings) -> Limiter:
    """One counter for all routes of the API; Redis when it is configured, else this process."""

    @app.after_request  # registered before the limiter's own, so it runs after it
    def retry_after_only_when_limited(response: Response) -> Response:
        if response.status_code == 503:
            response.headers["Retry-After"] = SOON  # the limiter has put its own window there
        elif response.status_code != 429:
            response.headers.pop("Retry-After", None)
        return response

    limiter = Limiter(
        key_func=_who,
        application_limits=[_how_often],
        application_limits_exempt_when=_not_the_api,
        headers_enabled=True,
        strategy="fixed-window",
        storage_uri=settings.redis_url or "memory://",
        request_identifier=lambda: request.endpoint or "unmatched",
    )
    limiter.init_app(app)
    send_log_in: Any = app.view_functions["pages.send_log_in"]
    app.view_functions["pages.send_log_in"] = limiter.limit(
        LOG_INS, key_func=get_remote_address
    )(send_log_in)
    return limiter


def _not_the_api() -> bool:
    return not request.path.startswith("/api/")


def _who() -> str:
    actor = key_actor()
    return f"org:{actor.org_id}" if actor else f"address:{get_remote_address()}"


def _how_often() -> str:
    actor = key_actor()
    if actor is None:
        return f"{WITHOUT_KEY} per hour"
    own = actor.requests_per_hour
    return f"{UNLIMITED if own is None else own} per hour"
