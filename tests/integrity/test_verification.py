"""The chain over turns: whatever is changed past the program is named, and nothing else is."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.integrity import chain, sealing, verification
from interviewrelay.interviews import completion, interviews
from interviewrelay.interviews.participation import answer_review
from interviewrelay.models import TurnEvent, TurnRow
from interviewrelay.operations import key_rotation
from interviewrelay.operations.server_checks import LOOKS
from interviewrelay.privacy import erasure
from tests.factories import a_campaign, a_finished_interview, an_interview

SAID = (
    "I took the bus at seven.",
    "About forty minutes in the corridor.",
    "The nurse was kind.",
)


@pytest.fixture
def interview(services: Any, ann: Any) -> Any:
    """An interview with three answers and the question after them, in progress: seven turns."""
    return an_interview(services, a_campaign(ann), *SAID)


def verify(ring: Any, **which: str) -> list[tuple[int | None, str]]:
    release_connection()
    db.session.expire_all()
    found = verification.verify_interviews(ring, verification.Report(), **which)
    return [(one.number, one.problem) for one in found]


def change(sql: str, **values: Any) -> None:
    """A change past the program."""
    with transaction():
        assert db.session.execute(text(sql), values).rowcount


def test_what_the_program_stores_is_as_stored(services: Any, interview: Any) -> None:
    report = verification.Report()
    assert list(verification.verify_interviews(services.ring, report)) == []
    assert (report.interviews, report.turns, report.found) == (1, 7, [])


@pytest.mark.parametrize("number", range(1, 8))
def test_one_altered_letter_is_named(services: Any, interview: Any, number: int) -> None:
    change(
        "UPDATE turn SET text = 'X' || substr(text, 2) WHERE number = :number", number=number
    )
    assert verify(services.ring) == [(number, "words")]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE turn SET question_id = 'other' WHERE number = 4", [(4, "words")]),
        ("UPDATE turn SET speaker = 'ai' WHERE number = 4", [(4, "link")]),
        ("UPDATE turn SET salt = 'no salt' WHERE number = 4", [(4, "words")]),
        ("UPDATE turn SET salt = NULL WHERE number = 4", [(4, "words")]),
        ("UPDATE turn SET digest = 'other' WHERE number = 4", [(4, "words")]),
        ("UPDATE turn SET link = NULL WHERE number = 4", [(4, "added")]),
        ("UPDATE turn SET link = 'other' || substr(link, 6) WHERE number = 4", None),
        ("DELETE FROM turn WHERE number = 1", [(1, "missing")]),
        ("DELETE FROM turn WHERE number = 4", [(4, "missing")]),
        ("DELETE FROM turn WHERE number = 7", [(7, "missing")]),
        ("UPDATE turn SET number = number + 100 WHERE number > 5", None),
        ("UPDATE interview SET chain_head = NULL", [(None, "unsealed")]),
        ("UPDATE interview SET status = 'abandoned'", [(None, "end")]),
    ],
)
def test_other_changes_are_named(
    services: Any, interview: Any, sql: str, expected: list[Any] | None
) -> None:
    change(sql)
    found = verify(services.ring)
    assert found if expected is None else found == expected


def test_exchanged_turns_are_named(services: Any, interview: Any) -> None:
    for old, new in ((4, 100), (6, 4), (100, 6)):
        change("UPDATE turn SET number = :new WHERE number = :old", old=old, new=new)
    assert (4, "link") in verify(services.ring)
    assert (6, "link") in verify(services.ring)


def test_an_added_turn_is_named(services: Any, interview: Any) -> None:
    change(
        "INSERT INTO turn (id, interview_id, number, speaker, text, at, elapsed, skipped) SELECT "
        "'x', interview_id, 8, 'participant', 'Never said.', at, 0, skipped FROM turn "
        "WHERE number = 6"
    )
    assert verify(services.ring) == [(8, "added")]


def test_a_copied_seal_does_not_help_an_added_turn(services: Any, interview: Any) -> None:
    columns = "at, elapsed, skipped, question_id, salt, digest, link"
    change(
        f"INSERT INTO turn (id, interview_id, number, speaker, text, {columns}) "
        f"SELECT 'x', interview_id, 8, speaker, text, {columns} FROM turn WHERE number = 6"
    )
    assert verify(services.ring) == [(8, "added")]


def test_a_recomputed_digest_needs_the_key(services: Any, interview: Any) -> None:
    row = db.session.query(TurnRow).filter_by(number=4).one()
    forged = chain.digest_words(row.salt, row.question_id, "It took no time at all.")
    change(
        "UPDATE turn SET text = 'It took no time at all.', digest = :digest WHERE number = 4",
        digest=forged,
    )
    assert verify(services.ring) == [(4, "link")]


def test_turns_left_out_at_the_end_of_a_finished_interview_are_named(
    services: Any, ann: Any
) -> None:
    done = a_finished_interview(services, a_campaign(ann), *SAID)
    turns = db.session.query(TurnRow).order_by(TurnRow.number).all()
    cut = [row for row in turns if row.number <= 4]
    change("DELETE FROM turn WHERE number > 4")
    change("UPDATE interview SET chain_head = :link", link=cut[-1].link)
    assert {number for number, _ in verify(services.ring)} >= {5, 6}
    change("DELETE FROM turn_event")
    assert verify(services.ring, session_id=done.id) == [(None, "end")]
    change("UPDATE interview SET status = 'in_progress'")
    assert (
        verify(services.ring) == []
    )  # a whole earlier state fits: only a copy elsewhere shows it


def test_an_interview_set_back_to_in_progress_is_named(services: Any, ann: Any) -> None:
    a_finished_interview(services, a_campaign(ann), *SAID)
    change("UPDATE interview SET status = 'in_progress'")
    assert verify(services.ring) == [(None, "reopened")]


def test_corrections_and_removals_are_links(services: Any, interview: Any) -> None:
    invite = interview.invite
    answer_review.correct_answer(services, invite, 2, "I took the tram at seven.")
    answer_review.correct_answer(services, invite, 2, "I took the tram at eight.")
    answer_review.correct_answer(services, invite, 4, "About fifty minutes.")
    assert verify(services.ring) == []
    answer_review.strike_answer(services, invite, 4)
    reached = interviews.answer_question(invite, 8, "That is all I remember.")
    assert verify(services.ring) == []
    kinds = [event.kind for event in db.session.query(TurnEvent).order_by(TurnEvent.position)]
    assert kinds == ["corrected", "corrected", "corrected", "struck"]
    answer_review.strike_answer(services, invite, reached.next_number - 2)
    interviews.complete_interview(invite)
    assert verify(services.ring) == []


def test_a_correction_while_the_next_question_is_prepared(
    services: Any, interview: Any
) -> None:
    ask = interviews.save_answer(interview.invite, 8, "That is all I remember.")
    answer_review.correct_answer(services, interview.invite, 2, "I took the tram.")
    assert ask().turn is not None
    assert verify(services.ring) == []
    assert [event.position for event in db.session.query(TurnEvent)] == [9]


def test_salts_of_words_that_are_gone_are_deleted(services: Any, interview: Any) -> None:
    invite = interview.invite
    answer_review.correct_answer(services, invite, 2, "I took the tram at seven.")
    answer_review.correct_answer(services, invite, 2, "I took the tram at eight.")
    db.session.expire_all()
    first = db.session.query(TurnRow).filter_by(number=2).one()
    between, last = db.session.query(TurnEvent).order_by(TurnEvent.position)
    assert (bool(first.salt), between.salt, bool(last.salt)) == (True, None, True)
    answer_review.strike_answer(services, invite, 2)
    db.session.expire_all()
    salts = [event.salt for event in db.session.query(TurnEvent).order_by(TurnEvent.position)]
    assert db.session.query(TurnRow).filter_by(number=2).one().salt is None
    assert salts[:2] == [None, None]


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE turn SET original = 'I flew.' WHERE number = 2", "original"),
        ("UPDATE turn SET text = 'I flew.' WHERE number = 2", "words"),
        ("UPDATE turn SET text = original WHERE number = 2", "words"),
        ("DELETE FROM turn_event", "words"),
        ("UPDATE turn_event SET number = 4", "words"),
    ],
)
def test_a_changed_correction_is_named(
    services: Any, interview: Any, sql: str, problem: str
) -> None:
    answer_review.correct_answer(services, interview.invite, 2, "I took the tram.")
    change(sql)
    assert (2, problem) in verify(services.ring)


def test_a_correction_moved_in_the_chain_is_named(services: Any, interview: Any) -> None:
    answer_review.correct_answer(services, interview.invite, 2, "I took the tram.")
    change("UPDATE turn_event SET position = 2")
    assert 2 in [number for number, _ in verify(services.ring)]


def test_words_put_back_into_a_removed_answer_are_named(services: Any, interview: Any) -> None:
    answer_review.strike_answer(services, interview.invite, 2)
    assert verify(services.ring) == []
    change("UPDATE turn SET text = :said WHERE number = 2", said=SAID[0])
    assert verify(services.ring) == [(2, "words")]


def test_every_end_verifies(services: Any, ann: Any) -> None:
    campaign = a_campaign(ann)
    ended = a_finished_interview(services, campaign, *SAID, email="a@x.example")
    gone = a_finished_interview(services, campaign, *SAID, email="b@x.example")
    an_interview(services, campaign, *SAID, email="c@x.example")
    change("UPDATE interview SET last_at = started_at WHERE status = 'in_progress'")
    with clock.freeze_at(clock.now() + timedelta(days=2)):
        assert completion.abandon_stale_interviews() == 1
    erasure.withdraw_participant(services, gone.invite)
    assert verify(services.ring) == []
    assert verify(services.ring, session_id=ended.id) == []
    assert db.session.query(TurnEvent).filter_by(interview_id=gone.id).count() == 0


def test_the_chain_survives_a_new_secret_key(services: Any, interview: Any) -> None:
    old = "a key for tests only and long enough to be taken"
    both = KeyRing(["a new key that has not sealed anything yet", old])
    key_rotation.reencrypt(both, lambda _words: None)
    assert verify(both.newest()) == []  # the old one is dropped
    assert {
        problem for _, problem in verify(KeyRing(["another key of another server, 32"]))
    } == {"unknown_key"}


def as_of_an_older_version() -> None:
    change("UPDATE turn SET salt = NULL, digest = NULL, link = NULL")
    change("UPDATE interview SET chain_head = NULL")
    with transaction():
        db.session.execute(text("DELETE FROM turn_event"))


def test_interviews_of_an_older_version_are_sealed_as_found(services: Any, ann: Any) -> None:
    campaign = a_campaign(ann)
    open_one = an_interview(services, campaign, *SAID, email="a@x.example")
    answer_review.correct_answer(services, open_one.invite, 2, "I took the tram.")
    a_finished_interview(services, campaign, *SAID, email="b@x.example")
    as_of_an_older_version()
    report = verification.Report()
    assert list(verification.verify_interviews(services.ring, report)) == []
    assert report.waiting == 2
    interviews.answer_question(open_one.invite, 8, "Nothing else.")
    assert verify(services.ring) == []
    assert sealing.seal_next_batch() == 1
    assert sealing.seal_next_batch() == 0
    report = verification.Report()
    assert list(verification.verify_interviews(services.ring, report)) == []
    assert (report.waiting, len(report.found)) == (0, 2)
    change("UPDATE turn SET text = 'No.' WHERE number = 4")
    assert verify(services.ring) == [(4, "words"), (4, "words")]


def test_an_interview_of_an_older_version_is_sealed_with_its_end(
    services: Any, interview: Any
) -> None:
    as_of_an_older_version()
    interviews.complete_interview(interview.invite)
    assert verify(services.ring) == []
    kinds = [event.kind for event in db.session.query(TurnEvent).order_by(TurnEvent.position)]
    assert kinds == ["found"] * 7 + ["ended"]


def test_an_answer_of_an_older_version_gets_its_question(services: Any, interview: Any) -> None:
    change("DELETE FROM turn WHERE number = 7")
    change("UPDATE turn SET reading = NULL WHERE number = 6")
    as_of_an_older_version()
    assert interviews.recover_pending_turns() == 1
    assert verify(services.ring) == []
    assert db.session.query(TurnRow).filter(TurnRow.link.is_not(None)).count() == 1


def test_a_chain_removed_later_is_named(services: Any, ann: Any, monkeypatch: Any) -> None:
    campaign = a_campaign(ann)
    an_interview(services, campaign, *SAID, email="a@x.example")
    second = an_interview(services, campaign, *SAID, email="b@x.example")
    change("UPDATE turn SET link = NULL WHERE interview_id = :id", id=second.id)
    change("UPDATE interview SET chain_head = NULL WHERE id = :id", id=second.id)
    assert (
        verify(services.ring) == []
    )  # as if an older server had started it during the upgrade
    monkeypatch.setattr(verification, "UPGRADE", timedelta(0))
    assert verify(services.ring) == [(None, "unsealed")]
    sealing.seal_next_batch()
    assert verify(services.ring) == [(None, "unsealed")]


def test_the_doctor_names_an_altered_turn(services: Any, interview: Any) -> None:
    change("UPDATE turn SET text = 'No.' WHERE number = 4")
    (sentence,) = LOOKS["turns are as they were stored"](SimpleNamespace(services=services))
    assert sentence.startswith(f"{interview.id} turn 4: ")
