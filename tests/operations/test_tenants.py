"""The organizations of a server, for whoever administers it."""

import pytest

from interviewrelay.accounts import accounts, member_invitations
from interviewrelay.billing import ledger
from interviewrelay.core.db import pagination
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter, NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.operations import consistency_check, tenants
from interviewrelay.operations.tenants import Terms
from tests import factories
from tests.conftest import PASSWORD
from tests.factories import a_campaign, a_finished_interview
from tests.statements import statements


def named(page):
    return [tenant.organization.name for tenant in page.items]


def test_all_of_it_is_for_administrators_of_the_server_alone(ann, root):
    ours, once = ann.actor.org_id, new_id()
    for act in (
        lambda: tenants.listing(ann.actor),
        lambda: tenants.one(ann.actor, ours),
        lambda: tenants.people(ann.actor, ours),
        lambda: tenants.movements(ann.actor, ours),
        lambda: tenants.put_on(ann.actor, ours, Terms("free")),
        lambda: tenants.grant(ann.actor, ours, 5, "", once),
        lambda: tenants.take_back(ann.actor, ours, 5, "", once),
    ):
        with pytest.raises(Forbidden):
            act()
    assert tenants.one(root.actor, ours).organization.plan == "enterprise"
    for nobody in (new_id(), "no id", ""):
        with pytest.raises(NotFound):
            tenants.one(root.actor, nobody)


def test_they_are_found_by_name_slug_and_the_address_of_a_member(root, ann, ben, vic):
    actor = root.actor
    assert set(named(tenants.listing(actor))) == {"Operations", "Alder", "Birch"}
    assert named(tenants.listing(actor, words=" ALD ")) == ["Alder"]
    assert named(tenants.listing(actor, words="birch")) == ["Birch"]
    assert named(tenants.listing(actor, words="vic@")) == ["Alder"]
    assert named(tenants.listing(actor, words="%")) == []
    assert named(tenants.listing(actor, plan="free")) == []
    assert len(named(tenants.listing(actor, plan="enterprise"))) == 3
    first = tenants.listing(actor, pagination.Window(limit=2))
    rest = tenants.listing(actor, pagination.Window(limit=2, cursor=first.next_cursor))
    assert len(set(named(first) + named(rest))) == 3


def test_figures_are_those_of_each_and_cost_the_same_for_many(office, root, ann, ben, vic):
    campaign = a_campaign(ann)
    a_finished_interview(office, campaign, "It took an hour.")
    found = {t.organization.name: t for t in tenants.listing(root.actor).items}
    alder, birch = found["Alder"], found["Birch"]
    assert (alder.members, alder.active_campaigns, alder.completed) == (2, 1, 1)
    assert (birch.members, birch.active_campaigns, birch.completed) == (1, 0, 0)
    assert ledger.balance(birch.account) == 1_600
    one = statements(lambda: tenants.listing(root.actor, words="birch"))
    assert statements(lambda: tenants.listing(root.actor)) == one
    assert [m.user.name for m in tenants.people(root.actor, ann.actor.org_id)] == [
        "Alder",
        "Vic",
    ]


def test_a_plan_is_given_with_amounts_of_enterprise_alone(root, ann):
    ours = ann.actor.org_id
    account = tenants.put_on(root.actor, ours, Terms("enterprise", 2_000, 5_000))
    assert (account.monthly_amount, account.monthly) == (2_000, 2_000)
    assert tenants.put_on(root.actor, ours, Terms("starter")).monthly_amount == 1_000
    for wrong, field in (
        (Terms("king"), "plan"),
        (Terms("free", 10), "plan"),
        (Terms("enterprise", -1), "monthly_credits"),
        (Terms("enterprise", 5, 2_000_000_000), "requests_per_hour"),
    ):
        with pytest.raises(InvalidParameter) as refusal:
            tenants.put_on(root.actor, ours, wrong)
        assert refusal.value.details["field"] == field
    assert tenants.one(root.actor, ours).organization.plan == "starter"


def test_credits_are_given_and_taken_once_for_each_form(root, ann):
    ours, once = ann.actor.org_id, new_id()
    for _ in range(2):
        account = tenants.grant(root.actor, ours, 500, "  For the  pilot ", once)
    assert ledger.balance(account) == 2_100
    entry = tenants.movements(root.actor, ours)[0]
    assert (entry.kind, entry.description, entry.amount) == ("grant", "For the pilot", 500)
    other = new_id()
    for _ in range(2):
        account = tenants.take_back(root.actor, ours, 200, "", other)
    assert ledger.balance(account) == 1_900
    assert tenants.take_back(root.actor, ours, 10_000, "", new_id()).topup == 0
    assert consistency_check.examine()["L1 transactions add up to the balance"] == []


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
        tenants.grant(root.actor, ann.actor.org_id, **wanted)
    assert refusal.value.details["field"] == field
    assert ledger.balance(ledger.account(ann.actor)) == 1_600


def test_an_organization_is_made_once_with_an_owner_asked_in(office, root, mailer):
    mailer.configured = False
    once = new_id()
    made, link = tenants.open_one(
        office, root.actor, " Cedar  Lab ", "Cy@x.example", "starter", once
    )
    assert (made.id, made.name, made.plan) == (once, "Cedar Lab", "starter")
    with pytest.raises(Conflict, match="already exists"):
        tenants.open_one(office, root.actor, "Cedar Lab", "cy@x.example", "starter", once)
    offer = member_invitations.look(office.ring, token := link.rpartition("/")[2])
    assert (offer.organization, offer.email, offer.role) == (
        "Cedar Lab",
        "cy@x.example",
        "owner",
    )
    entered = member_invitations.accept(office, factories.a_caller(), token, "Cy", PASSWORD)
    member = accounts.logged_in(office.ring, entered.token)
    assert (member.role, member.org_id, member.user.system_admin) == ("owner", once, False)
    assert ledger.balance(tenants.one(root.actor, once).account) == 1_600
    assert not any(consistency_check.examine().values())


def test_what_is_wrong_with_a_new_organization_is_told_of_every_field(office, root):
    with pytest.raises(InvalidParameter) as refusal:
        tenants.open_one(office, root.actor, " ", "nobody", "king", "x")
    fields = [p["field"] for p in refusal.value.details["errors"]]
    assert fields == ["name", "email", "plan", "once"]
    assert len(tenants.listing(root.actor).items) == 1


def test_an_owner_is_asked_in_where_none_is_left_who_can_log_in(office, root, ann, mailer):
    assert tenants.invite_owner(office, root.actor, ann.actor.org_id, "new@x.example") is None
    (row,) = member_invitations.listing(ann.actor)
    assert (row.email, row.role, row.invited_by) == (
        "new@x.example",
        "owner",
        "The administrator",
    )
    with pytest.raises(Conflict, match="already a member of the organization"):
        tenants.invite_owner(office, root.actor, ann.actor.org_id, ann.email)
    with pytest.raises(NotFound):
        tenants.invite_owner(office, root.actor, new_id(), "new@x.example")
    for act in (
        lambda: tenants.open_one(office, ann.actor, "N", "n@x.example", "free", new_id()),
        lambda: tenants.invite_owner(office, ann.actor, ann.actor.org_id, "n@x.example"),
    ):
        with pytest.raises(Forbidden):
            act()
