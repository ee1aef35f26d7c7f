"""The command `mcp` before it serves; `tests/mcp_server` talks to it."""

import importlib.util

import pytest
from click.testing import CliRunner

from interviewrelay import cli


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "Set INTERVIEWRELAY_API_KEY"),
        (("--url", "a.example"), "--url must be a URL"),
        (("--allow-host", "mcp.example"), "require --http"),
        (("--http", "0.0.0.0:8765"), "--allow-host"),
        (("--http", "127.0.0.1:0"), "The port of --http must be"),
        (("--http", "127.0.0.1"), "The port of --http must be"),
        (("--http", "127.0.0.1:8765", "--allow-origin", "x"), "--allow-origin must be"),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_a_sentence(words, expected):
    done = CliRunner().invoke(cli.main, ["mcp", *words], env={"INTERVIEWRELAY_API_KEY": ""})
    assert done.exit_code in (1, 2)
    assert expected in done.output
    assert "Traceback" not in done.output


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    done = CliRunner().invoke(cli.main, ["mcp"], env={"INTERVIEWRELAY_API_KEY": "ir_live_a"})
    assert done.exit_code == 1
    assert "pip install 'interviewrelay[mcp]'" in done.output
