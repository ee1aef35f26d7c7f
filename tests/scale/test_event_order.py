"""On SQLite there is one writer, and nobody can overtake; here two tell of something at once."""

import threading

from sqlalchemy.exc import IntegrityError

from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.models import Webhook
from interviewrelay.webhooks import events
from tests.flows.waiting import PATIENCE
from tests.webhooks.test_events import a_webhook, told


def test_positions_appear_in_the_order_in_which_they_were_given(app, ann):
    """The second teller waits for the first: whoever has read the second has read the first."""
    first_in, go_on, seen = threading.Event(), threading.Event(), []
    ids = [new_id(), new_id()]
    org = ann.actor.org_id

    def tell(number, wait):
        with app.app_context(), transaction():
            events.emit_events(
                org, events.EventPayload("webhook.ping", {"webhook_id": ids[number]})
            )
            if wait:
                first_in.set()
                go_on.wait(PATIENCE)

    slow = threading.Thread(target=tell, args=(0, True))
    quick = threading.Thread(target=tell, args=(1, False))
    slow.start()
    first_in.wait(PATIENCE)
    quick.start()
    quick.join(0.3)
    db.session.rollback()
    seen.append([e["data"]["webhook_id"] for e in told(ann)])
    go_on.set()
    slow.join(PATIENCE)
    quick.join(PATIENCE)
    db.session.rollback()
    seen.append([e["data"]["webhook_id"] for e in told(ann)])
    assert seen == [[], ids]


def test_a_webhook_that_is_being_deleted_holds_nothing_up(app, services, ann):
    """Else its deliveries would refer to a webhook that is gone, and an answer be refused for it."""
    gone, go_on, faults = threading.Event(), threading.Event(), []
    org, webhook_id = ann.actor.org_id, a_webhook(services, ann).id

    def delete():
        with app.app_context(), transaction():
            db.session.delete(db.session.get(Webhook, webhook_id))
            db.session.flush()
            gone.set()
            go_on.wait(PATIENCE)

    def tell():
        try:
            with app.app_context(), transaction():
                events.emit_events(
                    org, events.EventPayload("webhook.ping", {"webhook_id": webhook_id})
                )
        except IntegrityError as fault:
            faults.append(fault)

    deleting, telling = threading.Thread(target=delete), threading.Thread(target=tell)
    deleting.start()
    gone.wait(PATIENCE)
    telling.start()
    telling.join(0.3)
    go_on.set()
    deleting.join(PATIENCE)
    telling.join(PATIENCE)
    db.session.rollback()
    assert faults == []
    assert [e["data"]["webhook_id"] for e in told(ann)] == [webhook_id]
