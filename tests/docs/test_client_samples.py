"""The example calls in the API reference are what the clients take, by their types."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewrelay.web.openapi import reference_page
from interviewrelay.web.openapi.openapi_document import PUBLISHED, build_document
from tests.docs.samples import ROOT


@pytest.fixture(scope="module")
def entries() -> list[dict[str, dict[str, str]]]:
    chapters = reference_page.list_chapters(build_document(PUBLISHED))
    return [entry for chapter in chapters for entry in chapter["entries"]]


def write(
    entries: list[dict[str, dict[str, str]]], language: str, folder: Path, ending: str
) -> int:
    codes = [entry["calls"][language] for entry in entries if language in entry["calls"]]
    for number, code in enumerate(codes):
        (folder / f"sample_{number}{ending}").write_text(code + "\n", encoding="utf-8")
    return len(codes)


def run(command: list[str], folder: Path) -> Iterator[str]:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=180, check=False
    )
    if done.returncode:
        yield from (done.stdout + done.stderr).splitlines()


def test_python_samples_have_the_types_of_the_client(entries, tmp_path: Path) -> None:
    assert write(entries, "python", tmp_path, ".py") > 70
    (tmp_path / "mypy.ini").write_text(
        f"[mypy]\nstrict = true\nmypy_path = {ROOT / 'sdk' / 'python' / 'src'}\n"
    )
    command = [sys.executable, "-P", "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), "."]
    assert list(run(command, tmp_path)) == []


def test_javascript_samples_have_the_types_of_the_client(
    entries, tmp_path: Path, node_modules: Path
) -> None:
    assert write(entries, "js", tmp_path, ".mts") > 70
    (tmp_path / "node_modules").symlink_to(node_modules)
    (tmp_path / "env.d.ts").write_text(
        "declare const process: { env: Record<string, string> };\n"
    )
    options = ["--strict", "--noEmit", "--target", "es2022", "--module", "nodenext"]
    files = sorted(str(path) for path in tmp_path.iterdir() if path.suffix in (".mts", ".ts"))
    tsc = str(node_modules / "typescript" / "bin" / "tsc")
    assert list(run(["node", tsc, *options, *files], tmp_path)) == []
