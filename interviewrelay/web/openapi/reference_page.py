"""Reference page: the document in readable form, from its content alone (`templates/openapi/`)."""

import json
import re
from typing import Any, Final

from markupsafe import Markup, escape

from interviewrelay.organizations.access import TEST_KEY_OPERATIONS
from interviewrelay.web.openapi import client_samples
from interviewrelay.web.openapi.field_table import list_body_fields, list_query_fields
from interviewrelay.web.openapi.operation import JSON

Node = dict[str, Any]

_CODE: Final = re.compile(r"`([^`]+)`")
_NO_NAME: Final = re.compile(r"[^a-z]+")
_PATH: Final = re.compile(r"\{(\w+)\}")


def list_basics(document: Node) -> list[Node]:
    """Sections of the document's introduction."""
    found = []
    for section in document["info"]["description"].removeprefix("## ").split("\n\n## "):
        title, *said = section.split("\n\n")
        name = _NO_NAME.sub("-", title.lower()).strip("-")
        paragraphs = [mark_code(paragraph) for paragraph in said]
        found.append({"id": name, "title": title, "paragraphs": paragraphs})
    return found


def list_chapters(document: Node) -> list[Node]:
    """Operations by tag."""
    found = []
    for tag in document["tags"]:
        entries = [
            _entry(document, path, method, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
            if operation["tags"] == [tag["name"]] and "x-alias-of" not in operation
        ]
        name = tag["name"]
        words = mark_code(tag["description"])
        found.append({"id": name.lower(), "title": name, "words": words, "entries": entries})
    return found


def mark_code(text: str) -> Markup:
    """Text with `code` marked."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def _entry(document: Node, path: str, method: str, operation: Node) -> Node:
    """Operation on the page."""
    status, told = next(iter(operation["responses"].items()))
    content = told.get("content", {})
    base = document["servers"][0]["url"]
    samples = client_samples.build_samples(base, f"{method.upper()} {path}", operation)
    return {
        "id": operation["operationId"].replace("_", "-"),
        "title": operation["summary"],
        "method": method.upper(),
        "path": _shown(path),
        "also": _shown(_alias(document, path)),
        "words": mark_code(operation["description"]),
        "permission": operation.get("x-permission", ""),
        "roles": ", ".join(operation.get("x-roles", [])),
        "query": list_query_fields(operation),
        "body": list_body_fields(document, operation),
        "calls": {"sh": _call(base, path, method, operation), **samples},
        "trial": _trial(path, method, operation),
        "status": status,
        "answer": format_example(content.get(JSON, {}).get("example")),
        "files": [kind for kind in content if kind != JSON],
        "refusals": _reasons(document, operation),
    }


def _alias(document: Node, path: str) -> str:
    for other, methods in document["paths"].items():
        if any(operation.get("x-alias-of") == path for operation in methods.values()):
            return str(other)
    return ""


def _shown(path: str) -> str:
    """Path in the style of the published reference: `/api/campaigns/:id`."""
    return _PATH.sub(lambda name: ":token" if name[1].endswith("token") else ":id", path)


def _reasons(document: Node, operation: Node) -> list[tuple[str, list[str]]]:
    """The operation's own errors; common ones are described once."""
    wanted, found = operation.get("x-refusals", []), []
    for status, told in operation["responses"].items():
        if reference := told.get("$ref"):
            name = reference.rpartition("/")[2]
            known = document["components"]["responses"][name]["x-codes"]
            own = [code for code in known if code in wanted]
            if own:
                found.append((status, own))
    return found


def _call(base: str, path: str, method: str, operation: Node) -> str:
    """Example as a curl command."""
    named = {p["name"]: p for p in operation["parameters"] if "$ref" not in p}
    address = base + _PATH.sub(lambda name: str(named[name[1]]["example"]), path)
    given = [
        f"{name}={p['example']}"
        for name, p in named.items()
        if p["in"] == "query" and "example" in p
    ]
    if given:
        address = f'"{address}?{"&".join(given)}"'
    verb = "" if method == "get" else f"-X {method.upper()} "
    lines = [f"curl {verb}{address}"]
    if operation.get("security"):
        lines.append('-H "Authorization: Bearer YOUR_API_KEY"')
    elif path.startswith("/interview/"):
        lines.append('-H "Accept: application/json"')
    media = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    if "example" in media:
        body = json.dumps(media["example"], ensure_ascii=False, indent=2)
        lines += ['-H "Content-Type: application/json"', f"-d '{body}'"]
    return " \\\n  ".join(lines)


def _trial(path: str, method: str, operation: Node) -> Node | None:
    """Request that a reader can send with a test key; None for operations that need more."""
    allowed = method == "get" or operation["operationId"] in TEST_KEY_OPERATIONS
    if not operation.get("security") or not allowed:
        return None
    media = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    return {
        "method": method.upper(),
        "path": path,
        "parameters": [
            {"in": p["in"], "name": p["name"], "example": p.get("example", "")}
            for p in operation["parameters"]
            if p.get("in") in ("path", "query")
        ],
        "body": format_example(media.get("example")),
    }


def format_example(example: object) -> str:
    """Example as readable JSON; empty without one."""
    return "" if example is None else json.dumps(example, ensure_ascii=False, indent=2)
