"""Texts of the document that belong to no schema: introduction, headers, shared parameters."""

import tomllib
from pathlib import Path
from typing import Any, Final

Node = dict[str, Any]

_TEXTS: Final = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))

SUMMARY: Final[str] = _TEXTS["summary"]
DESCRIPTION: Final = "\n\n".join(
    f"## {title}\n\n{said}" for title, said in _TEXTS["basics"].items()
)
LIVE_KEY_ONLY: Final[str] = _TEXTS["live_key_only"]
TAGS: Final[dict[str, str]] = _TEXTS["tags"]
SCHEME: Final[Node] = _TEXTS["scheme"]
IDS: Final[dict[str, str]] = _TEXTS["ids"]
PATH_FORMS: Final[Node] = _TEXTS["path_forms"]
PATH_EXAMPLES: Final[Node] = _TEXTS["path_examples"]
"""Schemas and examples of path parameters that are neither ids nor tokens."""
STATUSES: Final = {int(status): said for status, said in _TEXTS["statuses"].items()}
PARAMETERS: Final[Node] = _TEXTS["parameters"]

_COUNTED: Final[Node] = _TEXTS["counted"]
COUNTED: Final = {name: name for name in _COUNTED}
"""Headers of every API response, by component."""
COUNTED_AT_ALL: Final = {name: f"{name}.WhereCounted" for name in _COUNTED}
OF_STATUS: Final = {401: ["WWW-Authenticate"], 429: ["Retry-After"], 503: ["Retry-After"]}
HEADERS: Final[Node] = {
    **{name: {"required": True, **header} for name, header in _COUNTED.items()},
    **{COUNTED_AT_ALL[name]: header for name, header in _COUNTED.items()},
    **_TEXTS["headers"],
}
