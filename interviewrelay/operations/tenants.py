"""Tenants: the organizations of a server, their plans and credits, for system administrators.

Participants' data is never shown here.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import case, func, or_, select

from interviewrelay.accounts import accounts, member_invitations
from interviewrelay.billing import balance, ledger, server_summary, subscriptions
from interviewrelay.core import email_addresses
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.email_addresses import normalize_address
from interviewrelay.core.errors import Conflict, InvalidParameter, NotFound
from interviewrelay.core.ids import is_id
from interviewrelay.models import (
    Campaign,
    CreditAccount,
    CreditEntry,
    Membership,
    Organization,
    User,
)
from interviewrelay.organizations import audit_log, profile
from interviewrelay.organizations.plans import PLANS
from interviewrelay.runtime.services import Services

log = logging.getLogger(__name__)

MOST_GIVEN: Final = 10_000_000
MOST_A_MONTH: Final = 100_000_000
MOST_REQUESTS: Final = 1_000_000_000
AGAIN: Final = "Reload this page and submit the form again."
NEWEST: Final = pagination.Window(limit=10)


@dataclass(frozen=True, slots=True)
class Tenant:
    """Organization with its plan and usage."""

    organization: Organization
    account: CreditAccount
    members: int
    active_campaigns: int
    completed: int


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """Plan, with the amounts that are specific to Enterprise; None means no limit."""

    plan: str
    monthly_credits: int | None = None
    requests_per_hour: int | None = None


def list_tenants(
    actor: Actor,
    window: pagination.Window = pagination.Window(),
    *,
    words: str | None = None,
    plan: str | None = None,
) -> pagination.Page[Tenant]:
    """Organizations, newest first; `words` match their name or a member's address."""
    server_summary.require_system_admin(actor)
    query = select(Organization)
    if plan is not None:
        query = query.where(Organization.plan == plan)
    if words:
        part = words.strip().lower()
        whose = (
            select(Membership.org_id)
            .join(User, User.id == Membership.user_id)
            .where(User.email.contains(part, autoescape=True))
        )
        query = query.where(
            or_(
                func.lower(Organization.name).contains(part, autoescape=True),
                Organization.slug.contains(part, autoescape=True),
                Organization.id.in_(whose),
            )
        )
    page = pagination.fetch_page(query, Organization.created_at, Organization.id, window)
    known = {tenant.organization.id: tenant for tenant in _tenants(page.items)}
    return page.map_items(lambda organization: known[organization.id])


def get_tenant(actor: Actor, org_id: str) -> Tenant:
    """An organization. Raises NotFound."""
    server_summary.require_system_admin(actor)
    (tenant,) = _tenants([_organization(org_id)])
    return tenant


def list_members(actor: Actor, org_id: str) -> Sequence[Membership]:
    """Its members, bounded by the plan."""
    server_summary.require_system_admin(actor)
    theirs = select(Membership).where(Membership.org_id == org_id)
    return pagination.fetch_all(theirs.order_by(Membership.created_at).limit(100))


def list_movements(actor: Actor, org_id: str) -> Sequence[CreditEntry]:
    """Its newest ledger entries."""
    server_summary.require_system_admin(actor)
    theirs = select(CreditEntry).where(CreditEntry.org_id == org_id)
    newest = theirs.order_by(CreditEntry.created_at.desc(), CreditEntry.seq.desc())
    return pagination.fetch_all(newest.limit(NEWEST.limit))


def open_organization(
    services: Services, actor: Actor, name: str, email: str, plan: str, once: str
) -> tuple[Organization, str | None]:
    """Create an organization and invite its owner; returns it, and the link if no email can carry
    it.

    The same form (`once`) creates one. Raises InvalidParameter, and Conflict for a repeat.
    """
    server_summary.require_system_admin(actor)
    plain = " ".join(name.split())
    problems = []
    if not 1 <= len(plain) <= profile.LONGEST_NAME or not plain.isprintable():
        problems.append(("name", "Enter a name for the organization, up to 200 characters."))
    if normalize_address(email) is None:
        problems.append(("email", email_addresses.WANTED))
    if plan not in PLANS:
        problems.append(("plan", "Choose a plan."))
    if not is_id(once):
        problems.append(("once", AGAIN))
    InvalidParameter.raise_for(problems)
    with transaction():
        if db.session.get(Organization, once) is not None:
            raise Conflict("This organization already exists.")
        organization = accounts.add_organization(plain, plan=plan, key=once)
        audit_log.add_entry(organization.id, "credits_plan", PLANS[plan].title)
    _noted(actor, "organization_created", organization.id)
    return organization, invite_owner(services, actor, organization.id, email)


def invite_owner(services: Services, actor: Actor, org_id: str, email: str) -> str | None:
    """Invite an owner, for example when no owner can log in. Returns the link if no email can carry
    it. Raises NotFound, and like `member_invitations.create_invitation`.
    """
    server_summary.require_system_admin(actor)
    row = _organization(org_id)
    return member_invitations.create_invitation(
        services, row.id, email, "owner", "The server administrator"
    )


def change_plan(actor: Actor, org_id: str, wanted: PlanTerms) -> CreditAccount:
    """Change the plan: more credits apply at once, fewer from the next month.

    Raises NotFound and InvalidParameter.
    """
    server_summary.require_system_admin(actor)
    for field, most in (
        ("monthly_credits", MOST_A_MONTH),
        ("requests_per_hour", MOST_REQUESTS),
    ):
        value = getattr(wanted, field)
        if value is not None and not 0 <= value <= most:
            words = f"Enter a whole number up to {most:,}, or leave the field empty."
            raise InvalidParameter.field(field, "whole number", words)
    organization = _organization(org_id)
    account = subscriptions.change_plan(
        organization,
        wanted.plan,
        monthly_credits=wanted.monthly_credits,
        requests_per_hour=wanted.requests_per_hour,
    )
    _noted(actor, "plan_changed", org_id)
    return account


def grant_credits(
    actor: Actor, org_id: str, credits: int, reason: str, once: str
) -> CreditAccount:
    """Grant top-up credits; the same form (`once`) grants once.

    Raises NotFound and InvalidParameter.
    """
    _amount(actor, credits, once)
    account = ledger.grant_credits(
        _organization(org_id).id, credits, f"admin:{once}", _reason(reason) or None
    )
    _noted(actor, "credits_granted", org_id)
    return account


def remove_credits(
    actor: Actor, org_id: str, credits: int, reason: str, once: str
) -> CreditAccount:
    """Take back up to so many unreserved credits; like `grant_credits`."""
    _amount(actor, credits, once)
    words = _reason(reason) or "Removed by the server administrator"
    account = ledger.remove_credits(_organization(org_id).id, credits, f"admin:{once}", words)
    _noted(actor, "credits_removed", org_id)
    return account


def _amount(actor: Actor, credits: int, once: str) -> None:
    server_summary.require_system_admin(actor)
    if not 1 <= credits <= MOST_GIVEN:
        words = f"Enter a whole number from 1 to {MOST_GIVEN:,}."
        raise InvalidParameter.field("credits", f"integer from 1 to {MOST_GIVEN}", words)
    if not is_id(once):
        raise InvalidParameter.field("once", "UUID", AGAIN)


def _reason(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > 200:
        raise InvalidParameter.field(
            "reason", "string", "Shorten the reason to 200 characters or fewer."
        )
    return words


def _noted(actor: Actor, what: str, org_id: str) -> None:
    log.warning(what, extra={"org": org_id, "user": actor.user_id})


def _organization(org_id: str) -> Organization:
    if not is_id(org_id):
        raise NotFound
    return pagination.fetch_one(select(Organization).where(Organization.id == org_id))


def _tenants(rows: Sequence[Organization]) -> Sequence[Tenant]:
    ids = [row.id for row in rows]
    accounts = {
        account.org_id: balance.get_current_account(account)
        for account in pagination.fetch_all(
            select(CreditAccount).where(CreditAccount.org_id.in_(ids))
        )
    }
    members = dict(
        db.session.execute(
            select(Membership.org_id, func.count())
            .where(Membership.org_id.in_(ids))
            .group_by(Membership.org_id)
        ).all()
    )
    running = func.count(case((Campaign.status == "active", 1)))
    campaigns = {
        org_id: (active, int(completed))
        for org_id, active, completed in db.session.execute(
            select(Campaign.org_id, running, func.sum(Campaign.completed))
            .where(Campaign.org_id.in_(ids))
            .group_by(Campaign.org_id)
        )
    }
    return [
        Tenant(row, accounts[row.id], members.get(row.id, 0), *campaigns.get(row.id, (0, 0)))
        for row in rows
    ]
