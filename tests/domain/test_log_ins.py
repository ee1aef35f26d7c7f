"""The browsers in which somebody is logged in."""

from datetime import timedelta

import pytest

from interviewrelay import clock
from interviewrelay.database import transaction
from interviewrelay.domain import accounts, log_ins, password_links
from interviewrelay.errors import InvalidParameter, NotFound
from tests import factories
from tests.conftest import PASSWORD

NEW = "another horse battery staple"


def entered(office, somebody, device=""):
    return factories.log_in(office, somebody.email, PASSWORD, factories.a_caller(device=device))


def test_each_is_listed_with_its_browser_and_ended_alone(office, ann, vic):
    first, second = entered(office, ann, "Firefox on Linux"), entered(office, ann)
    entered(office, vic, "Chrome on Android")
    rows = log_ins.listing(ann.actor)
    assert {row.device for row in rows} == {"Firefox on Linux", None}
    mine = log_ins.current(office.ring, first)
    assert mine in {row.id for row in rows}
    log_ins.end(ann.actor, mine)
    assert accounts.logged_in(office.ring, first) is None
    assert accounts.logged_in(office.ring, second) is not None
    assert log_ins.current(office.ring, first) == ""
    with pytest.raises(NotFound):
        log_ins.end(ann.actor, mine)


def test_nobody_ends_what_is_somebody_elses(office, ann, ben, vic):
    token = entered(office, ann)
    theirs = log_ins.current(office.ring, token)
    for somebody in (ben, vic):
        with pytest.raises(NotFound):
            log_ins.end(somebody.actor, theirs)
    with pytest.raises(NotFound):
        log_ins.end(ann.actor, "no id")
    assert accounts.logged_in(office.ring, token) is not None


def test_all_others_are_ended_at_once_in_every_organization(office, ann, ben):
    with transaction():
        accounts.add_member(ben.membership.organization, ann.membership.user, "viewer")
    here, there, bens = entered(office, ann), entered(office, ann), entered(office, ben)
    with transaction():
        elsewhere = accounts.enter(
            office.ring, accounts.membership_of(ann.email), "Safari on iPhone"
        )
    assert log_ins.end_others(ann.actor, log_ins.current(office.ring, here)) == 2
    assert accounts.logged_in(office.ring, here) is not None
    assert accounts.logged_in(office.ring, bens) is not None
    assert [accounts.logged_in(office.ring, token) for token in (there, elsewhere)] == [
        None
    ] * 2


def test_what_works_no_longer_is_not_listed(office, ann):
    with clock.standing_at(clock.now() - timedelta(hours=13)):
        entered(office, ann)
    assert log_ins.listing(ann.actor) == []
    assert log_ins.sweep() == 1


def test_a_password_is_changed_by_who_knows_it_and_ends_all_log_ins(office, ann, mailer):
    old = entered(office, ann)
    token = password_links.change(
        office, factories.a_caller(device="Firefox on Linux"), ann.actor, PASSWORD, NEW
    ).token
    assert accounts.logged_in(office.ring, old) is None
    assert accounts.logged_in(office.ring, token).id == ann.membership.id
    assert [row.device for row in log_ins.listing(ann.actor)] == ["Firefox on Linux"]
    assert factories.log_in(office, ann.email, PASSWORD) is None
    assert factories.log_in(office, ann.email, NEW)


def test_without_the_old_password_or_with_a_weak_one_it_stays(office, ann):
    token = entered(office, ann)
    with pytest.raises(InvalidParameter, match="not your current password"):
        password_links.change(office, factories.a_caller(), ann.actor, "wrong", NEW)
    with pytest.raises(InvalidParameter, match="12 to 128"):
        password_links.change(office, factories.a_caller(), ann.actor, PASSWORD, "short")
    assert accounts.logged_in(office.ring, token) is not None
    assert factories.log_in(office, ann.email, PASSWORD)


def test_without_a_mail_server_the_change_is_told_by_no_mail(office, ann, mailer):
    mailer.configured = False
    password_links.change(office, factories.a_caller(), ann.actor, PASSWORD, NEW)
    assert mailer.letters == []
