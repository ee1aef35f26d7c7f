"""Answers held against the document: statuses, media types, headers, every name and form."""

import copy
import re
from functools import cache
from typing import Any

from openapi_schema_validator import OAS31Validator, oas31_format_checker

from interviewrelay.web.openapi.openapi_document import build_document
from interviewrelay.web.openapi.registry import OPERATIONS

BASE = "https://api.interviewrelay.com"
OPEN = {"Details", "Document", "SettingsIn"}
"""Where there may be more than the document names."""


@cache
def told() -> dict[str, Any]:
    """The document, in which an object may hold nothing that is not named."""
    strict = copy.deepcopy(build_document(BASE))
    for name, schema in strict["components"]["schemas"].items():
        if "properties" in schema and name not in OPEN:
            schema["additionalProperties"] = False
    return strict


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        found: Any = told()
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def problems(schema: dict[str, Any], value: Any) -> list[str]:
    whole = {**schema, "components": told()["components"]}
    found = OAS31Validator(whole, format_checker=oas31_format_checker).iter_errors(value)
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in found]


def event_problems(event: dict[str, Any]) -> list[str]:
    """Everything in which an event is not as the document says."""
    request = told()["webhooks"][event["type"]]["post"]["requestBody"]
    return problems(request["content"]["application/json"]["schema"], event)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.sub(r"{\w+}", "[^/]+", path)), path)
        for operation in OPERATIONS
        for path in operation.paths
    ]


def told_of(method: str, path: str) -> dict[str, Any] | None:
    """What the document says of an operation; None for what is none."""
    bare = path.partition("?")[0]
    # Paths without a parameter come first: /participants/erase is no id.
    for pattern, name in sorted(_patterns(), key=lambda found: "{" in found[1]):
        if pattern.fullmatch(bare):
            found: dict[str, Any] | None = told()["paths"][name].get(method.lower())
            return found
    return None


def misfits(method: str, path: str, response: Any) -> list[str]:
    """Everything in which an answer is not as the document says."""
    bodiless = method == "HEAD"  # in all else it is as GET
    said = told_of("GET" if bodiless else method, path)
    if said is None or response.status_code == 405:
        shape = {"$ref": "#/components/schemas/Error"}
        wrong = response.status_code >= 400 and not bodiless
        return problems(shape, response.json) if wrong else []
    answer = said["responses"].get(str(response.status_code))
    if answer is None:
        return [f"{response.status_code} is not in the document"]
    answer = resolved(answer)
    return [*_headers(answer, response), *([] if bodiless else _body(answer, response))]


def _headers(answer: dict[str, Any], response: Any) -> list[str]:
    found = []
    for name, reference in answer["headers"].items():
        header = resolved(reference)
        value: Any = response.headers.get(name)
        if value is None:
            if header.get("required"):
                found.append(f"no {name}")
            continue
        if header["schema"].get("type") == "integer":
            value = int(value) if value.isdigit() else value
        found += [f"{name}: {problem}" for problem in problems(header["schema"], value)]
    return found


def _body(answer: dict[str, Any], response: Any) -> list[str]:
    content = answer.get("content")
    if content is None:
        return [f"a body: {response.data[:80]!r}"] if response.data else []
    if response.mimetype not in content:
        return [f"{response.mimetype} is not in the document"]
    if response.mimetype != "application/json":
        return []
    if response.status_code >= 400 and response.json["error"]["code"] not in answer["x-codes"]:
        return [f"{response.json['error']['code']} is not in the document"]
    return problems(content["application/json"]["schema"], response.json)


def hold(response: Any) -> None:
    """Fail where an answer of the API, or a participant's in JSON, is not as the document says."""
    request = response.request
    api = request.path.startswith("/api/")
    if not (api or request.path.startswith("/interview/")):
        return
    if response.status_code == 200 and response.content_length is None:
        return  # a stream is the test's own to read
    if not api and response.mimetype != "application/json":
        return
    found = misfits(request.method, request.path, response)
    assert found == [], f"{request.method} {request.path}: {response.status_code} {found}"
