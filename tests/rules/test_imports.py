"""The pure parts are pure; that the layers hold is asked by `scripts/check`."""

import subprocess
import sys

import pytest

IMPURE = (
    "flask",
    "sqlalchemy",
    "werkzeug",
    "requests",
    "httpx",
    "urllib3",
    "http.client",
    "numpy",
)

COMPILED = 10_000
"""Characters of regular expressions that may be compiled at the start: four times what there are."""


@pytest.mark.parametrize(
    "module",
    [
        "interviewrelay.interviewer.dialogue.controller",
        "interviewrelay.interviewer.model.listening",
        "interviewrelay.analysis.linter",
        "interviewrelay.analysis.sentiment",
    ],
)
def test_a_pure_module_loads_nothing_of_the_outside(module: str) -> None:
    question = f"import sys, {module}; print([m for m in {IMPURE!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-P", "-c", question], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_server_loads_no_library_before_it_needs_it() -> None:
    unwanted = ("xhtml2pdf", "reportlab", "alembic", "lxml", "numpy", "onnxruntime")
    question = (
        "import sys, interviewrelay.factory, interviewrelay.server.asgi_server;"
        f"print([m for m in {unwanted!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", question], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_interviewer_compiles_its_patterns_when_it_first_needs_them() -> None:
    """All of them at once cost two thirds of a second of computing at each start."""
    question = (
        "import re._compiler as compiler\n"
        "compile, read = compiler.compile, []\n"
        "compiler.compile = lambda p, flags=0: read.append(len(p)) or compile(p, flags)\n"
        "import interviewrelay.interviewer.dialogue.controller as _\n"
        "print(sum(read))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", question], capture_output=True, text=True, check=True
    )
    assert 0 < int(done.stdout) <= COMPILED
