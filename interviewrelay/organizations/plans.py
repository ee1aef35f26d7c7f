"""Plans: the one table of what each includes. Prices of interviews: `billing.prices`."""

from dataclasses import dataclass
from typing import Final

STARTER_CREDITS: Final = 600
"""Credits granted once to every new organization."""

MAILS_TO_ONE_PERSON: Final = 5
"""Maximum emails to one person in 24 hours: from one organization, or for one invite on plans
without a limit.
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """Plan; None means no limit, or a value set per organization on Enterprise."""

    name: str
    title: str
    price_eur: int | None
    monthly_credits: int
    requests_per_hour: int | None
    documents_per_hour: int | None
    """Limit for PDFs an hour, and a separate one of the same size for exports."""
    mails_per_day: int | None
    """Limit for invitations and reminders in 24 hours."""
    members: int | None
    active_campaigns: int | None
    retention_days: int | None


PLANS: Final = {
    plan.name: plan
    for plan in (
        Plan("free", "Free", 0, 100, 100, 60, 100, 1, 3, 90),
        Plan("starter", "Starter", 29, 1_000, 1_000, 60, 1_000, 5, 10, 365),
        Plan("professional", "Professional", 99, 5_000, 10_000, 60, 10_000, 25, 100, 730),
        Plan("enterprise", "Enterprise", None, 0, None, None, None, None, None, None),
    )
}


def get_severity(total: int, monthly_amount: int) -> str:
    """Low-balance severity: `critical`, `warning` or `info`."""
    if total < 100 or total * 20 < monthly_amount:
        return "critical"
    if total < 300 or total * 5 < monthly_amount:
        return "warning"
    return "info"


def get_requests_per_hour(plan: str, own: int | None) -> int | None:
    """API calls an hour: the plan's limit, or the organization's own on Enterprise; None means no
    limit.
    """
    return own if plan == "enterprise" else PLANS[plan].requests_per_hour


def get_monthly_credits(plan: str, own: int | None) -> int:
    """Credits a month: the plan's amount, or the organization's own on Enterprise."""
    return (own or 0) if plan == "enterprise" else PLANS[plan].monthly_credits
