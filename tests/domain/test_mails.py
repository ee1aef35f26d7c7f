"""Mails: queued with their cause, handed over once, tried again, or seen to have failed."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from interviewrelay import clock, database
from interviewrelay.adapters.mail import KeptMail
from interviewrelay.database import db, end_reading, transaction
from interviewrelay.domain import access, mails, represent
from interviewrelay.models import Campaign, Mail
from interviewrelay.ports import MailLater, MailRefused
from tests.factories import a_campaign, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def queued(office, campaign):
    """A mail that is due at noon."""
    with clock.standing_at(NOON):
        an_invite(office, campaign, send_email=True, custom_message="Please do.")
    return row().id


def row():
    end_reading()
    return db.session.execute(
        select(Mail).execution_options(populate_existing=True)
    ).scalar_one()


def deliver(office, **later):
    with clock.standing_at(NOON + timedelta(**later)):
        return mails.deliver_due(office)


def test_a_mail_is_queued_in_the_transaction_of_its_invite(office, campaign, monkeypatch):
    def fails(*_):
        raise MemoryError

    monkeypatch.setattr(mails, "enqueue", fails)
    with pytest.raises(MemoryError):
        an_invite(office, campaign, send_email=True)
    end_reading()
    db.session.refresh(campaign)
    assert campaign.invites_sent == 0
    assert db.session.execute(select(Mail)).first() is None


def test_a_mail_cannot_be_queued_outside_a_transaction(office, campaign):
    invite, _ = an_invite(office, campaign)
    with pytest.raises(RuntimeError, match="open transaction"):
        mails.enqueue(invite, "invite")


def test_one_kind_of_mail_goes_to_an_invite_once(office, campaign):
    invite, _ = an_invite(office, campaign, send_email=True)
    with pytest.raises(IntegrityError), transaction():
        mails.enqueue(invite, "invite")
        db.session.flush()


def test_a_due_mail_is_handed_over_with_all_that_it_needs(office, mailer, queued):
    assert deliver(office) == 1
    letter = mailer.letters[0]
    token = office.ring.open(row().invite.sealed_token)
    assert letter.to == "pat@example.com"
    assert letter.facts["url"] == f"http://127.0.0.1:8000/interview/{token}"
    assert letter.facts["custom_message"] == "Please do."
    assert letter.facts["minutes"] == "15"
    assert letter.sender_name == "Alder"
    assert (row().state, row().sent_at, row().attempts) == ("sent", NOON, 1)
    assert deliver(office, days=1) == 0


def test_the_outside_is_called_outside_of_any_transaction_and_connection(
    office, mailer, queued, monkeypatch
):
    seen = []

    def deliver_watched(letter):
        database.refuse_transaction()
        seen.append(db.engine.pool.checkedout())
        return "sent"

    monkeypatch.setattr(mailer, "deliver", deliver_watched)
    deliver(office)
    assert seen == [0]


def test_a_mail_is_claimed_by_one_of_two_threads(app, office, mailer, queued):
    barrier, outcomes = threading.Barrier(2), []

    def run():
        with app.app_context(), clock.standing_at(NOON):
            barrier.wait()
            outcomes.append(mails.deliver(office, queued))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]
    assert len(mailer.letters) == 1


def test_a_failing_server_is_tried_again_on_the_schedule_until_the_mail_has_failed(
    office, mailer, queued, campaign
):
    mailer.fault = MailLater("busy")
    tried, moment = [], NOON
    for wait in mails.RETRY_AFTER:
        with clock.standing_at(moment):
            tried.append(mails.deliver_due(office))
        assert (row().state, row().last_error) == ("queued", "busy")
        assert row().next_at == moment + timedelta(seconds=wait)
        with clock.standing_at(row().next_at - timedelta(seconds=1)):
            assert mails.deliver_due(office) == 0
        moment = row().next_at
    with clock.standing_at(moment):
        tried.append(mails.deliver_due(office))
    assert tried == [1] * 8
    assert (row().state, row().attempts) == ("failed", 8)
    db.session.refresh(campaign)
    assert campaign.failed == 1


def test_a_mail_server_that_is_back_gets_the_mail(office, mailer, queued):
    mailer.fault = MailLater("busy")
    deliver(office)
    mailer.fault = None
    deliver(office, minutes=1)
    assert (row().state, row().last_error, len(mailer.letters)) == ("sent", None, 1)


def test_a_refused_mail_has_failed_at_once_and_counts(office, mailer, queued, campaign):
    mailer.fault = MailRefused("550 no such user")
    deliver(office)
    assert (row().state, row().last_error) == ("failed", "550 no such user")
    db.session.refresh(campaign)
    assert campaign.failed == 1
    assert deliver(office, days=9) == 0


def test_without_a_mail_server_a_mail_is_kept_with_its_link(office, ann, queued):
    quiet = replace(office, mailer=KeptMail())
    deliver(quiet)
    shape = represent.mail(office, ann.actor, row())
    assert (shape["state"], shape["sent_at"]) == ("kept", None)
    assert shape["url"].startswith("http://127.0.0.1:8000/interview/inv_")


@pytest.mark.parametrize("state", ["kept", "failed"])
def test_a_mail_that_was_kept_or_has_failed_can_be_tried_again(office, mailer, queued, state):
    with transaction():
        db.session.get(Mail, queued).state = state
    with clock.standing_at(NOON):
        assert mails.try_again(row()).state == "queued"
        assert mails.try_again(row()).state == "queued"
    deliver(office)
    assert row().state == "sent"


def test_a_mail_that_was_sent_is_not_sent_again(office, mailer, queued):
    deliver(office)
    assert mails.try_again(row()).state == "sent"


def test_who_dies_with_a_mail_in_hand_leaves_it_to_others_after_two_minutes(
    office, mailer, queued, monkeypatch
):
    monkeypatch.setattr(mails, "_letter", lambda *_: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        deliver(office)
    monkeypatch.undo()
    assert row().state == "sending"
    assert deliver(office, seconds=119) == 0
    assert deliver(office, seconds=120) == 1
    assert (row().state, len(mailer.letters)) == ("sent", 1)


def test_a_mail_that_is_erased_in_between_is_not_handed_over(
    office, mailer, queued, monkeypatch
):
    claim = mails._claim

    def then_erased(mail_id):
        claimed = claim(mail_id)
        with transaction():
            db.session.delete(db.session.get(Mail, mail_id))
        return claimed

    monkeypatch.setattr(mails, "_claim", then_erased)
    deliver(office)
    assert mailer.letters == []


def test_mails_are_listed_in_their_own_organization(ann, ben, queued):
    assert [mail.id for mail in mails.listing(ann.actor).items] == [queued]
    assert mails.listing(ben.actor).items == []
    assert access.mail(ann.actor, queued).id == queued


def test_only_so_many_are_handed_over_at_once(office, mailer, campaign):
    for number in range(3):
        an_invite(office, campaign, f"n{number}@x.example", send_email=True)
    assert [mails.deliver_due(office, most=2), mails.deliver_due(office)] == [2, 1]
    assert db.session.get(Campaign, campaign.id).failed == 0


def test_a_failed_mail_that_is_tried_again_counts_as_failed_no_more(office, ann, mailer):
    from interviewrelay.domain import doctor

    campaign = a_campaign(ann)
    an_invite(office, campaign, send_email=True)
    mailer.fault = MailRefused("no")
    mails.deliver_due(office)
    db.session.refresh(campaign)
    assert campaign.failed == 1
    mail = mails.try_again(mails.listing(ann.actor).items[0])
    db.session.refresh(campaign)
    assert (campaign.failed, mail.state) == (0, "queued")
    assert not any(doctor.examine().values())
