"""Plan limits of an organization."""

from sqlalchemy import func, select

from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.core.errors import PlanLimitReached
from interviewrelay.models import Campaign, Membership, Organization
from interviewrelay.organizations.plans import PLANS, Plan


def require_campaign_slot(org_id: str) -> None:
    """Building block: raises PlanLimitReached if the plan allows no further active campaign."""
    allowed = lock_plan(org_id)
    most = allowed.active_campaigns
    running = Campaign.org_id == org_id, Campaign.status == "active"
    if most is not None and _number(Campaign.id, *running, most=most) >= most:
        raise PlanLimitReached(
            f"The {allowed.title} plan allows {most} active campaigns. "
            "Pause or end one, or upgrade your plan.",
            details={"plan": allowed.name, "limit": most},
        )


def require_member_slot(org_id: str) -> None:
    """Building block: raises PlanLimitReached if the plan allows no further member."""
    allowed = lock_plan(org_id)
    most = allowed.members
    if (
        most is not None
        and _number(Membership.id, Membership.org_id == org_id, most=most) >= most
    ):
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


def _number(column: object, *conditions: object, most: int) -> int:
    """Number of rows, counted only up to `most`."""
    some = select(column).where(*conditions).limit(most)  # type: ignore[call-overload]
    return db.session.execute(select(func.count()).select_from(some.subquery())).scalar_one()
