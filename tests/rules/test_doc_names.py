"""Names of the code in docs/architecture.md and in the decisions are in the code."""

import ast
import importlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "interviewrelay"
DOCS = [ROOT / "docs" / "architecture.md", *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
CODE = ("bench", "interviewrelay", "scripts", "static", "templates", "tests")
BASES = (ROOT, PACKAGE, PACKAGE / "interviewer", ROOT / "docs")

FENCE = re.compile(r"^ *```(\w*)[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"([\w./-]+\.(?:py|md|json|toml|txt|html|js|css)|[\w./-]+/)(?::(\w+))?")
DOTTED = re.compile(r"(\w+(?:\.\w+)+)(?:\(.*\))?")
CALLED = re.compile(r"@?([A-Za-z]\w*)\(.*\)|@([a-z]\w*)")
CLASS = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)*")
SNAKE = re.compile(r"_*[a-z]+(?:_[a-z]+)+")

ELSEWHERE = frozenset(
    {
        "history.replaceState",  # a browser's
        "limits.db",  # made by a server
        "rounds.lock",
        "with_for_update(key_share=True)",  # SQLAlchemy's
    }
)
"""Names that are not of this code."""


def spans(text: str) -> list[str]:
    """What stands between backticks, outside of fenced blocks."""
    return SPAN.findall(FENCE.sub("", text))


@cache
def definitions() -> dict[str, set[str]]:
    """Names by the module that defines or imports them; classes and packages count as modules."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in ("interviewrelay", "tests", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            module = path.parent.name if path.stem == "__init__" else path.stem
            found[path.parent.name].add(path.stem)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found[node.name] |= set(names(node.body))
            found[module] |= set(names(ast.parse(path.read_text(encoding="utf-8")).body))
    for path in PACKAGE.rglob("*"):
        if path.is_dir():
            found[path.parent.name].add(path.name)
    return found


@cache
def words() -> set[str]:
    """Every word of the package's sources: columns, tables and log messages too."""
    return {
        word
        for path in PACKAGE.rglob("*.py")
        for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))
    }


def names(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))


def is_defined(name: str) -> bool:
    return any(name in held for held in definitions().values())


def is_file(path: str, name: str | None) -> bool:
    """Whether a file or folder is there, by its path or by its name alone, and defines `name`."""
    path = path.replace("LANGUAGE", "en")
    found = [base / path for base in BASES if (base / path).exists()]
    if "/" not in path:
        found = [p for folder in CODE for p in (ROOT / folder).rglob(path)] + found
    return bool(found) and (
        name is None or name in set(names(ast.parse(found[0].read_text()).body))
    )


def is_dotted(dotted: str) -> bool:
    """Whether each name is defined in the module, package or class before it."""
    *_, owner, name = parts = dotted.split(".")
    held = [definitions().get(part, set()) for part in parts[:-1]]
    if all(part in have for part, have in zip(parts[1:], held, strict=True)):
        return True
    if owner[0].isupper():  # a class may inherit it
        return owner in definitions() and is_defined(name)
    if owner == parts[0] and owner not in definitions() and owner in sys.stdlib_module_names:
        return hasattr(importlib.import_module(owner), name)
    return False


def is_known(span: str) -> bool:
    if span in ELSEWHERE:
        return True
    if file := FILE.fullmatch(span):
        return is_file(*file.groups())
    if dotted := DOTTED.fullmatch(span):
        return is_dotted(dotted[1])
    if called := CALLED.fullmatch(span):
        return is_defined(called[1] or called[2])
    if CLASS.fullmatch(span):
        return is_defined(span)
    return not SNAKE.fullmatch(span) or span in words()


def unknown_in_code(source: str) -> list[str]:
    """What a fenced block in Python calls."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    called = {ast.unparse(call) for call in calls}
    return [n for n in sorted(called) if not (is_dotted(n) if "." in n else is_defined(n))]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.stem)
def test_the_names_in_a_document_are_in_the_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    unknown = [span for span in spans(text) if not is_known(span)]
    for kind, block in FENCE.findall(text):
        if kind == "python":
            unknown += unknown_in_code(re.sub(r"^ {3}", "", block, flags=re.MULTILINE))
    assert unknown == []


@pytest.mark.parametrize(
    "span",
    [
        "core/errors.py", "errors.py", "core/errors.py:Refusal", "models/", "access.get_campaign",
        "organizations.access.get_campaign", "call_id()", "@operation(api)", "CampaignPlan",
        "time.thread_time", "credit_entry", "POST /campaigns", "interviewer/languages/LANGUAGE/",
    ],
)  # fmt: skip
def test_a_name_that_is_there_is_found(span: str) -> None:
    assert is_known(span)


@pytest.mark.parametrize(
    "span",
    [
        "core/no.py", "no.py", "core/errors.py:No", "no/", "access.campaign", "no.get_campaign",
        "organizations.ledger.hold_credits", "no_call()", "@no(api)", "CampaignNo", "time.no", "no_such_word",
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_told(span: str) -> None:
    assert not is_known(span)
