"""Interviews at the terminal: held by hand, and played."""

import json

import click
import pytest
from click.testing import CliRunner

from interviewrelay import cli
from interviewrelay.simulations.simulated_participant import PERSONAS

SCRIPT = {
    "name": "The move",
    "contact": "moves@example.com",
    "questions": [
        {"text": "Where did you live before?"},
        {
            "text": "How did the move go?",
            "depth": "deep",
            "needs": [
                {
                    "label": "helpers",
                    "ask": "Who helped you?",
                    "cues": ["friend", "brother", "company"],
                },
                {"label": "things", "ask": "What broke?", "cues": ["vase", "lamp"]},
            ],
        },
    ],
}


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "script.json"
    path.write_text(json.dumps(SCRIPT), "utf-8")
    return str(path)


def run(*words, status=0, said=None):
    done = CliRunner().invoke(cli.main, words, input=said)
    assert done.exit_code == status, done.output
    return done.output


def test_an_interview_at_the_terminal(script):
    said = "In a village by the sea.\nIt rained on the old van all day.\nstop\nyes\n"
    shown = run("interview", script, "--why", said=said)
    assert "Where did you live before?" in shown
    assert "[ask q1] The next question in the script." in shown
    assert "Would you like to end the interview here?" in shown
    assert "moves@example.com" in shown


def test_the_end_of_input_stops_it(script):
    assert "Where did you live before?" in run("interview", script, said="")


@pytest.mark.parametrize("persona", sorted(PERSONAS))
def test_everybody_can_be_played_to_the_end(script, persona):
    shown = run("simulate", script, "--persona", persona)
    assert shown.rstrip().endswith("moves@example.com")
    assert shown == run("simulate", script, "--persona", persona)
    assert shown != run("simulate", script, "--persona", persona, "--seed", "other")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "The file is not valid JSON"),
        ("[" * 5000, "nest"),
        ("[]", "A script must contain fields"),
        ('{"name": "x", "name": "y", "questions": []}', "The field 'name' appears twice"),
        (b"\xff\xfe{}", "Line 1: The text isn’t UTF-8"),
        ("{}", "The 'name' field is required"),
        ('{"name": "x", "questions": []}', "questions"),
        ('{"name": "x", "questions": [{"text": ""}]}', "questions.0.text"),
    ],
)
def test_what_is_no_script_is_refused_in_a_sentence(tmp_path, text, message):
    path = tmp_path / "script.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    shown = run("interview", str(path), status=1)
    assert message in shown
    assert "Traceback" not in shown


def test_the_mark_that_editors_put_before_utf8_is_no_fault(tmp_path):
    path = tmp_path / "script.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(SCRIPT).encode())
    assert "Where did you live before?" in run("interview", str(path), said="")


def test_ctrl_c_ends_it_with_a_status_of_its_own(script, monkeypatch):
    def interrupted(*_words, **_more):
        fault = click.Abort()
        fault.__context__ = KeyboardInterrupt()  # as click does
        raise fault

    monkeypatch.setattr(click, "prompt", interrupted)
    assert "Where did you live before?" in run("interview", script, status=130)


def test_a_played_person_speaks_english_and_it_is_said(tmp_path):
    for language, said in (("de", True), ("en-GB", False)):
        path = tmp_path / f"{language}.json"
        path.write_text(json.dumps({**SCRIPT, "language": language}), "utf-8")
        assert ("answers in English" in run("simulate", str(path))) == said


def test_who_cannot_be_played_is_named(script):
    assert "Choose one of cooperative" in run("simulate", script, "--persona", "x", status=2)


def test_a_script_is_read_as_yaml_as_well(tmp_path):
    path = tmp_path / "script.yaml"
    path.write_text("name: S\nquestions:\n- text: Where did you live before?\n")
    assert "Where did you live before?" in run("interview", str(path), said="")


def test_a_script_is_checked_before_people_are_asked(tmp_path):
    path = tmp_path / "script.yaml"
    path.write_text("name: S\nquestions:\n- {id: a, text: Was it good?}\n")
    shown = run("scripts", "check", str(path))
    assert "warning: a text: This question can be answered with yes or no" in shown
    assert "About 2 minutes (1 to 2)." in shown
    path.write_text("name: S\nquestions:\n- {text: T, ask_if: {question: b, op: answered}}\n")
    assert "error: q1 ask_if: There is no question b." in run(
        "scripts", "check", str(path), status=1
    )
