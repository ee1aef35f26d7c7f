"""Many mails at once: taken in one call, handed over in seconds, and by a server that fails each once.

MANY_MAILS is how many (default 100).
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

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

log = logging.getLogger(__name__)

MANY = int(os.environ.get("MANY_MAILS", "100"))
EVERYBODY = [f"person{number}@x.example" for number in range(MANY)]


def invited(client: Any, ann: Any) -> float:
    """Invites everybody in one call; the seconds that it took."""
    campaign = a_campaign(ann)
    address, sent = f"/api/campaigns/{campaign.id}/invites", {"emails": EVERYBODY}
    begun = time.perf_counter()
    answered = client.post(address, json=sent, headers=ann.auth)
    took = time.perf_counter() - begun
    assert (answered.status_code, answered.json["sent"]) == (201, MANY)
    return took


def by(services: Any, sink: Letters, seconds: float = 20) -> Any:
    return replace(
        services,
        mailer=SmtpMailer(
            sink.url, "A <a@x.example>", find_asset_root() / "templates", seconds=seconds
        ),
    )


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    took = time.perf_counter() - begun
    log.info("%d mails: %.2f s", MANY, took)
    assert took < seconds


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


def test_many_invites_are_taken_at_once_and_mailed_in_seconds(client, services, ann):
    took = invited(client, ann)
    log.info("%d invites in one call: %.2f s", MANY, took)
    assert took < 1 + MANY / 1_000
    with serving(Rude) as sink, in_time(2 + MANY / 20):
        assert rounds_until_none_waits(by(services, sink)) <= 1 + MANY // 100
        assert sink.calls <= 1 + MANY // 100
    assert sink.taken == dict.fromkeys(EVERYBODY, 1)
    assert mails_by_state() == {"sent": MANY}


def test_a_server_that_fails_at_random_gets_each_mail_once(client, services, ann):
    invited(client, ann)
    with serving(Rude, rate=0.1, hangs=0.01) as sink:
        rounds_until_none_waits(by(services, sink, seconds=0.5))
    assert all(sink.faults[kind] for kind in ("4xx", "drop", "hang"))
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
