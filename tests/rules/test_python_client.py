"""Every operation has a method in the clients of `sdk/`."""

import tomllib
from pathlib import Path

from interviewrelay.web.openapi.registry import OPERATIONS

PYTHON = Path(__file__).resolve().parents[2] / "sdk" / "python" / "operations.toml"


def test_the_python_client_names_a_method_for_every_operation() -> None:
    """docs/sdk-python.md says what else to do."""
    names = tomllib.loads(PYTHON.read_text(encoding="utf-8"))
    methods = names["methods"]
    assert {f"{one.method} {one.path}" for one in OPERATIONS} - set(methods) == set()
    assert len(set(methods.values())) == len(methods)
    assert {name.partition(".")[0] for name in methods.values()} == set(names["resources"])
