"""Values against a schema, and what is said of those that do not fit."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from interviewrelay.errors import InvalidParameter

Body = TypeVar("Body", bound=BaseModel)

_YEAR: Final = r"(197[1-9]|19[89]\d|[2-8]\d{3}|9[0-8]\d{2}|99[0-8]\d|999[0-7])"
MOMENT: Final[Mapping[str, Any]] = {
    "type": "string",
    "anyOf": [
        {"format": "date", "pattern": rf"^{_YEAR}-\d{{2}}-\d{{2}}$"},
        {"format": "date-time", "pattern": rf"^{_YEAR}-\d{{2}}-\d{{2}}T"},
    ],
}
"""A date, or a date and time, as `clock.parse` reads it."""


def validated(
    schema: type[Body], value: Mapping[str, Any], *, strict: bool | None = None
) -> Body:
    """Values as a schema; raises InvalidParameter that names every field that is wrong."""
    try:
        return schema.model_validate(value, strict=strict)
    except ValidationError as fault:
        problems = [_problem(schema, error) for error in fault.errors(include_url=False)]
    raise InvalidParameter.several(_once(problems))


def _once(problems: list[dict[str, str]]) -> list[dict[str, str]]:
    """The first problem of each field."""
    seen: dict[str, dict[str, str]] = {}
    for problem in problems:
        seen.setdefault(problem["field"], problem)
    return list(seen.values())


def _problem(schema: type[BaseModel], error: ErrorDetails) -> dict[str, str]:
    place = [part for part in error["loc"] if not _is_branch(part)]
    if place and place[-1] == "[key]":
        return _wrong_name(schema, ".".join(map(str, place[:-2])), place[:-2])
    field = ".".join(str(part) for part in place) or "body"
    expected = _too_long(error) or _expected(schema, place)
    missing = error["type"] == "missing" or _blank(error)
    if missing:
        message = f"The '{field}' field is required"
    elif error["type"] == "value_error":
        message = str(error["msg"]).removeprefix("Value error, ")
    else:
        message = f"The '{field}' field must be {_with_article(expected)}"
    return {"field": field, "expected": expected, "message": message}


def _wrong_name(schema: type[BaseModel], field: str, place: list[Any]) -> dict[str, str]:
    """A name that the caller gave to one of many values."""
    expected = _expected(schema, place)
    message = f"A name in the '{field}' field has nothing to be seen, or is too long"
    return {"field": field, "expected": expected, "message": message}


def _too_long(error: ErrorDetails) -> str:
    """How long a text may be, where it is longer; otherwise nothing."""
    if error["type"] != "string_too_long":
        return ""
    return f"string of at most {error['ctx']['max_length']} characters"


def _is_branch(part: object) -> bool:
    # Pydantic names the branch of a union in the path of an error; callers never wrote it.
    return isinstance(part, str) and part.startswith(
        ("function-", "list[", "constrained-", "str", "int")
    )


def _blank(error: ErrorDetails) -> bool:
    value = error["input"]
    return value is None or (
        error["type"] == "string_too_short" and isinstance(value, str) and not value.strip()
    )


def _expected(schema: type[BaseModel], place: list[Any]) -> str:
    """What a field should be, in a few words, read off the schema itself."""
    whole = schema.model_json_schema()
    node: dict[str, Any] = whole
    for part in place:
        node = _resolved(whole, node)
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            known = node.get("properties", {})
            node = known.get(part) or node.get("additionalProperties") or {}
        if not isinstance(node, dict):
            return "string"
    node = _resolved(whole, node)
    # A field's own words come first: a pattern tells a person nothing.
    return str(node["expected"]) if "expected" in node else _words(node)


def _resolved(whole: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    for choice in node.get("anyOf", []):
        if choice.get("type") != "null":
            node = {**node, **choice}
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        found: dict[str, Any] = whole["$defs"][name]
        return found
    return node


def _words(node: dict[str, Any]) -> str:
    if node.get("format") == "uuid":
        return "UUID"
    if "enum" in node or "const" in node:
        return "one of " + ", ".join(map(str, node.get("enum", [node.get("const")])))
    kind = node.get("type", "string")
    if kind in ("integer", "number"):
        low, high = node.get("minimum"), node.get("maximum")
        return (
            f"number from {low} to {high}" if low is not None and high is not None else "number"
        )
    if kind == "array":
        least, most = node.get("minItems", 0), node.get("maxItems")
        return f"list of {least} to {most} items" if most is not None else "list"
    if kind == "string" and "maxLength" in node:
        return (
            f"string of at most {node['maxLength']} characters"
            if node["maxLength"] != 200
            else "string"
        )
    return {"boolean": "boolean", "object": "object"}.get(kind, "string")


def _with_article(expected: str) -> str:
    if expected.startswith("one of"):
        return expected
    return f"{'an' if expected[0].lower() in 'aeio' else 'a'} {expected}"
