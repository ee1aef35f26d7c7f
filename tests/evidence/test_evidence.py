"""Evidence is in the answers, and goes with them."""

import random

import pytest
from sqlalchemy import func, select

from interviewrelay.core.db.session import db, transaction
from interviewrelay.evidence import evidence
from interviewrelay.evidence.evidence import Passage, Refusal
from interviewrelay.interviews.participation import answer_review
from interviewrelay.models import Evidence, TurnRow
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure
from tests.factories import a_campaign, an_interview

SAID = "We waited for two hours. Nobody told us anything; nobody."
COFFEE = "The coffee was good, I must say."


@pytest.fixture
def held(services, ann):
    return an_interview(services, a_campaign(ann), SAID, COFFEE)


def added(interview, *passages):
    with transaction():
        return evidence.add_evidence(interview, [Passage(*one) for one in passages])


def quotes(*rows):
    db.session.expire_all()
    return [quote.text for quote in evidence.read_quotes(row.id for row in rows).values()]


def count():
    return db.session.execute(select(func.count()).select_from(Evidence)).scalar_one()


def test_only_words_of_an_answer_are_stored(held):
    proof = added(
        held,
        ("nobody told us  anything", 2),
        ("The coffee was good",),
        ("The coffee was bad",),
        ("The coffee was good", 2),
        ("The coffee", 40),
    )
    assert [one.quote_start if isinstance(one, Evidence) else one for one in proof.outcomes] == [
        25, 0, Refusal.NOT_FOUND, Refusal.NOT_FOUND, Refusal.NO_SUCH_TURN,
    ]  # fmt: skip
    assert quotes(*proof.evidence) == ["Nobody told us anything", "The coffee was good"]
    assert proof.refused == {Refusal.NOT_FOUND: 2, Refusal.NO_SUCH_TURN: 1}


def test_the_words_of_the_interviewer_prove_nothing(held):
    question = db.session.execute(
        select(TurnRow.text).where(TurnRow.interview_id == held.id, TurnRow.number == 1)
    ).scalar_one()
    words = question.split(".")[0]
    assert added(held, (words, 1)).outcomes == (Refusal.NOT_THE_PARTICIPANT,)
    assert count() == 0


def test_the_same_words_are_one_evidence(held):
    first = added(held, ("two hours", 2)).evidence
    again = added(held, ("two hours", 2), ("Two hours",)).evidence
    assert {row.id for row in again} == {first[0].id}
    assert count() == 1


def test_a_position_tells_which_of_two_equal_words_are_meant(held):
    start = SAID.rindex("nobody")
    (row,) = added(held, ("nobody", 2, start)).evidence
    assert (row.quote_start, row.quote_end) == (start, start + 6)
    (first,) = added(held, ("nobody", 2, 3)).evidence  # not there: the first such words
    assert first.quote_start == SAID.index("Nobody")


def test_evidence_follows_a_correction_and_goes_with_a_removal(services, held):
    rows = added(held, ("Nobody told us anything", 2), ("two hours", 2), ("coffee", 4)).evidence
    said = "Sorry, one hour. Nobody told us anything; nobody."
    answer_review.correct_answer(services, held.invite, 2, said)
    assert quotes(*rows) == ["Nobody told us anything", "coffee"]
    assert count() == 2
    answer_review.strike_answer(services, held.invite, 2)
    assert quotes(*rows) == ["coffee"]
    assert count() == 1
    assert not any(consistency_check.run_checks().values())


def test_what_must_not_be_quoted_is_not_read(held):
    rows = added(held, ("two hours", 2), ("coffee", 4)).evidence
    with transaction():
        turn = db.session.get(TurnRow, rows[0].turn_id)
        turn.quotable = False
    assert quotes(*rows) == ["coffee"]
    assert added(held, ("two hours", 2)).outcomes == (Refusal.NOT_QUOTABLE,)


def test_a_sentence_that_was_corrected_later_is_no_evidence(held):
    rows = added(held, ("two hours", 2), ("told us anything", 2)).evidence
    with transaction():
        later = db.session.execute(
            select(TurnRow).where(TurnRow.interview_id == held.id, TurnRow.number == 4)
        ).scalar_one()
        sense = {**later.reading["sense"], "overtaken": {"2": ["We waited for two hours."]}}
        later.reading = {**later.reading, "sense": sense}
    assert quotes(*rows) == ["told us anything"]
    assert added(held, ("waited for two hours", 2)).outcomes == (Refusal.SUPERSEDED,)


def test_names_to_leave_out_are_hidden(held):
    rows = added(held, ("The coffee was good", 4)).evidence
    with transaction():
        later = db.session.get(TurnRow, rows[0].turn_id)
        later.reading = {
            **later.reading,
            "sense": {**later.reading["sense"], "unnamed": ["coffee"]},
        }
    assert quotes(*rows) == ["The … was good"]


def test_an_erased_interview_leaves_no_evidence(services, ann, held):
    added(held, ("two hours", 2), ("coffee", 4))
    erasure.erase_session(services, ann.actor, held.id)
    assert count() == 0


def test_planted_false_quotes_are_all_refused_and_counted(services, ann, held):
    """Fifty quotes that a careless model might make of these answers; none is in them."""
    draw = random.Random(22)
    words = (SAID + " " + COFFEE).split()
    planted = []
    while len(planted) < 50:
        start = draw.randrange(len(words) - 4)
        part = words[start : start + draw.randrange(4, 8)]
        kind = len(planted) % 5
        if kind == 0:
            part[1], part[2] = part[2], part[1]
        elif kind == 1:
            del part[2]
        elif kind == 2:
            part.insert(2, draw.choice(["never", "really", "three", "not"]))
        elif kind == 3:
            part[draw.randrange(len(part))] = draw.choice(["doctors", "always", "2", "angry"])
        else:
            part = ["They", *part]
        planted.append((" ".join(part),))
    proof = added(held, *planted)
    assert proof.refused.total() == 50
    assert count() == 0
