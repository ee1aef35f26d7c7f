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

IMPORTED_IN = 0.5
"""Seconds of a processor, the interpreter's own start included: twice what it takes."""

TRIES = 3


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


def test_the_interviewer_is_there_within_half_a_second_of_computing() -> None:
    question = "import time, interviewrelay.interviewer.dialogue.controller; print(time.process_time())"
    taken = (
        subprocess.run(
            [sys.executable, "-P", "-c", question], capture_output=True, text=True, check=True
        )
        for _ in range(TRIES)
    )
    # A machine that is busy makes it longer now and then, never shorter.
    assert min(float(done.stdout) for done in taken) <= IMPORTED_IN
