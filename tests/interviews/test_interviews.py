"""Holding an interview: nothing that was said is lost, and nothing is charged twice."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from interviewrelay.billing import ledger
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db import session
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import (
    CampaignNotActive,
    Conflict,
    InsufficientCredits,
    InvalidParameter,
    InviteCancelled,
    InviteExpired,
    SessionAlreadyCompleted,
)
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviews import consent, interviews, state
from interviewrelay.models import Campaign, Consent, Interview, TurnRow
from interviewrelay.operations import consistency_check
from tests.factories import a_campaign, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
SAID = "I waited forty minutes in the corridor because nobody called me."


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def invite(services, campaign):
    with clock.freeze_at(NOON):
        return an_invite(services, campaign)[0]


@pytest.fixture
def begun(invite):
    with clock.freeze_at(NOON):
        return interviews.start_interview(invite, agreed=True)[0]


def at(**later):
    return clock.freeze_at(NOON + timedelta(**later))


def turns():
    session.release_connection()  # what other threads have stored is to be seen
    rows = db.session.execute(select(TurnRow).order_by(TurnRow.number)).scalars()
    return [(row.number, row.speaker, row.text) for row in rows]


def answer(invite, number=2, text=SAID, **later):
    with at(**(later or {"seconds": 60})):
        return interviews.answer_question(invite, number, text)


def test_a_start_makes_interview_consent_question_and_hold_together(invite, ann, campaign):
    with clock.freeze_at(NOON):
        reached, fresh = interviews.start_interview(invite, agreed=True, extra={"ref": "7"})
    row = reached.interview
    assert fresh
    assert (row.status, row.started_at, row.extra) == ("in_progress", NOON, {"ref": "7"})
    assert [number for number, *_ in turns()] == [1]
    assert reached.next_number == 2
    assert ledger.get_account(ann.actor).held == 150
    db.session.refresh(campaign)
    assert (campaign.started, row.invite.status) == (1, "started")
    assert not any(consistency_check.run_checks().values())


def test_consent_is_kept_with_its_words_version_and_time(begun, campaign):
    kept = db.session.execute(select(Consent)).scalar_one()
    shown = consent.build_consent_text(state.get_script(campaign), "Alder", 15)
    assert (kept.version, kept.text, kept.agreed_at) == (shown.version, shown.text, NOON)
    assert kept.version in repr(shown)


def test_without_consent_nothing_starts(invite, ann):
    with at(), pytest.raises(InvalidParameter, match="Consent is required"):
        interviews.start_interview(invite, agreed=False)
    assert turns() == []
    assert ledger.get_account(ann.actor).held == 0


def test_starting_again_comes_back_to_where_it_stood(invite, begun, ann):
    answer(invite)
    with at(days=30):
        again, fresh = interviews.start_interview(invite, agreed=False)
    assert not fresh
    assert again.interview.id == begun.interview.id
    assert again.next_number == 4
    assert ledger.get_account(ann.actor).held == 150


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"status": "paused"}, CampaignNotActive),
        ({"status": "archived"}, CampaignNotActive),
        ({"max_sessions": 0}, CampaignNotActive),
        ({"starts_at": NOON + timedelta(seconds=1)}, CampaignNotActive),
    ],
)
def test_a_campaign_that_is_not_open_starts_nothing(invite, changes, refusal):
    with transaction():
        db.session.execute(update(Campaign).values(**changes))
    db.session.expire_all()
    with at(), pytest.raises(refusal):
        interviews.start_interview(invite, agreed=True)
    assert turns() == []


def test_the_last_place_of_a_campaign_is_taken_once(services, ann):
    campaign = a_campaign(ann, max_sessions=1)
    one, other = (an_invite(services, campaign, f"{n}@x.example")[0] for n in "ab")
    interviews.start_interview(one, agreed=True)
    with pytest.raises(CampaignNotActive):
        interviews.start_interview(other, agreed=True)


def test_an_expired_invite_starts_nothing(invite):
    with at(days=7), pytest.raises(InviteExpired):
        interviews.start_interview(invite, agreed=True)


def test_without_credits_nothing_starts(invite, ann):
    ledger.remove_credits(ann.actor.org_id, 1_600, "test:all", "All")
    with at(), pytest.raises(InsufficientCredits):
        interviews.start_interview(invite, agreed=True)
    assert turns() == []
    assert db.session.execute(select(func.count(Consent.id))).scalar_one() == 0


def test_an_answer_is_followed_by_the_next_question(invite, begun):
    reply = answer(invite)
    assert reply.fresh
    assert (reply.saved.number, reply.saved.text) == (2, SAID)
    assert reply.turn.number == 3
    assert reply.standing.next_number == 4
    assert [number for number, *_ in turns()] == [1, 2, 3]


def test_an_answer_is_stored_before_the_interviewer_thinks(invite, begun, monkeypatch):
    think = controller.next_move

    def dies(*_):
        raise MemoryError

    monkeypatch.setattr(interviews.controller, "next_move", dies)
    with pytest.raises(MemoryError):
        answer(invite)
    assert turns()[1:] == [(2, "participant", SAID)]
    with at(minutes=1):
        assert state.load_state(begun.interview).next_number == 2
    monkeypatch.setattr(interviews.controller, "next_move", think)
    reply = answer(invite)
    assert not reply.fresh
    assert reply.turn.number == 3
    assert [number for number, *_ in turns()] == [1, 2, 3]


def test_the_interviewer_thinks_outside_of_any_transaction(invite, begun, monkeypatch):
    think, thought = controller.next_move, []

    def watched(*given):
        session.refuse_transaction()
        thought.append(1)
        return think(*given)

    monkeypatch.setattr(interviews.controller, "next_move", watched)
    answer(invite)
    assert thought == [1]


def test_the_same_answer_again_gives_the_same_reply_and_stores_nothing(invite, begun):
    first = answer(invite)
    before = turns()
    again = answer(invite, seconds=90)
    assert not again.fresh
    assert (again.saved.id, again.turn.id) == (first.saved.id, first.turn.id)
    assert turns() == before
    third = answer(invite, 4, "Nothing else happened there.")
    assert answer(invite).turn.id == first.turn.id
    assert third.turn.number == 5


@pytest.mark.parametrize(
    ("number", "text"), [(2, "Another"), (1, SAID), (3, SAID), (5, SAID), (6, SAID), (99, SAID)]
)
def test_another_text_or_a_number_that_is_not_next_is_a_conflict(invite, begun, number, text):
    answer(invite)
    before = turns()
    with pytest.raises(Conflict):
        answer(invite, number, text)
    assert turns() == before


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "x" * 10_001])
def test_a_blank_or_overlong_answer_is_refused(invite, begun, text):
    with pytest.raises(InvalidParameter) as refusal:
        answer(invite, 2, text)
    assert refusal.value.details["field"] == "text"
    assert len(turns()) == 1


def test_an_answer_of_ten_thousand_characters_is_stored_whole(invite, begun):
    text = "word " * 1_999 + "whole"
    assert answer(invite, 2, f"  {text}  ").saved.text == text


def test_a_skipped_question_is_an_answer_without_words(invite, begun):
    with at(seconds=60):
        reply = interviews.skip_question(invite, 2)
        again = interviews.skip_question(invite, 2)
    assert reply.saved.skipped
    assert reply.saved.text == ""
    assert again.turn.id == reply.turn.id
    with pytest.raises(Conflict):
        answer(invite)


@pytest.mark.parametrize("verb", ["pause_interview", "resume_interview", "complete_interview"])
def test_what_has_not_begun_cannot_go_on(invite, verb):
    with at(), pytest.raises(Conflict, match="not started yet"):
        getattr(interviews, verb)(invite)
    with at(), pytest.raises(Conflict):
        interviews.answer_question(invite, 2, SAID)


def test_a_cancelled_invite_ends_every_door(invite, begun):
    gone = invites.cancel_invite(invite)
    for verb in (
        interviews.pause_interview,
        interviews.resume_interview,
        interviews.complete_interview,
    ):
        with pytest.raises(InviteCancelled):
            verb(gone)
    with pytest.raises(InviteCancelled):
        interviews.start_interview(gone, agreed=True)
    with pytest.raises(InviteCancelled):
        answer(gone)


def test_after_the_end_nothing_is_taken_but_a_repeat_of_what_was(invite, begun):
    answer(invite)
    with at(seconds=120):
        interviews.complete_interview(invite)
    with pytest.raises(SessionAlreadyCompleted):
        answer(invite, 4, "One more thing")
    assert answer(invite).saved.number == 2


def test_an_interview_ends_by_itself_when_all_is_asked(invite, begun):
    reached, said = begun, 0
    while reached.next_number and said < 60:
        said += 1
        text = f"Answer number {said}: we waited forty minutes, then the doctor explained the plan."
        reply = answer(invite, reached.next_number, text, seconds=30 * said)
        reached = reply.standing
    row = db.session.execute(select(Interview)).scalar_one()
    assert row.status == "completed"
    assert reply.turn is None
    assert row.closing_text
    assert row.duration_seconds == 30 * said
    assert not any(consistency_check.run_checks().values())
