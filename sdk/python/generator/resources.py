"""Modules of resources: a method for each operation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from document import (
    CONTENT,
    FORM,
    JSON,
    NAMES,
    RANGED,
    body_schemas,
    docstring,
    list_operations,
    model_name,
    position,
    python_type,
    referred,
    reply_schema,
    reply_schemas,
    schemas,
)
from modules import imports_of, module, without_words

Node = dict[str, Any]
PAGING: Final = "pagination"
OWN: Final = "interviewrelay_client"


@dataclass(frozen=True)
class Argument:
    """Argument of a method, and where it is sent: `path`, `query`, `body` or `header`."""

    name: str
    kind: str
    default: str
    place: str
    words: str

    @property
    def code(self) -> str:
        return f"{self.name}: {self.kind}" + (f" = {self.default}" if self.default else "")


def write_resources() -> Iterator[tuple[str, str]]:
    methods: dict[str, str] = dict.fromkeys(NAMES["resources"], "")
    for resource, code in write_all_methods():
        methods[resource] += code
    lines = []
    held = "class Resources(Generic[K]):\n" + docstring("All operations, by resource.", "    ")
    held += "\n    def __init__(self, transport: K) -> None:\n"
    for name, words in NAMES["resources"].items():
        kind = name.title()
        code = f"class {kind}(Resource[K]):\n" + docstring(words, "    ") + "\n" + methods[name]
        yield f"resources/{name}.py", module(f"Operations: {name}.", list(_imports(code)), code)
        lines.append(f"from {OWN}.resources.{name} import {kind}")
        held += f"        self.{name} = {kind}(transport)\n"
    lines = ["from typing import Generic", "", f"from {OWN}.operation import K", *lines]
    yield "resources/__init__.py", module("Operations by resource.", lines, held)


def write_all_methods() -> Iterator[tuple[str, str]]:
    """Resource and code of each method, in the order of operations.toml."""
    for key, told in sorted(list_operations().items(), key=position):
        yield from write_methods(key, told)


def write_methods(key: str, told: Node) -> Iterator[tuple[str, str]]:
    """Resource and code of each method of an operation."""
    resource, _, name = NAMES["methods"][key].partition(".")
    schema = reply_schema(told)
    shape = schemas()[found] if (found := referred(schema)) else {}
    fields = shape.get("properties", {})
    if PAGING in fields and "data" in fields:
        yield resource, write_listing(key, told, name, fields, "data")
    else:
        yield resource, write_operation(key, told, name)
    if (download := NAMES["downloads"].get(key)) is not None:
        place, _, other = download["method"].partition(".")
        yield place, write_operation(key, told, other, download=download["type"])
    if (form := NAMES["uploads"].get(key)) is not None:
        place, _, other = form.partition(".")
        yield place, write_operation(key, told, other, form=True)
    if (more := NAMES["lists"].get(key)) is not None:
        place, _, other = more["method"].partition(".")
        yield place, write_listing(key, told, other, fields, more["items"])


def write_operation(
    key: str, told: Node, name: str, *, form: bool = False, download: str = ""
) -> str:
    """Method that returns the request of an operation.

    It sends a `form` instead of JSON, or returns a file of the type `download`.
    """
    schemas_by_status = {} if download else reply_schemas(told)
    if schemas_by_status:
        kind, reply = _json_reply(schemas_by_status)
    else:
        kind = download or _type_of_file(told)
        reply = {"None": "no_reply", "str": "text_reply", "bytes": "bytes_reply"}[kind]
    media = FORM if form else next(iter(body_schemas(told)), "")
    arguments = list(list_arguments(key, told, media, download))
    code = f"    @operation\n{signature(name, arguments)} -> Request[{kind}]:\n"
    made = request(key, told, arguments, media, reply)
    return code + words_of(told, arguments) + f"        return {made}\n\n"


def _json_reply(schemas_by_status: dict[int, Node]) -> tuple[str, str]:
    """Type of a response, and the expression that reads it."""
    kinds = {
        status: f"models.{python_type(schema, sent=False)}"
        for status, schema in schemas_by_status.items()
    }
    if len(set(kinds.values())) == 1:
        kind = next(iter(kinds.values()))
        return kind, f"json_reply(model({kind}))"
    each = ", ".join(f"{status}: model({kind})" for status, kind in kinds.items())
    return " | ".join(dict.fromkeys(kinds.values())), f"reply_by_status({{{each}}})"


def write_listing(key: str, told: Node, name: str, fields: Node, items: str) -> str:
    """Method that returns a list by pages; its items are in a field of the response."""
    item = referred(fields[items]["items"]) or "Any"
    kind = NAMES["renamed"].get(item) or model_name(item)
    decode = "models.parse_event" if kind == "AnyEvent" else f"model(models.{kind})"
    arguments = list(list_arguments(key, told, ""))
    after = "" if any(one.name == "cursor" for one in arguments) else ', cursor="after"'
    code = f"    @listing\n{signature(name, arguments)} -> Listing[models.{kind}]:\n"
    made = request(key, told, arguments, "", "json_reply(dict)")
    field = "" if items == "data" else f', items="{items}"'
    return (
        code
        + words_of(told, arguments)
        + f"        return Listing(request={made}, item={decode}{field}{after})\n\n"
    )


def list_arguments(key: str, told: Node, media: str, download: str = "") -> Iterator[Argument]:
    """Arguments of a method, those that are required first."""
    parameters = [one for one in told.get("parameters", ()) if "$ref" not in one]
    for one in parameters:
        if one["in"] == "path":
            yield _argument(one["name"], one["schema"], "path", one, needed=True)
    yield from sorted(_of_body(told, media), key=lambda one: one.default != "")
    for one in parameters:
        if one["in"] != "query":
            continue
        if one["name"] == "format" and key in NAMES["downloads"]:
            if download:
                values = [value for value in one["schema"]["enum"] if value != "json"]
                yield _argument("format", {"enum": values}, "query", one, needed=True)
        elif download or key not in NAMES["downloads"]:
            yield _argument(one["name"], one["schema"], "query", one, needed=False)
    if key in RANGED:
        words = {"description": "Bytes to download, such as `bytes=0-65535`."}
        yield _argument("range", {"type": "string"}, "header", words, needed=False)
    if takes_key(told):
        words = {"description": "Your own idempotency key, instead of a new one for each call."}
        yield _argument("idempotency_key", {"type": "string"}, "key", words, needed=False)


def _of_body(told: Node, media: str) -> Iterator[Argument]:
    schema = body_schemas(told).get(media, {})
    if media == CONTENT:
        yield Argument("content", "bytes", "", "content", "The bytes to send.")
    partial = schema.get("description") == "Omitted fields keep their values."
    for name, field in schema.get("properties", {}).items():
        needed = name in schema.get("required", ())
        made = _argument(name, field, "body", field, needed=needed)
        if partial and not needed:
            kind = python_type(field, sent=True)
            made = Argument(name, f"{_with_omitted(kind)}", "OMITTED", "body", made.words)
        yield made


def _argument(name: str, schema: Node, place: str, told: Node, *, needed: bool) -> Argument:
    kind = python_type(schema, sent=True)
    if not needed and not kind.endswith("None"):
        kind += " | None"
    return Argument(name, kind, "" if needed else "None", place, told.get("description", ""))


def _with_omitted(kind: str) -> str:
    return f"{kind.removesuffix(' | None')} | Omitted{' | None' * kind.endswith(' | None')}"


def takes_key(told: Node) -> bool:
    return any("IdempotencyKey" in one.get("$ref", "") for one in told.get("parameters", ()))


def signature(name: str, arguments: list[Argument]) -> str:
    first = [one.code for one in arguments if one.place == "path"]
    named = [one.code for one in arguments if one.place != "path"]
    parts = ["self", *first, *(["*", *named] if named else [])]
    return f"    def {name}({', '.join(parts)})"


def words_of(told: Node, arguments: list[Argument]) -> str:
    words = told.get("description") or told["summary"] + "."
    if told.get("x-permission"):
        words += f"\n\nNeeds the permission `{told['x-permission']}`."
    listed = [f"{one.name}: {one.words}" for one in arguments if one.words]
    return docstring(words, "        ", listed)


def request(key: str, told: Node, arguments: list[Argument], media: str, reply: str) -> str:
    """Expression of an operation's request."""
    method, _, path = key.partition(" ")
    sent: dict[str, list[Argument]] = {}
    for one in arguments:
        sent.setdefault(one.place, []).append(one)
    values = "".join(f", {one.name}" for one in sent.get("path", ()))
    parts = [
        f'method="{method}"',
        f'path=fill_path("{path}"{values})' if values else f'path="{path}"',
    ]
    parts.append(f"reply={reply}")
    if "query" in sent:
        parts.append(f"query={_mapping(sent['query'])}")
    if media == CONTENT:
        parts.append("content=content")
    elif media == JSON:
        fields = sent.get("body", [])
        partial = any(one.default == "OMITTED" for one in fields)  # there, None is a value
        parts.append(
            f"body={_mapping(fields)}" if partial else f"body=given({_mapping(fields)})"
        )
    elif media == FORM:
        files = [one for one in sent["body"] if one.kind == "bytes"]
        parts.append(
            f"body=given({_mapping([one for one in sent['body'] if one not in files])})"
        )
        parts.append(f"files={_mapping(files)}")
    if "header" in sent:
        parts.append('headers={"Range": range}')
    if takes_key(told):
        parts += ["takes_key=True", "idempotency_key=idempotency_key"]
    if method != "GET" and (takes_key(told) or key in NAMES["not_repeatable"]["operations"]):
        parts.append("repeatable=False")
    if not told["security"]:
        parts.append("public=True")
    return f"Request({', '.join(parts)})"


def _mapping(arguments: list[Argument]) -> str:
    return "{" + ", ".join(f'"{one.name}": {one.name}' for one in arguments) + "}"


def _type_of_file(told: Node) -> str:
    for status, response in told["responses"].items():
        for media in response.get("content", {}).values() if status < "3" else ():
            return "bytes" if media["schema"].get("format") == "binary" else "str"
    return "None"


def _imports(code: str) -> Iterator[str]:
    yield from imports_of(code)
    yield ""
    used = [one for one in ("inputs", "models") if f"{one}." in code]
    yield f"from {OWN} import {', '.join(used)}" if used else ""
    for place, names in (
        ("decoding", ("OMITTED", "Omitted", "given", "model")),
        ("operation", ("K", "Resource", "listing", "operation")),
        ("request", ("Listing", "Request", "bytes_reply", "fill_path", "json_reply", "no_reply",
                     "reply_by_status",
                     "text_reply")),
    ):  # fmt: skip
        found = [one for one in names if _uses(code, one)]
        yield f"from {OWN}.{place} import {', '.join(found)}" if found else ""


def _uses(code: str, name: str) -> bool:
    code = without_words(code)
    marks = {"given": "given(", "model": "model(", "K": "[K]", "Resource": "Resource[",
             "listing": "@listing", "operation": "@operation", "Omitted": "| Omitted",
             "OMITTED": "= OMITTED", "Listing": "Listing(", "Request": "Request"}  # fmt: skip
    return marks.get(name, name) in code
