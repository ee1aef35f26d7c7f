"""What a move tells beside its words: the reading of the answer, whether it told anything, the progress."""

from collections.abc import Callable
from typing import Any

from interviewrelay.interviewer.guide import Closing, Guide, Need, Question

Hold = Callable[..., Any]


TOLD = ("My doctor sent me there.", "He said it was high time.")


def test_only_what_was_asked_for_a_need_is_stored_as_giving_it(
    clinic: Guide, hold: Hold
) -> None:
    interview = hold(clinic, *TOLD, "My cousin saw to it for me.")
    assert all(turn.reading["needs"] == {} for turn in interview.turns if turn.reading)
    assert interview.text == "How long did that take?"
    interview.answer("It went on until the leaves were falling.")
    assert interview.move.reading["needs"]["q2/wait"]["status"] == "covered"


def test_saying_that_it_was_told_is_not_stored_as_telling_it(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, *TOLD, "My cousin saw to it for me.", "I already told you that.")
    assert interview.move.reading["sense"]["known"]
    assert interview.move.reading["needs"] == {}


def test_no_more_to_say_tells_nothing(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic)
    assert interview.move.telling
    assert interview.answer("My doctor sent me to the clinic.").telling
    assert not interview.answer("That is all.").telling


def test_questions_that_the_end_leaves_out_are_done(hold: Hold) -> None:
    wait = Need("wait", "the wait", "How long did you wait?", ("waited three weeks",))
    guide = Guide(
        name="Study",
        questions=(
            Question("q1", "What happened first?", depth="light"),
            Question("q2", "How was the wait?", importance="could", needs=(wait,)),
        ),
        closing=Closing(anything_to_add=False, check_back=False),
    )
    interview = hold(guide, "I waited three weeks for the letter, and then it came.")
    interview.past_leads()
    assert interview.move.ends
    assert (interview.move.progress.asked, interview.move.progress.total) == (2, 2)
