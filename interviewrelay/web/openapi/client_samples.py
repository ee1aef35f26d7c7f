"""Example calls by the clients for JavaScript and Python, from the examples of the document."""

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from interviewrelay.core.config.program import find_asset_root
from interviewrelay.web.openapi.operation import JSON

Node = dict[str, Any]

_NAME: Final = re.compile(r"[A-Za-z_]\w*")
_SHORT: Final = 72


class Style(NamedTuple):
    """Style of a language: its words, whether names of fields are quoted, and its indentation."""

    words: dict[object, str]
    quotes: bool
    step: str


JAVASCRIPT: Final = Style({True: "true", False: "false", None: "null"}, quotes=False, step="  ")
PYTHON: Final = Style({True: "True", False: "False", None: "None"}, quotes=True, step="    ")


@dataclass(frozen=True, slots=True)
class Call:
    """Call of an operation: values in the path, and fields by name."""

    base: str
    places: list[object]
    given: Node
    lists: bool
    answers: bool
    keyed: bool


def build_samples(base: str, route: str, operation: Node) -> dict[str, str]:
    """Example call by language; empty if the clients have no plain call for the operation."""
    content = operation.get("requestBody", {}).get("content", {JSON: {}})
    javascript, python = _load_methods()
    if (
        JSON not in content
        or len(content) > 1
        or route not in javascript.keys() & python.keys()
    ):
        return {}
    named = [p for p in operation["parameters"] if "$ref" not in p and "example" in p]
    query = {p["name"]: p["example"] for p in named if p["in"] == "query"}
    call = Call(
        base,
        places=[p["example"] for p in named if p["in"] == "path"],
        given=query | content[JSON].get("example", {}),
        lists=operation["operationId"].startswith("list_"),
        answers=next(iter(operation["responses"])) != "204",
        keyed=bool(operation.get("security")),
    )
    return {
        "js": _write_javascript(javascript[route], call),
        "python": _write_python(python[route], call),
    }


@cache
def _load_methods() -> tuple[dict[str, str], dict[str, str]]:
    """Methods of both clients by route; empty if the installation has no list of them."""
    sdk = find_asset_root() / "sdk"
    try:
        told = json.loads((sdk / "javascript" / "methods.json").read_text(encoding="utf-8"))
        python = tomllib.loads((sdk / "python" / "operations.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, {}
    javascript = {
        route.removeprefix("file "): f"{resource}.{name}"
        for resource, methods in told.items()
        for name, route in methods.items()
    }
    return javascript, python["methods"]


def _write_javascript(method: str, call: Call) -> str:
    values = [*call.places, *([call.given] if call.given else [])]
    code = f"client.{method}({', '.join(write_value(v, JAVASCRIPT) for v in values)})"
    if call.lists:
        code = f"for await (const item of {code}) {{\n  console.log(item);\n}}"
    else:
        code = f"const result = await {code};" if call.answers else f"await {code};"
    key = "  apiKey: process.env.INTERVIEWRELAY_API_KEY,\n" if call.keyed else ""
    return (
        'import { InterviewRelay } from "@ai-interview/sdk";\n\n'
        f"const client = new InterviewRelay({{\n{key}  baseUrl: {json.dumps(call.base)},\n}});\n"
        f"{code}"
    )


def _write_python(method: str, call: Call) -> str:
    parts = [write_value(value, PYTHON) for value in call.places]
    parts += [f"{name}={write_value(value, PYTHON)}" for name, value in call.given.items()]
    inside = ", ".join(parts)
    if len(inside) > _SHORT or "\n" in inside:
        inside = "".join(f"\n{_indent(part, PYTHON)}," for part in parts) + "\n"
    code = f"client.{method}({inside})"
    if call.lists:
        code = f"for item in {code}:\n{PYTHON.step}print(item)"
    elif call.answers:
        code = f"result = {code}"
    key = "  # the key is in INTERVIEWRELAY_API_KEY" if call.keyed else ""
    return (
        "from interviewrelay_client import Client\n\n"
        f"with Client(base_url={json.dumps(call.base)}) as client:{key}\n{_indent(code, PYTHON)}"
    )


def write_value(value: object, style: Style) -> str:
    """Value as source code, on one line if it is short."""
    if isinstance(value, bool) or value is None:
        return style.words[value]
    if not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        parts = [f"{_write_name(n, style)}: {write_value(v, style)}" for n, v in value.items()]
        begin, end = ("{", "}") if style.quotes or not parts else ("{ ", " }")
    else:
        parts = [write_value(one, style) for one in value]
        begin, end = "[", "]"
    line = begin + ", ".join(parts) + end
    if len(line) <= _SHORT and "\n" not in line:
        return line
    inside = "".join(f"\n{_indent(part, style)}," for part in parts)
    return f"{begin.strip()}{inside}\n{end.strip()}"


def _write_name(name: str, style: Style) -> str:
    return name if not style.quotes and _NAME.fullmatch(name) else json.dumps(name)


def _indent(code: str, style: Style) -> str:
    return style.step + code.replace("\n", "\n" + style.step)
