"""The command and its children import nothing from the folder in which they are started."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from interviewrelay.adapters.pdf.renderer import ChildPdfRenderer, build_child_command
from tests.adapters.test_pdf import a_transcript
from tests.flows.waiting import PATIENCE, hold_port, until

COMMAND = Path(sys.executable).with_name("interviewrelay")
TRAPS = ("click", "flask", "json", "logging", "interviewrelay", "sitecustomize")


class Folder:
    """A folder full of modules that note down when they are run."""

    def __init__(self, place: Path) -> None:
        self.path, self._marks = place / "hostile", place / "marks"
        self.path.mkdir()
        self._marks.mkdir()
        for name in TRAPS:
            mark = self._marks / name
            (self.path / f"{name}.py").write_text(f"open({str(mark)!r}, 'w').close()\n")

    @property
    def run(self) -> list[str]:
        """The modules that were run."""
        return sorted(mark.name for mark in self._marks.iterdir())

    def environment(self, **settings: str) -> dict[str, str]:
        """Without what would make Python careful by itself."""
        careful = ("PYTHONSAFEPATH", "PYTHONPATH", "DATABASE_URL")
        kept = {name: value for name, value in os.environ.items() if name not in careful}
        return {**kept, "INSTANCE_DIR": str(self.path.parent / "instance"), **settings}


@pytest.fixture
def hostile(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_modules_are_run_where_python_is_not_told_to_be_careful(hostile: Folder) -> None:
    """Else the tests below would prove nothing."""
    careless = [word for word in build_child_command() if word not in ("-P", "-s")]
    subprocess.run(
        careless, cwd=hostile.path, env=hostile.environment(), input=b"{}", check=False
    )
    assert hostile.run == ["interviewrelay"]


def test_help_runs_nothing_of_the_folder(hostile: Folder) -> None:
    done = subprocess.run(
        [COMMAND, "--help"],
        cwd=hostile.path,
        env=hostile.environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, hostile.run) == (0, []), done.stderr
    assert "serve" in done.stdout


def test_a_server_runs_nothing_of_the_folder(hostile: Folder) -> None:
    log = hostile.path.parent / "server.log"
    with hold_port() as held, log.open("wb") as told:
        port = held.getsockname()[1]
        server = subprocess.Popen(
            [COMMAND, "serve"],
            cwd=hostile.path,
            env=hostile.environment(PORT=str(port), SEMANTIC="off"),
            stdout=told,
            stderr=told,
        )
    try:
        until(lambda: alive(port) or server.poll() is not None)
        assert server.poll() is None, log.read_text()[-1000:]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)
    assert (server.returncode, hostile.run) == (0, [])


def alive(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_the_child_that_makes_pdfs_runs_nothing_of_the_folder(
    hostile: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.path)
    made = ChildPdfRenderer().render(a_transcript(["Yes?", "One."]))
    assert (made[:5], hostile.run) == (b"%PDF-", [])
    child = subprocess.run(
        build_child_command(),
        env=hostile.environment(),
        input=b"{}",
        capture_output=True,
        check=False,
    )
    assert (child.returncode, child.stderr, hostile.run) == (1, b"KeyError\n", [])
