"""The manual page names every command, and the units start this program."""

import re
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from interviewrelay import cli
from interviewrelay.core.config import program


def printed(*words):
    done = CliRunner().invoke(cli.main, words)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_manual_has_every_command_and_option():
    page = printed("man").replace("\\-", "-")
    for name, command in cli.main.commands.items():
        assert (f"interviewrelay {name}" in page) != command.hidden
    assert ".SS interviewrelay backup [OPTIONS] [FILE]" in page
    assert re.search(r"^\.B --keep .*\nKeep the newest N backups", page, re.MULTILINE)
    assert not re.search(r"^'", page, re.MULTILINE)


@pytest.mark.gate
def test_the_manual_can_be_read():
    man = shutil.which("man")
    if man is None:
        pytest.skip("man is not there: apt-get install man-db")
    done = subprocess.run(
        [man, "--warnings", "--local-file", "-"],
        input=printed("man"),
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "100", "LC_ALL": "C.UTF-8"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "EXIT STATUS" in done.stdout


@pytest.mark.parametrize(
    ("words", "command"), [((), "serve"), (("--worker",), "worker")], ids=["server", "worker"]
)
def test_a_unit_starts_this_program(words, command):
    unit = printed("systemd", *words)
    start = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    assert start
    assert start[1] == f"{program.FILE} -P -m interviewrelay {command}"
    assert "/opt/interviewrelay" not in unit
