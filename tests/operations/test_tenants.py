"""The organizations of a server, for whoever administers it."""

import pytest

from interviewrelay.accounts import login_sessions, member_invitations
from interviewrelay.billing import ledger
from interviewrelay.core.db import pagination
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter, NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.operations import consistency_check, tenants
from interviewrelay.operations.tenants import PlanTerms
from tests import factories
from tests.conftest import PASSWORD
from tests.factories import a_campaign, a_finished_interview
from tests.statements import statements


def named(page):
    return [tenant.organization.name for tenant in page.items]


def test_all_of_it_is_for_administrators_of_the_server_alone(ann, root):
    ours, once = ann.actor.org_id, new_id()
    for act in (
        lambda: tenants.list_tenants(ann.actor),
        lambda: tenants.get_tenant(ann.actor, ours),
        lambda: tenants.list_members(ann.actor, ours),
        lambda: tenants.list_movements(ann.actor, ours),
        lambda: tenants.change_plan(ann.actor, ours, PlanTerms("free")),
        lambda: tenants.grant_credits(ann.actor, ours, 5, "", once),
        lambda: tenants.remove_credits(ann.actor, ours, 5, "", once),
    ):
        with pytest.raises(Forbidden):
            act()
    assert tenants.get_tenant(root.actor, ours).organization.plan == "enterprise"
    for nobody in (new_id(), "no id", ""):
        with pytest.raises(NotFound):
            tenants.get_tenant(root.actor, nobody)


def test_they_are_found_by_name_slug_and_the_address_of_a_member(root, ann, ben, vic):
    actor = root.actor
    assert set(named(tenants.list_tenants(actor))) == {"Operations", "Alder", "Birch"}
    assert named(tenants.list_tenants(actor, words=" ALD ")) == ["Alder"]
    assert named(tenants.list_tenants(actor, words="birch")) == ["Birch"]
    assert named(tenants.list_tenants(actor, words="vic@")) == ["Alder"]
    assert named(tenants.list_tenants(actor, words="%")) == []
    assert named(tenants.list_tenants(actor, plan="free")) == []
    assert len(named(tenants.list_tenants(actor, plan="enterprise"))) == 3
    first = tenants.list_tenants(actor, pagination.Window(limit=2))
    rest = tenants.list_tenants(actor, pagination.Window(limit=2, cursor=first.next_cursor))
    assert len(set(named(first) + named(rest))) == 3


def test_figures_are_those_of_each_and_cost_the_same_for_many(services, root, ann, ben, vic):
    campaign = a_campaign(ann)
    a_finished_interview(services, campaign, "It took an hour.")
    found = {t.organization.name: t for t in tenants.list_tenants(root.actor).items}
    alder, birch = found["Alder"], found["Birch"]
    assert (alder.members, alder.active_campaigns, alder.completed) == (2, 1, 1)
    assert (birch.members, birch.active_campaigns, birch.completed) == (1, 0, 0)
    assert ledger.balance(birch.account) == 1_600
    one = statements(lambda: tenants.list_tenants(root.actor, words="birch"))
    assert statements(lambda: tenants.list_tenants(root.actor)) == one
    assert [m.user.name for m in tenants.list_members(root.actor, ann.actor.org_id)] == [
        "Alder",
        "Vic",
    ]


def test_a_plan_is_given_with_amounts_of_enterprise_alone(root, ann):
    ours = ann.actor.org_id
    account = tenants.change_plan(root.actor, ours, PlanTerms("enterprise", 2_000, 5_000))
    assert (account.monthly_amount, account.monthly) == (2_000, 2_000)
    assert tenants.change_plan(root.actor, ours, PlanTerms("starter")).monthly_amount == 1_000
    for wrong, field in (
        (PlanTerms("king"), "plan"),
        (PlanTerms("free", 10), "plan"),
        (PlanTerms("enterprise", -1), "monthly_credits"),
        (PlanTerms("enterprise", 5, 2_000_000_000), "requests_per_hour"),
    ):
        with pytest.raises(InvalidParameter) as refusal:
            tenants.change_plan(root.actor, ours, wrong)
        assert refusal.value.details["field"] == field
    assert tenants.get_tenant(root.actor, ours).organization.plan == "starter"


def test_credits_are_given_and_taken_once_for_each_form(root, ann):
    ours, once = ann.actor.org_id, new_id()
    for _ in range(2):
        account = tenants.grant_credits(root.actor, ours, 500, "  For the  pilot ", once)
    assert ledger.balance(account) == 2_100
    entry = tenants.list_movements(root.actor, ours)[0]
    assert (entry.kind, entry.description, entry.amount) == ("grant", "For the pilot", 500)
    other = new_id()
    for _ in range(2):
        account = tenants.remove_credits(root.actor, ours, 200, "", other)
    assert ledger.balance(account) == 1_900
    assert tenants.remove_credits(root.actor, ours, 10_000, "", new_id()).topup == 0
    assert consistency_check.run_checks()["L1 transactions add up to the balance"] == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"credits": 0}, "credits"),
        ({"credits": 10_000_001}, "credits"),
        ({"once": "again"}, "once"),
        ({"reason": "r" * 201}, "reason"),
    ],
)
def test_what_makes_no_sense_moves_nothing(root, ann, given, field):
    wanted = {"credits": 5, "reason": "", "once": new_id(), **given}
    with pytest.raises(InvalidParameter) as refusal:
        tenants.grant_credits(root.actor, ann.actor.org_id, **wanted)
    assert refusal.value.details["field"] == field
    assert ledger.balance(ledger.get_account(ann.actor)) == 1_600


def test_an_organization_is_made_once_with_an_owner_asked_in(services, root, mailer):
    mailer.configured = False
    once = new_id()
    made, link = tenants.open_organization(
        services, root.actor, " Cedar  Lab ", "Cy@x.example", "starter", once
    )
    assert (made.id, made.name, made.plan) == (once, "Cedar Lab", "starter")
    with pytest.raises(Conflict, match="already exists"):
        tenants.open_organization(
            services, root.actor, "Cedar Lab", "cy@x.example", "starter", once
        )
    offer = member_invitations.get_offer(services.ring, token := link.rpartition("/")[2])
    assert (offer.organization, offer.email, offer.role) == (
        "Cedar Lab",
        "cy@x.example",
        "owner",
    )
    entered = member_invitations.accept_invitation(
        services, factories.a_caller(), token, "Cy", PASSWORD
    )
    member = login_sessions.find_login_membership(services.ring, entered.token)
    assert (member.role, member.org_id, member.user.system_admin) == ("owner", once, False)
    assert ledger.balance(tenants.get_tenant(root.actor, once).account) == 1_600
    assert not any(consistency_check.run_checks().values())


def test_what_is_wrong_with_a_new_organization_is_told_of_every_field(services, root):
    with pytest.raises(InvalidParameter) as refusal:
        tenants.open_organization(services, root.actor, " ", "nobody", "king", "x")
    fields = [p["field"] for p in refusal.value.details["errors"]]
    assert fields == ["name", "email", "plan", "once"]
    assert len(tenants.list_tenants(root.actor).items) == 1


def test_an_owner_is_asked_in_where_none_is_left_who_can_log_in(services, root, ann, mailer):
    assert tenants.invite_owner(services, root.actor, ann.actor.org_id, "new@x.example") is None
    (row,) = member_invitations.list_invitations(ann.actor)
    assert (row.email, row.role, row.invited_by) == (
        "new@x.example",
        "owner",
        "The server administrator",
    )
    with pytest.raises(Conflict, match="already a member of the organization"):
        tenants.invite_owner(services, root.actor, ann.actor.org_id, ann.email)
    with pytest.raises(NotFound):
        tenants.invite_owner(services, root.actor, new_id(), "new@x.example")
    for act in (
        lambda: tenants.open_organization(
            services, ann.actor, "N", "n@x.example", "free", new_id()
        ),
        lambda: tenants.invite_owner(services, ann.actor, ann.actor.org_id, "n@x.example"),
    ):
        with pytest.raises(Forbidden):
            act()
