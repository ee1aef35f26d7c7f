"""The wheel in an empty environment, and the single binary in an empty folder: neither needs the checkout
or anything else.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.server import ROOT, Server, until
from tests.flows.test_first_run import a_key, hold_the_first_interview


def run(*words: str, cwd: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    clean["PYTHON"] = str(Path(sys.executable))  # scripts/binary starts it with -P
    done = subprocess.run(
        words, cwd=cwd, env=clean, capture_output=True, text=True, timeout=1800, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Environment with the wheel and the packages of the lock file, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    built = folder / "dist"
    python = [sys.executable, "-P", "-m"]
    run(*python, "hatchling", "build", "-t", "wheel", "-d", str(built), cwd=ROOT)
    (wheel,) = built.iterdir()
    run(*python, "venv", "venv", cwd=folder)
    install = ["venv/bin/python", "-P", "-m", "pip", "install", "--quiet", "--no-deps"]
    lock = ROOT / "requirements.lock"
    run(*install, "--require-hashes", "--only-binary", ":all:", "-r", str(lock), cwd=folder)
    run(*install, str(wheel), cwd=folder)
    return folder / "venv" / "bin" / "interviewrelay"


@pytest.fixture(scope="module")
def binary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The single binary, alone in a folder."""
    run("scripts/binary", cwd=ROOT)
    return Path(shutil.copy(ROOT / "dist" / "interviewrelay", tmp_path_factory.mktemp("alone")))


def serving(program: Path, folder: Path) -> Server:
    """A server without any of the environment of the tests."""

    made = Server(folder)
    made.program, made.cwd = (str(program),), folder
    kept = ("PORT", "INSTANCE_DIR", "IR_TESTING")
    made.environment = {name: made.environment[name] for name in kept}
    made.environment["TMPDIR"] = str(folder)
    return made


def check_pages(server: Server) -> None:
    """The sign-in page comes with all its files."""
    page = server.call("GET", "/login", Accept="text/html")
    assert page.status == 200
    files = re.findall(r'(?:href|src)="(/static/[^"#]+)', page.body.decode())
    assert files
    for file in files:
        assert server.call("GET", file).status == 200, file


@pytest.mark.smoke
def test_the_wheel_serves_the_whole_product(installed: Path, tmp_path: Path) -> None:
    with serving(installed, tmp_path).start() as server:
        hold_the_first_interview(server)
        check_pages(server)


def test_the_binary_serves_the_whole_product(binary: Path, tmp_path: Path) -> None:
    assert binary.stat().st_size < 75_000_000
    with serving(binary, tmp_path).start() as server:
        hold_the_first_interview(server)
        check_pages(server)


def test_a_killed_binary_leaves_nothing_behind_that_stays(binary: Path, tmp_path: Path) -> None:
    with serving(binary, tmp_path).start() as server:
        key = a_key(server)
        server.kill9()
        (left,) = tmp_path.glob("_MEI*")
        server.start()
        assert not left.exists()
        assert server.call("GET", "/api/campaigns", key=key).status == 200
        assert server.term() == 0
    assert not list(tmp_path.glob("_MEI*"))


def test_the_binary_alone_serves_from_the_folder_beside_it(
    binary: Path, tmp_path: Path
) -> None:
    server = serving(binary, tmp_path)
    del server.environment["INSTANCE_DIR"]
    with server.log.open("ab") as log:
        server.process = subprocess.Popen(
            server.program, cwd="/", env=server.environment, stdout=log, stderr=log
        )
    with server:
        until((binary.parent / "instance" / "interviewrelay.db").is_file, 30)
        until(server.is_ready, 30)
