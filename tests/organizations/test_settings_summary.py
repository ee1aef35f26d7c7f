"""What an organization has set up, in figures."""

from datetime import timedelta

from interviewrelay.accounts import api_keys, member_invitations
from interviewrelay.billing import low_balance_alerts
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import Mail
from interviewrelay.organizations import branding, settings_summary
from interviewrelay.organizations.settings_summary import SettingsSummary
from interviewrelay.webhooks import endpoints
from tests.statements import statements


def test_nothing_is_set_up_but_the_owner_and_a_key(ann, ben):
    assert settings_summary.get_settings_summary(ann.actor) == SettingsSummary(
        1, 0, 1, 0, 0, 0, 0, None, None, None, None, None
    )


def test_each_thing_is_counted_as_it_is_by_one_statement(services, ann, ben, vic):
    member_invitations.invite_member(services, ann.actor, "new@x.example", "viewer")
    with clock.freeze_at(clock.now() - timedelta(days=8)):
        member_invitations.invite_member(services, ann.actor, "old@x.example", "viewer")
    gone, _ = api_keys.create_api_key(services.ring, ann.membership, "Gone")
    api_keys.revoke_api_key(gone)
    with clock.freeze_at(clock.now() - timedelta(days=3)):
        api_keys.create_api_key(services.ring, ann.membership, "Over", days=1)
    rows = [
        endpoints.create_webhook(
            services, ann.actor, endpoints.WebhookSettings(f"https://hooks.example/{n}")
        )[0]
        for n in range(3)
    ]
    endpoints.switch_webhook(rows[0], on=False)
    with transaction():
        rows[1].failing_since = clock.now()
    branding.save_brand(services, ann.actor.org_id, "#123456", None)
    low_balance_alerts.set_warning_level(ann.actor, 400)
    with transaction():
        for state, kind in (("failed", "credits"), ("failed", "password"), ("sent", "credits")):
            mail = Mail(
                org_id=ann.actor.org_id, recipient="a@x.example", facts={}, kind=kind,
                state=state, dedupe=f"{state} {kind}", next_at=clock.now(),
            )  # fmt: skip
            db.session.add(mail)
    found = settings_summary.get_settings_summary(ann.actor)
    assert (found.members, found.invited, found.keys) == (2, 1, 2)
    assert (found.webhooks, found.failing, found.switched_off) == (3, 1, 1)
    assert found.failed_mails == 1
    assert (found.accent, found.logo, found.warn_below) == ("#123456", None, 400)
    assert statements(lambda: settings_summary.get_settings_summary(ann.actor)) == 1
    assert settings_summary.get_settings_summary(ben.actor).webhooks == 0
