"""What must be caught as a danger to a life, and what sounds like it and is none, line by line.

In `danger/LANGUAGE.txt` a line that begins with `+` must be caught, always; of all that is caught in
a language at least nine of ten must be such lines.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewrelay.interviewer.acts import SAFETY, hear
from interviewrelay.interviewer.danger import in_danger
from interviewrelay.interviewer.words import plain

LISTS = sorted((Path(__file__).parent / "danger").glob("*.txt"))
PRECISION = 0.9


def lines(path: Path) -> Iterator[tuple[bool, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            mark, said = line.split(" ", 1)
            assert mark in "+-"
            yield mark == "+", said


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_danger_is_heard_and_nine_of_ten_alarms_are_true(path: Path) -> None:
    said = list(lines(path))
    caught = [(meant, text) for meant, text in said if in_danger(plain(text))]
    assert not [text for meant, text in said if meant and (meant, text) not in caught]
    assert sum(meant for meant, _ in caught) / len(caught) >= PRECISION


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_it_is_heard_in_the_middle_of_an_answer_and_in_any_script(path: Path) -> None:
    for meant, text in lines(path):
        if meant:
            long = f"The bus was late. {text}. Then I went home and cooked."
            assert SAFETY in hear(long, "nl").acts, text
