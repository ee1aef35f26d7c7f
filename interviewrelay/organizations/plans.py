"""The plans: the one table of what each gives."""

import math
from dataclasses import dataclass
from typing import Final

STARTER_CREDITS: Final = 600
"""Given once to every organization at sign-up."""

CREDITS_PER_MINUTE: Final = 10
SHORT_SESSION_CREDITS: Final = 5
SHORT_SESSION_SECONDS: Final = 30
CREDITS_PER_SESSION_ESTIMATE: Final = 100
SMALLEST_BALANCE_TO_START: Final = 5

CURRENCY: Final = "eur"
TOPUP_PACKS: Final = (1_000, 5_000, 10_000, 50_000)
"""Credits that can be bought at once, at one cent each."""


MAILS_TO_ONE_PERSON: Final = 5
"""In any 24 hours: from one organization, or by one invite where mails have no limit."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan gives; None means without a limit, or set per organization on Enterprise."""

    name: str
    title: str
    price_eur: int | None
    monthly_credits: int
    requests_per_hour: int | None
    documents_per_hour: int | None
    """PDFs, and as many exports beside them."""
    mails_per_day: int | None
    """Invitations and reminders, in any 24 hours."""
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


def price(seconds: float, *, abandoned: bool = False) -> int:
    """Credits for an interview of so many seconds, pauses left out.

    10 for each started minute, 5 below 30 seconds; half of that, rounded up, when abandoned.
    """
    full = (
        SHORT_SESSION_CREDITS
        if seconds < SHORT_SESSION_SECONDS
        else CREDITS_PER_MINUTE * started_minutes(seconds)
    )
    return -(-full // 2) if abandoned else full


def started_minutes(seconds: float) -> int:
    """Minutes begun: 450 s are 8; at least 1."""
    return max(1, math.ceil(seconds / 60))


def billed(seconds: float) -> str:
    """What of an interview's length is billed, in words that cannot be taken for the length."""
    if seconds < SHORT_SESSION_SECONDS:
        return f"under {SHORT_SESSION_SECONDS} seconds billed"
    minutes = started_minutes(seconds)
    return f"{minutes} minute{'' if minutes == 1 else 's'} billed"


def topup_cents(credits: int) -> int:
    """The price of a top-up in euro cents: a cent for each credit."""
    return credits


def topup_words(credits: int) -> str:
    """`Credit top-up: 10,000 credits (€100.00)`."""
    euros, cents = divmod(topup_cents(credits), 100)
    return f"Credit top-up: {credits:,} credits (€{euros:,}.{cents:02})"


def severity(total: int, monthly_amount: int) -> str:
    """How low a balance is: `critical`, `warning` or `info`."""
    if total < 100 or total * 20 < monthly_amount:
        return "critical"
    if total < 300 or total * 5 < monthly_amount:
        return "warning"
    return "info"


def requests_per_hour(plan: str, own: int | None) -> int | None:
    """API calls an hour: the plan's, or the organization's own on Enterprise; None is no limit."""
    return own if plan == "enterprise" else PLANS[plan].requests_per_hour


def monthly_credits(plan: str, own: int | None) -> int:
    """Credits a month: the plan's, or the organization's own on Enterprise."""
    return (own or 0) if plan == "enterprise" else PLANS[plan].monthly_credits
