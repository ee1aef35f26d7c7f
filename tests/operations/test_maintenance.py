"""What waits, what has failed and how a server is, for whoever administers it."""

from datetime import timedelta

import pytest

from interviewrelay.core import clock
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, Forbidden, NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.mail import MailRefused
from interviewrelay.models import Delivery, Mail, Webhook
from interviewrelay.notifications import mail_delivery
from interviewrelay.operations import maintenance, representation
from interviewrelay.operations.server_checks import CheckedServer
from interviewrelay.runtime import job_queue
from interviewrelay.webhooks import delivery_log, endpoints
from tests.factories import a_campaign, a_finished_interview, an_invite

ALL = pagination.Window()


@pytest.fixture
def server(app, services):
    return CheckedServer(services, app.extensions["settings"])


def queue(actor, name):
    return next(q for q in maintenance.list_queues(actor) if q.name == name)


def test_all_of_it_is_for_administrators_of_the_server_alone(ann, server):
    for act in (
        lambda: maintenance.list_queues(ann.actor),
        lambda: maintenance.list_jobs(ann.actor),
        lambda: maintenance.run_job_now(ann.actor, new_id()),
        lambda: maintenance.list_failed_mails(ann.actor, ALL),
        lambda: maintenance.list_failed_deliveries(ann.actor, ALL),
        lambda: maintenance.list_broken_webhooks(ann.actor),
        lambda: maintenance.retry_mail(ann.actor, new_id()),
        lambda: maintenance.retry_delivery(ann.actor, new_id()),
        lambda: maintenance.run_quick_checks(ann.actor, server),
        lambda: maintenance.run_all_checks(ann.actor, server),
    ):
        with pytest.raises(Forbidden):
            act()


def test_work_that_fails_is_late_and_is_done_when_it_is_hurried(services, root, ann):
    a_finished_interview(services, a_campaign(ann), "It took an hour.")
    ((row, name),) = maintenance.list_jobs(root.actor)
    assert name == "Alder"

    def fails(*_):
        raise OSError("no disk")

    assert job_queue.run_due_jobs(services, {row.kind: fails}) == 1
    now = queue(root.actor, "Jobs")
    assert (now.waiting, now.failed, now.late, now.since) == (1, 1, 0, None)
    with clock.freeze_at(clock.now() + timedelta(minutes=10)):
        late = queue(root.actor, "Jobs")
        assert (late.late, late.since is not None) == (1, True)
    assert job_queue.run_due_jobs(services, {row.kind: fails}) == 0  # not before its time
    maintenance.run_job_now(root.actor, row.id)
    done = []

    def works(_office, job_id, _subject):
        with transaction():
            done.append(job_queue.finish_job(job_id))

    assert job_queue.run_due_jobs(services, {row.kind: works}) == 1
    assert done == [True]
    assert maintenance.list_jobs(root.actor) == []
    for gone in (row.id, "no id"):
        with pytest.raises(NotFound):
            maintenance.run_job_now(root.actor, gone)


def test_a_mail_that_failed_is_sent_again_and_tells_nobodys_address(
    services, root, ann, mailer
):
    an_invite(services, a_campaign(ann), "pat@secret.example", send_email=True)
    mailer.fault = MailRefused("550 no such person")
    mail_delivery.deliver_due_mails(services)
    assert queue(root.actor, "Emails").failed == 1
    (row,) = maintenance.list_failed_mails(root.actor, ALL).items
    shape = representation.failed_mail(
        row, maintenance.get_organization_names([row])[row.org_id]
    )
    assert "pat@" not in str(shape)
    assert (shape["kind"], shape["organization"], shape["host"], shape["reason"]) == (
        "Invitation", "Alder", "secret.example", "550 no such person",
    )  # fmt: skip
    mailer.fault = None
    maintenance.retry_mail(root.actor, row.id)
    assert mail_delivery.deliver_due_mails(services) == 1
    assert [letter.to for letter in mailer.letters] == ["pat@secret.example"]
    for nothing in (row.id, "no id"):
        with pytest.raises(NotFound):
            maintenance.retry_mail(root.actor, nothing)


@pytest.fixture
def failed(services, ann):
    """A webhook and its delivery, which has failed."""
    webhook, _ = endpoints.create_webhook(
        services, ann.actor, endpoints.WebhookSettings("https://hooks.example/a")
    )
    delivery_id = delivery_log.send_ping(webhook)
    with transaction():
        db.session.get(Delivery, delivery_id).state = "failed"
    return webhook, delivery_id


def test_a_delivery_that_failed_goes_out_again_where_its_webhook_is_open(root, failed):
    webhook, delivery_id = failed
    assert queue(root.actor, "Webhooks").failed == 1
    (row,) = maintenance.list_failed_deliveries(root.actor, ALL).items
    shape = representation.failed_delivery(row, "Alder")
    assert (shape["kind"], shape["host"], shape["open"]) == (
        "webhook.ping",
        "hooks.example",
        True,
    )
    endpoints.switch_webhook(webhook, on=False)
    with pytest.raises(Conflict, match="turned off"):
        maintenance.retry_delivery(root.actor, delivery_id)
    endpoints.switch_webhook(webhook, on=True)
    with transaction():
        db.session.get(Delivery, delivery_id).state = "failed"
    maintenance.retry_delivery(root.actor, delivery_id)
    assert queue(root.actor, "Webhooks").waiting == 1
    for nothing in (delivery_id, "no id"):
        with pytest.raises(NotFound):
            maintenance.retry_delivery(root.actor, nothing)


def test_webhooks_where_nothing_arrives_are_told_but_not_those_switched_off_by_hand(
    root, failed
):
    webhook, _ = failed
    assert maintenance.list_broken_webhooks(root.actor) == []
    endpoints.switch_webhook(webhook, on=False)
    assert maintenance.list_broken_webhooks(root.actor) == []
    endpoints.switch_webhook(webhook, on=True)
    with transaction():
        db.session.get(Webhook, webhook.id).failing_since = clock.now()
    (row,) = maintenance.list_broken_webhooks(root.actor)
    shape = representation.broken_webhook(row, "Alder")
    assert (shape["host"], shape["disabled_by"]) == ("hooks.example", "")
    assert shape["since"] is not None


def test_the_server_is_looked_at_and_all_is_proved_unless_that_is_much(
    services, root, ann, server, monkeypatch
):
    glance = maintenance.run_quick_checks(root.actor, server)
    assert set(glance) == set(maintenance.AT_A_GLANCE)
    proved = maintenance.run_all_checks(root.actor, server)
    assert set(glance) < set(proved)
    assert "counters are correct" in proved
    a_finished_interview(services, a_campaign(ann), "It took an hour.")
    monkeypatch.setattr(maintenance, "MOST_PROVEN", 0)
    with pytest.raises(Conflict, match="interviewrelay doctor"):
        maintenance.run_all_checks(root.actor, server)


def test_shapes_of_what_has_no_more_to_tell(services, root, ann):
    now = clock.now()
    notice = Mail(
        id=new_id(), org_id=ann.actor.org_id, recipient="a@x.example", facts={}, kind="credits",
        attempts=1, next_at=now,
    )  # fmt: skip
    shape = representation.failed_mail(notice, "Alder")
    assert (shape["host"], shape["reason"]) == ("x.example", "")
