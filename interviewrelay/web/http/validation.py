"""Validation by schema, and the messages for invalid values."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from interviewrelay.core import clock
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.field_types import OUT_OF_RANGE

Body = TypeVar("Body", bound=BaseModel)


def validate(
    schema: type[Body], value: Mapping[str, Any], *, strict: bool | None = None
) -> Body:
    """Validate values; raises InvalidParameter that lists every invalid field."""
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
    place = list(error["loc"])
    if place and place[-1] == "[key]":
        return _wrong_name(schema, ".".join(map(str, place[:-2])), place[:-2])
    field = ".".join(str(part) for part in place) or "body"
    node, required = _told(schema, place)
    expected = _too_long(error) or _expected(node)
    if error["type"] == "extra_forbidden":
        expected = "one of " + ", ".join(schema.model_json_schema()["properties"])
        message = f"There is no field '{field}'"
    elif error["type"] == "missing" or (required and _nothing(error)):
        message = f"The '{field}' field is required"
    elif error["type"] == "value_error":
        message = str(error["msg"]).removeprefix("Value error, ")
    elif _blank(error):
        message = f"The '{field}' field must not be blank"
    else:
        message = f"The '{field}' field must be {_with_article(expected)}"
        message += f" {clock.RANGE}" if error["type"] == OUT_OF_RANGE else ""
    return {"field": field, "expected": expected, "message": message}


def _wrong_name(schema: type[BaseModel], field: str, place: list[Any]) -> dict[str, str]:
    """Problem of an unknown key among many values."""
    expected = _expected(_told(schema, place)[0])
    message = f"A name in the '{field}' field is blank or too long"
    return {"field": field, "expected": expected, "message": message}


def _too_long(error: ErrorDetails) -> str:
    """Maximum length of a text that is too long; otherwise empty."""
    if error["type"] != "string_too_long":
        return ""
    return f"string of at most {error['ctx']['max_length']} characters"


def _nothing(error: ErrorDetails) -> bool:
    return error["input"] is None or _blank(error)


def _blank(error: ErrorDetails) -> bool:
    value = error["input"]
    return error["type"] == "string_too_short" and isinstance(value, str) and not value.strip()


def _told(schema: type[BaseModel], place: list[Any]) -> tuple[dict[str, Any], bool]:
    """Schema of a field, and whether it is required."""
    whole = schema.model_json_schema()
    node, required = _resolved(whole, whole), True
    for part in place:
        if isinstance(part, int):
            node, required = _resolved(whole, node.get("items", {})), True
            continue
        required = part in node.get("required", ())
        known = node.get("properties", {}).get(part)
        other = node.get("additionalProperties")
        node = _resolved(whole, known or (other if isinstance(other, dict) else {}))
    return node, required


def _resolved(whole: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Schema of the field itself, without null and references."""
    choices = node.get("anyOf", [])
    # Other alternatives only narrow the siblings: choosing one would hide the rest.
    if {"type": "null"} in choices:
        (choice,) = (choice for choice in choices if choice != {"type": "null"})
        node = {**node, **choice}
    if "$ref" in node:
        found: dict[str, Any] = whole["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        return found
    return node


def _expected(node: dict[str, Any]) -> str:
    """Short description of the expected value, from the schema."""
    # A field's own description comes first, since a pattern tells a person nothing.
    return str(node["expected"]) if "expected" in node else _words(node)


def _words(node: dict[str, Any]) -> str:
    if node.get("format") == "uuid":
        return "UUID"
    if "enum" in node or "const" in node:
        return "one of " + ", ".join(map(str, node.get("enum", [node.get("const")])))
    kind = node.get("type", "string")
    if kind in ("integer", "number"):
        what = "whole number" if kind == "integer" else "number"
        low, high = node.get("minimum"), node.get("maximum")
        return what if low is None or high is None else f"{what} from {low} to {high}"
    if kind == "array":
        return _of_many("list", "items", node.get("minItems", 0), node.get("maxItems"))
    if kind == "object":
        parts = "strings" if "additionalProperties" in node else "fields"
        return _of_many("object", parts, 0, node.get("maxProperties"))
    # A name's length is left out: the reference's own sample is "string".
    most = node.get("maxLength", 200)
    return str(kind) if most == 200 else f"string of at most {most} characters"


def _of_many(what: str, parts: str, least: int, most: int | None) -> str:
    if most is None:
        return what
    return f"{what} of {f'{least} to' if least else 'at most'} {most} {parts}"


def _with_article(expected: str) -> str:
    if expected.startswith("one of"):
        return expected
    return f"{'an' if expected[0].lower() in 'aeio' else 'a'} {expected}"
