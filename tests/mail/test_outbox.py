"""Mails: queued with their cause, handed over once, tried again, or seen to have failed."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from interviewrelay.adapters.mail.mailer import OutboxOnlyMailer
from interviewrelay.campaigns.invites import reminders
from interviewrelay.core import clock
from interviewrelay.core.db import session
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.ports.mail import MailLater, MailRefused, MailServerAway
from interviewrelay.mail import outbox
from interviewrelay.models import Campaign, Mail
from interviewrelay.notifications import (
    mail_delivery,
    messages,
    representation as notification_representation,
)
from interviewrelay.organizations import access
from tests.factories import a_campaign, a_finished_interview, an_invite
from tests.fakes import FakeMailer

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def queued(services, campaign):
    """A mail that is due at noon."""
    with clock.freeze_at(NOON):
        an_invite(services, campaign, send_email=True, custom_message="Please do.")
    return row().id


def row():
    release_connection()
    return db.session.execute(
        select(Mail).execution_options(populate_existing=True)
    ).scalar_one()


def deliver(services, **later):
    with clock.freeze_at(NOON + timedelta(**later)):
        return mail_delivery.deliver_due_mails(services)


def test_a_mail_is_queued_in_the_transaction_of_its_invite(services, campaign, monkeypatch):
    def fails(*_given, **_more):
        raise MemoryError

    monkeypatch.setattr(outbox, "enqueue_mail", fails)
    with pytest.raises(MemoryError):
        an_invite(services, campaign, send_email=True)
    release_connection()
    db.session.refresh(campaign)
    assert campaign.invites_sent == 0
    assert db.session.execute(select(Mail)).first() is None


def test_a_mail_cannot_be_queued_outside_a_transaction(services, campaign):
    invite, _ = an_invite(services, campaign)
    with pytest.raises(RuntimeError, match="inside a transaction"):
        outbox.enqueue_mail(invite, "invite")


def test_one_kind_of_mail_goes_to_an_invite_once(services, campaign):
    invite, _ = an_invite(services, campaign, send_email=True)
    with pytest.raises(IntegrityError), transaction():
        outbox.enqueue_mail(invite, "invite")
        db.session.flush()


def test_a_due_mail_is_handed_over_with_all_that_it_needs(services, mailer, queued):
    assert deliver(services) == 1
    letter = mailer.letters[0]
    token = services.ring.decrypt(row().invite.sealed_token)
    assert letter.to == "pat@example.com"
    assert letter.facts["url"] == f"http://127.0.0.1:8000/interview/{token}"
    assert letter.facts["custom_message"] == "Please do."
    assert letter.facts["minutes"] == "15"
    assert letter.sender_name == "Alder"
    assert (row().state, row().sent_at, row().attempts) == ("sent", NOON, 1)
    assert deliver(services, days=1) == 0


def test_the_outside_is_called_outside_of_any_transaction_and_connection(
    services, mailer, queued, monkeypatch
):
    seen = []

    def deliver_watched(letter):
        session.refuse_transaction()
        seen.append(db.engine.pool.checkedout())
        return "sent"

    monkeypatch.setattr(mailer, "deliver", deliver_watched)
    deliver(services)
    assert seen == [0]


def test_a_mail_is_claimed_by_one_of_two_threads(app, services, mailer, queued):
    barrier, outcomes = threading.Barrier(2), []

    def run():
        with app.app_context(), clock.freeze_at(NOON):
            barrier.wait()
            outcomes.append(mail_delivery.deliver_mail(services, queued))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [None, "sent"]
    assert len(mailer.letters) == 1


def test_a_failing_server_is_tried_for_48_hours_with_growing_waits_then_the_mail_has_failed(
    services, mailer, queued, campaign
):
    mailer.fault = MailLater("busy")
    moments, moment = [], NOON
    while row().state == "queued":
        with clock.freeze_at(moment - timedelta(seconds=1)):
            assert mail_delivery.deliver_due_mails(services) == 0
        with clock.freeze_at(moment):
            assert mail_delivery.deliver_due_mails(services) == 1
        moments.append(moment)
        moment = row().next_at
    assert (row().state, row().last_error) == ("failed", "busy")
    assert moments[-1] == NOON + timedelta(hours=48)
    waits = [(b - a).total_seconds() for a, b in pairwise(moments)]
    growing = [*mail_delivery.RETRY_DELAYS, *[mail_delivery.RETRY_DELAYS[-1]] * len(waits)]
    for actual, meant in zip(waits[:-1], growing, strict=False):
        assert 0.8 * meant - 1 <= actual <= 1.2 * meant + 1
    assert len(waits) > len(mail_delivery.RETRY_DELAYS)
    db.session.refresh(campaign)
    assert campaign.failed == 1


def test_waits_are_spread_by_a_fifth_both_ways():
    waits = [mail_delivery.get_retry_delay(f"mail {n}", 1).total_seconds() for n in range(500)]
    assert 48 <= min(waits) < 50
    assert 70 < max(waits) <= 72
    assert mail_delivery.get_retry_delay("mail 1", 1) == mail_delivery.get_retry_delay(
        "mail 1", 1
    )


def test_the_48_hours_begin_at_the_first_failure_and_again_when_somebody_tries_again(
    services, mailer, queued
):
    mailer.fault = MailLater("busy")
    deliver(services, hours=100)
    assert row().tried_until == NOON + timedelta(hours=148)
    deliver(services, hours=149)
    assert row().state == "failed"
    with clock.freeze_at(NOON + timedelta(hours=150)):
        outbox.retry_mail(row())
    deliver(services, hours=150)
    assert (row().state, row().tried_until) == ("queued", NOON + timedelta(hours=198))


class AwayAfter(FakeMailer):
    """A server that goes away after some letters."""

    def __init__(self, letters):
        super().__init__()
        self.left, self.calls = letters, 0

    def deliver(self, letter):
        self.calls += 1
        if self.left == 0:
            raise MailServerAway("the email server could not be reached")
        self.left -= 1
        return super().deliver(letter)


def test_when_the_server_goes_away_one_mail_finds_out_and_the_others_wait_with_it(
    services, campaign
):
    away = AwayAfter(2)
    with clock.freeze_at(NOON):
        for number in range(9):
            an_invite(services, campaign, f"n{number}@x.example", send_email=True)
        assert mail_delivery.deliver_due_mails(replace(services, mailer=away)) == 3
        assert mail_delivery.deliver_due_mails(replace(services, mailer=away)) == 0
    assert away.calls == 3
    rows = db.session.execute(select(Mail).where(Mail.state == "queued")).scalars().all()
    assert len(rows) == 7
    assert {r.attempts for r in rows} == {1}
    assert {r.last_error for r in rows} == {"the email server could not be reached"}
    assert all(r.next_at > NOON for r in rows)
    assert {r.tried_until for r in rows} == {NOON + timedelta(hours=48)}
    away.left = -1
    with clock.freeze_at(NOON + timedelta(hours=24)):
        assert mail_delivery.deliver_due_mails(replace(services, mailer=away)) == 7
    assert sorted(letter.to for letter in away.letters) == [
        f"n{number}@x.example" for number in range(9)
    ]


def test_a_server_that_stays_away_leaves_all_mails_failed_and_counted_once(services, ann):
    from interviewrelay.operations import consistency_check

    away = replace(services, mailer=AwayAfter(0))
    campaigns = [a_campaign(ann), a_campaign(ann)]
    with clock.freeze_at(NOON):
        for number in range(6):
            to = campaigns[number % 2]
            an_invite(services, to, f"n{number}@x.example", send_email=True)
    moment = NOON
    while moment is not None:
        with clock.freeze_at(moment):
            mail_delivery.deliver_due_mails(away)
        release_connection()
        query = select(func.min(Mail.next_at)).where(Mail.state == "queued")
        moment = db.session.execute(query).scalar_one()
    for campaign in campaigns:
        db.session.refresh(campaign)
    assert [c.failed for c in campaigns] == [3, 3]
    assert not any(consistency_check.run_checks().values())


def test_who_comes_late_marks_nothing(services, mailer, queued, monkeypatch):
    def hangs(letter):
        monkeypatch.undo()
        with clock.freeze_at(NOON + mail_delivery.LEASE):
            assert mail_delivery.deliver_due_mails(services) == 1
        raise MailRefused("too late")

    monkeypatch.setattr(mailer, "deliver", hangs)
    deliver(services)
    assert (row().state, row().last_error) == ("sent", None)


def test_a_mail_whose_link_has_ended_does_not_leave(services, mailer, queued, campaign):
    deliver(services, hours=168)
    assert (row().state, mailer.letters) == ("failed", [])
    assert row().last_error == "the link expired before this email was sent"


def test_a_mail_to_somebody_who_has_completed_does_not_leave(services, mailer, campaign):
    interview = a_finished_interview(services, campaign)
    with transaction():
        outbox.enqueue_mail(interview.invite, "reminder")
    assert mail_delivery.deliver_due_mails(services) == 1
    assert (row().state, mailer.letters) == ("failed", [])


def test_a_mail_server_that_is_back_gets_the_mail(services, mailer, queued):
    mailer.fault = MailLater("busy")
    deliver(services)
    mailer.fault = None
    deliver(services, seconds=72)
    assert (row().state, row().last_error, len(mailer.letters)) == ("sent", None, 1)


def test_a_refused_mail_has_failed_at_once_and_counts(services, mailer, queued, campaign):
    mailer.fault = MailRefused("550 no such user")
    deliver(services)
    assert (row().state, row().last_error) == ("failed", "550 no such user")
    db.session.refresh(campaign)
    assert campaign.failed == 1
    assert deliver(services, days=9) == 0


def test_without_a_mail_server_a_mail_is_kept_with_its_link(services, ann, queued):
    quiet = replace(services, mailer=OutboxOnlyMailer())
    deliver(quiet)
    shape = notification_representation.mail(services, ann.actor, row())
    assert (shape["state"], shape["sent_at"]) == ("kept", None)
    assert shape["url"].startswith("http://127.0.0.1:8000/interview/inv_")


@pytest.mark.parametrize("state", ["kept", "failed"])
def test_a_mail_that_was_kept_or_has_failed_can_be_tried_again(services, mailer, queued, state):
    with transaction():
        db.session.get(Mail, queued).state = state
    with clock.freeze_at(NOON):
        assert outbox.retry_mail(row()).state == "queued"
        assert outbox.retry_mail(row()).state == "queued"
    deliver(services)
    assert row().state == "sent"


def test_a_mail_that_was_sent_is_not_sent_again(services, mailer, queued):
    deliver(services)
    assert outbox.retry_mail(row()).state == "sent"


def test_who_dies_with_a_mail_in_hand_leaves_it_to_others_after_five_minutes(
    services, mailer, queued, monkeypatch
):
    monkeypatch.setattr(messages, "build_message", lambda *_: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        deliver(services)
    monkeypatch.undo()
    assert row().state == "sending"
    assert deliver(services, seconds=299) == 0
    assert deliver(services, seconds=300) == 1
    assert (row().state, len(mailer.letters)) == ("sent", 1)


def test_a_mail_that_is_erased_in_between_is_not_handed_over(
    services, mailer, queued, monkeypatch
):
    claim = mail_delivery._claim

    def then_erased(mail_id):
        claimed = claim(mail_id)
        with transaction():
            db.session.delete(db.session.get(Mail, mail_id))
        return claimed

    monkeypatch.setattr(mail_delivery, "_claim", then_erased)
    deliver(services)
    assert mailer.letters == []


def test_mails_are_listed_in_their_own_organization(ann, ben, queued):
    assert [mail.id for mail in outbox.list_mails(ann.actor).items] == [queued]
    assert outbox.list_mails(ben.actor).items == []
    assert access.get_mail(ann.actor, queued).id == queued


def test_only_so_many_are_handed_over_at_once(services, mailer, campaign):
    for number in range(3):
        an_invite(services, campaign, f"n{number}@x.example", send_email=True)
    assert [
        mail_delivery.deliver_due_mails(services, most=2),
        mail_delivery.deliver_due_mails(services),
    ] == [2, 1]
    assert db.session.get(Campaign, campaign.id).failed == 0


def test_a_failed_mail_that_is_tried_again_counts_as_failed_no_more(services, ann, mailer):
    from interviewrelay.operations import consistency_check

    campaign = a_campaign(ann)
    an_invite(services, campaign, send_email=True)
    mailer.fault = MailRefused("no")
    mail_delivery.deliver_due_mails(services)
    db.session.refresh(campaign)
    assert campaign.failed == 1
    mail = outbox.retry_mail(outbox.list_mails(ann.actor).items[0])
    db.session.refresh(campaign)
    assert (campaign.failed, mail.state) == (0, "queued")
    assert not any(consistency_check.run_checks().values())


def test_a_reminder_waits_for_the_invitation_that_is_still_on_its_way(
    services, mailer, queued, campaign
):
    with clock.freeze_at(NOON):
        assert reminders.queue_reminders(services.ring, campaign) == 1
        mailer.fault = MailLater("busy")
        assert mail_delivery.deliver_due_mails(services) == 1
        mailer.fault = None
        assert mail_delivery.deliver_due_mails(services) == 0
    assert deliver(services, minutes=2) == 1
    assert deliver(services, minutes=2) == 1
    subjects = [letter.subject for letter in mailer.letters]
    assert len(subjects) == 2
    assert [w.startswith("Reminder") for w in subjects] == [False, True]


def test_a_fault_of_the_mailer_is_a_failed_attempt_with_its_reason(
    services, mailer, queued, monkeypatch, caplog
):
    def breaks(_letter):
        raise UnicodeEncodeError("ascii", "p\xe4ss", 1, 2, "no")

    monkeypatch.setattr(mailer, "deliver", breaks)
    assert deliver(services) == 1
    assert (row().state, row().attempts) == ("queued", 1)
    assert row().last_error == "the email could not be sent (UnicodeEncodeError)"
    assert "mail_failed" in caplog.text
    monkeypatch.undo()
    assert deliver(services, minutes=2) == 1
    assert row().state == "sent"


def test_a_lease_of_a_clock_that_was_set_back_ends(services, mailer, queued):
    with clock.freeze_at(NOON + timedelta(hours=2)):
        assert mail_delivery._claim(queued)
    assert deliver(services) == 1
    assert (row().state, len(mailer.letters)) == ("sent", 1)


def test_a_lease_holds_for_as_long_as_leases_last(services, queued):
    with clock.freeze_at(NOON):
        assert mail_delivery._claim(queued)
    assert deliver(services, minutes=1) == 0
