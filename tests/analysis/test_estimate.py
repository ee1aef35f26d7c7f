"""How long an interview by a script may take."""

from typing import Any

import pytest

from interviewrelay.analysis.estimate import estimate_length
from interviewrelay.interviewer.guide import build_guide
from interviewrelay.scripts.document import ScriptDocument


def of(*questions: dict[str, Any], minutes: int = 60, **closing: bool) -> Any:
    document = {
        "name": "S",
        "target_minutes": minutes,
        "questions": list(questions),
        "closing": {"anything_to_add": False, "check_back": False, **closing},
    }
    return estimate_length(build_guide(ScriptDocument.model_validate(document).document()))


def test_follow_ups_are_what_makes_it_longer() -> None:
    made = of(*[{"text": "T", "depth": "deep"}] * 6)
    assert (made.shortest, made.likely, made.longest) == (4, 10, 16)


def test_what_is_planned_for_a_question_is_taken() -> None:
    assert of({"text": "T", "seconds": 600}).longest == 10
    assert of({"text": "T", "depth": "none", "seconds": 600}).shortest == 1


def test_what_depends_on_an_answer_counts_by_half_and_not_at_the_least() -> None:
    first = {"id": "a", "text": "T", "depth": "none"}
    other = {"text": "T", "depth": "none", "ask_if": {"question": "a", "op": "answered"}}
    made = of(first, *[other] * 12)
    assert (made.shortest, made.likely, made.longest) == (1, 5, 9)


def test_the_interviewer_keeps_to_the_target() -> None:
    made = of(*[{"text": "T", "depth": "deep"}] * 50, minutes=20)
    assert (made.likely, made.longest) == (22, 22)


def test_what_must_be_asked_may_be_too_much() -> None:
    assert not of(*[{"text": "T", "importance": "must"}] * 20, minutes=10).fits
    assert of(*[{"text": "T", "importance": "should"}] * 20, minutes=10).fits


def test_the_close_takes_time_as_well() -> None:
    questions = [{"text": "T", "depth": "none"}] * 3
    assert of(*questions).shortest == 2
    assert of(*questions, anything_to_add=True, check_back=True).shortest == 3
    assert of(questions[0], check_back=True).shortest == 1  # there is too little to read back


@pytest.mark.parametrize(
    ("minutes", "overstated"), [(20, True), (12, True), (11, True), (10, False), (6, False)]
)
def test_far_more_than_it_can_take_is_half_as_much_again_and_five_minutes(
    minutes: int, overstated: bool
) -> None:
    made = of(*[{"text": "T", "seconds": 120}] * 3, minutes=minutes)
    assert made.longest == 6
    assert made.overstated == overstated


def test_of_a_long_one_half_as_much_again_is_not_far_more() -> None:
    assert not of({"text": "T", "seconds": 1200}, minutes=30).overstated
    assert of({"text": "T", "seconds": 1200}, minutes=31).overstated
