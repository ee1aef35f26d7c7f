"""The doctor finds what does not agree: each check is shown something broken."""

import pytest
from sqlalchemy import delete, text, update

from interviewrelay.billing import ledger
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.interviews import interviews, session_events
from interviewrelay.models import (
    Campaign,
    Consent,
    CreditAccount,
    CreditEntry,
    CreditHold,
    Erasure,
    Event,
    Interview,
    Payment,
    SearchEntry,
    TurnRow,
)
from interviewrelay.operations import consistency_check
from tests.factories import a_campaign, a_finished_interview, an_interview


@pytest.fixture
def held(services, ann):
    """One interview that has ended and one that goes on; all is well with both."""
    campaign = a_campaign(ann)
    a_finished_interview(services, campaign, "It was fine.", email="done@x.example")
    row = an_interview(services, campaign, "It was fine.", email="open@x.example")
    assert found() == {}
    return row


def found():
    return {name: words for name, words in consistency_check.run_checks().items() if words}


def change(*statements):
    with transaction():
        for statement in statements:
            db.session.execute(statement)
    db.session.expire_all()


def an_entry(org, seq, **more):
    given = {
        "org_id": org, "seq": seq, "pool": "monthly", "amount": 5, "kind": "charge", "pool_after": 1,
        "balance_after": 1, "reference": f"test:{seq}", "description": "x", **more,
    }  # fmt: skip
    with transaction():
        db.session.add(CreditEntry(**given))


def test_a_balance_that_its_entries_do_not_make(held):
    change(update(CreditAccount).values(topup=7))
    assert list(found()) == ["L1 transactions add up to the balance"]
    assert (
        "topup is 7, but its transactions add up to 0"
        in found()["L1 transactions add up to the balance"][0]
    )


@pytest.fixture
def constraint(app):
    """Gives the constraint back that a test has to take away on PostgreSQL."""
    yield
    if db.engine.dialect.name != "sqlite":
        change(
            text("TRUNCATE credit_entry"),
            text(
                "ALTER TABLE credit_entry ADD CONSTRAINT ck_credit_entry_balance "
                "CHECK (balance_after >= 0 AND pool_after >= 0)"
            ),
        )


def test_a_balance_below_zero(held, constraint):
    if db.engine.dialect.name == "sqlite":
        change(text("PRAGMA ignore_check_constraints = ON"))
        an_entry(held.org_id, 90, balance_after=-1)
    else:
        change(text("ALTER TABLE credit_entry DROP CONSTRAINT ck_credit_entry_balance"))
        an_entry(held.org_id, 90, balance_after=-1)
    assert "L2 no balance below zero" in found()


def test_a_gap_in_the_numbers(held):
    an_entry(held.org_id, 90)
    assert "L3 transaction numbers have no gaps" in found()


def test_an_interview_that_was_charged_twice(held):
    session = new_id()
    an_entry(held.org_id, 90, session_id=session)
    an_entry(held.org_id, 91, session_id=session)
    assert found()["L4 one charge per interview"] == [f"{session}: charged 2 times"]


def test_a_debit_out_of_order(held):
    an_entry(held.org_id, 90, pool="topup", amount=-1)
    assert "used topup credits too early" in found()["L5 credits are used in order"][0]


def test_holds_that_do_not_add_up(held):
    change(update(CreditAccount).values(held=1))
    assert list(found()) == ["L6 reservations add up"]


def test_more_held_than_there_is(held):
    change(
        update(CreditHold).where(CreditHold.state == "open").values(amount=9_999),
        update(CreditAccount).values(held=9_999),
    )
    assert list(found()) == ["L6 reservations add up"]


def test_an_interview_that_ended_with_an_open_hold(held):
    change(update(Interview).values(status="completed"))
    assert found()["ended interviews are settled"] == [
        f"{held.id}: ended, but its credits are still reserved"
    ]


def test_a_turn_that_is_older_than_its_consent(held):
    from interviewrelay.core import clock

    later = clock.start_of(clock.parse_iso("2100-01-01"))
    change(update(Consent).where(Consent.id == held.consent_id).values(agreed_at=later))
    assert found() == {
        "no interview without consent": [
            f"{held.id}: started without consent, or before it was given"
        ],
        "no turn without consent": [f"{held.id}: has a turn from before consent was given"],
    }


def test_a_turn_that_is_missing(held):
    change(delete(TurnRow).where(TurnRow.interview_id == held.id, TurnRow.number == 2))
    assert found() == {
        "turn numbers have no gaps": [f"{held.id}: has 2 turns, but the last is number 3"]
    }


def test_a_counter_that_is_wrong(held):
    change(update(Campaign).values(invites_sent=9))
    assert "2 invites, but the counter shows 9" in found()["counters are correct"][0]


def test_an_answer_that_cannot_be_found(held):
    change(delete(SearchEntry).where(SearchEntry.interview_id == held.id))
    assert found() == {
        "every answer is searchable": [f"{held.id}: has 1 answers, but 0 in the search index"]
    }


def test_what_was_erased_and_is_still_there(held):
    row = Erasure(
        org_id=held.org_id, campaign_id=held.campaign_id, session_id=held.id,
        status="abandoned", seconds=0, erased_at=held.started_at,
    )  # fmt: skip
    with transaction():
        db.session.add(row)
    assert found()["erased data is gone"] == [
        f"{held.id}: erased, but still in interview",
        f"{held.id}: erased, but still in credit_hold",
    ]


def test_a_test_interview_needs_no_settling(held, services, ann):
    row = an_interview(services, a_campaign(ann), email="test@x.example", test=True)
    interviews.complete_interview(row.invite)
    assert found() == {}
    assert ledger.get_account(ann.actor).held == 150


@pytest.mark.parametrize(
    "counter",
    [
        "started",
        "completed",
        "abandoned",
        "failed",
        "cancelled",
        "expired",
        "completed_seconds",
    ],
)
def test_every_counter_of_a_campaign_is_proved(held, counter):
    change(update(Campaign).values({counter: getattr(Campaign, counter) + 1}))
    days = ["daily counts are correct"] if counter == "completed" else []  # are held against it
    assert list(found()) == ["counters are correct", *days]


def test_an_entry_that_does_not_follow_the_one_before(held):
    an_entry(held.org_id, 90, amount=5, pool_after=999)
    assert (
        "after transaction 90, monthly is 999 of 1"
        in found()["L1 each transaction follows the previous one"][0]
    )


def test_an_act_that_happened_twice(held):
    an_entry(held.org_id, 90, reference="test:again", pool="monthly")
    an_entry(held.org_id, 92, reference="test:again", pool="topup")
    assert found()["L4 references are unique"] == [
        f"{held.org_id}: test:again was recorded more than once"
    ]


@pytest.fixture
def trigger(app):
    """Gives the ledger's guard back that a test takes away."""
    yield
    if db.engine.dialect.name != "sqlite":
        change(
            text(
                "CREATE TRIGGER credit_entry_append_only BEFORE UPDATE OR DELETE ON credit_entry "
                "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
            )
        )


def test_a_ledger_that_could_be_changed(held, trigger):
    sqlite = db.engine.dialect.name == "sqlite"
    change(
        text("DROP TRIGGER credit_entry_no_update")
        if sqlite
        else text("DROP TRIGGER credit_entry_append_only ON credit_entry")
    )
    assert "could be changed" in found()["L3 transactions can't be changed"][0]


def test_a_payment_that_gave_nothing_or_twice(held, services, ann):
    from interviewrelay.billing import top_ups

    payment = top_ups.order_top_up(services, ann.actor, 1_000)
    change(
        update(Payment)
        .where(Payment.id == payment.id)
        .values(state="paid", payment_intent_id="pi")
    )
    assert found() == {
        "L4 each payment adds credits once": [
            f"payment {payment.id}: 1000 paid, but 0 added in 0 transactions"
        ]
    }
    for number in (90, 91):
        an_entry(held.org_id, number, kind="purchase", amount=1_000, payment_intent_id="pi")
    assert found()["L4 each payment adds credits once"] == [
        f"payment {payment.id}: 1000 paid, but 2000 added in 2 transactions"
    ]


def test_a_hold_that_says_something_else_than_the_ledger(held):
    change(update(CreditHold).where(CreditHold.state == "posted").values(charged=7))
    assert (
        "with 7 charged, but the transactions show 5"
        in found()["L6 each reservation ends once"][0]
    )


def test_an_open_hold_that_was_charged(held):
    an_entry(held.org_id, 90, session_id=held.id, amount=-5)
    assert (
        "reservation open with 0 charged, but the transactions show 5"
        in found()["L6 each reservation ends once"][0]
    )


def test_an_end_that_nobody_was_told(held):
    change(delete(Event).where(Event.kind == "session.completed"))
    (told,) = found()["completion events exist"]
    assert told.endswith(": completed, but has 0 end events")


def test_an_end_that_was_told_too_early(held):
    change(update(Event).where(Event.session_id == held.id).values(kind="session.started"))
    assert found() == {}
    with transaction():
        session_events.emit("session.abandoned", held.campaign, held)
    assert found()["completion events exist"] == [
        f"{held.id}: in_progress, but has 1 end events"
    ]


def test_interviews_of_an_older_version_are_told_nowhere(held):
    change(delete(Event))
    assert found() == {}
