"""Completion of commands in a shell."""

import subprocess

import pytest
from click.testing import CliRunner

from interviewrelay import cli


@pytest.mark.parametrize("shell", ["fish", "zsh"])
def test_each_shell_gets_its_script(shell):
    done = CliRunner().invoke(cli.main, ["completion", shell])
    assert done.exit_code == 0
    assert f"_INTERVIEWRELAY_COMPLETE={shell}_complete" in done.output


@pytest.mark.gate
def test_bash_accepts_it():
    script = CliRunner().invoke(cli.main, ["completion", "bash"]).output
    done = subprocess.run(
        ["bash", "-c", f"{script}\ncomplete -p interviewrelay"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "_interviewrelay_completion" in done.stdout


def test_it_completes_commands():
    words = {
        "COMP_WORDS": "interviewrelay back",
        "COMP_CWORD": "1",
        "_INTERVIEWRELAY_COMPLETE": "bash_complete",
    }
    done = CliRunner().invoke(cli.main, [], env=words, prog_name="interviewrelay")
    assert done.output == "plain,backup\n"
