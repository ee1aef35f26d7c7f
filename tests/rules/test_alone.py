"""`./test` needs Python alone: what asks for more is refused, and has its place in the gate."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests import alone

ROOT = Path(__file__).resolve().parent.parent.parent
STEPS = (ROOT / "scripts" / "steps.py").read_text(encoding="utf-8")


SERVES = [sys.executable, "-P", "-m", "interviewrelay", "serve"]
DEMONSTRATES = [sys.executable, "-P", "-m", "interviewrelay", "demo"]
PRINTS = [sys.executable, "-P", "-c", "print(1)"]


@pytest.mark.parametrize(
    ("command", "unmet"),
    [
        (["nginx", "-v"], "the program nginx"),
        ("ls", "the program ls"),
        (SERVES, "a server process"),
        (DEMONSTRATES, ""),
        (PRINTS, ""),
    ],
)
def test_a_command_is_for_the_gate_when_it_asks_for_more_than_python(command, unmet):
    assert alone.excess(command) == unmet


def test_outside_the_gate_a_program_is_refused(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    with pytest.raises(pytest.fail.Exception, match=r"pytest\.mark\.gate"):
        subprocess.run(["true"], check=True)


def test_on_postgresql_a_program_is_run(monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://")
    assert subprocess.run(["true"], check=False).returncode == 0


@pytest.mark.gate
def test_in_the_gate_a_program_is_run():
    assert subprocess.run(["true"], check=False).returncode == 0


def test_every_folder_that_is_left_out_is_a_step_of_the_gate():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = told["tool"]["pytest"]["ini_options"]["norecursedirs"]
    left_out = [name for name in folders if (ROOT / "tests" / name).is_dir()]
    assert left_out
    assert [name for name in left_out if f"tests/{name}" not in STEPS] == []
