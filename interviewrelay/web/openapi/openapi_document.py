"""OpenAPI 3.1 document, built from the operations and the classes of request and response bodies."""

import json
from collections.abc import Iterator
from typing import Any, Final

from interviewrelay import __version__
from interviewrelay.core.actor import ANY
from interviewrelay.core.errors import MethodNotAllowed, Refusal
from interviewrelay.core.representation import EXAMPLE_IDS
from interviewrelay.web.openapi import components, texts
from interviewrelay.web.openapi.operation import JSON, Operation
from interviewrelay.web.openapi.parameters import Parameter
from interviewrelay.web.openapi.registry import OPERATIONS
from interviewrelay.web.openapi.webhooks import webhooks

Node = dict[str, Any]

PUBLISHED: Final = "/"
"""Server URL in the stored copy: the server that delivers it."""
BEFORE_THE_COUNT: Final = (400, 408, 414, 431)
"""Statuses of malformed requests, which are refused before they are counted and so lack the rate
limit headers.
"""


def build_document(base: str) -> Node:
    """Build the whole document; `base` is the server's URL."""
    paths: Node = {}
    for operation in OPERATIONS:
        for number, path in enumerate(operation.paths):
            paths.setdefault(path, {})[operation.method.lower()] = _operation(operation, number)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "InterviewRelay API",
            "version": __version__,
            "summary": texts.SUMMARY,
            "description": texts.DESCRIPTION,
            "contact": {"name": "The server administrator"},
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base}],
        "security": [{"key": []}],
        "tags": [{"name": name, "description": said} for name, said in texts.TAGS.items()],
        "paths": paths,
        "webhooks": webhooks(components.build_reference),
        "components": {
            "securitySchemes": {"key": texts.SCHEME},
            "parameters": texts.PARAMETERS,
            "headers": texts.HEADERS,
            "responses": dict(_refusals()),
            "schemas": components.build_components(),
        },
        "x-codes": _codes(),
    }


def format_document(whole: Node) -> str:
    """Stored form: readable and deterministic."""
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _operation(operation: Operation, number: int) -> Node:
    made: Node = {
        "operationId": operation.view + ("_alias" if number else ""),
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": _said(operation, number),
        "parameters": _parameters(operation),
    }
    if content := _content(operation):
        made["requestBody"] = {"required": operation.body_required, "content": content}
    if number:
        made["x-alias-of"] = operation.path
    if operation.refusals:
        made["x-refusals"] = sorted({kind.code for kind in operation.refusals})
    made["responses"] = {**_answers(operation), **_refused(operation)}
    if operation.permission is None:
        made["security"] = []
    else:
        made["security"] = [{"key": []}]
        if operation.permission != ANY:
            made["x-permission"] = operation.permission
        made["x-roles"] = list(operation.roles)
    return made


def _content(operation: Operation) -> Node:
    """Forms of the request body, by media type."""
    found: Node = {kind: {"schema": dict(form)} for kind, form in operation.uploads.items()}
    if operation.body is not None:
        name = components.get_body_name(operation)
        found = {JSON: {"schema": components.build_reference(name)}, **found}
        if operation.sent is not None:
            found[JSON]["example"] = operation.sent
    return found


def _said(operation: Operation, number: int) -> str:
    if number:
        return f"Alias of `{operation.path}`. {operation.words}".strip()
    said = operation.words or operation.summary
    return said if operation.takes_test_keys else f"{said} {texts.LIVE_KEY_ONLY}"


def _parameters(operation: Operation) -> list[Node]:
    shared = []
    if operation.repeatable:
        shared.append("IdempotencyKey")
    if operation.tagged:
        shared.append("IfNoneMatch")
    return [
        *({"in": "path", "required": True, **_in_path(name)} for name in operation.names),
        *(_in_query(parameter) for parameter in operation.query),
        *({"$ref": f"#/components/parameters/{name}"} for name in shared),
    ]


def _in_path(name: str) -> Node:
    form = {"format": "uuid"} if name.endswith("_id") else {"minLength": 1}
    return {
        "name": name,
        "schema": texts.PATH_FORMS.get(name, {"type": "string", **form}),
        "description": texts.IDS[name],
        "example": texts.PATH_EXAMPLES.get(name) or EXAMPLE_IDS[name],
    }


def _in_query(parameter: Parameter) -> Node:
    made: Node = {
        "name": parameter.name,
        "in": "query",
        "schema": dict(parameter.schema),
        "description": parameter.words,
    }
    if parameter.example is not None:
        made["example"] = parameter.example
    return made


def _answers(operation: Operation) -> Node:
    found: Node = {}
    for status, shape in operation.answers.items():
        content: Node = {}
        if shape is not None:
            content[JSON] = {"schema": components.build_reference(shape.__name__)}
            if operation.example is not None:
                content[JSON]["example"] = operation.example
        content |= {kind: {"schema": _file(kind)} for kind in operation.files}
        made: Node = {
            "description": texts.STATUSES[status],
            "headers": _headers(operation, status),
        }
        if content:
            made["content"] = content
        if links := dict(_links(operation)):
            made["links"] = links
        found[str(status)] = made
    if operation.tagged:
        told = _headers(operation, 304)
        found["304"] = {"description": texts.STATUSES[304], "headers": told}
    return found


def _file(kind: str) -> Node:
    binary = kind == "application/pdf" or kind.startswith(("audio/", "image/"))
    return {"type": "string", "format": "binary"} if binary else {"type": "string"}


def _headers(operation: Operation, status: int) -> Node:
    names = ["X-Request-Id"]
    if operation.zone == "api":
        counted = texts.COUNTED_AT_ALL if status in BEFORE_THE_COUNT else texts.COUNTED
        return {
            **{name: _header(name) for name in (*names, *_more(operation, status))},
            **{name: _header(component) for name, component in counted.items()},
        }
    return {name: _header(name) for name in (*names, *_more(operation, status))}


def _more(operation: Operation, status: int) -> list[str]:
    more = texts.OF_STATUS.get(status, [])
    if operation.tagged and status in (200, 304):
        more = [*more, "ETag"]
    if operation.repeatable and status < 300:
        more = [*more, "Idempotent-Replayed"]
    return list(more)


def _header(name: str) -> Node:
    return {"$ref": f"#/components/headers/{name}"}


def _links(operation: Operation) -> Iterator[tuple[str, Node]]:
    """Links from a created object to its further operations."""
    for name, place in operation.gives.items():
        for other in OPERATIONS:
            if other.names == [name]:
                yield (
                    other.view,
                    {
                        "operationId": other.view,
                        "parameters": {name: f"$response.body#{place}"},
                    },
                )


def _by_status(operation: Operation) -> dict[int, list[type[Refusal]]]:
    found: dict[int, list[type[Refusal]]] = {}
    for refusal in sorted(operation.errors, key=lambda kind: (kind.status, kind.code)):
        found.setdefault(refusal.status, []).append(refusal)
    return found


def _name(operation: Operation, kinds: list[type[Refusal]]) -> str:
    """Name of a response component: one for each set of codes."""
    zone = "" if operation.zone == "api" else "Participant."
    return zone + ".".join(kind.__name__ for kind in kinds)


def _refused(operation: Operation) -> Node:
    return {
        str(status): {"$ref": f"#/components/responses/{_name(operation, kinds)}"}
        for status, kinds in _by_status(operation).items()
    }


def _refusals() -> Iterator[tuple[str, Node]]:
    """Response components by name, one for each set of error codes in use."""
    found = {
        _name(operation, kinds): (operation, status, kinds)
        for operation in OPERATIONS
        for status, kinds in _by_status(operation).items()
    }
    for name, (operation, status, kinds) in sorted(found.items()):
        told = {kind.code: kind.text for kind in kinds}
        yield (
            name,
            {
                "description": " ".join(f"`{code}`: {text}" for code, text in told.items()),
                "headers": _headers(operation, status),
                "content": {
                    JSON: {"schema": components.build_reference("Error")},
                    "application/problem+json": {
                        "schema": components.build_reference("Problem")
                    },
                },
                "x-codes": told,
            },
        )


def _codes() -> list[Node]:
    """All error codes, by status."""
    known: set[type[Refusal]] = {MethodNotAllowed}
    for operation in OPERATIONS:
        known.update(operation.errors)
    return [
        {"status": kind.status, "code": kind.code, "text": kind.text}
        for kind in sorted(known, key=lambda kind: (kind.status, kind.code, kind.text))
    ]
