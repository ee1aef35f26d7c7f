"""On SQLite there is one writer, and nobody can overtake; here two tell of something at once."""

import threading

from interviewrelay.database import db, transaction
from interviewrelay.domain import events
from tests.domain.test_events import told


def test_positions_appear_in_the_order_in_which_they_were_given(app, ann):
    """The second teller waits for the first: whoever has read the second has read the first."""
    first_in, go_on, seen = threading.Event(), threading.Event(), []
    org = ann.actor.org_id

    def tell(number, wait):
        with app.app_context(), transaction():
            events.emit(org, events.Told("webhook.ping", {"n": number}))
            if wait:
                first_in.set()
                go_on.wait(10)

    slow = threading.Thread(target=tell, args=(1, True))
    quick = threading.Thread(target=tell, args=(2, False))
    slow.start()
    first_in.wait(10)
    quick.start()
    quick.join(0.3)
    db.session.rollback()
    seen.append([e["data"]["n"] for e in told(ann)])
    go_on.set()
    slow.join(10)
    quick.join(10)
    db.session.rollback()
    seen.append([e["data"]["n"] for e in told(ann)])
    assert seen == [[], [1, 2]]
