"""What an organization has set up, in figures."""

from datetime import timedelta

from interviewrelay.accounts import api_keys, member_invitations
from interviewrelay.billing import low_balance_alerts
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import Mail
from interviewrelay.organizations import branding, settings_summary
from interviewrelay.organizations.settings_summary import Configuration
from interviewrelay.webhooks import endpoints
from tests.statements import statements


def test_nothing_is_set_up_but_the_owner_and_a_key(ann, ben):
    assert settings_summary.of(ann.actor) == Configuration(
        1, 0, 1, 0, 0, 0, 0, None, None, None, None, None
    )


def test_each_thing_is_counted_as_it_is_by_one_statement(office, ann, ben, vic):
    member_invitations.invite(office, ann.actor, "new@x.example", "viewer")
    with clock.standing_at(clock.now() - timedelta(days=8)):
        member_invitations.invite(office, ann.actor, "old@x.example", "viewer")
    gone, _ = api_keys.create(office.ring, ann.membership, "Gone")
    api_keys.revoke(gone)
    with clock.standing_at(clock.now() - timedelta(days=3)):
        api_keys.create(office.ring, ann.membership, "Over", days=1)
    rows = [
        endpoints.create(office, ann.actor, endpoints.Wanted(f"https://hooks.example/{n}"))[0]
        for n in range(3)
    ]
    endpoints.switch(rows[0], on=False)
    with transaction():
        rows[1].failing_since = clock.now()
    branding.choose(office, ann.actor.org_id, "#123456", None)
    low_balance_alerts.warn_below(ann.actor, 400)
    with transaction():
        for state, kind in (("failed", "credits"), ("failed", "password"), ("sent", "credits")):
            mail = Mail(
                org_id=ann.actor.org_id, recipient="a@x.example", facts={}, kind=kind,
                state=state, dedupe=f"{state} {kind}", next_at=clock.now(),
            )  # fmt: skip
            db.session.add(mail)
    found = settings_summary.of(ann.actor)
    assert (found.members, found.invited, found.keys) == (2, 1, 2)
    assert (found.webhooks, found.failing, found.switched_off) == (3, 1, 1)
    assert found.failed_mails == 1
    assert (found.accent, found.logo, found.warn_below) == ("#123456", None, 400)
    assert statements(lambda: settings_summary.of(ann.actor)) == 1
    assert settings_summary.of(ben.actor).webhooks == 0
