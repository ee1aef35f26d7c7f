"""An answer that is stored while its question was never asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviews import completion, interviews, turn_store
from interviewrelay.interviews.participation import entry
from interviewrelay.models import CreditEntry, Interview
from interviewrelay.operations import consistency_check
from tests.factories import a_campaign, an_invite


@pytest.fixture
def owed(services, ann, monkeypatch):
    """The token of an interview whose server died after storing the first answer."""
    invite, token = an_invite(services, a_campaign(ann))
    reached, _ = interviews.start_interview(invite, agreed=True)
    think = controller.next_move

    def dies(*_):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(interviews.controller, "next_move", dies)
    with pytest.raises(RuntimeError):
        interviews.answer_question(invite, reached.next_number, "I took the bus at seven.")
    monkeypatch.setattr(interviews.controller, "next_move", think)
    return token


def speakers(services, token):
    return [turn.speaker for turn in entry.get_visit(services, token).standing.turns]


def test_looking_asks_nothing(client, services, owed):
    for path in ("", "/state"):
        seen = client.get(f"/interview/{owed}{path}", headers={"Accept": "application/json"})
        assert seen.status_code == 200
    assert speakers(services, owed) == ["ai", "participant"]


def test_what_is_owed_is_asked_once(services, owed):
    assert interviews.recover_pending_turns() == 1
    assert interviews.recover_pending_turns() == 0
    assert speakers(services, owed) == ["ai", "participant", "ai"]


@pytest.mark.parametrize("when", ["before it is read", "after it was read"])
def test_of_two_that_ask_at_once_one_asks(services, owed, monkeypatch, when):
    read, others = turn_store.get_snapshot, []

    def interrupted(invite_id):
        found = read(invite_id)
        if not others:
            others.append(invite_id)
            assert interviews.recover_pending_turns() == 1
            found = read(invite_id) if when.startswith("before") else found
        return found

    monkeypatch.setattr(turn_store, "get_snapshot", interrupted)
    interviews.recover_pending_turns()
    assert speakers(services, owed) == ["ai", "participant", "ai"]
    assert not any(consistency_check.run_checks().values())


@pytest.mark.parametrize("step", ["start", "resume", "pause"])
def test_whatever_the_participant_sends_asks_what_is_owed(client, services, owed, step):
    sent = client.post(f"/interview/{owed}/{step}", json={"consent": True})
    assert sent.status_code == 200
    assert [turn["speaker"] for turn in sent.json["turns"]] == ["ai", "participant", "ai"]
    assert sent.json["next_number"] == 4


def test_an_interview_that_has_ended_owes_nothing(client, owed):
    assert client.post(f"/interview/{owed}/complete", json={}).status_code == 200
    assert interviews.recover_pending_turns() == 0


def test_an_interview_that_waited_a_day_for_us_costs_nothing_and_the_ledger_says_so(owed):
    with clock.freeze_at(clock.now() + timedelta(hours=25)):
        assert completion.abandon_stale_interviews() == 1
    ended = db.session.execute(select(Interview)).scalar_one()
    assert (ended.status, ended.credits_charged) == ("abandoned", 0)
    charge = db.session.execute(
        select(CreditEntry).where(CreditEntry.session_id == ended.id)
    ).scalar_one()
    assert (charge.kind, charge.amount) == ("charge", 0)
    assert "an error on our side, not charged" in charge.description
    assert not any(consistency_check.run_checks().values())
