"""Plans: the one table of what each includes."""

import math
from dataclasses import dataclass
from typing import Final

STARTER_CREDITS: Final = 600
"""Credits granted once to every new organization."""

CREDITS_PER_MINUTE: Final = 10
SHORT_SESSION_CREDITS: Final = 5
SHORT_SESSION_SECONDS: Final = 30
CREDITS_PER_SESSION_ESTIMATE: Final = 100
SMALLEST_BALANCE_TO_START: Final = 5

CURRENCY: Final = "eur"
TOPUP_PACKS: Final = (1_000, 5_000, 10_000, 50_000)
"""Top-up sizes in credits, at one cent each."""


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


def get_price(seconds: float, *, abandoned: bool = False) -> int:
    """Price in credits of an interview of so many seconds, without pauses.

    10 for each started minute, 5 below 30 seconds; half of that, rounded up, if abandoned.
    """
    full = (
        SHORT_SESSION_CREDITS
        if seconds < SHORT_SESSION_SECONDS
        else CREDITS_PER_MINUTE * count_started_minutes(seconds)
    )
    return -(-full // 2) if abandoned else full


def count_started_minutes(seconds: float) -> int:
    """Started minutes: 450 s are 8; at least 1."""
    return max(1, math.ceil(seconds / 60))


def describe_billed(seconds: float) -> str:
    """Billed length of an interview, worded so that it is not taken for its duration."""
    if seconds < SHORT_SESSION_SECONDS:
        return f"under {SHORT_SESSION_SECONDS} seconds billed"
    minutes = count_started_minutes(seconds)
    return f"{minutes} minute{'' if minutes == 1 else 's'} billed"


def get_topup_cents(credits: int) -> int:
    """Price of a top-up in euro cents: one cent a credit."""
    return credits


def describe_topup(credits: int) -> str:
    """Description of a top-up: `Credit top-up: 10,000 credits (€100.00)`."""
    euros, cents = divmod(get_topup_cents(credits), 100)
    return f"Credit top-up: {credits:,} credits (€{euros:,}.{cents:02})"


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
