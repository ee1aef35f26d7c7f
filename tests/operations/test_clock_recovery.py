"""A clock that was ahead and is set right keeps nothing waiting."""

from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from interviewrelay.core import clock, ids
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.ports.mail import MailLater
from interviewrelay.core.ports.webhook_client import WebhookResponse
from interviewrelay.models import Delivery, Mail
from interviewrelay.notifications import mail_delivery
from interviewrelay.operations import clock_recovery
from interviewrelay.webhooks import delivery as webhook_delivery
from tests.factories import a_campaign, an_invite
from tests.webhooks.test_delivery import happens
from tests.webhooks.test_events import a_webhook

DAY = timedelta(days=1)


@pytest.fixture
def ahead(monkeypatch):
    """The machine's clock, by so much."""

    @contextmanager
    def by(much):
        with monkeypatch.context() as patch, clock.freeze_at(clock.now() + much):
            now = int(clock.now().timestamp() * 1e9)
            patch.setattr(ids, "time", SimpleNamespace(time_ns=lambda: now))
            yield

    return by


def due(kind):
    release_connection()
    query = select(kind.next_at).execution_options(populate_existing=True)
    return [at <= clock.now() for at in db.session.execute(query).scalars()]


def test_what_was_made_while_it_was_ahead_is_due(services, ann, ahead):
    campaign = a_campaign(ann)
    a_webhook(services, ann, "credits.low")
    with ahead(DAY):
        an_invite(services, campaign, send_email=True)
        happens(ann)
    assert due(Mail) == [False]
    assert due(Delivery) == [False]
    assert clock_recovery.reschedule() == 2
    assert due(Mail) == due(Delivery) == [True]
    assert clock_recovery.reschedule() == 0


@pytest.mark.parametrize("much", [DAY, 5 * DAY])
def test_what_was_put_off_while_it_was_ahead_is_due(services, ann, calls, mailer, ahead, much):
    campaign = a_campaign(ann)
    a_webhook(services, ann, "credits.low")
    an_invite(services, campaign, send_email=True)
    happens(ann)
    mailer.fault = MailLater("not now")
    calls.answers = [WebhookResponse(500, b"not now")]
    with ahead(much):
        assert mail_delivery.deliver_due_mails(services) == 1
        assert webhook_delivery.deliver_due_webhooks(services) == 1
    assert due(Mail) == due(Delivery) == [False]
    assert clock_recovery.reschedule() == 2
    assert due(Mail) == due(Delivery) == [True]
    mailer.fault = None
    assert mail_delivery.deliver_due_mails(services) == 1
    assert webhook_delivery.deliver_due_webhooks(services) == 1


def test_what_waits_by_right_goes_on_waiting(services, ann, calls, mailer, ahead):
    later = a_campaign(ann, starts_at=clock.now() + 40 * DAY)
    now = a_campaign(ann)
    a_webhook(services, ann, "credits.low")
    an_invite(services, later, send_email=True)
    with ahead(DAY):
        an_invite(services, later, email="other@example.com", send_email=True)
    an_invite(services, now, send_email=True)
    happens(ann)
    mailer.fault = MailLater("not now")
    calls.answers = [WebhookResponse(500, b"not now")]
    mail_delivery.deliver_due_mails(services)
    webhook_delivery.deliver_due_webhooks(services)
    assert clock_recovery.reschedule() == 0
    assert due(Mail) == [False] * 3
    assert due(Delivery) == [False]


@pytest.mark.parametrize("failed_ahead", [True, False])
def test_what_fails_again_once_it_is_right_waits_as_long_as_any(
    services, ann, calls, mailer, ahead, failed_ahead
):
    campaign = a_campaign(ann)
    a_webhook(services, ann, "credits.low")
    mailer.fault = MailLater("not now")
    calls.answers = [WebhookResponse(500, b"not now")] * 9
    with ahead(DAY):
        an_invite(services, campaign, send_email=True)
        happens(ann)
        if failed_ahead:
            mail_delivery.deliver_due_mails(services)
            webhook_delivery.deliver_due_webhooks(services)
    assert clock_recovery.reschedule() == 2
    for _ in range(3):
        with transaction():
            for kind in (Mail, Delivery):
                db.session.execute(update(kind).values(next_at=clock.now()))
        assert (
            mail_delivery.deliver_due_mails(services)
            == webhook_delivery.deliver_due_webhooks(services)
            == 1
        )
    assert due(Mail) == due(Delivery) == [False]
    assert clock_recovery.reschedule() == 0
