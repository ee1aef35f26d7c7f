"""Plan limits of an organization."""

from sqlalchemy import select

from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.core.errors import PlanLimitReached
from interviewrelay.models import Campaign, Membership, Organization
from interviewrelay.organizations.plans import PLANS, Plan


def require_campaign_slot(org_id: str) -> None:
    """Building block: raises PlanLimitReached if the plan allows no further active campaign."""
    allowed = lock_plan(org_id)
    most = allowed.active_campaigns
    running = select(Campaign.id).where(Campaign.org_id == org_id, Campaign.status == "active")
    if most is not None and pagination.count_rows(running.limit(most)) >= most:
        raise PlanLimitReached(
            f"The {allowed.title} plan allows {most} active campaigns. "
            "Pause or end one, or upgrade your plan.",
            details={"plan": allowed.name, "limit": most},
        )


def require_member_slot(org_id: str) -> None:
    """Building block: raises PlanLimitReached if the plan allows no further member."""
    allowed = lock_plan(org_id)
    most = allowed.members
    ours = select(Membership.id).where(Membership.org_id == org_id)
    if most is not None and pagination.count_rows(ours.limit(most)) >= most:
        members = "1 member" if most == 1 else f"{most} members"
        raise PlanLimitReached(
            f"The {allowed.title} plan allows {members}. Remove one, or upgrade your plan.",
            details={"plan": allowed.name, "limit": most},
        )


def lock_plan(org_id: str) -> Plan:
    """Building block: the plan, with the organization locked.

    Otherwise two concurrent callers could both take the last place.
    """
    require_transaction()
    name = db.session.execute(
        select(Organization.plan)
        .where(Organization.id == org_id)
        # A stronger lock would also block every row that refers to the organization.
        .with_for_update(key_share=True)
    ).scalar_one()
    return PLANS[name]
