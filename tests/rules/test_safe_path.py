"""Every Python process is started with -P, so that it runs no file of the current folder by accident."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("interviewrelay", "bench", "tests", "scripts")
SHELL = (
    "run", "test", ".ci/run", "scripts/binary", "scripts/check", "scripts/clean-root", "scripts/cover",
    "scripts/fuzz", "scripts/gate", "scripts/mutate", "scripts/services", "scripts/setup", "scripts/smoke",
    "docs/deploy/interviewrelay.sh",
    "docs/deploy/interviewrelay.service", "docs/deploy/interviewrelay-worker@.service",
)  # fmt: skip

STEPS = "scripts/steps.py"
"""Python that holds commands of a shell."""

_PYTHON = re.compile(r"sys\.executable|\bpython\b|\bpython3\b")
_IN_SHELL = re.compile(
    r"""(?:python[\d.]*|\$\{?(?:name|python)\}?)["'\\]*\s+(?!-P\s)(-\w|\S+\.py\b)"""
)
_PLACE = ("Path", "replace")
"""Calls that take the interpreter's path to look for its folder, and start nothing."""


def unsafe_in_python(source: str) -> list[int]:
    """Lines on which a list of words names an interpreter and something else than -P after it, or on
    which `sys.executable` stands in no such list.
    """
    tree = ast.parse(source)
    wrong, followed = set(), set()
    for words in ast.walk(tree):
        if isinstance(words, ast.List | ast.Tuple):
            for word, after in _pairs(words):
                followed.add(id(word))
                if not (isinstance(after, ast.Constant) and after.value == "-P"):
                    wrong.add(word.lineno)
        elif isinstance(words, ast.Call) and ast.unparse(words.func).endswith(_PLACE):
            followed.update(map(id, words.args))
        elif isinstance(words, ast.Compare):  # which starts nothing
            followed.update(map(id, words.comparators))
    for node in ast.walk(tree):
        named = isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.executable"
        if named and id(node) not in followed:
            wrong.add(node.lineno)
    return sorted(wrong)


def _pairs(words: ast.List | ast.Tuple) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Interpreters in a list, each with what comes after it."""
    for word, after in zip(words.elts, words.elts[1:], strict=False):
        option = isinstance(after, ast.Constant) and str(after.value).startswith("-")
        named = _PYTHON.search(ast.unparse(word))
        if ast.unparse(word).startswith("Step("):
            continue  # its command is read as one of a shell
        if named and (option or named[0] == "sys.executable" or isinstance(word, ast.Call)):
            yield word, after


def unsafe_in_shell(text: str) -> list[int]:
    return [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if _IN_SHELL.search(line.partition("# ")[0])
    ]


@pytest.mark.gate
def test_code_starts_python_with_a_safe_path() -> None:
    found = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path != Path(__file__):
                lines = unsafe_in_python(path.read_text(encoding="utf-8"))
                found += [f"{path.relative_to(ROOT)}:{line}" for line in lines]
    assert found == []


def test_scripts_and_units_start_python_with_a_safe_path() -> None:
    found = []
    for name in (*SHELL, STEPS):
        lines = unsafe_in_shell((ROOT / name).read_text(encoding="utf-8"))
        found += [f"{name}:{line}" for line in lines]
    assert found == []


def test_no_script_and_no_unit_is_left_out() -> None:
    """Whatever begins with #! and is no Python, and every file for systemd."""
    places = [*ROOT.iterdir(), *(p for name in (".ci", "scripts", "docs/deploy") for p in (ROOT / name).iterdir())]  # fmt: skip
    there = {
        str(path.relative_to(ROOT))
        for path in places
        if path.is_file() and path.suffix not in (".py", ".md")
        if path.suffix == ".service" or path.read_bytes().startswith(b"#!")
    }
    assert there == set(SHELL)


@pytest.mark.parametrize(
    "source",
    ["run([sys.executable, '-m', 'x'])", "X = (sys.executable, '-c', code)", "run([str(python), '-m', 'x'])",
     "os.execv(sys.executable, words)", "x = [ROOT / '.venv/bin/python', '-c', code]", "[python, '-m', 'x']",
     "run(['python3', '-m', 'x'])", "[str(python), str(ROOT / 'x.py')]", "[str(python), *words]"],
)  # fmt: skip
def test_the_rule_finds_unsafe_code(source: str) -> None:
    assert unsafe_in_python(source) == [1]


@pytest.mark.parametrize(
    "line",
    [".venv/bin/python -m pytest", 'exec "$here/.venv/bin/python" -m x', "$python -m pip", "python3 x.py",
     '"$name" -c "import sys"', "ExecStart=/opt/.venv/bin/python -m x serve", "exec $python scripts/fuzz.py",
     r'exec \"$here/.venv/bin/python\" -m x'],
)  # fmt: skip
def test_the_rule_finds_unsafe_scripts(line: str) -> None:
    assert unsafe_in_shell(line) == [1]
    assert unsafe_in_shell(re.sub(r"(\s)(-\w|\S+\.py)", r"\1-P \2", line, count=1)) == []
