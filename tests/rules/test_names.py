"""Names that a stranger can search for: no riddles among the public names, one module to a name."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

PACKAGE = Path(__file__).resolve().parent.parent.parent / "interviewrelay"

BANNED = frozenset(
    {
        "asked",
        "heed",
        "kept",
        "let_go",
        "listing",
        "made",
        "of",
        "said",
        "taken_up",
        "told",
        "wanted",
    }
)
"""Words that say nothing alone: `list_campaigns`, `build_transcript` and `mark_cancelled` do."""

BY_CONTEXT = frozenset(
    {
        "__init__",
        "detail_query",
        "event_payload",
        "listing",
        "pages",
        "representation",
        "state",
    }
)
"""Modules of these names do the same for the part of the product whose folder they lie in."""

MIRRORS = ("adapters", "cli", "core/ports", "migrations", "models", "web")
"""Layers whose modules are named after the module that they serve."""

OPENAPI = "web/openapi"
"""Its folders hold schemas, examples and operations of the same subjects. The names of its schemas are
those of the API.
"""


def banned(source: str) -> Iterator[str]:
    """Public functions, classes and methods of a module whose name is one of the banned words."""
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in ast.parse(source).body:
        members = node.body if isinstance(node, ast.ClassDef) else []
        for one in (node, *members):
            if isinstance(one, defined) and one.name.lower() in BANNED:
                yield f"{one.lineno}: {one.name}"


def clashes(paths: Iterable[str]) -> dict[str, list[str]]:
    """Names that modules of different packages share although they are not the same thing."""
    owners: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        name = PurePosixPath(path).stem
        if name not in BY_CONTEXT and not path.startswith(f"{OPENAPI}/"):
            layer = next((layer for layer in MIRRORS if path.startswith(f"{layer}/")), "")
            owners[f"{layer}:{name}"].append(path)
    return {key.partition(":")[2]: held for key, held in owners.items() if len(held) > 1}


def test_no_public_name_is_a_riddle() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not path.is_relative_to(PACKAGE / OPENAPI)
        for line in banned(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_two_modules_share_a_name() -> None:
    assert clashes(p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py")) == {}


def declares_operations(source: str) -> bool:
    """True for a module that declares operations of the API's blueprint."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "operation"
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id == "api"
        for node in ast.walk(ast.parse(source))
    )


def test_operations_of_the_api_are_in_modules_named_after_it() -> None:
    """Pages are in the module of the same name without `_api`."""
    modules = [p for p in (PACKAGE / "web").rglob("*.py") if "openapi" not in p.parts]
    declaring = {p.stem for p in modules if declares_operations(p.read_text(encoding="utf-8"))}
    named = {p.stem for p in modules if p.stem.endswith("_api")}
    assert declaring == named
    assert "campaigns_api" in named


def test_the_rule_finds_a_banned_name() -> None:
    source = "def of(): ...\ndef _told(): ...\nclass Said:\n    def kept(self): ...\n    def get(self): ..."
    assert list(banned(source)) == ["1: of", "3: Said", "4: kept"]
    assert list(banned("def list_of(): ...\nmade = 1\ndef f():\n    def told(): ...")) == []


def test_the_rule_finds_a_name_that_is_taken_twice() -> None:
    assert clashes(["billing/counters.py", "campaigns/counters.py"]) == {
        "counters": ["billing/counters.py", "campaigns/counters.py"]
    }
    assert clashes(["web/a/counters.py", "web/b/counters.py"]).keys() == {"counters"}


def test_the_rule_lets_pass_what_is_the_same_by_context() -> None:
    layers = ["notes/notes.py", "models/notes.py", "web/sessions/notes.py", "cli/notes.py"]
    assert (
        clashes([*layers, "web/openapi/schemas/notes.py", "web/openapi/examples/notes.py"])
        == {}
    )
    assert clashes(["notes/representation.py", "mail/representation.py"]) == {}
