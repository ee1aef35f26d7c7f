"""What happens is told, once, in order, to whoever wants to know; and forgotten with its person."""

import json
from datetime import timedelta

import pytest

from interviewrelay.billing import ledger
from interviewrelay.campaigns.invites import counters
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.interviews import completion, interviews
from interviewrelay.models import Delivery, Event
from interviewrelay.privacy import erasure
from interviewrelay.webhooks import delivery_log, endpoints, events
from interviewrelay.worker import schedule
from tests.document import event_problems
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite
from tests.statements import by_hand


def told(somebody, **more):
    """The events of an organization as they are sent, by now."""
    release_connection()
    found, _ = events.list_events_after(somebody.actor, limit=100, **more)
    sent = [json.loads(row.payload) for row in found]
    for event in sent:
        assert event_problems(event) == []
    return sent


def kinds(somebody, **more):
    return [event["type"] for event in told(somebody, **more)]


def a_webhook(services, somebody, *names, **more):
    wanted = endpoints.WebhookSettings("https://hooks.example/a", names or ("*",), **more)
    with transaction():
        return endpoints.add_webhook(services, somebody.actor.org_id, wanted)[0]


@pytest.mark.gate
def test_the_life_of_an_interview_is_told_in_its_order(app, services, ann):
    campaign = a_campaign(ann)
    held = a_finished_interview(services, campaign, "It took two hours.")
    interviews.give_feedback(held.invite, 5, "Kind")
    schedule.run_all_once(app)
    assert kinds(ann) == [
        "invite.created", "session.started", "session.completed", "session.feedback_submitted",
        "transcript.ready", "analysis.ready",
    ]  # fmt: skip
    made, *of_session = told(ann)
    assert (made["session_id"], made["sequence"]) == (None, None)
    assert [event["sequence"] for event in of_session] == [1, 2, 3, 4, 5]
    assert {event["session_id"] for event in of_session} == {held.id}
    assert {event["event"] == event["type"] for event in of_session} == {True}
    completed = of_session[1]["data"]
    assert (completed["status"], completed["participant_email"]) == (
        "completed",
        "pat@example.com",
    )
    assert of_session[2]["data"]["feedback"] == {
        "rating": 5,
        "comment": "Kind",
        "summary_rating": None,
    }
    assert of_session[3]["data"]["transcript_url"].endswith(f"/{held.id}/transcript")
    assert {"summary", "themes"} <= set(of_session[4]["data"])


def test_what_an_invite_is_told_with_opens_nothing(services, ann):
    _, token = an_invite(services, a_campaign(ann))
    (event,) = told(ann)
    assert (event["data"]["token"], event["data"]["url"]) == (None, None)
    assert token not in json.dumps(event)


def test_invites_that_end_unused_and_interviews_that_are_left_are_told(services, ann):
    campaign = a_campaign(ann, invite_valid_hours=1)
    an_invite(services, campaign, "late@x.example")
    an_interview(services, campaign, "Well.", email="leaves@x.example")
    with clock.freeze_at(clock.now() + timedelta(hours=30)):
        counters.mark_expired()
        counters.mark_expired()
        completion.abandon_stale_interviews()
    assert kinds(ann)[-2:] == ["invite.expired", "session.abandoned"]
    assert [e["data"]["status"] for e in told(ann)[-2:]] == ["expired", "abandoned"]


def test_credits_that_run_low_are_told_once_for_each_level(ann):
    with clock.freeze_at(clock.now()):
        free = ledger.balance(ledger.get_account(ann.actor))
        ledger.remove_credits(ann.actor.org_id, free - 90, "a", "A")
        ledger.remove_credits(ann.actor.org_id, 10, "b", "B")
    assert kinds(ann) == ["credits.low"]
    assert told(ann)[0]["data"]["total_credits"] == 90


def test_an_interview_that_cannot_begin_tells_that_there_are_no_credits(services, ann):
    campaign = a_campaign(ann)
    invite, _ = an_invite(services, campaign)
    free = ledger.balance(ledger.get_account(ann.actor))
    ledger.remove_credits(ann.actor.org_id, free, "a", "A")
    assert kinds(ann)[-1] == "credits.depleted"


def test_what_is_undone_is_not_told(services, ann):
    campaign = a_campaign(ann)
    a_webhook(services, ann)
    with pytest.raises(ZeroDivisionError), transaction():
        events.emit_events(campaign.org_id, events.EventPayload("webhook.ping", {}))
        raise ZeroDivisionError
    assert told(ann) == []
    assert db.session.query(Delivery).count() == 0


def test_each_webhook_hears_of_what_it_wants_and_of_its_own_project(services, ann, ben):
    campaign, other = a_campaign(ann), a_campaign(ann)
    everything = a_webhook(services, ann)
    completed = a_webhook(services, ann, "interview.completed")
    elsewhere = a_webhook(services, ann, project_id=other.project_id)
    bens = a_webhook(services, ben)
    off = a_webhook(services, ann)
    endpoints.switch_webhook(off, on=False)
    a_finished_interview(services, campaign, "Well.")
    heard = {}
    for delivery, event in db.session.query(Delivery, Event).join(Event):
        heard.setdefault(delivery.webhook_id, []).append(event.kind)
    assert heard == {
        everything.id: ["invite.created", "session.started", "session.completed"],
        completed.id: ["session.completed"],
    }
    assert {elsewhere.id, bens.id, off.id}.isdisjoint(heard)


def test_reading_on_never_misses_an_event(services, ann, ben):
    campaign = a_campaign(ann)
    for number in range(5):
        an_invite(services, campaign, f"p{number}@x.example")
    an_invite(services, a_campaign(ben), "other@x.example")
    seen, last = [], None
    while True:
        found, more = events.list_events_after(ann.actor, last, limit=2)
        seen += [json.loads(row.payload)["data"]["email"] for row in found]
        last = found[-1].id
        if not more:
            break
    assert seen == [f"p{number}@x.example" for number in range(5)]
    assert events.list_events_after(ann.actor, last) == ([], False)
    assert kinds(ann, kind="session.completed") == []


def test_an_event_of_somebody_else_is_no_place_to_go_on_from(services, ann, ben):
    an_invite(services, a_campaign(ben))
    (theirs,), _ = events.list_events_after(ben.actor)
    for last in (theirs.id, "evt_nothing", ""):
        with pytest.raises(InvalidParameter):
            events.list_events_after(ann.actor, last)


def test_erasing_a_person_takes_what_was_told_of_them(services, ann):
    campaign = a_campaign(ann)
    a_webhook(services, ann)
    held = a_finished_interview(services, campaign, "My marker.", email="gone@x.example")
    an_invite(services, campaign, "stays@x.example")
    erasure.erase_person(services, ann.actor, "GONE@x.example")
    assert kinds(ann) == ["invite.created", "participant.erased"]
    erased = told(ann)[-1]["data"]
    assert erased["session_id"] == held.id
    assert erased["erased"]["sessions"] == 1
    assert "gone@" not in json.dumps(told(ann))
    assert db.session.query(Delivery).count() == 2
    erasure.erase_person(services, ann.actor, "gone@x.example")
    assert kinds(ann).count("participant.erased") == 1


def test_an_erased_event_is_a_place_to_go_on_from_and_tells_nothing(services, ann):
    campaign = a_campaign(ann)
    an_invite(services, campaign, "before@x.example")
    an_invite(services, campaign, "gone@x.example")
    *_, gone = events.list_events_after(ann.actor)[0]
    an_invite(services, campaign, "behind@x.example")
    hook = a_webhook(services, ann)
    erasure.erase_person(services, ann.actor, "gone@x.example")
    left, more = events.list_events_after(ann.actor, gone.id)
    assert ([row.kind for row in left], more) == (
        ["invite.created", "participant.erased"],
        False,
    )
    place = db.session.get(Event, gone.id)
    kept = (
        place.payload,
        place.session_id,
        place.invite_id,
        place.project_id,
        place.request_id,
    )
    assert kept == (b"", None, None, None, None)
    # The erasure itself is on its way, so two are missed: before and behind.
    assert delivery_log.replay_events(hook, clock.now() - timedelta(days=1)) == 2


def test_events_are_kept_for_thirty_days(services, ann):
    campaign = a_campaign(ann)
    an_invite(services, campaign, "old@x.example")
    with clock.freeze_at(clock.now() + timedelta(days=29)):
        an_invite(services, campaign, "new@x.example")
        assert events.delete_old_events() == 0
    with clock.freeze_at(clock.now() + timedelta(days=30, seconds=1)):
        assert [e["data"]["email"] for e in told(ann)] == ["new@x.example"]
        assert events.delete_old_events() == 1
        assert events.delete_old_events() == 0
    assert db.session.query(Event).count() == 1


def test_many_events_are_put_on_their_way_to_many_webhooks_at_once(services, ann, monkeypatch):
    judged, wants = [], events.is_subscribed
    monkeypatch.setattr(
        events, "is_subscribed", lambda *asked: judged.append(asked) or wants(*asked)
    )
    hooks = {a_webhook(services, ann).id for _ in range(3)}
    a_webhook(services, ann, "session.completed")

    def emit():
        with transaction():
            many = [events.EventPayload("credits.low", {"n": n}) for n in range(200)]
            events.emit_events(
                ann.actor.org_id, *many, events.EventPayload("credits.depleted", {})
            )

    put = [words for words in by_hand(emit) if "INTO delivery " in words]
    assert (len(put), len(judged)) == (1, 2 * 4)
    rows = db.session.query(Delivery).all()
    known = {row.id for row in db.session.query(Event)}
    assert len(rows) == len({row.id for row in rows}) == 201 * 3
    assert {(r.event_id, r.webhook_id) for r in rows} == {(e, h) for e in known for h in hooks}
    assert {(r.org_id, r.state, r.tries, r.lease, r.delivered_at) for r in rows} == {
        (ann.actor.org_id, "pending", 0, None, None)
    }
    assert {r.next_at == r.created_at for r in rows} == {True}
