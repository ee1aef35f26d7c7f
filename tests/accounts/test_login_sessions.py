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


def entered(services, somebody, device=""):
    return factories.log_in(
        services, somebody.email, PASSWORD, factories.a_caller(device=device)
    )


def test_each_is_listed_with_its_browser_and_ended_alone(services, ann, vic):
    first, second = entered(services, ann, "Firefox on Linux"), entered(services, ann)
    entered(services, vic, "Chrome on Android")
    rows = login_sessions.list_logins(ann.actor)
    assert {row.device for row in rows} == {"Firefox on Linux", None}
    mine = login_sessions.get_current_login_id(services.ring, first)
    assert mine in {row.id for row in rows}
    login_sessions.end_login(ann.actor, mine)
    assert login_sessions.find_login_membership(services.ring, first) is None
    assert login_sessions.find_login_membership(services.ring, second) is not None
    assert login_sessions.get_current_login_id(services.ring, first) == ""
    with pytest.raises(NotFound):
        login_sessions.end_login(ann.actor, mine)


def test_nobody_ends_what_is_somebody_elses(services, ann, ben, vic):
    token = entered(services, ann)
    theirs = login_sessions.get_current_login_id(services.ring, token)
    for somebody in (ben, vic):
        with pytest.raises(NotFound):
            login_sessions.end_login(somebody.actor, theirs)
    with pytest.raises(NotFound):
        login_sessions.end_login(ann.actor, "no id")
    assert login_sessions.find_login_membership(services.ring, token) is not None


def test_all_others_are_ended_at_once_in_every_organization(services, ann, ben):
    with transaction():
        accounts.add_member(ben.membership.organization, ann.membership.user, "viewer")
    here, there, bens = entered(services, ann), entered(services, ann), entered(services, ben)
    with transaction():
        elsewhere = login_sessions.create_login(
            services.ring, accounts.find_membership(ann.email), "Safari on iPhone"
        )
    assert (
        login_sessions.end_other_logins(
            ann.actor, login_sessions.get_current_login_id(services.ring, here)
        )
        == 2
    )
    assert login_sessions.find_login_membership(services.ring, here) is not None
    assert login_sessions.find_login_membership(services.ring, bens) is not None
    assert [
        login_sessions.find_login_membership(services.ring, token)
        for token in (there, elsewhere)
    ] == [None] * 2


def test_what_works_no_longer_is_not_listed(services, ann):
    with clock.freeze_at(clock.now() - timedelta(hours=13)):
        entered(services, ann)
    assert login_sessions.list_logins(ann.actor) == []
    assert login_sessions.delete_expired_logins() == 1


def test_a_password_is_changed_by_who_knows_it_and_ends_all_log_ins(services, ann, mailer):
    old = entered(services, ann)
    token = password_resets.change_password(
        services, factories.a_caller(device="Firefox on Linux"), ann.actor, PASSWORD, NEW
    ).token
    assert login_sessions.find_login_membership(services.ring, old) is None
    assert login_sessions.find_login_membership(services.ring, token).id == ann.membership.id
    assert [row.device for row in login_sessions.list_logins(ann.actor)] == ["Firefox on Linux"]
    assert factories.log_in(services, ann.email, PASSWORD) is None
    assert factories.log_in(services, ann.email, NEW)


def test_without_the_old_password_or_with_a_weak_one_it_stays(services, ann):
    token = entered(services, ann)
    with pytest.raises(InvalidParameter, match="current password is incorrect"):
        password_resets.change_password(services, factories.a_caller(), ann.actor, "wrong", NEW)
    with pytest.raises(InvalidParameter, match="12 to 128"):
        password_resets.change_password(
            services, factories.a_caller(), ann.actor, PASSWORD, "short"
        )
    assert login_sessions.find_login_membership(services.ring, token) is not None
    assert factories.log_in(services, ann.email, PASSWORD)


def test_without_a_mail_server_the_change_is_told_by_no_mail(services, ann, mailer):
    mailer.configured = False
    password_resets.change_password(services, factories.a_caller(), ann.actor, PASSWORD, NEW)
    assert mailer.letters == []
