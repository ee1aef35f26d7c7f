"""Webhooks are told at least once, are tried again as promised, and hold up nobody but themselves."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from standardwebhooks import Webhook as Standard

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, InvalidParameter, WebhookUrlNotAllowed
from interviewrelay.core.ports.webhook_client import WebhookResponse
from interviewrelay.models import Attempt, Delivery, Mail, Webhook
from interviewrelay.webhooks import (
    delivery as webhook_delivery,
    delivery_leases,
    delivery_log,
    endpoints,
    events,
)
from tests.factories import a_campaign, an_invite
from tests.webhooks.test_events import a_webhook

WAITS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

AN_ARRIVAL = delivery_leases.AttemptOutcome(clock.now(), 1, status=204)


def happens(ann, times=1):
    """So many events."""
    with transaction():
        events.emit_events(
            ann.actor.org_id,
            *(events.EventPayload("credits.low", {"n": number}) for number in range(times)),
        )


def only(kind):
    db.session.rollback()
    return db.session.execute(
        select(kind).execution_options(populate_existing=True)
    ).scalar_one()


def test_what_happened_arrives_signed_with_its_own_bytes(services, ann, calls):
    _, secret = endpoints.create_webhook(
        services, ann.actor, endpoints.WebhookSettings("https://hooks.example/a")
    )
    happens(ann)
    assert webhook_delivery.deliver_due_webhooks(services) == 1
    ((url, body, headers),) = calls.posted
    assert url == "https://hooks.example/a"
    (event,), _ = events.list_events_after(ann.actor)
    assert body == event.payload
    assert headers["webhook-id"] == event.id == json.loads(body)["id"]
    assert Standard(secret).verify(body, headers)
    delivery = only(Delivery)
    assert (delivery.state, delivery.delivered_at is not None) == ("delivered", True)
    assert webhook_delivery.deliver_due_webhooks(services) == 0


def test_ten_attempts_follow_at_the_promised_times(services, ann, calls):
    a_webhook(services, ann)
    calls.answers = [WebhookResponse(500, b"not now")] * 20
    now = clock.now()
    with clock.freeze_at(now):
        happens(ann)
        webhook_delivery.deliver_due_webhooks(services)
    for number, wait in enumerate(WAITS, 2):
        delivery = only(Delivery)
        assert delivery.state == "pending"
        gap = (delivery.next_at - now).total_seconds()
        assert 0.8 * wait <= gap <= 1.2 * wait
        with clock.freeze_at(delivery.next_at - timedelta(seconds=1)):
            assert webhook_delivery.deliver_due_webhooks(services) == 0
        now = delivery.next_at
        with clock.freeze_at(now):
            assert webhook_delivery.deliver_due_webhooks(services) == 1
        assert len(calls.posted) == number
    assert only(Delivery).state == "failed"
    with clock.freeze_at(now + timedelta(days=3)):
        assert webhook_delivery.deliver_due_webhooks(services) == 0
    assert len({headers["webhook-id"] for _, _, headers in calls.posted}) == 1
    assert len({body for _, body, _ in calls.posted}) == 1
    log = db.session.query(Attempt).order_by(Attempt.number).all()
    assert [(one.number, one.status, one.answer) for one in log] == [
        (number, 500, "not now") for number in range(1, 11)
    ]


@pytest.mark.parametrize("answer", [
    WebhookResponse(302), WebhookResponse(404), WebhookResponse(429), WebhookResponse(103), WebhookResponse(500), "timeout", "dns", "tls",
    "blocked_address", "connect", "reset", "http",
])  # fmt: skip
def test_whatever_is_no_success_is_tried_again(services, ann, calls, answer):
    a_webhook(services, ann)
    calls.answers = [answer]
    happens(ann)
    webhook_delivery.deliver_due_webhooks(services)
    assert only(Delivery).state == "pending"
    attempt = only(Attempt)
    told = (attempt.status, attempt.fault)
    assert told == (
        (answer.status, None) if isinstance(answer, WebhookResponse) else (None, answer)
    )
    with clock.freeze_at(clock.now() + timedelta(seconds=10)):
        webhook_delivery.deliver_due_webhooks(services)
    assert only(Delivery).state == "delivered"


@pytest.mark.parametrize(("asked", "at_least", "at_most"), [
    (1, 4, 6), (3_600, 3_600, 3_600), (900_000, 86_400, 1.2 * 86_400),
])  # fmt: skip
def test_retry_after_is_honoured_between_our_own_wait_and_a_day(
    services, ann, calls, asked, at_least, at_most
):
    a_webhook(services, ann)
    calls.answers = [WebhookResponse(429, retry_after=asked)]
    with clock.freeze_at(clock.now()):
        happens(ann)
        webhook_delivery.deliver_due_webhooks(services)
        wait = (only(Delivery).next_at - clock.now()).total_seconds()
    assert at_least <= wait <= at_most


def test_410_switches_it_off_at_once_and_the_owner_is_told_once(services, ann, calls):
    row = a_webhook(services, ann)
    calls.answers = [WebhookResponse(410)]
    happens(ann, 3)
    webhook_delivery.deliver_due_webhooks(services)
    found = only(Webhook)
    assert (found.id, found.disabled_by) == (row.id, "gone")
    states = Counter(d.state for d in db.session.query(Delivery))
    assert states["failed"] == 1
    assert states["pending"] == states["sent"] == 0
    notices = db.session.query(Mail).filter(Mail.kind == "webhook").all()
    assert [mail.recipient for mail in notices] == ["ann@alder.example"]


def test_five_days_of_nothing_but_failures_switch_it_off(services, ann, calls):
    a_webhook(services, ann)
    begun = clock.now()
    calls.answers = [WebhookResponse(500)] * 100
    for day in (0, 2, 4.9):
        with clock.freeze_at(begun + timedelta(days=day)):
            happens(ann)
            webhook_delivery.deliver_due_webhooks(services)
            assert only(Webhook).disabled_by == ""
    with clock.freeze_at(begun + timedelta(days=5, minutes=1)):
        happens(ann)
        webhook_delivery.deliver_due_webhooks(services)
        assert only(Webhook).disabled_by == "failing"
    assert db.session.query(Mail).filter(Mail.kind == "webhook").count() == 1
    assert {d.state for d in db.session.query(Delivery)} <= {"cancelled", "failed"}


def test_one_success_clears_the_failures(services, ann, calls):
    a_webhook(services, ann)
    begun = clock.now()
    for day, status in ((0, 500), (4, 200), (6, 500), (10, 500)):
        with clock.freeze_at(begun + timedelta(days=day)):
            happens(ann)
            calls.answers = [WebhookResponse(status)] * 9
            webhook_delivery.deliver_due_webhooks(services)
    assert only(Webhook).disabled_by == ""
    assert only(Webhook).failing_since == begun + timedelta(days=6)


def test_an_endpoint_gets_two_at_once_and_the_others_wait_for_it(services, ann, ben):
    slow, other = a_webhook(services, ann), a_webhook(services, ben)
    happens(ann, 5)
    happens(ben, 1)
    claimed = delivery_leases.claim_due(50)
    whose = {one.id: db.session.get(Delivery, one.id).webhook_id for one in claimed}
    assert Counter(whose.values()) == {slow.id: 2, other.id: 1}
    assert delivery_leases.claim_due(50) == []
    for one in claimed:
        assert webhook_delivery.deliver_once(services, one)
        found = delivery_leases.claim_due(50)
        assert len(found) == (1 if whose[one.id] == slow.id else 0)


def states():
    db.session.rollback()
    return Counter(db.session.execute(select(Delivery.state)).scalars())


def test_those_that_are_not_known_get_some_only(services, ann, ben):
    others = {a_webhook(services, ann).id for _ in range(3)}
    quick = a_webhook(services, ben).id
    happens(ann, 2)
    happens(ben, 2)
    claimed = delivery_leases.claim_due(50, known={quick}, unknown=3)
    whose = Counter(one.webhook_id for one in claimed)
    assert whose.pop(quick) == 2
    assert whose.total() == 3
    assert set(whose) <= others
    assert delivery_leases.claim_due(50, known={quick}, unknown=0) == []
    assert len(delivery_leases.claim_due(50)) == 3


def test_an_endpoint_with_much_to_hear_is_gone_on_with_beside_its_other_one(
    services, ann, calls
):
    a_webhook(services, ann)
    happens(ann, 7)
    first, other = delivery_leases.claim_due(50)
    webhook_delivery.deliver_in_sequence(services, first)
    assert states() == {"delivered": 6, "sent": 1}
    assert webhook_delivery.deliver_once(services, other)
    assert len({headers["webhook-id"] for _, _, headers in calls.posted}) == 7
    log = db.session.execute(select(Attempt.number, Attempt.status)).all()
    assert log == [(1, 204)] * 7


@pytest.mark.parametrize(("answers", "delivered"), [
    ([WebhookResponse(204), WebhookResponse(500)], 1), ([WebhookResponse(204), "timeout"], 1), ([WebhookResponse(410)], 0),
])  # fmt: skip
def test_a_failure_ends_going_on(services, ann, calls, answers, delivered):
    a_webhook(services, ann)
    calls.answers = answers
    happens(ann, 7)
    webhook_delivery.deliver_in_sequence(services, delivery_leases.claim_due(1)[0])
    assert states()["delivered"] == delivered
    assert states()["sent"] == 0
    assert len(calls.posted) == delivered + 1


def test_nobody_is_gone_on_with_for_ever(services, ann, calls):
    a_webhook(services, ann)
    happens(ann, webhook_delivery.IN_A_ROW + 3)
    webhook_delivery.deliver_in_sequence(services, delivery_leases.claim_due(1)[0])
    assert states() == {"delivered": webhook_delivery.IN_A_ROW, "pending": 3}


def test_one_that_answers_slowly_goes_back_into_the_queue(services, ann, calls, monkeypatch):
    monkeypatch.setattr(webhook_delivery, "QUICK", 0)
    a_webhook(services, ann)
    happens(ann, 3)
    webhook_delivery.deliver_in_sequence(services, delivery_leases.claim_due(1)[0])
    assert states() == {"delivered": 1, "pending": 2}


def test_one_that_was_switched_off_meanwhile_is_not_gone_on_with(services, ann, calls):
    a_webhook(services, ann)
    happens(ann, 3)
    (first,) = delivery_leases.claim_due(1)
    with transaction():
        off = {"disabled_by": "hand", "disabled_at": clock.now()}
        db.session.execute(update(Webhook).values(**off))
    assert delivery_leases.mark_delivered(first, AN_ARRIVAL, going_on=True) is None
    assert states() == {"delivered": 1, "pending": 2}


def states_and_attempts():
    """Each delivery's state and the statuses of its attempts, least first."""
    db.session.rollback()
    rows = db.session.execute(select(Delivery).execution_options(populate_existing=True))
    return sorted((d.state, [one.status for one in d.attempts]) for d in rows.scalars())


def while_it_is_sent(calls, monkeypatch, happens_meanwhile):
    """Let something happen once while the next call is under way."""
    post, waiting = calls.post, [happens_meanwhile]

    def slowly(*given):
        if waiting:
            waiting.pop()()
        return post(*given)

    monkeypatch.setattr(calls, "post", slowly)


@pytest.mark.parametrize(("answers", "expected"), [
    ([410, 410], [("cancelled", [410]), ("failed", [410])]),
    ([410, 500], [("cancelled", [500]), ("failed", [410])]),
    ([410, 204], [("delivered", [204]), ("failed", [410])]),
])  # fmt: skip
def test_what_was_under_way_when_the_webhook_went_off_is_in_the_log(
    services, ann, calls, monkeypatch, answers, expected
):
    a_webhook(services, ann)
    happens(ann, 2)
    first, second = delivery_leases.claim_due(2)
    calls.answers = [WebhookResponse(status) for status in answers]
    while_it_is_sent(calls, monkeypatch, lambda: webhook_delivery.deliver_once(services, first))
    webhook_delivery.deliver_once(services, second)
    assert len(calls.posted) == 2
    assert states_and_attempts() == expected
    assert only(Webhook).disabled_by == "gone"
    assert db.session.query(Mail).filter(Mail.kind == "webhook").count() == 1


@pytest.mark.parametrize("status", [204, 500])
def test_what_was_erased_while_it_was_sent_is_not_in_the_log(
    services, ann, calls, monkeypatch, status
):
    a_webhook(services, ann)
    invite, _ = an_invite(services, a_campaign(ann))

    def erase():
        with transaction():
            events.erase_events(session_id=None, invite_id=invite.id)

    calls.answers = [WebhookResponse(status)]
    while_it_is_sent(calls, monkeypatch, erase)
    assert webhook_delivery.deliver_due_webhooks(services) == len(calls.posted) == 1
    assert states_and_attempts() == []
    assert db.session.query(Attempt).count() == 0


def test_what_was_lost_or_deleted_meanwhile_is_not_marked(services, ann, calls):
    a_webhook(services, ann)
    happens(ann)
    (late,) = delivery_leases.claim_due(1)
    with clock.freeze_at(clock.now() + delivery_leases.LEASE + timedelta(seconds=1)):
        (found,) = delivery_leases.claim_due(1)
        assert delivery_leases.mark_delivered(late, AN_ARRIVAL, going_on=True) is None
        assert states_and_attempts() == [("sent", [204])]
        endpoints.delete_webhook(only(Webhook))
        assert delivery_leases.mark_delivered(found, AN_ARRIVAL) is None
    assert (db.session.query(Delivery).count(), db.session.query(Attempt).count()) == (0, 0)


def test_no_more_is_claimed_than_there_is_room_for(services, ann, ben):
    a_webhook(services, ann)
    a_webhook(services, ben)
    happens(ann, 2)
    happens(ben, 2)
    assert [len(delivery_leases.claim_due(3)), len(webhook_delivery.claim_due(3))] == [3, 1]


def test_what_a_worker_died_with_is_sent_again_with_the_same_id(services, ann, calls):
    a_webhook(services, ann)
    happens(ann)
    (lost,) = delivery_leases.claim_due(10)
    with clock.freeze_at(clock.now() + delivery_leases.LEASE + timedelta(seconds=1)):
        (found,) = delivery_leases.claim_due(10)
        assert (found.id, found.lease != lost.lease) == (lost.id, True)
        assert webhook_delivery.deliver_once(services, found)
    assert only(Delivery).state == "delivered"
    assert len(calls.posted) == 1


def test_who_lost_the_claim_may_not_say_what_comes_of_it(services, ann, calls):
    """A worker that was stopped for minutes comes back and tells of a failure: it is noted."""
    a_webhook(services, ann)
    happens(ann)
    (late,) = delivery_leases.claim_due(10)
    with clock.freeze_at(clock.now() + delivery_leases.LEASE + timedelta(seconds=1)):
        (found,) = delivery_leases.claim_due(10)
        webhook_delivery.deliver_once(services, found)
    calls.answers = [WebhookResponse(500)]
    webhook_delivery._mark(late, delivery_leases.AttemptOutcome(clock.now(), 1, status=500))
    assert not webhook_delivery.deliver_once(services, late)
    assert states_and_attempts() == [("delivered", [204, 500])]


def test_a_lease_of_a_clock_that_was_set_back_ends(services, ann):
    a_webhook(services, ann)
    with clock.freeze_at(clock.now() + timedelta(hours=2)):
        happens(ann)
        delivery_leases.claim_due(10)
    assert len(delivery_leases.claim_due(10)) == 1


def test_a_deleted_or_switched_off_webhook_is_not_called(services, ann, ben, calls):
    gone, off = a_webhook(services, ann), a_webhook(services, ben)
    happens(ann)
    happens(ben)
    claimed = delivery_leases.claim_due(10)
    endpoints.delete_webhook(gone)
    endpoints.switch_webhook(off, on=False)
    assert [webhook_delivery.deliver_once(services, one) for one in claimed] == [False, False]
    assert calls.posted == []
    assert [d.state for d in db.session.query(Delivery)] == ["cancelled"]


def test_a_rotated_secret_signs_beside_the_old_one_for_a_day(services, ann, calls):
    row, old = endpoints.create_webhook(
        services, ann.actor, endpoints.WebhookSettings("https://hooks.example/a")
    )
    row, new = endpoints.rotate_secret(services, row)
    happens(ann)
    webhook_delivery.deliver_due_webhooks(services)
    for secret in (old, new):
        assert Standard(secret).verify(*calls.posted[-1][1:])
    with clock.freeze_at(clock.now() + endpoints.OVERLAP):
        assert endpoints.list_secrets(services, only(Webhook), clock.now()) == [new]


def test_a_secret_that_no_key_opens_is_a_fault_that_is_told(services, ann, calls):
    row = a_webhook(services, ann)
    with transaction():
        db.session.execute(update(Webhook).values(sealed_key="none of ours"))
    happens(ann)
    webhook_delivery.deliver_due_webhooks(services)
    assert (only(Attempt).fault, calls.posted) == ("secret", [])
    assert only(Webhook).id == row.id


def test_one_that_failed_can_be_sent_again_and_again_tries_ten_times(services, ann, calls):
    row = a_webhook(services, ann)
    happens(ann)
    with transaction():
        db.session.execute(update(Delivery).values(state="failed", tries=10))
    delivery = delivery_log.redeliver_event(row, only(Delivery))
    assert delivery_log.redeliver_event(row, delivery).state == "pending"
    assert webhook_delivery.deliver_due_webhooks(services) == 1
    assert only(Delivery).state == "delivered"
    delivery_log.redeliver_event(row, only(Delivery))
    assert webhook_delivery.deliver_due_webhooks(services) == 1
    assert [a.number for a in db.session.query(Attempt).order_by(Attempt.number)] == [1, 2]
    assert len({body for _, body, _ in calls.posted}) == 1


def test_what_was_missed_is_replayed_and_nothing_twice(services, ann, calls):
    before = clock.now()
    happens(ann)
    row = a_webhook(services, ann, "credits.low")
    happens(ann)
    webhook_delivery.deliver_due_webhooks(services)
    endpoints.switch_webhook(row, on=False)
    happens(ann)
    an_invite(services, a_campaign(ann))
    with pytest.raises(Conflict):
        delivery_log.replay_events(row, before)
    endpoints.switch_webhook(row, on=True)
    assert delivery_log.replay_events(row, before) == 2
    assert delivery_log.replay_events(row, before) == 0
    webhook_delivery.deliver_due_webhooks(services)
    assert delivery_log.replay_events(row, before) == 0
    ids = [headers["webhook-id"] for _, _, headers in calls.posted]
    assert len(ids) == len(set(ids)) == 3
    assert delivery_log.replay_events(row, clock.now(), clock.now() + timedelta(days=1)) == 0


def test_failed_ones_are_replayed_too(services, ann, calls):
    before, row = clock.now(), a_webhook(services, ann)
    happens(ann)
    with transaction():
        db.session.execute(update(Delivery).values(state="failed", tries=10))
    assert delivery_log.replay_events(row, before) == 1
    assert webhook_delivery.deliver_due_webhooks(services) == 1
    assert only(Delivery).state == "delivered"


def waits(services, ann, calls):
    """A webhook whose one delivery has its next try in some hours."""
    row = a_webhook(services, ann)
    happens(ann)
    calls.answers = [WebhookResponse(503)]
    assert webhook_delivery.deliver_due_webhooks(services) == 1
    with transaction():
        db.session.execute(update(Delivery).values(next_at=clock.now() + timedelta(hours=5)))
    assert webhook_delivery.deliver_due_webhooks(services) == 0
    return row


def test_what_waits_for_its_next_try_can_have_it_now(services, ann, calls):
    row = waits(services, ann, calls)
    tried = delivery_log.redeliver_event(row, only(Delivery))
    assert (tried.state, tried.tries) == ("pending", 1)
    assert webhook_delivery.deliver_due_webhooks(services) == 1
    assert only(Delivery).state == "delivered"


def test_a_replay_tries_at_once_what_waits_in_that_time(services, ann, calls):
    before = clock.now()
    row = waits(services, ann, calls)
    later = clock.now() + timedelta(minutes=1)
    assert (
        delivery_log.replay_events(row, later)
        == delivery_log.replay_events(row, before, before)
        == 0
    )
    assert webhook_delivery.deliver_due_webhooks(services) == 0
    assert delivery_log.replay_events(row, before) == 1
    assert delivery_log.replay_events(row, before) == 0
    assert webhook_delivery.deliver_due_webhooks(services) == 1
    assert only(Delivery).state == "delivered"


def test_a_test_goes_the_way_of_every_event(services, ann, calls):
    row, other = a_webhook(services, ann, "session.completed"), a_webhook(services, ann)
    delivery_log.send_ping(row)
    webhook_delivery.deliver_due_webhooks(services)
    assert only(Delivery).webhook_id == row.id
    assert json.loads(calls.posted[0][1])["data"] == {"webhook_id": row.id}
    endpoints.switch_webhook(other, on=False)
    with pytest.raises(Conflict):
        delivery_log.send_ping(other)


@pytest.mark.parametrize(("wanted", "refusal"), [
    ({"url": "https://inside.example/"}, WebhookUrlNotAllowed),
    ({"url": "http://hooks.example/"}, WebhookUrlNotAllowed),
    ({"kinds": ("session.done",)}, InvalidParameter),
    ({"kinds": ()}, InvalidParameter),
    ({"project_id": "no id"}, InvalidParameter),
])  # fmt: skip
def test_a_webhook_that_is_wrong_is_refused(services, ann, wanted, refusal):
    given = endpoints.WebhookSettings(**{"url": "https://hooks.example/a", **wanted})
    with pytest.raises(refusal):
        endpoints.create_webhook(services, ann.actor, given)
    row = a_webhook(services, ann)
    with pytest.raises(refusal):
        endpoints.change_webhook(services, ann.actor, row, given)


def test_a_project_of_others_is_none(services, ann, ben):
    given = endpoints.WebhookSettings(
        "https://hooks.example/a", project_id=a_campaign(ben).project_id
    )
    with pytest.raises(InvalidParameter):
        endpoints.create_webhook(services, ann.actor, given)


def test_there_are_at_most_twenty(services, ann):
    for number in range(endpoints.MOST):
        endpoints.create_webhook(
            services, ann.actor, endpoints.WebhookSettings(f"https://hooks.example/{number}")
        )
    with pytest.raises(Conflict, match="20"):
        endpoints.create_webhook(
            services, ann.actor, endpoints.WebhookSettings("https://hooks.example/more")
        )
