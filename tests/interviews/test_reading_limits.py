"""Answers whose reading takes too long: given up, marked and told, and never read again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.patterns.lazy_pattern import (
    LazyPattern,
    MatchTimeout,
    time_limit,
)
from interviewrelay.interviews import interviews, reading_limits, state
from interviewrelay.models import Interview, Mail, TurnRow
from interviewrelay.notifications import mail_delivery
from interviewrelay.transcripts import representation, transcripts
from interviewrelay.transcripts.formats import format_text
from tests.factories import a_campaign, an_invite

POISON = "This answer takes years to read."


@pytest.fixture
def poisonous(monkeypatch):
    """The engine reads `POISON` for ever, and counts how often it has begun to."""
    begun = []
    ordinary = controller.next_move

    def next_move(guide, turns, context):
        if any(turn.text == POISON for turn in turns):
            begun.append(turns[-1].number)
            raise MatchTimeout
        return ordinary(guide, turns, context)

    monkeypatch.setattr(controller, "next_move", next_move)
    return begun


def asked_after(services, ann, **more):
    invite, _ = an_invite(services, a_campaign(ann), "p@x.example", **more)
    interviews.start_interview(invite, agreed=True)
    return invite, interviews.answer_question(invite, 2, POISON)


def the_interview(invite):
    query = select(Interview).where(Interview.invite_id == invite.id)
    return db.session.execute(query).scalar_one()


def notices():
    return list(db.session.execute(select(Mail).where(Mail.kind == "reading")).scalars())


def test_the_next_question_is_asked_and_the_answer_is_read_once(services, ann, poisonous):
    invite, reply = asked_after(services, ann)
    assert reply.turn.text
    assert reply.turn.decision["details"]["reading"] == "abandoned"
    after = interviews.answer_question(
        invite, 4, "Then I called again, and it was done in a day."
    )
    assert after.turn.text
    assert interviews.recover_pending_turns() == 0
    assert poisonous == [2]


def test_the_answer_is_kept_and_marked(services, ann, poisonous):
    invite, _ = asked_after(services, ann)
    query = select(TurnRow).where(TurnRow.speaker == "participant")
    row = db.session.execute(query).scalar_one()
    assert (row.text, row.reading["reading"], row.sentiment_label) == (
        POISON,
        "abandoned",
        "neutral",
    )
    made = transcripts.build_transcript(the_interview(invite))
    assert POISON in format_text(made)
    assert "The previous answer took too long to analyse" in format_text(made)
    question = representation.Transcript.read(made)["turns"][2]
    assert question["decision"]["reason"].startswith(reading_limits.REASONS["abandoned"])


def test_owners_and_admins_get_one_email_and_nothing_of_what_was_said(services, ann, poisonous):
    asked_after(services, ann)
    (notice,) = notices()
    mail_delivery.deliver_due_mails(services)
    (letter,) = [mail for mail in services.mailer.letters if mail.kind == "reading"]
    assert notice.recipient == letter.to
    assert "took too long to analyse" in repr(letter)
    assert POISON not in repr(letter)


def test_a_test_interview_tells_nobody(services, ann, poisonous):
    asked_after(services, ann, test=True)
    assert notices() == []


def test_what_hung_a_killed_process_is_not_read_again(services, ann, poisonous, monkeypatch):
    """The answer is stored, the process is killed while it reads, and another one takes over."""
    invite, _ = an_invite(services, a_campaign(ann), "p@x.example")
    with clock.freeze_at(clock.now()):
        interviews.start_interview(invite, agreed=True)
        interviews.save_answer(invite, 2, POISON)
        assert interviews.abandon_hung_readings(9.0) == 0  # it is newer than the silence
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert interviews.abandon_hung_readings(9.0) == 1
    assert poisonous == []
    here = state.load_state(the_interview(invite))
    assert (here.turns[-1].speaker, here.next_number) == ("ai", 4)


def test_searches_stop_when_their_processor_time_is_used_up():
    slow = LazyPattern(r"\b(?:a+)+b")
    with pytest.raises(MatchTimeout), time_limit(0.05):
        while True:
            slow.search("a" * 16)
    assert slow.search("ab")  # without a limit again
