"""The package as its users get it: generated code, types, README, and the wheel in an empty venv."""

import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent.parent
LOCK = HERE.parent.parent / "requirements-dev.lock"
SAMPLES = re.findall(
    r"^```python\n(.*?)^```", (HERE / "README.md").read_text(), re.MULTILINE | re.DOTALL
)


def run(*words: str | Path, **environment: str) -> str:
    """What a program prints. It must succeed."""
    done = subprocess.run(
        words, cwd=HERE, env={**os.environ, **environment}, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    return done.stdout


@pytest.fixture
def variables(server: Any) -> dict[str, str]:
    return {
        "INTERVIEWRELAY_BASE_URL": server.base,
        "INTERVIEWRELAY_API_KEY": server.demo["B"]["key_owner"],
    }


def test_the_generated_code_is_that_of_the_document() -> None:
    run(sys.executable, "-P", "generator", "--check")


def test_the_types_are_right() -> None:
    assert "no issues" in run(sys.executable, "-P", "-m", "mypy", "--strict")


def test_the_version_is_that_of_the_server() -> None:
    told = [HERE / "pyproject.toml", HERE.parent.parent / "pyproject.toml"]
    versions = {tomllib.loads(one.read_text())["project"]["version"] for one in told}
    assert len(versions) == 1


def test_the_readme_has_samples() -> None:
    assert len(SAMPLES) >= 6


@pytest.mark.parametrize("sample", SAMPLES, ids=range(len(SAMPLES)))
def test_a_sample_of_the_readme_runs(sample: str, variables: dict[str, str]) -> None:
    run(
        sys.executable,
        "-P",
        "-W",
        "error",
        "-c",
        sample,
        PYTHONPATH=str(HERE / "src"),
        **variables,
    )


def test_the_wheel_in_an_empty_venv(tmp_path: Path, variables: dict[str, str]) -> None:
    run(sys.executable, "-P", "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    (wheel,) = tmp_path.glob("interviewrelay_client-*.whl")
    versions = re.findall(r"^[a-z][^ \n]*==[^ ;\n]+", LOCK.read_text(), re.MULTILINE)
    (tmp_path / "versions").write_text("\n".join(versions))
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    pip = (python, "-P", "-m", "pip", "install", "-q", "--disable-pip-version-check")
    run(*pip, "-c", tmp_path / "versions", wheel)
    installed = run(python, "-P", "-m", "pip", "list", "--format", "freeze")
    assert "interviewrelay-client==" in installed
    assert "flask" not in installed.lower()
    printed = run(python, "-P", "-W", "error", "-c", SAMPLES[0], **variables)
    assert re.search(r"^http://\S+/interview/\S+$", printed, re.MULTILINE)
    assert re.search(r"^\d+ credits left$", printed, re.MULTILINE)
    assert " ai: " in printed
    found = "import interviewrelay_client as c, pathlib; print(pathlib.Path(c.__file__).parent)"
    assert (Path(run(python, "-P", "-c", found).strip()) / "py.typed").exists()
