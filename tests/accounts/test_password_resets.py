"""Forgotten passwords: a link in a mail, once, for 30 minutes; and nobody learns who has an account."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from interviewrelay.accounts import password_resets
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.errors import InvalidParameter, NotFound, RateLimited
from interviewrelay.core.ports.mail import MailLater
from interviewrelay.mail import outbox
from interviewrelay.models import Login, Mail, PasswordReset, PasswordResetRequest
from interviewrelay.notifications import mail_delivery
from interviewrelay.organizations import access
from tests import factories
from tests.factories import mails_by_state
from tests.web.everything import everything

NEW = "a new and better password"


@pytest.fixture
def mailed(services, mailer):
    """Asks, and gives the token in the mail."""

    def ask(email):
        password_resets.request_reset(services, email)
        mail_delivery.deliver_due_mails(services)
        return mailer.letters[-1].facts["url"].rpartition("/")[2]

    return ask


def count(table):
    release_connection()
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_link_sets_the_password_once_and_ends_all_log_ins(services, mailer, ann, mailed):
    token = mailed(" ANN@alder.example ")
    factories.log_in(services, ann.email, ann.password)
    other = mailed(ann.email)
    assert password_resets.is_valid_link(services.ring, token)
    password_resets.reset_password(services, token, NEW)
    assert count(Login) == 0
    assert factories.log_in(services, ann.email, ann.password) is None
    assert factories.log_in(services, ann.email, NEW)
    for used in (token, other):
        with pytest.raises(NotFound):
            password_resets.reset_password(services, used, "yet another password of mine")
    mail_delivery.deliver_due_mails(services)
    assert (mailer.letters[-1].kind, mailer.letters[-1].to) == ("password_changed", ann.email)


def test_a_weak_password_is_refused_and_the_link_still_works(services, ann, mailed):
    token = mailed(ann.email)
    with pytest.raises(InvalidParameter):
        password_resets.reset_password(services, token, "short")
    password_resets.reset_password(services, token, NEW)


def test_the_link_makes_a_browser_known_that_has_to_wait(services, ann, mailed):
    for _ in range(5):
        assert factories.log_in(services, ann.email, "wrong") is None
    with pytest.raises(RateLimited):
        factories.log_in(services, ann.email, ann.password)
    browser = password_resets.reset_password(services, mailed(ann.email), NEW)
    with pytest.raises(RateLimited):
        factories.log_in(services, ann.email, NEW)
    caller = factories.a_caller(browser=browser)
    assert factories.log_in(services, ann.email, NEW, caller)


def test_a_link_works_for_30_minutes_and_is_swept_then(services, ann):
    with clock.freeze_at(clock.now()):
        token = password_resets.issue_reset_link(services, ann.membership.user_id).rpartition(
            "/"
        )[2]
        begun = clock.now()
    with clock.freeze_at(begun + timedelta(minutes=30, seconds=-1)):
        assert password_resets.is_valid_link(services.ring, token)
        assert password_resets.delete_expired_links() == 0
    with clock.freeze_at(begun + timedelta(minutes=30)):
        assert not password_resets.is_valid_link(services.ring, token)
        with pytest.raises(NotFound):
            password_resets.reset_password(services, token, NEW)
        assert password_resets.delete_expired_links() == 1


def test_nothing_stored_opens_the_account(services, mailer, ann, mailed):
    token = mailed(ann.email)
    assert token not in everything()
    assert re.search(r"password_link .*'mark': '[0-9a-f]{64}'", everything())


def test_an_unknown_address_is_written_down_alike_and_mails_nobody(services, ann, mailer):
    password_resets.request_reset(services, "nobody@x.example")
    assert (count(PasswordResetRequest), count(Mail)) == (1, 0)
    assert "nobody@x.example" not in everything()


def test_three_mails_go_to_one_address_while_their_links_work(services, mailer, ann):
    with clock.freeze_at(clock.now()):
        for email in (ann.email, ann.email.upper(), ann.email, ann.email, ann.email):
            password_resets.request_reset(services, email)
        begun = clock.now()
    assert (count(Mail), count(PasswordResetRequest)) == (3, 3)
    with clock.freeze_at(begun + timedelta(minutes=30)):
        password_resets.request_reset(services, ann.email)
        assert password_resets.delete_expired_links() == 0
    assert (count(Mail), count(PasswordResetRequest)) == (4, 1)


def test_what_is_no_address_is_told(services):
    with pytest.raises(InvalidParameter, match="mail address"):
        password_resets.request_reset(services, "ann")


def test_a_mail_that_cannot_leave_is_given_up_after_30_minutes(services, mailer, ann):
    mailer.fault = MailLater("busy")
    begun = moment = clock.now()
    with clock.freeze_at(begun):
        password_resets.request_reset(services, ann.email)
    while moment < begun + timedelta(hours=1):
        with clock.freeze_at(moment):
            mail_delivery.deliver_due_mails(services)
        moment += timedelta(minutes=1)
    release_connection()
    assert db.session.execute(select(Mail.state)).scalars().all() == ["failed"]


def test_no_outbox_shows_these_mails(services, ann, mailed):
    mailed(ann.email)
    assert (outbox.list_mails(ann.actor).items, mails_by_state()) == ([], {})
    mail_id = db.session.execute(select(Mail.id)).scalar_one()
    with pytest.raises(NotFound):
        access.get_mail(ann.actor, mail_id)


def test_somebody_who_is_gone_meanwhile_gets_no_mail(services, mailer, ann):
    password_resets.request_reset(services, ann.email)
    from interviewrelay.core.db.session import transaction
    from interviewrelay.models import User

    with transaction():
        db.session.delete(db.session.get(User, ann.membership.user_id))
    mail_delivery.deliver_due_mails(services)
    assert (mailer.letters, count(PasswordReset)) == ([], 0)
