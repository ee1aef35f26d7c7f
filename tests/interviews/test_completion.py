"""How interviews end, what is timed, and what is charged for it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.billing import balance, ledger
from interviewrelay.campaigns import representation as campaign_representation
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.interviews import completion, interviews, measures, state
from interviewrelay.models import Campaign, CreditEntry, CreditHold, Interview
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure
from interviewrelay.transcripts import transcripts
from tests.factories import a_campaign, a_script, a_whole_interview, an_interview, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def at(**later):
    return clock.freeze_at(NOON + timedelta(**later))


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def invite(services, campaign):
    with at():
        row, _ = an_invite(services, campaign)
        interviews.start_interview(row, agreed=True)
    return row


def interview():
    return db.session.execute(
        select(Interview).execution_options(populate_existing=True)
    ).scalar_one()


def charges():
    rows = db.session.execute(select(CreditEntry.amount).where(CreditEntry.kind == "charge"))
    return list(rows.scalars())


def say(invite, number, **later):
    with at(**later):
        return interviews.answer_question(
            invite, number, f"This is answer {number}, it was all fine."
        )


def test_completing_twice_charges_once(invite, campaign):
    for minutes in (7.5, 60, 600):
        with at(minutes=minutes):
            reached = interviews.complete_interview(invite)
        assert reached.next_number is None
    row = interview()
    assert (row.status, row.duration_seconds, row.credits_charged) == ("completed", 450, 80)
    assert row.ended_at == NOON + timedelta(minutes=7.5)
    assert charges() == [-80]
    db.session.refresh(campaign)
    assert (campaign.completed, campaign.completed_seconds) == (1, 450)
    assert row.invite.status == "completed"
    assert not any(consistency_check.run_checks().values())


def test_an_interview_under_half_a_minute_costs_five(invite):
    with at(seconds=29):
        interviews.complete_interview(invite)
    assert charges() == [-5]


@pytest.mark.parametrize(
    ("lasted", "minutes", "credits"),
    [(29.9, 1, 5), (30, 1, 10), (60, 1, 10), (60.4, 1, 10), (61, 2, 20), (450.9, 8, 80)],
)
def test_what_is_billed_is_what_is_shown(invite, lasted, minutes, credits):
    with at(seconds=lasted):
        interviews.complete_interview(invite)
    row = interview()
    held = db.session.execute(select(CreditHold)).scalar_one()
    assert row.duration_seconds == int(lasted)
    assert transcripts.build_transcript(row).duration_minutes == held.minutes == minutes
    assert row.credits_charged == held.charged == credits


def test_the_end_keeps_the_mood_of_what_was_said(invite):
    with at(minutes=1):
        interviews.answer_question(
            invite, 2, "It was wonderful, I loved everything about the kind nurse!"
        )
        interviews.complete_interview(invite)
    row = interview()
    assert row.sentiment_label == "positive"
    assert measures.get_mood(row) == {"label": "positive", "score": row.sentiment_score}


def test_a_pause_is_neither_timed_nor_charged(invite):
    say(invite, 2, minutes=1)
    with at(minutes=2):
        interviews.pause_interview(invite)
    with at(minutes=30):
        assert interviews.pause_interview(invite).interview.paused_at == NOON + timedelta(
            minutes=2
        )
        assert measures.get_duration_seconds(interview()) == 120
    with at(hours=3, minutes=2):
        assert interviews.resume_interview(invite).interview.paused_at is None
        interviews.resume_interview(invite)
    with at(hours=3, minutes=4):
        interviews.complete_interview(invite)
    assert interview().duration_seconds == 240
    assert charges() == [-40]


def test_an_answer_ends_a_pause(invite):
    with at(minutes=1):
        interviews.pause_interview(invite)
    reply = say(invite, 2, minutes=61)
    assert reply.standing.interview.paused_at is None
    assert reply.saved.elapsed == 60


def test_completing_a_paused_interview_does_not_charge_the_pause(invite):
    with at(minutes=1):
        interviews.pause_interview(invite)
    with at(hours=2):
        interviews.complete_interview(invite)
    assert (interview().duration_seconds, charges()) == (60, [-10])


@pytest.mark.parametrize(("minutes", "timed"), [(10, 10), (15, 15), (16, 1), (600, 1)])
def test_a_long_silence_was_a_pause_from_its_second_minute_on(invite, minutes, timed):
    say(invite, 2, minutes=minutes)
    with at(minutes=minutes):
        interviews.complete_interview(invite)
    assert interview().duration_seconds == timed * 60


@pytest.mark.parametrize("away", [16, 30, 60 * 20])
def test_who_comes_back_after_a_long_silence_finds_the_same_questions(services, ann, away):
    asked = [{"text": f"How was part {n} of it?", "depth": "none"} for n in range(6)]
    script = a_script(ann, target_minutes=20, questions=asked)
    with at():
        row, _ = an_invite(services, a_campaign(ann, script=script))
        interviews.start_interview(row, agreed=True)
    number, reply = 2, say(row, 2, minutes=away, seconds=30)
    while reply.turn is not None:
        number += 2
        reply = say(row, number, minutes=away, seconds=15 * number)
    decisions = [turn.decision for turn in state.list_turns(interview()) if turn.decision]
    assert [d["act"] for d in decisions] == ["ask"] * 6 + ["anything_to_add"]
    assert charges() == [-40]


def test_a_clock_that_goes_back_costs_nothing_and_breaks_nothing(invite):
    say(invite, 2, minutes=5)
    say(invite, 4, minutes=-60)
    with at(minutes=6):
        interviews.complete_interview(invite)
    row = interview()
    assert row.duration_seconds == 360
    times = [turn.at for turn in state.list_turns(row)]
    assert times == sorted(times)
    assert not any(consistency_check.run_checks().values())


def test_a_day_of_silence_abandons_at_half_the_price(invite, campaign, ann):
    say(invite, 2, seconds=90)
    with at(hours=24, seconds=90):
        assert completion.abandon_stale_interviews() == 0
    with at(hours=24, seconds=91):
        assert completion.abandon_stale_interviews() == 1
        assert completion.abandon_stale_interviews() == 0
    row = interview()
    assert (row.status, row.ended_at) == ("abandoned", NOON + timedelta(seconds=90))
    assert (row.duration_seconds, row.credits_charged) == (90, 10)
    assert charges() == [-10]
    assert ledger.get_account(ann.actor).held == 0
    db.session.refresh(campaign)
    assert (campaign.abandoned, campaign.completed) == (1, 0)
    assert not any(consistency_check.run_checks().values())


def test_a_pause_turns_into_abandonment_after_a_day(invite):
    with at(minutes=2):
        interviews.pause_interview(invite)
    with at(hours=25):
        assert completion.abandon_stale_interviews() == 1
    row = interview()
    assert (row.status, row.paused_at, row.duration_seconds) == ("abandoned", None, 120)


def test_an_abandoned_interview_stays_as_it_is(invite):
    with at(hours=25):
        completion.abandon_stale_interviews()
        reached = interviews.complete_interview(invite)
    assert reached.interview.status == "abandoned"
    assert charges() == [-3]


def test_what_ends_between_looking_and_locking_is_left_alone(invite, monkeypatch):
    locked = completion.access.lock_row

    def overtaken(kind, row_id):
        with_lock = locked(kind, row_id)
        with_lock.last_at = clock.now()
        return with_lock

    monkeypatch.setattr(completion.access, "lock_row", overtaken)
    with at(hours=25):
        assert completion.abandon_stale_interviews() == 0
    assert interview().status == "in_progress"


def test_no_more_than_asked_for_are_abandoned_at_once(services, campaign, invite):
    with at():
        other, _ = an_invite(services, campaign, "other@x.example")
        interviews.start_interview(other, agreed=True)
    with at(hours=25):
        assert [completion.abandon_stale_interviews(most=1) for _ in range(3)] == [1, 1, 0]


def test_test_invites_move_no_credit(services, campaign, ann):
    with at():
        row, _ = an_invite(services, campaign, "test@x.example", test=True)
        interviews.start_interview(row, agreed=True)
    assert ledger.get_account(ann.actor).held == 0
    with at(minutes=5):
        interviews.complete_interview(row)
    assert interview().credits_charged == 0
    assert charges() == []
    assert db.session.execute(select(CreditHold)).first() is None
    assert not any(consistency_check.run_checks().values())


def test_an_end_never_fails_for_want_of_money(invite, ann):
    with transaction():  # as after a wrong hand at the credits: only the hold is left
        db.session.execute(update(CreditHold).values(amount=10))
        balance.lock_account(ann.actor.org_id).held = 10
    ledger.remove_credits(ann.actor.org_id, 1_600, "test:all", "All")
    with at(minutes=14):
        interviews.complete_interview(invite)
    assert interview().credits_charged == 10
    assert not any(consistency_check.run_checks().values())


def test_feedback_is_the_last_word_that_was_given(invite):
    with at(minutes=1):
        interviews.complete_interview(invite)
        interviews.give_feedback(invite, 2, "Hm")
        interviews.give_feedback(invite, 5, "")
    row = interview()
    assert (row.feedback_rating, row.feedback_comment) == (5, None)


def how(row):
    return row.status, row.ended_by, row.complete


def test_who_ended_it_and_whether_it_is_complete(services, campaign):
    def held(*said, email):
        return an_interview(services, campaign, *said, email=email)

    with at():
        whole = a_whole_interview(
            services, campaign, "It was fine, an hour.", email="a@x.example"
        )
        stopped = held("I want to stop now.", "Yes, stop.", email="b@x.example")
        button = interviews.complete_interview(
            held("An hour.", email="c@x.example").invite
        ).interview
        danger = held(*["I am going to kill myself."] * 2, email="d@x.example")
        left = held("An hour.", email="e@x.example")
    assert how(whole) == ("completed", "interviewer", True)
    assert how(stopped) == how(button) == ("completed", "participant", False)
    assert how(danger) == ("completed", "care", False)
    assert how(left) == ("in_progress", None, None)
    with at(days=2):
        completion.abandon_stale_interviews()
    db.session.refresh(left)
    assert how(left) == ("abandoned", "time", False)
    db.session.refresh(campaign)
    assert (campaign.completed, campaign.ended_early) == (4, 3)
    told = campaign_representation.Stats.read(campaign)
    assert (told["complete"], told["complete_rate"]) == (1, 0.2)
    assert (told["completed"], told["completion_rate"]) == (4, 0.8)
    assert not any(consistency_check.run_checks().values())


def test_the_end_button_at_the_closing_question_cuts_nothing_short(services, campaign):
    interview, number = an_interview(services, campaign), 2
    with at():
        while (
            turn := interviews.answer_question(interview.invite, number, "An hour.").turn
        ) is not None:
            number += 2
            if turn.decision["act"] == "anything_to_add":
                break
        ended = interviews.complete_interview(interview.invite).interview
    assert how(ended) == ("completed", "participant", True)
    assert campaign.ended_early == 0


def test_what_ended_early_and_is_erased_still_counts(services, ann, campaign):
    gone = interviews.complete_interview(
        an_interview(services, campaign, "An hour.").invite
    ).interview
    erasure.erase_session(services, ann.actor, gone.id)
    db.session.refresh(campaign)
    assert campaign.ended_early == 1
    assert not any(consistency_check.run_checks().values())
    with transaction():
        db.session.execute(update(Campaign).values(ended_early=5))
    assert [found for found in consistency_check.run_checks().values() if found] != []
