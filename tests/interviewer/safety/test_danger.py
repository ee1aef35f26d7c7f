"""What must be caught as a danger to a life, and what sounds like it and is none, line by line.

In `danger/LANGUAGE.txt` a line that begins with `+` must be caught, always; of all that is caught in
a language at least nineteen of twenty must be such lines.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.acts import SAFETY
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.safety.danger import list_languages, tells_of_danger
from interviewrelay.interviewer.text.tokenization import normalize, strip_accents

LISTS = sorted((Path(__file__).parent / "danger").glob("*.txt"))
PRECISION = 0.95


def lines(path: Path) -> Iterator[tuple[bool, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            mark, said = line.split(" ", 1)
            assert mark in "+-"
            yield mark == "+", said


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_danger_is_heard_and_nineteen_of_twenty_alarms_are_true(path: Path) -> None:
    said = list(lines(path))
    caught = [(meant, text) for meant, text in said if tells_of_danger(normalize(text))]
    assert not [text for meant, text in said if meant and (meant, text) not in caught]
    assert sum(meant for meant, _ in caught) / len(caught) >= PRECISION


@pytest.mark.gate
@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_it_is_heard_in_the_middle_of_an_answer_and_in_any_script(path: Path) -> None:
    for meant, text in lines(path):
        if meant:
            long = f"The bus was late. {text}. Then I went home and cooked."
            assert SAFETY in detect_acts(long, "nl").acts, text


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_it_is_heard_without_accents_and_in_capitals(path: Path) -> None:
    for meant, text in lines(path):
        if meant:
            assert tells_of_danger(normalize(strip_accents(text).upper())), text


@pytest.mark.parametrize("code", list_languages())
def test_patterns_have_no_accents_as_the_texts_they_read_have_none(code: str) -> None:
    for kind in ("danger", "none"):
        for pattern in languages.list_pattern_sources(code, "danger", kind):
            assert pattern == strip_accents(pattern)
