"""Asking people into an organization: by a link, once, for seven days, with no more power than allowed."""

from datetime import timedelta

import pytest

from interviewrelay.accounts import accounts, login_sessions, member_invitations, members
from interviewrelay.core import clock
from interviewrelay.core.db.session import transaction
from interviewrelay.core.errors import (
    Conflict,
    Forbidden,
    InvalidParameter,
    NotFound,
    PlanLimitReached,
)
from interviewrelay.mail import outbox
from interviewrelay.notifications import mail_delivery
from interviewrelay.organizations import access, plans
from tests import factories
from tests.conftest import HASHED
from tests.web.everything import everything

NEW, PASSWORD = "new@x.example", "correct horse battery staple"


@pytest.fixture
def mailed(services, mailer, ann):
    """Invites, and gives the token in the mail."""

    def invite(email=NEW, role="researcher", who=ann):
        assert member_invitations.invite_member(services, who.actor, email, role) is None
        mail_delivery.deliver_due_mails(services)
        assert (mailer.letters[-1].kind, mailer.letters[-1].to) == ("member", email.lower())
        return mailer.letters[-1].facts["url"].rpartition("/")[2]

    return invite


def test_somebody_new_joins_once_with_a_name_and_a_password(services, ann, mailed):
    token = mailed()
    offer = member_invitations.get_offer(services.ring, token)
    assert (offer.organization, offer.role, offer.known) == ("Alder", "researcher", False)
    with pytest.raises(InvalidParameter):
        member_invitations.accept_invitation(
            services, factories.a_caller(), token, "New", "short"
        )
    entered = member_invitations.accept_invitation(
        services, factories.a_caller(), token, " New  One ", PASSWORD
    )
    member = login_sessions.find_login_membership(services.ring, entered.token)
    assert (member.user.name, member.role, member.org_id) == (
        "New One",
        "researcher",
        ann.actor.org_id,
    )
    with pytest.raises(NotFound):
        member_invitations.accept_invitation(
            services, factories.a_caller(), token, "New", PASSWORD
        )
    assert member_invitations.list_invitations(ann.actor) == []


def test_somebody_with_an_account_joins_with_its_password_and_switches(
    services, ann, ben, mailed
):
    token = mailed(ben.email, "viewer")
    assert member_invitations.get_offer(services.ring, token).known
    with pytest.raises(InvalidParameter, match="n’t the password for your account"):
        member_invitations.accept_invitation(
            services, factories.a_caller(), token, "", "n’t the password for Ben"
        )
    entered = member_invitations.accept_invitation(
        services, factories.a_caller(), token, "", ben.password
    )
    here = accounts.build_actor(
        login_sessions.find_login_membership(services.ring, entered.token)
    )
    assert (here.org_id, here.role) == (ann.actor.org_id, "viewer")
    back = member_invitations.switch_organization(services.ring, here, ben.membership.id)
    assert login_sessions.find_login_membership(services.ring, back).org_id == ben.actor.org_id
    with pytest.raises(NotFound):
        member_invitations.switch_organization(services.ring, here, ann.membership.id)


def test_a_link_works_for_seven_days(services, ann):
    services.mailer.configured = False
    with clock.freeze_at(clock.now()):
        token = member_invitations.invite_member(services, ann.actor, NEW, "viewer").rpartition(
            "/"
        )[2]
        begun = clock.now()
    with clock.freeze_at(begun + timedelta(days=7, seconds=-1)):
        assert member_invitations.get_offer(services.ring, token).email == NEW
        assert member_invitations.delete_expired_invitations() == 0
    with clock.freeze_at(begun + timedelta(days=7)):
        with pytest.raises(NotFound):
            member_invitations.get_offer(services.ring, token)
        assert member_invitations.delete_expired_invitations() == 1


def test_sent_again_the_old_link_is_over_and_taken_back_every_one(
    services, ann, mailer, mailed
):
    first = mailed()
    (row,) = member_invitations.list_invitations(ann.actor)
    member_invitations.resend_invitation(services, ann.actor, row.id)
    with pytest.raises(NotFound):
        member_invitations.get_offer(services.ring, first)
    mail_delivery.deliver_due_mails(services)
    second = mailer.letters[-1].facts["url"].rpartition("/")[2]
    (row,) = member_invitations.list_invitations(ann.actor)
    assert member_invitations.revoke_invitation(ann.actor, row.id) == NEW
    with pytest.raises(NotFound):
        member_invitations.accept_invitation(
            services, factories.a_caller(), second, "New", PASSWORD
        )


def test_sent_again_before_the_first_has_left_one_mail_goes(services, ann, mailer):
    member_invitations.invite_member(services, ann.actor, NEW, "viewer")
    (row,) = member_invitations.list_invitations(ann.actor)
    for _ in range(2):
        member_invitations.resend_invitation(services, ann.actor, row.id)
    assert mail_delivery.deliver_due_mails(services) == 1
    token = mailer.letters[-1].facts["url"].rpartition("/")[2]
    assert member_invitations.get_offer(services.ring, token).email == NEW


def test_a_mail_of_an_invitation_that_was_taken_back_does_not_leave(services, ann, mailer):
    member_invitations.invite_member(services, ann.actor, NEW, "viewer")
    member_invitations.revoke_invitation(
        ann.actor, member_invitations.list_invitations(ann.actor)[0].id
    )
    mail_delivery.deliver_due_mails(services)
    assert mailer.letters == []


def test_nothing_stored_opens_the_organization_and_no_outbox_shows_it(services, ann, mailed):
    assert mailed() not in everything()
    assert outbox.list_mails(ann.actor).items == []


def test_only_an_owner_makes_owners_and_members_are_not_asked_again(services, ann, vic):
    from dataclasses import replace

    admin = replace(ann.actor, role="admin")
    with pytest.raises(Forbidden, match="Only an owner"):
        member_invitations.invite_member(services, admin, NEW, "owner")
    with pytest.raises(Conflict, match="already"):
        member_invitations.invite_member(services, ann.actor, vic.email.upper(), "viewer")
    for email, role in (("new", "viewer"), (NEW, "king")):
        with pytest.raises(InvalidParameter):
            member_invitations.invite_member(services, ann.actor, email, role)


def test_what_belongs_to_others_is_not_there(services, ann, ben, mailed):
    mailed()
    (row,) = member_invitations.list_invitations(ann.actor)
    assert member_invitations.list_invitations(ben.actor) == []
    for verb in (
        member_invitations.revoke_invitation,
        lambda *w: member_invitations.resend_invitation(services, *w),
    ):
        with pytest.raises(NotFound):
            verb(ben.actor, row.id)


def test_the_plan_decides_how_many_join(services, ann, mailed):
    from interviewrelay.core.db.session import db, transaction

    token = mailed("n1@x.example")
    with transaction():
        ann.membership.organization.plan = "free"
        db.session.merge(ann.membership.organization)
    for number in range(plans.PLANS["free"].members - 1):
        accounts_there(ann, number)
    with pytest.raises(PlanLimitReached):
        member_invitations.accept_invitation(
            services, factories.a_caller(), token, "N", PASSWORD
        )
    with pytest.raises(PlanLimitReached):
        member_invitations.invite_member(services, ann.actor, "n9@x.example", "viewer")
    assert member_invitations.get_offer(services.ring, token).email == "n1@x.example"


def accounts_there(ann, number):
    organization = ann.membership.organization
    members.create_member(organization, f"there{number}@x.example", "There", PASSWORD, "viewer")


def test_an_owner_decides_and_an_admin_does_all_but_that(app, ann, vic):
    with transaction():
        user = accounts.add_user("ada@alder.example", "Ada", HASHED())
        ada = accounts.add_member(ann.membership.organization, user, "admin")
    by = accounts.build_actor(ada)
    assert members.change_role(vic.membership, "researcher", by).role == "researcher"
    for act in (
        lambda: members.change_role(vic.membership, "owner", by),
        lambda: members.change_role(ann.membership, "viewer", by),
        lambda: members.remove_member(ann.membership, by),
    ):
        with pytest.raises(Forbidden, match="Only an owner"):
            act()
    assert members.change_role(vic.membership, "owner", ann.actor).role == "owner"
    members.remove_member(vic.membership, ann.actor)
    with pytest.raises(Conflict, match="at least one owner"):
        members.change_role(ann.membership, "viewer", ann.actor)
    with pytest.raises(Conflict, match="at least one owner"):
        members.remove_member(ann.membership, ann.actor)
    assert [m.user.name for m in member_invitations.list_members(ann.actor)] == ["Alder", "Ada"]


def test_nobody_of_another_organization_is_found(ann, ben):
    with pytest.raises(NotFound):
        access.get_member(ann.actor, ben.membership.id)
    assert access.get_member(ben.actor, ben.membership.id).id == ben.membership.id
