"""What is seldom said, and must not go wrong for that."""

from typing import Any

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.safety.personal_data import Masks
from interviewrelay.interviewer.understanding import (
    goal_table,
    reading as readings,
    stop_confirmation,
)
from interviewrelay.interviewer.wording import attributions


def test_a_headline_is_no_wish_to_stop() -> None:
    heard = detect_acts("End of the interview. I waited for two hours in the corridor.", "en")
    assert acts.STOP not in heard.acts
    assert heard.tells_something


def test_a_language_without_a_word_for_how_grades_nothing() -> None:
    assert not attributions.asks_for_degree("どれほど混乱していましたか", "", "ja")


@pytest.mark.parametrize("written", ["Großmann", "Grossmann", "GROSSMANN"])
def test_a_sharp_s_is_hidden_in_both_spellings(written: str) -> None:
    masks = Masks([f"Bei {written} war es ruhig."], "de", organization="Großmann Forschung")
    assert written not in masks.hide(f"Bei {written} war es ruhig.")


def test_what_is_put_right_at_no_question_of_the_script_covers_nothing(clinic: Any) -> None:
    reading = readings.analyze_answer(clinic, "It was two weeks.")
    assert (
        list(goal_table.find_corrected_needs(clinic, "gone", {}, "it was two weeks", reading))
        == []
    )


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ("Yes, don't end it", stop_confirmation.CARRY_ON),
        ("Yes, I do not want to go on", stop_confirmation.STOP_NOW),
        ("Yes, I can't stay", stop_confirmation.STOP_NOW),
    ],
)
def test_what_follows_a_yes_settles_it(clinic: Any, said: str, settled: str) -> None:
    reading = readings.analyze_answer(clinic, said)
    assert stop_confirmation.read_confirmation(reading, said, "en") == settled
