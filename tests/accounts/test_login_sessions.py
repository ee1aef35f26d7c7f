"""The browsers in which somebody is logged in."""

from datetime import timedelta

import pytest

from interviewrelay.accounts import accounts, login_sessions, password_resets
from interviewrelay.core import clock
from interviewrelay.core.db.session import transaction
from interviewrelay.core.errors import InvalidParameter, NotFound
from tests import factories
from tests.conftest import PASSWORD

NEW = "another horse battery staple"


def entered(office, somebody, device=""):
    return factories.log_in(office, somebody.email, PASSWORD, factories.a_caller(device=device))


def test_each_is_listed_with_its_browser_and_ended_alone(office, ann, vic):
    first, second = entered(office, ann, "Firefox on Linux"), entered(office, ann)
    entered(office, vic, "Chrome on Android")
    rows = login_sessions.listing(ann.actor)
    assert {row.device for row in rows} == {"Firefox on Linux", None}
    mine = login_sessions.current(office.ring, first)
    assert mine in {row.id for row in rows}
    login_sessions.end(ann.actor, mine)
    assert accounts.logged_in(office.ring, first) is None
    assert accounts.logged_in(office.ring, second) is not None
    assert login_sessions.current(office.ring, first) == ""
    with pytest.raises(NotFound):
        login_sessions.end(ann.actor, mine)


def test_nobody_ends_what_is_somebody_elses(office, ann, ben, vic):
    token = entered(office, ann)
    theirs = login_sessions.current(office.ring, token)
    for somebody in (ben, vic):
        with pytest.raises(NotFound):
            login_sessions.end(somebody.actor, theirs)
    with pytest.raises(NotFound):
        login_sessions.end(ann.actor, "no id")
    assert accounts.logged_in(office.ring, token) is not None


def test_all_others_are_ended_at_once_in_every_organization(office, ann, ben):
    with transaction():
        accounts.add_member(ben.membership.organization, ann.membership.user, "viewer")
    here, there, bens = entered(office, ann), entered(office, ann), entered(office, ben)
    with transaction():
        elsewhere = accounts.enter(
            office.ring, accounts.membership_of(ann.email), "Safari on iPhone"
        )
    assert login_sessions.end_others(ann.actor, login_sessions.current(office.ring, here)) == 2
    assert accounts.logged_in(office.ring, here) is not None
    assert accounts.logged_in(office.ring, bens) is not None
    assert [accounts.logged_in(office.ring, token) for token in (there, elsewhere)] == [
        None
    ] * 2


def test_what_works_no_longer_is_not_listed(office, ann):
    with clock.standing_at(clock.now() - timedelta(hours=13)):
        entered(office, ann)
    assert login_sessions.listing(ann.actor) == []
    assert login_sessions.sweep() == 1


def test_a_password_is_changed_by_who_knows_it_and_ends_all_log_ins(office, ann, mailer):
    old = entered(office, ann)
    token = password_resets.change(
        office, factories.a_caller(device="Firefox on Linux"), ann.actor, PASSWORD, NEW
    ).token
    assert accounts.logged_in(office.ring, old) is None
    assert accounts.logged_in(office.ring, token).id == ann.membership.id
    assert [row.device for row in login_sessions.listing(ann.actor)] == ["Firefox on Linux"]
    assert factories.log_in(office, ann.email, PASSWORD) is None
    assert factories.log_in(office, ann.email, NEW)


def test_without_the_old_password_or_with_a_weak_one_it_stays(office, ann):
    token = entered(office, ann)
    with pytest.raises(InvalidParameter, match="not your current password"):
        password_resets.change(office, factories.a_caller(), ann.actor, "wrong", NEW)
    with pytest.raises(InvalidParameter, match="12 to 128"):
        password_resets.change(office, factories.a_caller(), ann.actor, PASSWORD, "short")
    assert accounts.logged_in(office.ring, token) is not None
    assert factories.log_in(office, ann.email, PASSWORD)


def test_without_a_mail_server_the_change_is_told_by_no_mail(office, ann, mailer):
    mailer.configured = False
    password_resets.change(office, factories.a_caller(), ann.actor, PASSWORD, NEW)
    assert mailer.letters == []
