"""What an organization has set up, in figures."""

from datetime import timedelta

from interviewrelay import clock
from interviewrelay.database import db, transaction
from interviewrelay.domain import (
    branding,
    configuration,
    keys,
    low_balance,
    member_invites,
    webhooks,
)
from interviewrelay.domain.configuration import Configuration
from interviewrelay.models import Mail
from tests.statements import statements


def test_nothing_is_set_up_but_the_owner_and_a_key(ann, ben):
    assert configuration.of(ann.actor) == Configuration(
        1, 0, 1, 0, 0, 0, 0, None, None, None, None, None
    )


def test_each_thing_is_counted_as_it_is_by_one_statement(office, ann, ben, vic):
    member_invites.invite(office, ann.actor, "new@x.example", "viewer")
    with clock.standing_at(clock.now() - timedelta(days=8)):
        member_invites.invite(office, ann.actor, "old@x.example", "viewer")
    gone, _ = keys.create(office.ring, ann.membership, "Gone")
    keys.revoke(gone)
    with clock.standing_at(clock.now() - timedelta(days=3)):
        keys.create(office.ring, ann.membership, "Over", days=1)
    rows = [
        webhooks.create(office, ann.actor, webhooks.Wanted(f"https://hooks.example/{n}"))[0]
        for n in range(3)
    ]
    webhooks.switch(rows[0], on=False)
    with transaction():
        rows[1].failing_since = clock.now()
    branding.choose(office, ann.actor.org_id, "#123456", None)
    low_balance.warn_below(ann.actor, 400)
    with transaction():
        for state, kind in (("failed", "credits"), ("failed", "password"), ("sent", "credits")):
            mail = Mail(
                org_id=ann.actor.org_id, recipient="a@x.example", facts={}, kind=kind,
                state=state, dedupe=f"{state} {kind}", next_at=clock.now(),
            )  # fmt: skip
            db.session.add(mail)
    found = configuration.of(ann.actor)
    assert (found.members, found.invited, found.keys) == (2, 1, 2)
    assert (found.webhooks, found.failing, found.switched_off) == (3, 1, 1)
    assert found.failed_mails == 1
    assert (found.accent, found.logo, found.warn_below) == ("#123456", None, 400)
    assert statements(lambda: configuration.of(ann.actor)) == 1
    assert configuration.of(ben.actor).webhooks == 0
