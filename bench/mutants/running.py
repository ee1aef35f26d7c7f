"""Test runner for mutants of the interviewer, each in its own process."""

import ast
import gc
import importlib
import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

import hypothesis
import pytest

from bench.mutants.changes import Mutant

ROOT = Path(__file__).resolve().parents[2]
ENGINE = "interviewrelay.interviewer"
ENGINE_PATH = ROOT / "interviewrelay/interviewer"
LONGEST = 1_800
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider")


def survivors(
    module: str, tried: Sequence[Mutant], tests: Sequence[str], jobs: int
) -> list[Mutant]:
    """Mutants on which all tests pass. What is compiled or stored at import is created anew for
    each.
    """
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    hypothesis.settings.load_profile("ci")
    for name in untouched(module):
        importlib.import_module(name)
    if f"{ENGINE}.{module}" in sys.modules:
        sys.exit(f"{module} is loaded already: no change of it would be seen.")
    gc.freeze()
    if os.waitpid(start(module, tests, None, LONGEST), 0)[1] != 0:
        sys.exit(f"The tests of {module} fail without any change.")
    limit = 10 + 5 * int(os.times().children_user)
    running: dict[int, Mutant] = {}
    survived = []
    for mutant in [*tried, *[None] * jobs]:
        if running and (mutant is None or len(running) == jobs):
            child, status = os.wait()
            done = running.pop(child)
            if status == 0:
                survived.append(done)
                # Print at once, so that a stopped run still shows what it found.
                print(f"… {module}:{done.line}: {done.change}", file=sys.stderr, flush=True)
        if mutant is not None:
            running[start(module, tests, mutant.code, limit)] = mutant
    return sorted(survived, key=tried.index)


def untouched(module: str) -> list[str]:
    """Modules of the interviewer that don't import `module`, even indirectly; they are loaded
    once.
    """
    imports = {name_of(path): imported(path) for path in ENGINE_PATH.rglob("*.py")}
    touched, more = set(), {module}
    while more:
        touched |= more
        more = {name for name, others in imports.items() if others & touched} - touched
    return sorted(f"{ENGINE}.{name}" for name in imports.keys() - touched - {""})


def path_of(module: str) -> Path:
    """File of a module, which is named as in `dialogue.controller`."""
    return ENGINE_PATH.joinpath(*module.split(".")).with_suffix(".py")


def name_of(path: Path) -> str:
    """Name of a file's module below the interviewer; of a package, the package's."""
    return (
        ".".join(path.relative_to(ENGINE_PATH).with_suffix("").parts)
        .removesuffix("__init__")
        .removesuffix(".")
    )


def imported(path: Path) -> set[str]:
    """Names that a module imports from the interviewer, including modules."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{ENGINE}."):
            package = (node.module or "").removeprefix(ENGINE).removeprefix(".")
            names = {f"{package}.{a.name}".removeprefix(".") for a in node.names}
            found |= names | {package}
    return found


def start(module: str, tests: Sequence[str], code: CodeType | None, limit: int) -> int:
    """Run the tests in a child process, which ends after `limit` seconds of work or waiting."""
    child = os.fork()
    if child:
        return child
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    signal.alarm(LONGEST)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if code is not None:
        sys.meta_path.insert(0, Changed(f"{ENGINE}.{module}", code))
    os._exit(pytest.main([*OPTIONS, *tests]))


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loader that replaces the code of one module."""

    def __init__(self, name: str, code: CodeType) -> None:
        self.name, self.code = name, code

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        found = fullname == self.name
        return importlib.util.spec_from_loader(fullname, self) if found else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)
