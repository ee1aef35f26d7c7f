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
from interviewrelay.core.ports.webhook_client import Answered
from interviewrelay.models import Attempt, Delivery, Mail, Webhook
from interviewrelay.webhooks import (
    delivery as deliveries,
    delivery_leases,
    delivery_log,
    endpoints,
    events,
)
from tests.factories import a_campaign, an_invite
from tests.webhooks.test_events import a_webhook

WAITS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

AN_ARRIVAL = delivery_leases.Outcome(clock.now(), 1, status=204)


def happens(ann, times=1):
    """So many events."""
    with transaction():
        events.emit(
            ann.actor.org_id,
            *(events.Told("credits.low", {"n": number}) for number in range(times)),
        )


def only(kind):
    db.session.rollback()
    return db.session.execute(
        select(kind).execution_options(populate_existing=True)
    ).scalar_one()


def test_what_happened_arrives_signed_with_its_own_bytes(office, ann, calls):
    _, secret = endpoints.create(office, ann.actor, endpoints.Wanted("https://hooks.example/a"))
    happens(ann)
    assert deliveries.deliver_due(office) == 1
    ((url, body, headers),) = calls.posted
    assert url == "https://hooks.example/a"
    (event,), _ = events.after(ann.actor)
    assert body == event.payload
    assert headers["webhook-id"] == event.id == json.loads(body)["id"]
    assert Standard(secret).verify(body, headers)
    delivery = only(Delivery)
    assert (delivery.state, delivery.delivered_at is not None) == ("delivered", True)
    assert deliveries.deliver_due(office) == 0


def test_ten_attempts_follow_at_the_promised_times(office, ann, calls):
    a_webhook(office, ann)
    calls.answers = [Answered(500, b"not now")] * 20
    now = clock.now()
    with clock.standing_at(now):
        happens(ann)
        deliveries.deliver_due(office)
    for number, wait in enumerate(WAITS, 2):
        delivery = only(Delivery)
        assert delivery.state == "pending"
        gap = (delivery.next_at - now).total_seconds()
        assert 0.8 * wait <= gap <= 1.2 * wait
        with clock.standing_at(delivery.next_at - timedelta(seconds=1)):
            assert deliveries.deliver_due(office) == 0
        now = delivery.next_at
        with clock.standing_at(now):
            assert deliveries.deliver_due(office) == 1
        assert len(calls.posted) == number
    assert only(Delivery).state == "failed"
    with clock.standing_at(now + timedelta(days=3)):
        assert deliveries.deliver_due(office) == 0
    assert len({headers["webhook-id"] for _, _, headers in calls.posted}) == 1
    assert len({body for _, body, _ in calls.posted}) == 1
    log = db.session.query(Attempt).order_by(Attempt.number).all()
    assert [(one.number, one.status, one.answer) for one in log] == [
        (number, 500, "not now") for number in range(1, 11)
    ]


@pytest.mark.parametrize("answer", [
    Answered(302), Answered(404), Answered(429), Answered(103), Answered(500), "timeout", "dns", "tls",
    "blocked_address", "connect", "reset", "http",
])  # fmt: skip
def test_whatever_is_no_success_is_tried_again(office, ann, calls, answer):
    a_webhook(office, ann)
    calls.answers = [answer]
    happens(ann)
    deliveries.deliver_due(office)
    assert only(Delivery).state == "pending"
    attempt = only(Attempt)
    told = (attempt.status, attempt.fault)
    assert told == ((answer.status, None) if isinstance(answer, Answered) else (None, answer))
    with clock.standing_at(clock.now() + timedelta(seconds=10)):
        deliveries.deliver_due(office)
    assert only(Delivery).state == "delivered"


@pytest.mark.parametrize(("asked", "at_least", "at_most"), [
    (1, 4, 6), (3_600, 3_600, 3_600), (900_000, 86_400, 1.2 * 86_400),
])  # fmt: skip
def test_retry_after_is_honoured_between_our_own_wait_and_a_day(
    office, ann, calls, asked, at_least, at_most
):
    a_webhook(office, ann)
    calls.answers = [Answered(429, retry_after=asked)]
    with clock.standing_at(clock.now()):
        happens(ann)
        deliveries.deliver_due(office)
        wait = (only(Delivery).next_at - clock.now()).total_seconds()
    assert at_least <= wait <= at_most


def test_410_switches_it_off_at_once_and_the_owner_is_told_once(office, ann, calls):
    row = a_webhook(office, ann)
    calls.answers = [Answered(410)]
    happens(ann, 3)
    deliveries.deliver_due(office)
    found = only(Webhook)
    assert (found.id, found.disabled_by) == (row.id, "gone")
    states = Counter(d.state for d in db.session.query(Delivery))
    assert states["failed"] == 1
    assert states["pending"] == states["sent"] == 0
    notices = db.session.query(Mail).filter(Mail.kind == "webhook").all()
    assert [mail.recipient for mail in notices] == ["ann@alder.example"]


def test_five_days_of_nothing_but_failures_switch_it_off(office, ann, calls):
    a_webhook(office, ann)
    begun = clock.now()
    calls.answers = [Answered(500)] * 100
    for day in (0, 2, 4.9):
        with clock.standing_at(begun + timedelta(days=day)):
            happens(ann)
            deliveries.deliver_due(office)
            assert only(Webhook).disabled_by == ""
    with clock.standing_at(begun + timedelta(days=5, minutes=1)):
        happens(ann)
        deliveries.deliver_due(office)
        assert only(Webhook).disabled_by == "failing"
    assert db.session.query(Mail).filter(Mail.kind == "webhook").count() == 1
    assert {d.state for d in db.session.query(Delivery)} <= {"cancelled", "failed"}


def test_one_success_clears_the_failures(office, ann, calls):
    a_webhook(office, ann)
    begun = clock.now()
    for day, status in ((0, 500), (4, 200), (6, 500), (10, 500)):
        with clock.standing_at(begun + timedelta(days=day)):
            happens(ann)
            calls.answers = [Answered(status)] * 9
            deliveries.deliver_due(office)
    assert only(Webhook).disabled_by == ""
    assert only(Webhook).failing_since == begun + timedelta(days=6)


def test_an_endpoint_gets_two_at_once_and_the_others_wait_for_it(office, ann, ben):
    slow, other = a_webhook(office, ann), a_webhook(office, ben)
    happens(ann, 5)
    happens(ben, 1)
    claimed = delivery_leases.claim(50)
    whose = {one.id: db.session.get(Delivery, one.id).webhook_id for one in claimed}
    assert Counter(whose.values()) == {slow.id: 2, other.id: 1}
    assert delivery_leases.claim(50) == []
    for one in claimed:
        assert deliveries.deliver(office, one)
        found = delivery_leases.claim(50)
        assert len(found) == (1 if whose[one.id] == slow.id else 0)


def states():
    db.session.rollback()
    return Counter(db.session.execute(select(Delivery.state)).scalars())


def test_those_that_are_not_known_get_some_only(office, ann, ben):
    others = {a_webhook(office, ann).id for _ in range(3)}
    quick = a_webhook(office, ben).id
    happens(ann, 2)
    happens(ben, 2)
    claimed = delivery_leases.claim(50, known={quick}, unknown=3)
    whose = Counter(one.webhook_id for one in claimed)
    assert whose.pop(quick) == 2
    assert whose.total() == 3
    assert set(whose) <= others
    assert delivery_leases.claim(50, known={quick}, unknown=0) == []
    assert len(delivery_leases.claim(50)) == 3


def test_an_endpoint_with_much_to_hear_is_gone_on_with_beside_its_other_one(office, ann, calls):
    a_webhook(office, ann)
    happens(ann, 7)
    first, other = delivery_leases.claim(50)
    deliveries.deliver_on(office, first)
    assert states() == {"delivered": 6, "sent": 1}
    assert deliveries.deliver(office, other)
    assert len({headers["webhook-id"] for _, _, headers in calls.posted}) == 7
    log = db.session.execute(select(Attempt.number, Attempt.status)).all()
    assert log == [(1, 204)] * 7


@pytest.mark.parametrize(("answers", "delivered"), [
    ([Answered(204), Answered(500)], 1), ([Answered(204), "timeout"], 1), ([Answered(410)], 0),
])  # fmt: skip
def test_a_failure_ends_going_on(office, ann, calls, answers, delivered):
    a_webhook(office, ann)
    calls.answers = answers
    happens(ann, 7)
    deliveries.deliver_on(office, delivery_leases.claim(1)[0])
    assert states()["delivered"] == delivered
    assert states()["sent"] == 0
    assert len(calls.posted) == delivered + 1


def test_nobody_is_gone_on_with_for_ever(office, ann, calls):
    a_webhook(office, ann)
    happens(ann, deliveries.IN_A_ROW + 3)
    deliveries.deliver_on(office, delivery_leases.claim(1)[0])
    assert states() == {"delivered": deliveries.IN_A_ROW, "pending": 3}


def test_one_that_answers_slowly_goes_back_into_the_queue(office, ann, calls, monkeypatch):
    monkeypatch.setattr(deliveries, "QUICK", 0)
    a_webhook(office, ann)
    happens(ann, 3)
    deliveries.deliver_on(office, delivery_leases.claim(1)[0])
    assert states() == {"delivered": 1, "pending": 2}


def test_one_that_was_switched_off_meanwhile_is_not_gone_on_with(office, ann, calls):
    a_webhook(office, ann)
    happens(ann, 3)
    (first,) = delivery_leases.claim(1)
    with transaction():
        off = {"disabled_by": "hand", "disabled_at": clock.now()}
        db.session.execute(update(Webhook).values(**off))
    assert delivery_leases.arrived(first, AN_ARRIVAL, going_on=True) is None
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
    office, ann, calls, monkeypatch, answers, expected
):
    a_webhook(office, ann)
    happens(ann, 2)
    first, second = delivery_leases.claim(2)
    calls.answers = [Answered(status) for status in answers]
    while_it_is_sent(calls, monkeypatch, lambda: deliveries.deliver(office, first))
    deliveries.deliver(office, second)
    assert len(calls.posted) == 2
    assert states_and_attempts() == expected
    assert only(Webhook).disabled_by == "gone"
    assert db.session.query(Mail).filter(Mail.kind == "webhook").count() == 1


@pytest.mark.parametrize("status", [204, 500])
def test_what_was_erased_while_it_was_sent_is_not_in_the_log(
    office, ann, calls, monkeypatch, status
):
    a_webhook(office, ann)
    invite, _ = an_invite(office, a_campaign(ann))

    def erase():
        with transaction():
            events.forget(session_id=None, invite_id=invite.id)

    calls.answers = [Answered(status)]
    while_it_is_sent(calls, monkeypatch, erase)
    assert deliveries.deliver_due(office) == len(calls.posted) == 1
    assert states_and_attempts() == []
    assert db.session.query(Attempt).count() == 0


def test_what_was_lost_or_deleted_meanwhile_is_not_marked(office, ann, calls):
    a_webhook(office, ann)
    happens(ann)
    (late,) = delivery_leases.claim(1)
    with clock.standing_at(clock.now() + delivery_leases.LEASE + timedelta(seconds=1)):
        (found,) = delivery_leases.claim(1)
        assert delivery_leases.arrived(late, AN_ARRIVAL, going_on=True) is None
        assert states_and_attempts() == [("sent", [204])]
        endpoints.remove(only(Webhook))
        assert delivery_leases.arrived(found, AN_ARRIVAL) is None
    assert (db.session.query(Delivery).count(), db.session.query(Attempt).count()) == (0, 0)


def test_no_more_is_claimed_than_there_is_room_for(office, ann, ben):
    a_webhook(office, ann)
    a_webhook(office, ben)
    happens(ann, 2)
    happens(ben, 2)
    assert [len(delivery_leases.claim(3)), len(deliveries.claim(3))] == [3, 1]


def test_what_a_worker_died_with_is_sent_again_with_the_same_id(office, ann, calls):
    a_webhook(office, ann)
    happens(ann)
    (lost,) = delivery_leases.claim(10)
    with clock.standing_at(clock.now() + delivery_leases.LEASE + timedelta(seconds=1)):
        (found,) = delivery_leases.claim(10)
        assert (found.id, found.lease != lost.lease) == (lost.id, True)
        assert deliveries.deliver(office, found)
    assert only(Delivery).state == "delivered"
    assert len(calls.posted) == 1


def test_who_lost_the_claim_may_not_say_what_comes_of_it(office, ann, calls):
    """A worker that was stopped for minutes comes back and tells of a failure: it is noted."""
    a_webhook(office, ann)
    happens(ann)
    (late,) = delivery_leases.claim(10)
    with clock.standing_at(clock.now() + delivery_leases.LEASE + timedelta(seconds=1)):
        (found,) = delivery_leases.claim(10)
        deliveries.deliver(office, found)
    calls.answers = [Answered(500)]
    deliveries._mark(late, delivery_leases.Outcome(clock.now(), 1, status=500))
    assert not deliveries.deliver(office, late)
    assert states_and_attempts() == [("delivered", [204, 500])]


def test_a_lease_of_a_clock_that_was_set_back_ends(office, ann):
    a_webhook(office, ann)
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        happens(ann)
        delivery_leases.claim(10)
    assert len(delivery_leases.claim(10)) == 1


def test_a_deleted_or_switched_off_webhook_is_not_called(office, ann, ben, calls):
    gone, off = a_webhook(office, ann), a_webhook(office, ben)
    happens(ann)
    happens(ben)
    claimed = delivery_leases.claim(10)
    endpoints.remove(gone)
    endpoints.switch(off, on=False)
    assert [deliveries.deliver(office, one) for one in claimed] == [False, False]
    assert calls.posted == []
    assert [d.state for d in db.session.query(Delivery)] == ["cancelled"]


def test_a_rotated_secret_signs_beside_the_old_one_for_a_day(office, ann, calls):
    row, old = endpoints.create(office, ann.actor, endpoints.Wanted("https://hooks.example/a"))
    row, new = endpoints.rotate(office, row)
    happens(ann)
    deliveries.deliver_due(office)
    for secret in (old, new):
        assert Standard(secret).verify(*calls.posted[-1][1:])
    with clock.standing_at(clock.now() + endpoints.OVERLAP):
        assert endpoints.secrets_of(office, only(Webhook), clock.now()) == [new]


def test_a_secret_that_no_key_opens_is_a_fault_that_is_told(office, ann, calls):
    row = a_webhook(office, ann)
    with transaction():
        db.session.execute(update(Webhook).values(sealed_key="none of ours"))
    happens(ann)
    deliveries.deliver_due(office)
    assert (only(Attempt).fault, calls.posted) == ("secret", [])
    assert only(Webhook).id == row.id


def test_one_that_failed_can_be_sent_again_and_again_tries_ten_times(office, ann, calls):
    row = a_webhook(office, ann)
    happens(ann)
    with transaction():
        db.session.execute(update(Delivery).values(state="failed", tries=10))
    delivery = delivery_log.redeliver(row, only(Delivery))
    assert delivery_log.redeliver(row, delivery).state == "pending"
    assert deliveries.deliver_due(office) == 1
    assert only(Delivery).state == "delivered"
    delivery_log.redeliver(row, only(Delivery))
    assert deliveries.deliver_due(office) == 1
    assert [a.number for a in db.session.query(Attempt).order_by(Attempt.number)] == [1, 2]
    assert len({body for _, body, _ in calls.posted}) == 1


def test_what_was_missed_is_replayed_and_nothing_twice(office, ann, calls):
    before = clock.now()
    happens(ann)
    row = a_webhook(office, ann, "credits.low")
    happens(ann)
    deliveries.deliver_due(office)
    endpoints.switch(row, on=False)
    happens(ann)
    an_invite(office, a_campaign(ann))
    with pytest.raises(Conflict):
        delivery_log.replay(row, before)
    endpoints.switch(row, on=True)
    assert delivery_log.replay(row, before) == 2
    assert delivery_log.replay(row, before) == 0
    deliveries.deliver_due(office)
    assert delivery_log.replay(row, before) == 0
    ids = [headers["webhook-id"] for _, _, headers in calls.posted]
    assert len(ids) == len(set(ids)) == 3
    assert delivery_log.replay(row, clock.now(), clock.now() + timedelta(days=1)) == 0


def test_failed_ones_are_replayed_too(office, ann, calls):
    before, row = clock.now(), a_webhook(office, ann)
    happens(ann)
    with transaction():
        db.session.execute(update(Delivery).values(state="failed", tries=10))
    assert delivery_log.replay(row, before) == 1
    assert deliveries.deliver_due(office) == 1
    assert only(Delivery).state == "delivered"


def waits(office, ann, calls):
    """A webhook whose one delivery has its next try in some hours."""
    row = a_webhook(office, ann)
    happens(ann)
    calls.answers = [Answered(503)]
    assert deliveries.deliver_due(office) == 1
    with transaction():
        db.session.execute(update(Delivery).values(next_at=clock.now() + timedelta(hours=5)))
    assert deliveries.deliver_due(office) == 0
    return row


def test_what_waits_for_its_next_try_can_have_it_now(office, ann, calls):
    row = waits(office, ann, calls)
    tried = delivery_log.redeliver(row, only(Delivery))
    assert (tried.state, tried.tries) == ("pending", 1)
    assert deliveries.deliver_due(office) == 1
    assert only(Delivery).state == "delivered"


def test_a_replay_tries_at_once_what_waits_in_that_time(office, ann, calls):
    before = clock.now()
    row = waits(office, ann, calls)
    later = clock.now() + timedelta(minutes=1)
    assert delivery_log.replay(row, later) == delivery_log.replay(row, before, before) == 0
    assert deliveries.deliver_due(office) == 0
    assert delivery_log.replay(row, before) == 1
    assert delivery_log.replay(row, before) == 0
    assert deliveries.deliver_due(office) == 1
    assert only(Delivery).state == "delivered"


def test_a_test_goes_the_way_of_every_event(office, ann, calls):
    row, other = a_webhook(office, ann, "session.completed"), a_webhook(office, ann)
    delivery_log.ping(row)
    deliveries.deliver_due(office)
    assert only(Delivery).webhook_id == row.id
    assert json.loads(calls.posted[0][1])["data"] == {"webhook_id": row.id}
    endpoints.switch(other, on=False)
    with pytest.raises(Conflict):
        delivery_log.ping(other)


@pytest.mark.parametrize(("wanted", "refusal"), [
    ({"url": "https://inside.example/"}, WebhookUrlNotAllowed),
    ({"url": "http://hooks.example/"}, WebhookUrlNotAllowed),
    ({"kinds": ("session.done",)}, InvalidParameter),
    ({"kinds": ()}, InvalidParameter),
    ({"project_id": "no id"}, InvalidParameter),
])  # fmt: skip
def test_a_webhook_that_is_wrong_is_refused(office, ann, wanted, refusal):
    given = endpoints.Wanted(**{"url": "https://hooks.example/a", **wanted})
    with pytest.raises(refusal):
        endpoints.create(office, ann.actor, given)
    row = a_webhook(office, ann)
    with pytest.raises(refusal):
        endpoints.change(office, ann.actor, row, given)


def test_a_project_of_others_is_none(office, ann, ben):
    given = endpoints.Wanted("https://hooks.example/a", project_id=a_campaign(ben).project_id)
    with pytest.raises(InvalidParameter):
        endpoints.create(office, ann.actor, given)


def test_there_are_at_most_twenty(office, ann):
    for number in range(endpoints.MOST):
        endpoints.create(office, ann.actor, endpoints.Wanted(f"https://hooks.example/{number}"))
    with pytest.raises(Conflict, match="20"):
        endpoints.create(office, ann.actor, endpoints.Wanted("https://hooks.example/more"))
