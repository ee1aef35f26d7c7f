"""Holding an interview from several threads at once, on the database in use."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.errors import Conflict
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviews import interviews
from interviewrelay.operations import consistency_check
from interviewrelay.organizations import access
from tests.factories import a_campaign, an_interview, an_invite
from tests.interviews.test_interviews import SAID, turns


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def test_eight_starts_at_once_make_one_interview(app, services, campaign):
    invite, token = an_invite(services, campaign)
    barrier = Barrier(8)

    def start(_):
        with app.app_context():
            mine = access.get_participant_invite(services.ring, token)
            barrier.wait()
            reached, fresh = interviews.start_interview(mine, agreed=True)
            return reached.interview.id, fresh

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(start, range(8)))
    assert len({made for made, _ in outcomes}) == 1
    assert [fresh for _, fresh in outcomes].count(True) == 1
    assert not any(consistency_check.run_checks().values())


def test_eight_threads_with_one_answer_store_it_once(app, services, campaign):
    invite, token = an_invite(services, campaign)
    interviews.start_interview(invite, agreed=True)
    barrier = Barrier(8)

    def say(_):
        with app.app_context():
            mine = access.get_participant_invite(services.ring, token)
            barrier.wait()
            return interviews.answer_question(mine, 2, SAID)

    with ThreadPoolExecutor(8) as threads:
        replies = list(threads.map(say, range(8)))
    assert [reply.fresh for reply in replies].count(True) == 1
    assert len({reply.turn.id for reply in replies}) == 1
    assert [number for number, *_ in turns()] == [1, 2, 3]


def test_eight_threads_with_eight_answers_store_one_of_them(app, services, campaign):
    invite, token = an_invite(services, campaign)
    interviews.start_interview(invite, agreed=True)
    barrier = Barrier(8)

    def say(number):
        with app.app_context():
            mine = access.get_participant_invite(services.ring, token)
            barrier.wait()
            try:
                return interviews.answer_question(mine, 2, f"Answer {number}").saved.text
            except Conflict:
                return None

    with ThreadPoolExecutor(8) as threads:
        stored = [text for text in threads.map(say, range(8)) if text]
    assert [text for number, _, text in turns() if number == 2] == stored


def test_eight_completions_of_one_campaign_at_once_are_all_done(app, services, campaign):
    tokens = []
    for number in range(8):
        interview = an_interview(services, campaign, SAID, email=f"pat{number}@example.com")
        tokens.append(services.ring.decrypt(interview.invite.sealed_token))
    barrier = Barrier(8)

    def complete(token):
        with app.app_context():
            mine = access.get_participant_invite(services.ring, token)
            barrier.wait()
            return interviews.complete_interview(mine).interview.status

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(complete, tokens)) == {"completed"}
    release_connection()
    db.session.refresh(campaign)
    assert campaign.completed == 8
    assert not any(consistency_check.run_checks().values())


def test_who_thinks_slower_than_another_reads_the_others_words(services, campaign, monkeypatch):
    invite, _ = an_invite(services, campaign)
    interviews.start_interview(invite, agreed=True)
    think, quicker = controller.next_move, []

    def slowly(*given):
        move = think(*given)
        monkeypatch.setattr(interviews.controller, "next_move", think)
        quicker.append(interviews.answer_question(invite, 2, SAID))
        return move

    monkeypatch.setattr(interviews.controller, "next_move", slowly)
    slower = interviews.answer_question(invite, 2, SAID)
    assert slower.turn.id == quicker[0].turn.id
    assert [number for number, *_ in turns()] == [1, 2, 3]
