"""Component schemas of the document: for request bodies and for responses."""

from functools import cache
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from interviewrelay.core.errors import Refusal
from interviewrelay.web.openapi.error import Error, Problem
from interviewrelay.web.openapi.operation import Operation
from interviewrelay.web.openapi.registry import OPERATIONS
from interviewrelay.web.openapi.webhooks import shapes

Node = dict[str, Any]

PLACE: Final = "#/components/schemas/"
CONTROLS: Final = r"\u0000-\u0008\u000b\u000c\u000e-\u001f"
ANY_TEXT: Final = rf"^[^{CONTROLS}]*$"
"""Pattern of texts that `web.http` accepts in a body."""
SEEN_TEXT: Final = rf"^[^{CONTROLS}]*[^\u0000-\u0020\u007f-\u00a0\u00ad][^{CONTROLS}]*$"
"""Pattern of texts with at least one visible character."""


def build_reference(name: str) -> Node:
    return {"$ref": PLACE + name}


def get_body_name(operation: Operation) -> str:
    """Schema name of a body; a change has the same fields, all optional."""
    if operation.body is None:
        raise ValueError(operation.view)
    if operation.partial and not operation.body.__name__.endswith("Change"):
        return f"{operation.body.__name__}Change"
    return operation.body.__name__


@cache
def build_components() -> Node:
    """All schemas by name, sorted."""
    sent = {o.body for o in OPERATIONS if o.body is not None}
    told = {shape for o in OPERATIONS for shape in o.answers.values() if shape is not None}
    wanted: list[Any] = [(shape, "validation") for shape in sent]
    wanted += [
        (shape, "serialization") for shape in {*told, *shapes().values(), Error, Problem}
    ]
    wanted.sort(key=_place)
    _, whole = models_json_schema(wanted, ref_template=PLACE + "{model}")
    made: Node = _named(whole["$defs"])
    for name in {shape.__name__ for shape in sent}:
        _for_texts(made, made[name], set())
    for operation in OPERATIONS:
        if operation.body is not None and operation.partial:
            made[get_body_name(operation)] = _partial(made[operation.body.__name__])
    made["Error"]["example"] = EXAMPLE
    made["ErrorBody"]["properties"]["code"]["enum"] = sorted(list_error_codes())
    return dict(sorted(made.items()))


EXAMPLE: Final = {
    "error": {
        "code": "INVALID_PARAMETER",
        "message": "The 'email' field is required",
        "details": {"field": "email", "expected": "string"},
        "request_id": "01a20e90-6e08-7283-9beb-7fecb39d2def",
    }
}


def list_error_codes(kind: type[Refusal] = Refusal) -> set[str]:
    """Codes of every refusal class."""
    return {kind.code}.union(*map(list_error_codes, kind.__subclasses__()))


def _place(wanted: tuple[type[BaseModel], Any]) -> tuple[str, str]:
    return wanted[0].__name__, wanted[1]


def _named(schemas: Node) -> Node:
    """Remove titles that repeat names, and pydantic's suffixes of classes that are both sent and
    returned.
    """
    names = {name: _plain_name(name, set(schemas)) for name in schemas}
    return {names[name]: _plain(schema, names) for name, schema in schemas.items()}


def _plain_name(name: str, taken: set[str]) -> str:
    if name.endswith("-Input"):
        return name.removesuffix("-Input")
    if name.endswith("-Output"):
        short = name.removesuffix("-Output").removesuffix("In")
        return f"Script{short}" if short in taken else short
    return name


def _plain(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, list):
        return [_plain(part, names) for part in node]
    if not isinstance(node, dict):
        return node
    made = {
        name: _plain(part, names)
        for name, part in node.items()
        if not (name in ("title", "expected") and isinstance(part, str))
    }
    if isinstance(target := made.get("$ref"), str):
        made["$ref"] = PLACE + names[target.removeprefix(PLACE)]
        made.pop("default", None)  # omitted part: its own fields have defaults
    return made


def _partial(schema: Node) -> Node:
    fields = {
        name: {key: value for key, value in field.items() if key != "default"}
        for name, field in schema["properties"].items()
    }
    whole = {name: value for name, value in schema.items() if name != "required"}
    return {**whole, "properties": fields, "description": "Omitted fields keep their values."}


def _for_texts(made: Node, node: Any, seen: set[str]) -> None:
    """Add the refused characters to every text of a body."""
    if isinstance(node, list):
        for part in node:
            _for_texts(made, part, seen)
    if not isinstance(node, dict):
        return
    target = node.get("$ref")
    if isinstance(target, str) and target not in seen:
        seen.add(target)
        _for_texts(made, made[target.removeprefix(PLACE)], seen)
    if node.get("type") == "string" and not {"pattern", "enum", "const", "format"} & set(node):
        node["pattern"] = SEEN_TEXT if node.get("minLength") else ANY_TEXT
    for part in list(node.values()):
        if isinstance(part, dict | list):
            _for_texts(made, part, seen)
