"""Counters and balances are held against their rows while the server runs, and never mended by that."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.models import Campaign, CreditAccount
from interviewrelay.operations import background_checks
from tests.factories import a_campaign, a_finished_interview


@pytest.fixture
def campaigns(services, ann):
    made = [a_campaign(ann) for _ in range(5)]
    for number, campaign in enumerate(made):
        a_finished_interview(services, campaign, "Fine.", email=f"n{number}@x.example")
    return sorted(campaign.id for campaign in made)


@pytest.fixture
def told(caplog):
    """The counters that were told to differ since."""

    def read():
        found = [
            (getattr(r, "campaign", None) or r.org, r.counter, r.found, r.expected)
            for r in caplog.records
            if r.message == "counters_differ" and r.levelname == "ERROR"
        ]
        caplog.clear()
        return found

    return read


def change(kind, **values):
    def go(*where):
        with transaction():
            db.session.execute(update(kind).where(*where).values(**values))

    return go


def later(days=1):
    """A way through at some time from now, in one part."""
    release_connection()
    with clock.freeze_at(clock.now() + timedelta(days=days, minutes=days)):
        return background_checks.check_next_batch()


def test_nothing_is_told_while_all_is_well(campaigns, told):
    assert (
        background_checks.check_next_batch(),
        told(),
        background_checks.count_discrepancies(),
    ) == (0, [], 0)


def test_what_differs_is_told_each_day_and_left_as_it_is(campaigns, ann, told):
    change(Campaign, completed=7)(Campaign.id == campaigns[2])
    change(CreditAccount, topup=9)(CreditAccount.org_id == ann.actor.org_id)
    wrong = [(campaigns[2], "completed", 7, 1), (ann.actor.org_id, "topup", 9, 0)]
    for day in range(2):
        assert (later(day), told(), background_checks.count_discrepancies()) == (2, wrong, 2)
    query = select(Campaign.completed).where(Campaign.id == campaigns[2])
    assert db.session.execute(query).scalar_one() == 7
    change(Campaign, completed=1)(Campaign.id == campaigns[2])
    change(CreditAccount, topup=0)(CreditAccount.org_id == ann.actor.org_id)
    assert (later(2), told(), background_checks.count_discrepancies()) == (0, [], 0)


def test_it_goes_on_where_it_stopped_and_comes_to_every_campaign_once(
    campaigns, told, monkeypatch
):
    monkeypatch.setattr(background_checks, "MOST", 2)
    change(Campaign, completed=7)()
    seen = []
    for _ in range(3):
        background_checks.check_next_batch()
        seen.append([place for place, *_ in told()])
    assert seen == [campaigns[:2], campaigns[2:4], campaigns[4:]]
    assert (
        background_checks.check_next_batch(),
        told(),
        background_checks.count_discrepancies(),
    ) == (0, [], 5)


def test_large_campaigns_are_looked_at_by_themselves(campaigns, told, monkeypatch):
    monkeypatch.setattr(background_checks, "MOST_ROWS", 2)
    change(Campaign, invites_sent=2)(Campaign.id == campaigns[1])
    change(Campaign, invites_sent=9)(Campaign.id == campaigns[2])
    seen = []
    for _ in range(5):
        background_checks.check_next_batch()
        seen.append(sorted({place for place, *_ in told()}))
    assert seen == [[], [campaigns[1]], [campaigns[2]], [], []]


def test_one_is_at_work_at_a_time(campaigns, told, monkeypatch):
    change(Campaign, completed=7)()
    compared = background_checks._compared

    def meanwhile(kind, some):
        monkeypatch.setattr(background_checks, "_compared", compared)
        background_checks.check_next_batch()
        return compared(kind, some)

    monkeypatch.setattr(background_checks, "_compared", meanwhile)
    background_checks.check_next_batch()
    assert len(told()) == 5


def test_a_part_that_somebody_died_over_is_begun_again(campaigns, told, monkeypatch):
    def dies(*_):
        raise KeyboardInterrupt

    change(Campaign, completed=7)()
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(background_checks, "_compared", dies)
        background_checks.check_next_batch()
    assert background_checks.check_next_batch() == 0
    with clock.freeze_at(clock.now() + background_checks.LEASE + timedelta(seconds=1)):
        background_checks.check_next_batch()
    assert len(told()) == 5
