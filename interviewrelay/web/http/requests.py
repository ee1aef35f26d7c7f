"""Requests and responses of the API: strict parsing, uniform JSON."""

import re
from collections.abc import Callable
from typing import Any

import orjson
from flask import Response, current_app, request
from flask.json.provider import DefaultJSONProvider

from interviewrelay.core import clock
from interviewrelay.core.db.json_listing import JsonPage
from interviewrelay.core.db.pagination import Page, Window
from interviewrelay.core.errors import InvalidParameter, PayloadTooLarge, UnsupportedMediaType
from interviewrelay.core.representation import Shape
from interviewrelay.core.strict_json import LONGEST_INTEGER, parse_object
from interviewrelay.web.http.validation import Body, validate

LARGEST_BODY = 1024 * 1024
MOST_OFFSET = 100_000
LONGEST_WORDS = 200

_NUMBER = re.compile(r"[0-9]+", re.ASCII)


class JsonProvider(DefaultJSONProvider):
    """JSON of the dictionaries that views return."""

    def response(self, *args: Any, **_: Any) -> Response:
        return Response(orjson.dumps(args[0]), mimetype=self.mimetype)


def list_response(
    name: str, page: Page[Any] | JsonPage, read: Callable[[Any], Shape]
) -> dict[str, Any]:
    """List in both documented forms at once; `read` makes the JSON of an item that is none yet."""
    items: Any = (
        orjson.Fragment(page.items)
        if isinstance(page, JsonPage)
        else [read(item) for item in page.items]
    )
    counts = {"total": page.total, "limit": page.limit, "offset": page.offset}
    more = {"has_more": page.next_cursor is not None, "next_cursor": page.next_cursor}
    capped = {"total_is_capped": True} if page.capped else {}
    pagination = {**counts, **more, **capped}
    return {name: items, **counts, **capped, "data": items, "pagination": pagination}


def read_payload(schema: type[Body], *, optional: bool = False) -> Body:
    """JSON body validated by a schema. Raises InvalidJson, InvalidParameter, 413 and 415."""
    return validate(schema, read_json(optional=optional))


def read_json(*, optional: bool = False) -> dict[str, Any]:
    """JSON object from the body; if `optional`, an empty body is `{}`."""
    body = request.get_data(cache=True)
    if len(body) > LARGEST_BODY:
        raise PayloadTooLarge
    if optional and not body:
        return {}
    if request.mimetype != "application/json" or request.headers.get("Content-Encoding"):
        raise UnsupportedMediaType
    if request.mimetype_params.get("charset", "utf-8").lower().replace("-", "") != "utf8":
        raise UnsupportedMediaType
    return parse_object(body)


def read_window(unasked: int = 50) -> Window:
    """`limit`, `offset` and `cursor` of the query; `unasked` is the default limit. Raises
    InvalidParameter.
    """
    limit = min(_whole("limit", 1, 100), 100) if "limit" in request.args else unasked
    offset = _whole("offset", 0, 0)
    if offset > MOST_OFFSET:
        words = f"The maximum 'offset' is {MOST_OFFSET}. Use 'cursor' to go further"
        raise InvalidParameter.field("offset", f"whole number from 0 to {MOST_OFFSET}", words)
    return Window(limit, offset, request.args.get("cursor"))


def filter_value(name: str) -> str | None:
    """Filter of the query; None if it is missing or empty."""
    return request.args.get(name, "").strip() or None


def read_choice(name: str, values: tuple[str, ...]) -> str | None:
    """A filter with a closed set of values. Raises InvalidParameter for any other."""
    text = filter_value(name)
    if text is not None and text not in values:
        expected = "one of " + ", ".join(values)
        raise InvalidParameter.field(name, expected, f"The '{name}' filter must be {expected}")
    return text


def read_search(name: str) -> str | None:
    """Search text. Raises InvalidParameter when it is too long."""
    text = request.args.get(name, "").strip()
    if len(text) > LONGEST_WORDS or "\0" in text:
        expected = f"string of at most {LONGEST_WORDS} characters"
        raise InvalidParameter.field(name, expected)
    return text or None


def read_moment(name: str, edge: Callable[[Any], Any]) -> Any:
    """Read a date or date-time of the query; `edge` makes it the start or end of a range. Raises
    InvalidParameter.
    """
    text = filter_value(name)
    if text is None:
        return None
    try:
        return edge(clock.parse_iso(text))
    except (ValueError, OverflowError) as fault:
        beyond = f" {clock.RANGE}" if isinstance(fault, clock.OutOfRange) else ""
        raise InvalidParameter.field(
            name, "ISO 8601 date", f"The '{name}' parameter must be an ISO 8601 date{beyond}"
        ) from None


def wants_json() -> bool:
    """For routes with both forms: true if the caller wants JSON."""
    if request.mimetype == "application/json":
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def build_public_url(path: str) -> str:
    """Absolute URL on the configured base, never on the request's Host."""
    base: str = current_app.config["BASE_URL"]
    return base + path


def _whole(name: str, least: int, default: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    # More digits make no difference, because the number is beyond every limit by then.
    number = int(text.lstrip("0")[:LONGEST_INTEGER] or "0") if _NUMBER.fullmatch(text) else -1
    if number < least:
        expected = "positive integer" if least else "non-negative integer"
        words = f"The '{name}' parameter must be a {expected}"
        raise InvalidParameter.field(name, expected, words)
    return number
