"""What a simulated participant says when their own words are read back."""

import pytest

from bench.interviews import mind
from bench.interviews.participant import Participant
from bench.interviews.reading_back import misread

TOLD = frozenset({0, 1, 2})
ASKED = "What would you correct or add?"


@pytest.mark.parametrize(
    ("statements", "wrong"),
    [
        ("The corridor was full of people. A broken lamp flickered above you.", None),
        ("The corridor was full of people, I think.", None),
        ("Anyway, the weather was dreadful at the time.", None),
        ("The corridor was empty of people.", 0),
        ("A broken lamp flicked above you. The corridor was full of people.", 1),
        ("Three hours passed until noon.", 2),
        ("The insurance paid half.", None),
    ],
)
def test_only_what_was_meant_otherwise_is_put_right(person, statements, wrong):
    assert misread(person(), TOLD, f"Here is some of it. {statements} {ASKED}") == wrong


def test_a_recap_with_an_error_is_corrected_and_a_true_one_confirmed(person):
    somebody = Participant(person())
    somebody.answer("How did the visit to the clinic go?")
    right = somebody.answer(f"The corridor was full of people. {ASKED}")
    assert (right.outcome.kind, right.outcome.facts) == (mind.ACCEPTED, ())
    wrong = somebody.answer(f"The corridor was free of people. {ASKED}")
    assert (wrong.outcome.kind, wrong.outcome.facts) == (mind.CORRECTED, ())
    assert wrong.answer.endswith("The corridor was full of people.")
    assert somebody.mood.annoyance < somebody.sheet.patience
