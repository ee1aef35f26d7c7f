"""`Idempotency-Key`: every changing API operation can be repeated safely."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from flask import Flask, Response, g, make_response, request

from interviewrelay.core.errors import InvalidParameter
from interviewrelay.runtime import idempotency
from interviewrelay.runtime.idempotency import IdempotentCall, KeptResponse
from interviewrelay.web.http.blueprints import services

HEADER: Final = "Idempotency-Key"
CHANGING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
TOLD_AGAIN: Final = ("Content-Type", "Content-Disposition", "Content-Language", "Location")
"""Headers stored with the response; all others are generated again."""

_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)

View = TypeVar("View", bound=Callable[..., Any])


def register(app: Flask) -> None:
    """Wrap every changing API view. Call it after all routes are registered."""
    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and CHANGING & (rule.methods or set())
    }
    for endpoint in changing:
        app.view_functions[endpoint] = _once(app.view_functions[endpoint])


def calls_outside(view: View) -> View:
    """For a view that calls the outside, which must not happen inside a transaction.

    It passes `call_id()` to the outside, so that a call interrupted by a crash is not done twice.
    """
    view.calls_outside = True  # type: ignore[attr-defined]
    return view


def call_id() -> str | None:
    """Id of this call for the outside, the same when it is resumed; None without a key."""
    known: str | None = g.get("call_id")
    return known


def _once(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def answered(**values: Any) -> Any:
        key = request.headers.get(HEADER)
        if key is None or request.method not in CHANGING:
            return view(**values)
        if not _KEY.fullmatch(key):
            raise InvalidParameter.field(
                HEADER,
                "1 to 255 visible ASCII characters",
                f"The '{HEADER}' header must be 1 to 255 visible ASCII characters",
            )
        ring, body = services().ring, request.get_data(cache=True)
        call = IdempotentCall(key, request.method, request.full_path, body)

        def act(call_id: str | None = None) -> KeptResponse:
            g.call_id = call_id
            return _kept(make_response(view(**values)))

        if getattr(view, "calls_outside", False):
            kept, again = idempotency.run_once_outside(ring, g.actor, call, act)
        else:
            kept, again = idempotency.run_once(ring, g.actor, call, act)
        return _told(kept, again=again)

    return answered


def _kept(response: Response) -> KeptResponse:
    told = [(name, value) for name, value in response.headers if name in TOLD_AGAIN]
    return KeptResponse(response.status_code, told, response.get_data())


def _told(kept: KeptResponse, *, again: bool) -> Response:
    response = Response(kept.body, kept.status, list(kept.headers))
    if again:
        response.headers["Idempotent-Replayed"] = "true"
    return response
