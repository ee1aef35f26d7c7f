"""What a request leaves to be done says in the log whose it is."""

import io
import json
import logging

import pytest
from sqlalchemy import select

from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.observability import correlation, logging_setup
from interviewrelay.models import AuditEntry, Event, Job
from interviewrelay.worker import schedule
from tests.factories import a_campaign, a_finished_interview
from tests.webhooks.test_events import a_webhook

ID = "abc-123_XYZ"
TRIED = ("mail_tried", "delivery_tried", "job_done")


@pytest.fixture
def lines():
    """What was logged since, as it is written."""
    logger, written = logging.getLogger("interviewrelay"), io.StringIO()
    handler, level = logging.StreamHandler(written), logger.level
    handler.setFormatter(logging_setup.JsonFormatter())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)

    def read():
        found = [json.loads(text) for text in written.getvalue().splitlines()]
        written.seek(written.truncate(0))
        return found

    yield read
    logger.removeHandler(handler)
    logger.setLevel(level)


def tried(found):
    return {
        (f["event"], f.get("kind"), f.get("request_id")) for f in found if f["event"] in TRIED
    }


def test_mails_and_deliveries_are_logged_with_the_request_that_caused_them(
    app, client, services, ann, calls, lines
):
    a_webhook(services, ann)
    path = f"/api/campaigns/{a_campaign(ann).id}/invites"
    for name, request_id in (("pat", ID), ("kim", "another")):
        headers = {**ann.auth, "X-Request-Id": request_id}
        told = client.post(path, json={"emails": [f"{name}@x.example"]}, headers=headers)
        assert told.status_code == 201, told.text
    assert correlation.get_request_id() is None
    lines()
    schedule.run_all_once(app)
    found = lines()
    assert tried(found) == {
        (event, kind, request_id)
        for event, kind in (("mail_tried", "invite"), ("delivery_tried", "invite.created"))
        for request_id in (ID, "another")
    }
    own = [line for line in found if line["event"] == "task_done"]
    assert own
    assert not any("request_id" in line for line in own)
    assert "x.example" not in json.dumps(found)


def test_what_follows_from_a_job_has_the_same_cause(app, services, ann, calls, lines):
    a_webhook(services, ann)
    with correlation.with_request_id(ID):
        a_finished_interview(services, a_campaign(ann), "It took an hour.")
    assert set(db.session.execute(select(Job.request_id)).scalars()) == {ID}
    release_connection()
    schedule.run_all_once(app)
    query = select(Event.request_id).where(Event.kind == "analysis.ready")
    assert db.session.execute(query).scalar_one() == ID
    found = lines()
    assert {f["request_id"] for f in found if f["event"] == "job_done"} == {ID}
    assert ("delivery_tried", "analysis.ready", ID) in tried(found)


def test_what_fails_is_logged_with_its_cause_too(app, client, ann, mailer, lines):
    mailer.fault = ZeroDivisionError()
    headers = {**ann.auth, "X-Request-Id": ID}
    path = f"/api/campaigns/{a_campaign(ann).id}/invites"
    client.post(path, json={"emails": ["pat@x.example"]}, headers=headers)
    lines()
    schedule.run_all_once(app)
    found = {line["event"]: line for line in lines()}
    assert found["mail_failed"]["request_id"] == found["mail_tried"]["request_id"] == ID
    assert found["mail_tried"]["code"] == "MailLater"


def test_a_change_is_noted_with_its_request(client, ann):
    wanted = {"url": "https://hooks.example/a", "events": ["*"]}
    headers = {**ann.auth, "X-Request-Id": ID}
    assert client.post("/api/webhooks", json=wanted, headers=headers).status_code == 201
    noted = select(AuditEntry.act, AuditEntry.request_id).order_by(AuditEntry.id.desc())
    assert db.session.execute(noted).first() == ("webhook_made", ID)
