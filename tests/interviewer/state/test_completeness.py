"""Who ended an interview, and when its guide was worked through."""

from interviewrelay.interviewer.dialogue.controller import build_turn_context
from interviewrelay.interviewer.guide import Condition, Question
from interviewrelay.interviewer.state.completeness import is_complete

MUST = Question("a", "What happened on Monday?", importance="must", depth="none")
SHOULD = Question("b", "How did Tuesday go?", depth="none")
LAST = Question("c", "What was Friday like?", importance="must", depth="none")


def told(interview, by):
    now = build_turn_context(interview.guide, interview.turns, interview.context())
    return is_complete(interview.guide, now.state, by)


def test_an_interview_that_is_answered_to_its_close_is_complete(hold, script):
    held = hold(script([MUST, SHOULD, LAST]))
    while not held.move.ends:
        held.answer("We moved the old desks upstairs.")
    assert (held.move.ended_by, held.move.complete) == ("interviewer", True)


def test_a_stop_is_the_participants_and_early(hold, script):
    move = hold(script([MUST, SHOULD, LAST]), "I want to stop.", "Yes, stop.").move
    assert (move.ends, move.ended_by, move.complete) == (True, "participant", False)


def test_danger_twice_ends_it_by_care(hold, script):
    said = "I am going to kill myself tonight."
    move = hold(script([MUST, LAST]), said, said).move
    assert (move.ends, move.ended_by, move.complete) == (True, "care", False)


def test_a_must_that_did_not_apply_is_not_missed(hold, script):
    apart = Question(
        "d", "Why upstairs?", importance="must", ask_if=Condition("a", "contains", "flood")
    )
    held = hold(script([MUST, apart]))
    while not held.move.ends:
        held.answer("We moved the old desks upstairs.")
    assert (held.move.ended_by, held.move.complete) == ("interviewer", True)


def test_a_must_that_was_declined_was_put(hold, script):
    held = hold(script([MUST, LAST]), "I'd rather not say.")
    while not held.move.ends:
        held.answer("We moved the old desks upstairs.")
    assert held.move.complete


def test_nobody_but_the_interviewer_closes_before_the_closing_question(hold, script):
    held = hold(script([MUST, LAST]), "We moved the old desks upstairs.")
    assert not told(held, "participant")
    while held.act != "anything_to_add":
        held.answer("We moved the old desks upstairs.")
    assert told(held, "participant")
    assert not told(held, "time")


def test_a_question_of_no_importance_may_be_missing(hold, script):
    held = hold(script([SHOULD, MUST], target_minutes=2), pace=90.0)
    while not held.move.ends:
        held.answer("We moved the old desks upstairs.")
    assert held.move.complete
