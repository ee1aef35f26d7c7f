"""Field table of a schema: name, type and description of each field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from interviewrelay.web.openapi.operation import JSON

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldRow:
    name: str
    kind: str
    words: str
    required: bool = False


def list_query_fields(operation: Node) -> list[FieldRow]:
    return [
        FieldRow(p["name"], _kind(p["schema"]), p["description"] + _choices(p["schema"]))
        for p in operation["parameters"]
        if p.get("in") == "query"
    ]


def list_body_fields(document: Node, operation: Node) -> list[FieldRow]:
    """All fields, each followed by those of its parts."""
    content = operation.get("requestBody", {}).get("content", {})
    if JSON not in content:
        return []
    schemas: Node = document["components"]["schemas"]
    return list(_rows(schemas, content[JSON]["schema"], ""))


def _rows(schemas: Node, schema: Node, before: str) -> Iterator[FieldRow]:
    schema = _resolved(schemas, schema)
    for name, field in schema.get("properties", {}).items():
        plain = _unwrapped(field)
        required = name in schema.get("required", [])
        yield FieldRow(before + name, _kind(plain), _words(field, plain), required)
        part = plain.get("items", plain)
        if "$ref" in part:
            many = "[]" if "items" in plain else ""
            yield from _rows(schemas, part, f"{before}{name}{many}.")


def _resolved(schemas: Node, schema: Node) -> Node:
    if "$ref" in schema:
        found: Node = schemas[schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _unwrapped(field: Node) -> Node:
    """Schema without the alternative null."""
    for choice in field.get("anyOf", []):
        if choice.get("type") != "null":
            return {**choice, **{n: v for n, v in field.items() if n != "anyOf"}}
    return field


def _kind(schema: Node) -> str:
    if "$ref" in schema:
        return "object"
    if schema.get("type") == "array":
        return f"{_kind(schema.get('items', {}))}[]"
    kind = str(schema.get("type", "string"))
    return "number" if kind == "integer" else kind


def _words(field: Node, plain: Node) -> str:
    said = [field.get("description", ""), *_bounds(plain)]
    default = field.get("default")
    if default not in (None, "", [], {}) and "default" not in said[0]:
        shown = str(default).lower() if isinstance(default, bool) else default
        said.append(f"Default: {shown}.")
    return " ".join(part for part in said if part) + _choices(plain)


def _bounds(schema: Node) -> Iterator[str]:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        yield f"{low:,} to {high:,}."
    if most := schema.get("maxLength"):
        yield f"At most {most:,} characters."
    if most := schema.get("maxItems"):
        yield f"At most {most:,} items."


def _choices(schema: Node) -> str:
    values = schema.get("enum") or schema.get("items", {}).get("enum")
    return f" One of {', '.join(map(str, values))}." if values else ""
