"""Subscription: the plan of an organization and its amounts."""

from sqlalchemy import select

from interviewrelay.billing import ledger
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.models import CreditAccount, Organization
from interviewrelay.organizations import audit_log, plans


def change_plan(
    organization: Organization,
    plan: str,
    *,
    monthly_credits: int | None = None,
    requests_per_hour: int | None = None,
) -> CreditAccount:
    """Change the plan, for administrators; own amounts are for Enterprise only.

    More monthly credits are granted at once, fewer apply from the next month. Raises
    InvalidParameter.
    """
    if plan not in plans.PLANS:
        raise InvalidParameter.field("plan", "one of " + ", ".join(plans.PLANS))
    if plan != "enterprise" and (monthly_credits, requests_per_hour) != (None, None):
        words = "Only the Enterprise plan can have custom amounts. Leave these fields empty."
        raise InvalidParameter.field("plan", "enterprise", words)
    with transaction():
        row = db.session.execute(
            select(Organization)
            .where(Organization.id == organization.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).scalar_one()
        row.plan = plan
        audit_log.add_entry(row.id, "credits_plan", plans.PLANS[plan].title)
        row.monthly_credits, row.requests_per_hour = monthly_credits, requests_per_hour
        ledger.set_monthly_amount(row.id, plans.get_monthly_credits(plan, monthly_credits))
    return ledger.get_organization_account(organization.id)
