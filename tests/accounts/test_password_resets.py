"""Forgotten passwords: a link in a mail, once, for 30 minutes; and nobody learns who has an account."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from interviewrelay.accounts import password_resets
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, end_reading
from interviewrelay.core.errors import InvalidParameter, NotFound, RateLimited
from interviewrelay.core.ports.mail import MailLater
from interviewrelay.mail import outbox
from interviewrelay.models import Login, Mail, PasswordAsk, PasswordLink
from interviewrelay.notifications import delivery
from interviewrelay.organizations import access
from tests import factories
from tests.factories import mails_by_state
from tests.web.everything import everything

NEW = "a new and better password"


@pytest.fixture
def mailed(office, mailer):
    """Asks, and gives the token in the mail."""

    def ask(email):
        password_resets.ask(office, email)
        delivery.deliver_due(office)
        return mailer.letters[-1].facts["url"].rpartition("/")[2]

    return ask


def count(table):
    end_reading()
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_link_sets_the_password_once_and_ends_all_log_ins(office, mailer, ann, mailed):
    token = mailed(" ANN@alder.example ")
    factories.log_in(office, ann.email, ann.password)
    other = mailed(ann.email)
    assert password_resets.works(office.ring, token)
    password_resets.use(office, token, NEW)
    assert count(Login) == 0
    assert factories.log_in(office, ann.email, ann.password) is None
    assert factories.log_in(office, ann.email, NEW)
    for used in (token, other):
        with pytest.raises(NotFound):
            password_resets.use(office, used, "yet another password of mine")
    delivery.deliver_due(office)
    assert (mailer.letters[-1].kind, mailer.letters[-1].to) == ("password_changed", ann.email)


def test_a_weak_password_is_refused_and_the_link_still_works(office, ann, mailed):
    token = mailed(ann.email)
    with pytest.raises(InvalidParameter):
        password_resets.use(office, token, "short")
    password_resets.use(office, token, NEW)


def test_the_link_makes_a_browser_known_that_has_to_wait(office, ann, mailed):
    for _ in range(5):
        assert factories.log_in(office, ann.email, "wrong") is None
    with pytest.raises(RateLimited):
        factories.log_in(office, ann.email, ann.password)
    browser = password_resets.use(office, mailed(ann.email), NEW)
    with pytest.raises(RateLimited):
        factories.log_in(office, ann.email, NEW)
    caller = factories.a_caller(browser=browser)
    assert factories.log_in(office, ann.email, NEW, caller)


def test_a_link_works_for_30_minutes_and_is_swept_then(office, ann):
    with clock.standing_at(clock.now()):
        token = password_resets.issue(office, ann.membership.user_id).rpartition("/")[2]
        begun = clock.now()
    with clock.standing_at(begun + timedelta(minutes=30, seconds=-1)):
        assert password_resets.works(office.ring, token)
        assert password_resets.sweep() == 0
    with clock.standing_at(begun + timedelta(minutes=30)):
        assert not password_resets.works(office.ring, token)
        with pytest.raises(NotFound):
            password_resets.use(office, token, NEW)
        assert password_resets.sweep() == 1


def test_nothing_stored_opens_the_account(office, mailer, ann, mailed):
    token = mailed(ann.email)
    assert token not in everything()
    assert re.search(r"password_link .*'mark': '[0-9a-f]{64}'", everything())


def test_an_unknown_address_is_written_down_alike_and_mails_nobody(office, ann, mailer):
    password_resets.ask(office, "nobody@x.example")
    assert (count(PasswordAsk), count(Mail)) == (1, 0)
    assert "nobody@x.example" not in everything()


def test_three_mails_go_to_one_address_while_their_links_work(office, mailer, ann):
    with clock.standing_at(clock.now()):
        for email in (ann.email, ann.email.upper(), ann.email, ann.email, ann.email):
            password_resets.ask(office, email)
        begun = clock.now()
    assert (count(Mail), count(PasswordAsk)) == (3, 3)
    with clock.standing_at(begun + timedelta(minutes=30)):
        password_resets.ask(office, ann.email)
        assert password_resets.sweep() == 0
    assert (count(Mail), count(PasswordAsk)) == (4, 1)


def test_what_is_no_address_is_told(office):
    with pytest.raises(InvalidParameter, match="mail address"):
        password_resets.ask(office, "ann")


def test_a_mail_that_cannot_leave_is_given_up_after_30_minutes(office, mailer, ann):
    mailer.fault = MailLater("busy")
    begun = moment = clock.now()
    with clock.standing_at(begun):
        password_resets.ask(office, ann.email)
    while moment < begun + timedelta(hours=1):
        with clock.standing_at(moment):
            delivery.deliver_due(office)
        moment += timedelta(minutes=1)
    end_reading()
    assert db.session.execute(select(Mail.state)).scalars().all() == ["failed"]


def test_no_outbox_shows_these_mails(office, ann, mailed):
    mailed(ann.email)
    assert (outbox.listing(ann.actor).items, mails_by_state()) == ([], {})
    mail_id = db.session.execute(select(Mail.id)).scalar_one()
    with pytest.raises(NotFound):
        access.mail(ann.actor, mail_id)


def test_somebody_who_is_gone_meanwhile_gets_no_mail(office, mailer, ann):
    password_resets.ask(office, ann.email)
    from interviewrelay.core.db.session import transaction
    from interviewrelay.models import User

    with transaction():
        db.session.delete(db.session.get(User, ann.membership.user_id))
    delivery.deliver_due(office)
    assert (mailer.letters, count(PasswordLink)) == ([], 0)
