"""Every field of every body: what is said of a value of another type."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.text import ONE_LINE
from interviewrelay.web.http.validation import validate
from interviewrelay.web.openapi.registry import OPERATIONS

BODIES = {o.body.__name__: o.body for o in OPERATIONS if o.body is not None}
VALUES: dict[str, Any] = {
    "string": "\u2603", "boolean": True, "number": 1.5, "list": [], "object": {}, "null": None,
}  # fmt: skip
"""One of each type of JSON; the text is neither a name, nor a date, nor one of any few values."""
TYPES = {
    "string": "string", "boolean": "boolean", "integer": "whole number", "number": "number",
    "array": "list", "object": "object",
}  # fmt: skip
"""What a message calls the types of a schema."""
EITHER = "value", "number"
"""What a condition compares with is a text, or a number that stands for one."""
LIMITS = ("maxLength", "maxItems", "maxProperties", "minimum", "maximum")

Node = dict[str, Any]


def plain(whole: Node, node: Node) -> tuple[Node, bool]:
    """A field's own schema, and whether it may be null."""
    null = {"type": "null"} in node.get("anyOf", [])
    if null:
        (choice,) = (part for part in node["anyOf"] if part != {"type": "null"})
        node = {**node, **choice}
    if "$ref" in node:
        node = whole["$defs"][node["$ref"].rpartition("/")[2]]
    return node, null


def fields(whole: Node, node: Node, place: tuple[Any, ...] = ()) -> Iterator[Any]:
    """Where each field stands, its schema, whether it may be null and must be given."""
    inner = {name: (part, False) for name, part in node.get("properties", {}).items()}
    if isinstance(node.get("additionalProperties"), dict):
        inner["a name"] = (node["additionalProperties"], False)
    many = [(0, (node["items"], True))] if "items" in node else []
    for part, (found, alone) in [*inner.items(), *many]:
        schema, null = plain(whole, found)
        yield (*place, part), schema, null, alone or part in node.get("required", ())
        yield from fields(whole, schema, (*place, part))


def of_body(body: type[BaseModel]) -> Iterator[Any]:
    whole = body.model_json_schema()
    return fields(whole, whole)


def with_value(place: tuple[Any, ...], value: Any) -> Any:
    """A body in which nothing stands but this value, at its place."""
    for part in reversed(place):
        value = [value] if part == 0 else {part: value}
    return value


FIELDS = [
    pytest.param(body, place, *told, id=f"{name} {'.'.join(map(str, place))}")
    for name, body in BODIES.items()
    for place, *told in of_body(body)
]


def problem(body: type[BaseModel], place: tuple[Any, ...], value: Any) -> dict[str, str]:
    with pytest.raises(InvalidParameter) as caught:
        validate(body, with_value(place, value))
    details = caught.value.details or {}
    alone = {"message": caught.value.message, **details}
    found = {p["field"]: p for p in details.get("errors", [alone])}
    return found[".".join(map(str, place))]


def allowed(schema: Node) -> str:
    if "expected" in schema:
        return str(schema["expected"])
    if "enum" in schema or "const" in schema:
        return "one of"
    return "UUID" if schema.get("format") == "uuid" else TYPES[schema["type"]]


def fits(schema: Node, given: str) -> bool:
    if schema.get("pattern") == ONE_LINE:
        return TYPES[schema["type"]] == given
    if {"enum", "const", "pattern", "expected", "minItems"} & set(schema):
        return False
    return TYPES[schema["type"]] == given and schema.get("format") != "uuid"


@pytest.mark.gate
@pytest.mark.parametrize(("body", "place", "schema", "null", "required"), FIELDS)
def test_a_wrong_type_is_told_the_type_and_the_limits(body, place, schema, null, required):
    for given, value in VALUES.items():
        if fits(schema, given) or (given == "null" and null) or (place[-1], given) == EITHER:
            continue
        said = problem(body, place, value)
        if given == "null" and required:
            assert said["message"] == f"The '{'.'.join(map(str, place))}' field is required"
            continue
        message = said["message"].rpartition("' field ")[2]
        assert message.startswith("must be "), said
        assert allowed(schema) in message, (given, said)
        assert given not in message.split() or given in allowed(schema), (given, said)
        assert message.endswith(said["expected"])
        if "expected" not in schema and schema.get("maxLength") != 200:
            limits = [schema[name] for name in LIMITS if name in schema]
            assert all(str(limit) in message for limit in limits), said


def test_every_body_is_walked():
    assert {place for _, place, *_ in (field.values for field in FIELDS)} >= {
        ("send_email",), ("emails", 0), ("participants", 0, "metadata", "a name"),
        ("settings", "interviewer"), ("questions", 0, "needs", 0, "weight"),
        ("questions", 0, "ask_if", "op"), ("pack",), ("rating",),
    }  # fmt: skip
