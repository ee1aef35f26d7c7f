"""Each operation of the API has one method in the JavaScript SDK."""

import json
from pathlib import Path
from typing import Any

from interviewrelay.web.openapi.openapi_document import PUBLISHED, build_document

SDK = Path(__file__).resolve().parents[2] / "sdk" / "javascript"


def load(name: str) -> Any:
    return json.loads((SDK / name).read_text(encoding="utf-8"))


def operations(paths: dict[str, Any]) -> set[str]:
    return {
        f"{method.upper()} {path}"
        for path, item in paths.items()
        for method, operation in item.items()
        if "operationId" in operation and "x-alias-of" not in operation
    }


def test_each_operation_has_one_method() -> None:
    """When this fails, name the new operation in sdk/javascript/methods.json and its README."""
    named = [
        declared.removeprefix("file ")
        for methods in load("methods.json").values()
        for declared in methods.values()
    ]
    offered = operations(build_document(PUBLISHED)["paths"])
    assert len(set(named)) == len(named)
    assert set(named) == offered


def test_no_package_of_the_sdk_is_from_a_named_registry() -> None:
    lock = load("package-lock.json")
    assert [name for name, one in lock["packages"].items() if "resolved" in one] == []
    assert "dependencies" not in load("package.json")
