"""Who has changed what: noted with the change, and telling of no participant."""

from datetime import timedelta

import pytest

from interviewrelay.accounts import api_keys, member_invitations, members, password_resets
from interviewrelay.billing import ledger, low_balance_alerts, subscriptions
from interviewrelay.core import clock
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict
from interviewrelay.core.ids import new_id
from interviewrelay.interviews import model_settings
from interviewrelay.models import AuditEntry
from interviewrelay.operations import tenants
from interviewrelay.organizations import access, audit_log, branding, profile
from interviewrelay.privacy import erasure, retention
from interviewrelay.webhooks import endpoints
from tests import factories
from tests.conftest import PASSWORD
from tests.factories import a_campaign, a_finished_interview


def acts(somebody, subject=None):
    """Newest last."""
    rows = audit_log.list_entries(somebody.actor, subject=subject).items
    return [(row.act, row.about) for row in reversed(rows)]


@pytest.fixture
def clear(ann, ben):
    """What the fixtures themselves have done is not looked at."""
    with transaction():
        db.session.query(AuditEntry).delete()


def test_members_are_noted_with_what_they_become(services, ann, vic, clear, mailer):
    mailer.configured = False
    link = member_invitations.invite_member(services, ann.actor, "new@x.example", "viewer")
    member_invitations.accept_invitation(
        services, factories.a_caller(), link.rpartition("/")[2], "New", PASSWORD
    )
    member_invitations.invite_member(services, ann.actor, "other@x.example", "admin")
    (row,) = member_invitations.list_invitations(ann.actor)
    member_invitations.revoke_invitation(ann.actor, row.id)
    members.change_role(vic.membership, "researcher", ann.actor)
    members.change_role(vic.membership, "researcher", ann.actor)
    members.remove_member(vic.membership, ann.actor)
    password_resets.change_password(
        services, factories.a_caller(), ann.actor, PASSWORD, "another horse battery staple"
    )
    assert acts(ann) == [
        ("member_invited", "new@x.example as viewer"),
        ("member_joined", "new@x.example"),
        ("member_invited", "other@x.example as admin"),
        ("member_uninvited", "other@x.example"),
        ("member_role", "vic@alder.example to researcher"),
        ("member_removed", "vic@alder.example"),
        ("member_password", ""),
    ]


def test_keys_and_webhooks_are_noted_when_something_changes(services, ann, clear):
    key, _ = api_keys.create_api_key(
        services.ring, ann.membership, "Shop", once=(once := new_id())
    )
    with pytest.raises(Conflict):
        api_keys.create_api_key(services.ring, ann.membership, "Shop", once=once)
    api_keys.revoke_api_key(key)
    api_keys.revoke_api_key(key)
    wanted = endpoints.WebhookSettings("https://hooks.example/a")
    hook, _ = endpoints.create_webhook(services, ann.actor, wanted)
    endpoints.switch_webhook(hook, on=False)
    endpoints.switch_webhook(hook, on=False)
    endpoints.switch_webhook(hook, on=True)
    endpoints.rotate_secret(services, hook)
    endpoints.change_webhook(services, ann.actor, hook, wanted)
    endpoints.delete_webhook(hook)
    endpoints.delete_webhook(hook)
    assert [act for act, _ in acts(ann)] == [
        "key_made", "key_revoked", "webhook_made", "webhook_off", "webhook_on", "webhook_secret",
        "webhook_changed", "webhook_deleted",
    ]  # fmt: skip
    assert acts(ann, "key") == [("key_made", "“Shop”"), ("key_revoked", "“Shop”")]


def test_settings_and_credits_are_noted_once(services, ann, clear):
    ours = ann.actor.org_id
    profile.change_details(ann.actor, profile.OrganizationDetails("Alder Labs"))
    profile.change_sender(ann.actor, profile.MailSender("Alder Research"))
    profile.change_sender(ann.actor, profile.MailSender())
    row = profile.get_organization(ann.actor)
    retention.set_terms(ann.actor, row, retention.RetentionTerms(30, None), 0)
    model_settings.save_model_settings(services, ours, model_settings.ModelSettings("none"))
    branding.save_brand(services, ours, "#123456", None)
    low_balance_alerts.set_warning_level(ann.actor, 400)
    low_balance_alerts.set_warning_level(ann.actor, None)
    subscriptions.change_plan(row, "starter")
    for _ in range(2):
        ledger.grant_credits(ours, 500, "test:one")
        ledger.remove_credits(ours, 100, "test:two", "Back")
    assert acts(ann) == [
        ("settings_organization", "Alder Labs"),
        ("settings_mail", "Alder Research"),
        ("settings_mail", "Alder Labs"),
        (
            "settings_retention",
            (
                "transcripts erased after 30 days, unused addresses kept indefinitely, "
                "recordings erased after 90 days"
            ),
        ),
        ("settings_model", "no model"),
        ("settings_branding", ""),
        ("settings_warning", "below 400 credits"),
        ("settings_warning", "the standard level"),
        ("credits_plan", "Starter"),
        ("credits_given", "500"),
        ("credits_taken", "up to 100"),
    ]


def test_erasures_are_noted_without_whom(services, ann, clear):
    campaign = a_campaign(ann)
    first = a_finished_interview(services, campaign, "It took an hour.", email="pat@x.example")
    a_finished_interview(services, campaign, "It took two.", email="sam@x.example")
    erasure.erase_session(services, ann.actor, first.id)
    erasure.erase_session(services, ann.actor, first.id)
    erasure.erase_person(services, ann.actor, "sam@x.example")
    erasure.erase_person(services, ann.actor, "nobody@x.example")
    assert acts(ann) == [("privacy_session", first.id), ("privacy_person", "")]


def test_by_whom_and_by_which_door(services, root, ann, ben, clear):
    def made(name):
        api_keys.create_api_key(services.ring, ann.membership, name)

    made("By command")
    with audit_log.acting_as(ann.actor):
        made("By page")
    with audit_log.acting_as(api_keys.authenticate(services.ring, ann.auth["Authorization"])):
        made("By key")
    with audit_log.acting_as(root.actor):
        tenants.grant_credits(root.actor, ann.actor.org_id, 5, "", new_id())
    rows = audit_log.list_entries(ann.actor).items
    assert [row.door for row in rows] == ["server", "key", "page", "command"]
    assert audit_log.get_addresses(rows) == {ann.actor.user_id: ann.email}
    assert audit_log.list_entries(ben.actor).items == []


def test_a_page_of_it_costs_the_same_and_old_entries_go(services, ann, clear):
    with clock.freeze_at(clock.now() - timedelta(days=731)):
        api_keys.create_api_key(services.ring, ann.membership, "Old")
    for n in range(3):
        api_keys.create_api_key(services.ring, ann.membership, f"K{n}")
    first = audit_log.list_entries(ann.actor, pagination.Window(limit=2))
    assert (first.total, len(first.items)) == (4, 2)
    rest = audit_log.list_entries(
        ann.actor, pagination.Window(limit=2, cursor=first.next_cursor)
    )
    assert len({row.id for row in (*first.items, *rest.items)}) == 4
    assert (audit_log.delete_old_entries(), audit_log.delete_old_entries()) == (1, 0)
    assert len(acts(ann)) == 3


def test_what_is_no_act_or_in_no_transaction_is_not_noted(ann):
    with pytest.raises(ValueError, match="unknown audit action"), transaction():
        audit_log.add_entry(ann.actor.org_id, "tea_made")
    with pytest.raises(RuntimeError):
        audit_log.add_entry(ann.actor.org_id, "key_made", "x")


def test_every_act_is_told_and_belongs_to_something(ann):
    assert access.get_membership(ann.actor)
    assert {act.partition("_")[0] for act in audit_log.ACTS} == set(audit_log.SUBJECTS)
    assert all("{" not in told.format("x") for told in audit_log.ACTS.values())
