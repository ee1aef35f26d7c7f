"""Many mails at once: taken in one call, handed over on one connection, and by a server that fails.

MANY_MAILS is how many (default 100).
"""

import math
import os
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from interviewrelay.adapters.mail.mailer import SmtpMailer
from interviewrelay.core import clock
from interviewrelay.core.config.program import find_asset_root
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.models import Mail
from interviewrelay.notifications import mail_delivery
from interviewrelay.operations import consistency_check
from tests.factories import a_campaign, mails_by_state
from tests.flows.mail_sink import Letters, Rude, serving
from tests.flows.waiting import PATIENCE

MANY = int(os.environ.get("MANY_MAILS", "100"))
EVERYBODY = [f"person{number}@x.example" for number in range(MANY)]


@pytest.fixture(autouse=True)
def rounds_without_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A round ends when nothing is due, however slow the machine is."""
    monkeypatch.setattr(mail_delivery, "ROUND_SECONDS", math.inf)


def invited(client: Any, ann: Any) -> None:
    """Invites everybody in one call."""
    campaign = a_campaign(ann)
    address, sent = f"/api/campaigns/{campaign.id}/invites", {"emails": EVERYBODY}
    answered = client.post(address, json=sent, headers=ann.auth)
    assert (answered.status_code, answered.json["sent"]) == (201, MANY)


def by(services: Any, sink: Letters) -> Any:
    return replace(
        services,
        mailer=SmtpMailer(
            sink.url, "A <a@x.example>", find_asset_root() / "templates", seconds=PATIENCE
        ),
    )


def rounds_until_none_waits(services: Any) -> int:
    """The worker's rounds, with the clock moved to when the next mail is due."""
    moment, rounds = clock.now(), 0
    waiting = select(func.min(Mail.next_at)).where(Mail.state.in_(Mail.ON_THE_WAY))
    while first := db.session.execute(waiting).scalar_one():
        moment = max(moment, first)
        with clock.freeze_at(moment):
            mail_delivery.deliver_due_mails(services)
        release_connection()
        rounds += 1
    return rounds


def test_many_invites_are_taken_in_one_call_and_mailed_on_few_connections(
    client, services, ann
):
    invited(client, ann)
    with serving(Rude) as sink:
        assert rounds_until_none_waits(by(services, sink)) <= 1 + MANY // 100
        assert sink.calls <= 1 + MANY // 100
    assert sink.taken == dict.fromkeys(EVERYBODY, 1)
    assert mails_by_state() == {"sent": MANY}


def test_a_server_that_fails_at_random_gets_each_mail_once(client, services, ann):
    invited(client, ann)
    with serving(Rude, rate=0.1) as sink:
        rounds_until_none_waits(by(services, sink))
    assert all(sink.faults[kind] for kind in ("4xx", "drop"))
    assert sink.taken == dict.fromkeys(EVERYBODY, 1)
    assert mails_by_state() == {"sent": MANY}
    assert not any(consistency_check.run_checks().values())


def test_a_server_that_was_away_for_a_day_gets_each_mail_once(client, services, ann):
    invited(client, ann)
    begun = moment = clock.now()
    with serving(Rude) as sink:
        away, attempts = by(services, Letters("smtp://127.0.0.1:1")), 0
        while moment < begun + timedelta(hours=24):
            with clock.freeze_at(moment):
                attempts += mail_delivery.deliver_due_mails(away)
            moment += timedelta(minutes=30)
        assert mails_by_state() == {"queued": MANY}
        assert attempts < 24 * 2  # not each of them found out by itself, every time
        while moment < begun + timedelta(hours=29):
            with clock.freeze_at(moment):
                mail_delivery.deliver_due_mails(by(services, sink))
            moment += timedelta(minutes=30)
    assert sink.taken == dict.fromkeys(EVERYBODY, 1)
    assert mails_by_state() == {"sent": MANY}
