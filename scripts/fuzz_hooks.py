"""What schemathesis cannot guess: cursors, things that are there, and what no schema can say."""

import base64
import itertools
import json
import os
import re
import unicodedata
from datetime import datetime
from typing import Any

import schemathesis
from hypothesis import strategies
from requests.adapters import HTTPAdapter
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

FIXTURES = json.loads(os.environ["FUZZ_FIXTURES"])
EXAMPLES = {
    "550e8400-e29b-41d4-a716-446655440000": FIXTURES["script_id"],
    "660e8400-e29b-41d4-a716-446655440001": FIXTURES["project_id"],
    "770e8400-e29b-41d4-a716-446655440002": FIXTURES["campaign_id"],
    "990e8400-e29b-41d4-a716-446655440004": FIXTURES["session_id"],
    "inv_abc123": FIXTURES["invite_token"],
}
NO_JSON = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
STANDING = (
    "IDEMPOTENCY_KEY_REUSED", "INVITE_CANCELLED", "INVITE_EXPIRED", "SCRIPT_NOT_PUBLISHED",
)  # fmt: skip
"""Codes that tell how things stand, whatever is sent."""
BY_CONTENT = ("agreed", "filters", "quote", "text", "time_zone", "turn")
"""Fields whose value must fit what is stored, or another field."""
addresses = itertools.count()


def cursor(moment: datetime, key: object) -> str:
    text = f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z {key}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


schemathesis.openapi.format(
    "cursor",
    strategies.builds(
        cursor,
        strategies.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
        strategies.uuids(),
    ),
)
schemathesis.openapi.format(
    "email", strategies.from_regex(r"[a-z0-9]{1,20}@[a-z0-9]{1,20}\.example", fullmatch=True)
)


@schemathesis.hook
def before_load_schema(_context: Any, raw_schema: dict[str, Any]) -> None:
    """Let the examples name what the demonstration has."""
    text = json.dumps(raw_schema)
    for example, real in EXAMPLES.items():
        text = text.replace(example, real)
    raw_schema.clear()
    raw_schema.update(json.loads(text))


class FromEverywhere(HTTPAdapter):
    """Each call comes from an address of its own: how many may come from one is tested elsewhere."""

    def add_headers(self, request: Any, **_kwargs: Any) -> None:
        number = next(addresses)
        where = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        request.headers["X-Forwarded-For"] = where


HTTPAdapter.add_headers = FromEverywhere.add_headers  # type: ignore[method-assign]


@schemathesis.check
def fitting_data_is_accepted(ctx: Any, response: Any, case: Any) -> bool | None:
    """As `positive_data_acceptance`, but for what no schema can say."""
    if response.status_code in (400, 410, 422) and beyond_schemas(
        response.json()["error"], case
    ):
        return None
    return positive_data_acceptance(ctx, response, case)


@schemathesis.check
def unfitting_data_is_refused(ctx: Any, response: Any, case: Any) -> bool | None:
    """As `negative_data_rejection`, but an empty filter counts as none."""
    if "" in (case.query or {}).values():
        return None
    return negative_data_rejection(ctx, response, case)


def beyond_schemas(error: dict[str, Any], case: Any) -> bool:
    details = error.get("details", {})
    if error["code"] in STANDING:
        return True
    if error["code"] == "INVALID_JSON":  # also in fields that are ignored
        return any(map(unreadable, walk(case.body)))
    words = error["message"]
    if words.endswith("' field is required"):
        return unseen(at(case.body, details["field"]))
    if words.startswith("A name in the "):
        return any(map(unseen, at(case.body, details["field"]) or ()))
    return (
        "must not be before" in words
        or "does not exist" in words  # an id of the query that names nothing
        or words.startswith("There is no ")  # an id of the body that names nothing
        or "rule" in details  # a script that cannot be held
        or details.get("field") in BY_CONTENT
    )


def unreadable(value: Any) -> bool:
    if isinstance(value, str):
        return NO_JSON.search(value) is not None
    return isinstance(value, int) and len(str(abs(value))) > 15


def at(body: Any, path: str) -> Any:
    for part in path.split("."):
        try:
            body = body[int(part)] if isinstance(body, list) else body[part]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return body


def unseen(value: Any) -> bool:
    """A text in which nothing can be seen counts as missing."""
    return isinstance(value, str) and all(map(nothing, value))


def nothing(char: str) -> bool:
    return (
        "\ufe00" <= char <= "\ufe0f"
        or char in "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
        or (unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))
    )


def walk(value: Any) -> Any:
    if isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from walk(part)
    else:
        yield value
