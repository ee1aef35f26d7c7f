"""`Idempotency-Key`: every changing operation of the API may be sent again without harm."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from flask import Flask, Response, g, make_response, request

from interviewrelay.domain import idempotency
from interviewrelay.domain.idempotency import Call, Kept
from interviewrelay.errors import InvalidParameter
from interviewrelay.web.zones import office

HEADER: Final = "Idempotency-Key"
CHANGING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
TOLD_AGAIN: Final = ("Content-Type", "Content-Disposition", "Content-Language", "Location")
"""Headers that belong to an answer; all others are made anew for each."""

_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)

View = TypeVar("View", bound=Callable[..., Any])


def register(app: Flask) -> None:
    """Let every changing view of the API be done once for each key. After all routes are there."""
    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and CHANGING & (rule.methods or set())
    }
    for endpoint in changing:
        app.view_functions[endpoint] = _once(app.view_functions[endpoint])


def calls_outside(view: View) -> View:
    """For a view whose verb calls the outside, which must not happen within a transaction."""
    view.calls_outside = True  # type: ignore[attr-defined]
    return view


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
        kept, again = idempotency.once(
            office().ring,
            g.actor,
            Call(key, request.method, request.full_path, request.get_data(cache=True)),
            lambda: _kept(make_response(view(**values))),
            outside=getattr(view, "calls_outside", False),
        )
        return _told(kept, again=again)

    return answered


def _kept(response: Response) -> Kept:
    told = [(name, value) for name, value in response.headers if name in TOLD_AGAIN]
    return Kept(response.status_code, told, response.get_data())


def _told(kept: Kept, *, again: bool) -> Response:
    response = Response(kept.body, kept.status, list(kept.headers))
    if again:
        response.headers["Idempotent-Replayed"] = "true"
    return response
