"""Who is in tears or panics while speaking is met with care; who tells of it is asked on.

In `upset/LANGUAGE.txt` a line that begins with `+` tells of what happens now, one with `-` of then.
"""

from pathlib import Path

import pytest

from interviewrelay.interviewer.acts import SAFETY, UPSET
from interviewrelay.interviewer.acts.act_detection import detect_acts
from tests.interviewer.safety.test_danger import lines

LISTS = sorted((Path(__file__).parent / "upset").glob("*.txt"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_tears_and_panic_are_heard_when_they_are_now(path: Path) -> None:
    said = list(lines(path))
    assert said
    wrong = [
        text for now, text in said if (UPSET in detect_acts(text, path.stem).acts) is not now
    ]
    assert not wrong


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_they_alone_do_not_end_the_interview(path: Path) -> None:
    assert not [text for _, text in lines(path) if SAFETY in detect_acts(text, path.stem).acts]
