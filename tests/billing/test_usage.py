"""Usage: sums of a period that survive erasure, and ask the database as often for one as for many."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from interviewrelay.billing import ledger, usage
from interviewrelay.core import clock
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.interviews import interviews
from interviewrelay.privacy import erasure
from tests.factories import a_campaign, an_interview

NOON = datetime(2024, 2, 28, 12, tzinfo=UTC)


def held(services, campaign, at, minutes, email):
    """An interview that ends after so many minutes."""
    with clock.freeze_at(at):
        interview = an_interview(services, campaign, email=email)
    with clock.freeze_at(at + timedelta(minutes=minutes)):
        return interviews.complete_interview(interview.invite).interview


def used(ann, first=None, last=None, **window):
    return usage.get_usage(
        ann.actor, usage.parse_period(first, last), pagination.Window(**window)
    )


@pytest.fixture
def campaigns(ann):
    with clock.freeze_at(NOON - timedelta(days=1)):
        return [a_campaign(ann, name=name) for name in ("Autumn", "Winter")]


@pytest.fixture
def three(services, campaigns):
    """Two interviews of one campaign and one of another, over the end of a leap February."""
    autumn, winter = campaigns
    return [
        held(services, autumn, NOON, 3, "a@x.example"),
        held(services, autumn, NOON + timedelta(days=1), 1, "b@x.example"),
        held(services, winter, datetime(2024, 2, 29, 23, 59, tzinfo=UTC), 2, "c@x.example"),
    ]


def test_interviews_count_on_the_day_on_which_they_were_charged(ann, three, campaigns):
    found = used(ann, date(2024, 2, 1), date(2024, 3, 31))
    assert (found.sessions, found.minutes, found.credits) == (3, 6, 60)
    assert [(c.campaign_id, c.name, c.sessions, c.minutes, c.credits) for c in found.by_campaign] == [
        (campaigns[0].id, "Autumn", 2, 4, 40), (campaigns[1].id, "Winter", 1, 2, 20),
    ]  # fmt: skip
    assert [(d.day, d.sessions, d.credits) for d in found.by_day] == [
        ("2024-02-28", 1, 30), ("2024-02-29", 1, 10), ("2024-03-01", 1, 20),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "sessions"),
    [
        (date(2024, 2, 28), date(2024, 2, 28), 1),
        (date(2024, 2, 29), date(2024, 2, 29), 1),
        (date(2024, 3, 1), date(2024, 3, 1), 1),
        (date(2024, 2, 28), date(2024, 2, 29), 2),
        (datetime(2024, 2, 28, 12, 3, tzinfo=UTC), date(2024, 2, 28), 1),
        (datetime(2024, 2, 28, 12, 4, tzinfo=UTC), date(2024, 2, 28), 0),
        (date(2024, 2, 28), datetime(2024, 2, 28, 12, 3, tzinfo=UTC), 1),
        (date(2024, 2, 28), datetime(2024, 2, 28, 12, 2, 59, tzinfo=UTC), 0),
        (date(2090, 1, 1), date(2090, 2, 1), 0),
    ],
)
def test_a_bare_date_means_the_whole_day(ann, three, first, last, sessions):
    assert used(ann, first, last).sessions == sessions


@pytest.mark.parametrize(
    ("now", "first", "last", "wanted"),
    [
        ((2024, 2, 10), None, None, ("2024-02-01", "2024-02-29")),
        ((2023, 12, 31), None, None, ("2023-12-01", "2023-12-31")),
        ((2024, 2, 10), date(2024, 1, 5), None, ("2024-01-05", "2024-02-29")),
        ((2024, 2, 10), date(2090, 4, 5), None, ("2090-04-05", "2090-04-30")),
        ((2024, 2, 10), None, date(2023, 7, 9), ("2023-07-01", "2023-07-09")),
    ],
)
def test_what_is_not_given_is_a_month(now, first, last, wanted):
    with clock.freeze_at(datetime(*now, 15, tzinfo=UTC)):
        found = usage.parse_period(first, last)
    assert (found.first.isoformat(), found.last.isoformat()) == wanted


def test_a_period_must_not_end_before_it_begins():
    with pytest.raises(InvalidParameter, match="must not be before") as refusal:
        usage.parse_period(date(2024, 2, 2), date(2024, 2, 1))
    assert refusal.value.details["field"] == "end_date"


def test_erasing_an_interview_takes_nothing_out_of_the_sums(ann, services, three):
    first, last = date(2024, 2, 1), date(2024, 3, 31)
    before = used(ann, first, last)
    with clock.freeze_at(NOON + timedelta(days=5)):
        for interview in three:
            erasure.withdraw_participant(services, interview.invite)
    after = used(ann, first, last)
    assert (after.by_campaign, after.by_day) == (before.by_campaign, before.by_day)


def test_sums_are_those_of_the_ledger_and_of_ones_own_organization(ann, ben, three):
    found = used(ann, date(2024, 2, 1), date(2024, 3, 31))
    charges = [m.amount for m in found.movements.items if m.kind == "charge"]
    assert -sum(charges) == found.credits
    assert used(ben, date(2024, 2, 1), date(2024, 3, 31)).by_day == []


def test_an_interview_counts_its_minutes_where_credits_did_not_reach(ann, services, campaigns):
    with clock.freeze_at(NOON):
        account = ledger.get_account(ann.actor)
        ledger.remove_credits(
            ann.actor.org_id, ledger.balance(account) - 10, "test:most", "Most"
        )
        interview = an_interview(services, campaigns[0])
    with clock.freeze_at(NOON + timedelta(minutes=9)):
        interviews.complete_interview(interview.invite)
    found = used(ann, date(2024, 2, 28), date(2024, 2, 28))
    assert (found.sessions, found.minutes, found.credits) == (1, 9, 10)


def test_it_asks_as_often_for_many_as_for_one(ann, services, campaigns, three):
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for more in (0, 5):
        for number in range(more):
            held(services, campaigns[number % 2], NOON, 1, f"{number}@y.example")
        db.session.rollback()
        asked.clear()
        used(ann, date(2024, 2, 1), date(2024, 3, 31))
        counts.append(len([words for words in asked if words.startswith("SELECT")]))
    assert counts == [4, 4]


def test_months_go_a_year_back_and_have_all_their_days():
    with clock.freeze_at(datetime(2026, 3, 31, 12, tzinfo=UTC)):
        months = usage.list_months()
    assert (months[0], months[1], months[-1], len(months)) == (
        date(2026, 3, 1),
        date(2026, 2, 1),
        date(2025, 3, 1),
        13,
    )
    assert usage.month_period(date(2024, 2, 1)).days == (date(2024, 2, 1), date(2024, 2, 29))
    assert usage.month_period(date(2025, 12, 1)).days == (date(2025, 12, 1), date(2025, 12, 31))
