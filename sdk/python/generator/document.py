"""OpenAPI document, and what its schemas are in Python."""

import json
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent.parent
DOCUMENT: Final = HERE.parent.parent / "docs" / "api" / "openapi.json"
NAMES: Final = tomllib.loads((HERE / "operations.toml").read_text(encoding="utf-8"))
REFERENCE: Final = "#/components/schemas/"
JSON: Final = "application/json"
FORM: Final = "multipart/form-data"
CONTENT: Final = "application/octet-stream"
VERBS: Final = ("get", "post", "put", "patch", "delete")
PRIMITIVES: Final = {
    "string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None",
}  # fmt: skip
TIMES: Final = {"date-time": "dt.datetime", "date": "dt.date"}
WIDTH: Final = 88

Node = dict[str, Any]

RANGED: Final = ("GET /api/session/{session_id}/audio",)
"""Operations that honour a `Range` header."""


@cache
def document() -> Node:
    found: Node = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return found


def schemas() -> dict[str, Node]:
    found: dict[str, Node] = document()["components"]["schemas"]
    return found


def list_operations() -> dict[str, Node]:
    """Operations by method and path, without aliases."""
    return {
        f"{verb.upper()} {path}": operation
        for path, item in document()["paths"].items()
        for verb, operation in item.items()
        if verb in VERBS and "x-alias-of" not in operation
    }


def position(entry: tuple[str, Node]) -> tuple[int, int]:
    """Place of an operation: by resource, then as listed in operations.toml."""
    key, _ = entry
    if key not in NAMES["methods"]:
        sys.exit(f"{key} is not in operations.toml: give it a method there.")
    resource = NAMES["methods"][key].partition(".")[0]
    return list(NAMES["resources"]).index(resource), list(NAMES["methods"]).index(key)


# Types


def referred(schema: Node) -> str | None:
    return schema["$ref"].removeprefix(REFERENCE) if "$ref" in schema else None


def model_name(name: str) -> str:
    """Class of a schema in responses."""
    found: str = NAMES["models"].get(name, name)
    return found


def alternatives(schema: Node) -> list[Node]:
    return [*schema.get("anyOf", ()), *schema.get("oneOf", ())]


def is_time(schema: Node) -> bool:
    """True for a date or a time, as requests take them."""
    return bool(alternatives(schema)) and all(
        one.get("format") in TIMES for one in alternatives(schema)
    )


def python_type(schema: Node, *, sent: bool) -> str:
    """Annotation of a schema, in requests (`sent`) or responses."""
    name = referred(schema)
    if name is not None:
        return f"inputs.{name}" if sent else model_name(name)
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(map(repr, values))}]"
    if sent and (is_time(schema) or schema.get("format") in TIMES):
        return "inputs.Time"
    if alternatives(schema) and not is_time(schema):
        made = dict.fromkeys(python_type(one, sent=sent) for one in alternatives(schema))
        return " | ".join(sorted(made, key=lambda one: one == "None"))
    return _type_of_kind(schema, sent=sent)


def _type_of_kind(schema: Node, *, sent: bool) -> str:
    kind, form = schema.get("type", ""), schema.get("format", "")
    if kind == "array":
        item = python_type(schema.get("items", {}), sent=sent)
        return f"Sequence[{item}]" if sent else f"list[{item}]"
    if kind == "object":
        told = schema.get("additionalProperties")
        value = python_type(told, sent=sent) if isinstance(told, dict) and told else "Any"
        return f"Mapping[str, {value}]" if sent else f"dict[str, {value}]"
    if form == "binary":
        return "bytes"
    return TIMES.get(form, PRIMITIVES.get(kind, "Any"))


def references(node: Any) -> Iterator[str]:
    """Schemas that a part of the document names."""
    if isinstance(node, dict):
        name = node.get("$ref", "")
        if name.startswith(REFERENCE):
            yield name.removeprefix(REFERENCE)
        for part in node.values():
            yield from references(part)
    elif isinstance(node, list):
        for part in node:
            yield from references(part)


def reachable(node: Any, known: dict[str, None] | None = None) -> dict[str, None]:
    """Schemas that a part of the document needs, those needed first."""
    found = {} if known is None else known
    for name in references(node):
        if name not in found:
            reachable(schemas()[name], found)
            found[name] = None
    return found


def reply_schemas(operation: Node) -> dict[int, Node]:
    """Schemas of the successful responses that are JSON, by status."""
    return {
        int(status): response["content"][JSON]["schema"]
        for status, response in operation["responses"].items()
        if status.startswith("2") and JSON in response.get("content", {})
    }


def reply_schema(operation: Node) -> Node:
    """Schema of the first of them; empty if there is none."""
    return next(iter(reply_schemas(operation).values()), {})


def body_schemas(operation: Node) -> dict[str, Node]:
    """Schemas of a request's body by media type."""
    content = operation.get("requestBody", {}).get("content", {})
    return {
        media: schemas()[name] if (name := referred(told["schema"])) else told["schema"]
        for media, told in content.items()
    }


# Words


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def docstring(text: str, indent: str, more: list[str] | None = None) -> str:
    """Docstring of wrapped paragraphs, and of lines about arguments."""
    text = re.sub(r"\bnull\b", "None", text.strip())
    more = [re.sub(r"\bnull\b", "None", one) for one in more or ()]
    paragraphs = [" ".join(one.split()) for one in re.split(r"\n\s*\n", text)]
    wrapped = [textwrap.fill(one, WIDTH, break_on_hyphens=False) for one in paragraphs if one]
    if more:
        wrapped.append("Args:")
        wrapped[-1] += "".join(
            "\n" + textwrap.fill(one, WIDTH, initial_indent="    ",
                                 subsequent_indent="        ", break_on_hyphens=False)
            for one in more
        )  # fmt: skip
    body = "\n\n".join(wrapped).replace("\\", "\\\\")
    body += "" if "\n" not in body and not body.endswith('"') else "\n"
    return textwrap.indent(f'"""{body}"""', indent) + "\n"
