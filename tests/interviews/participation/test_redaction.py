"""What participants ask to leave out in words is marked not to be quoted, as at the review."""

import pytest

from interviewrelay.core.errors import InvalidParameter
from interviewrelay.interviews import interviews, state
from interviewrelay.interviews.participation import answer_review
from interviewrelay.notes import notes
from interviewrelay.notes.notes import NoteDraft
from tests.factories import a_campaign, an_interview

TOLD = "My manager Sandra told all of us to lie about the hours."
WISH = "Please don't quote what I said before."
NAME = "Please don't write down her name."


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def quotable(interview):
    turns = state.list_turns(interview)
    return {turn.number: turn.quotable for turn in turns if turn.speaker == "participant"}


def test_the_wish_marks_its_answer_and_the_one_before(services, campaign):
    held = an_interview(services, campaign, "The office is on the second floor.", TOLD, WISH)
    assert quotable(held) == {2: True, 4: False, 6: False}


def test_nobody_can_quote_what_is_left_out(ann, services, campaign):
    held = an_interview(services, campaign, TOLD, WISH)
    with pytest.raises(InvalidParameter, match="not to be quoted"):
        notes.add_note(ann.actor, held.id, NoteDraft(turn=2, quote="told all of us to lie"))


def test_only_the_name_is_left_out_where_only_that_is_wished(ann, services, campaign):
    held = an_interview(services, campaign, TOLD, NAME)
    assert quotable(held) == {2: True, 4: True}
    with pytest.raises(InvalidParameter, match="leave out a name"):
        notes.add_note(
            ann.actor, held.id, NoteDraft(turn=2, quote="My manager Sandra told all of us")
        )
    assert notes.add_note(ann.actor, held.id, NoteDraft(turn=2, quote="told all of us to lie"))


def test_a_corrected_answer_may_ask_for_it(services, campaign):
    held = an_interview(services, campaign, "The office is on the second floor.", TOLD)
    answer_review.correct_answer(services, held.invite, 4, f"{TOLD} Please don't quote that.")
    assert quotable(held) == {2: True, 4: False}


def test_the_participant_may_allow_it_again(services, campaign):
    held = an_interview(services, campaign, TOLD, WISH)
    answer_review.set_quotable(held.invite, 2, allowed=True)
    interviews.answer_question(held.invite, 6, "The coffee was good on most days.")
    assert quotable(held)[2] is True
