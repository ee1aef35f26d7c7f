"""Prices in credits: of an interview, by its started minutes, and of a top-up.

`ledger` charges them; `organizations.plans` says what each plan includes.
"""

import math
from typing import Final

CREDITS_PER_MINUTE: Final = 10
SHORT_SESSION_CREDITS: Final = 5
SHORT_SESSION_SECONDS: Final = 30
CREDITS_PER_SESSION_ESTIMATE: Final = 100
SMALLEST_BALANCE_TO_START: Final = 5

CURRENCY: Final = "eur"
TOPUP_PACKS: Final = (1_000, 5_000, 10_000, 50_000)
"""Top-up sizes in credits, at one cent each."""


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
        return f"billed as under {SHORT_SESSION_SECONDS} seconds"
    minutes = count_started_minutes(seconds)
    return f"{minutes} minute{'' if minutes == 1 else 's'} billed"


def get_topup_cents(credits: int) -> int:
    """Price of a top-up in euro cents: one cent a credit."""
    return credits


def describe_topup(credits: int) -> str:
    """Description of a top-up: `Credit top-up: 10,000 credits (€100.00)`."""
    euros, cents = divmod(get_topup_cents(credits), 100)
    return f"Credit top-up: {credits:,} credits (€{euros:,}.{cents:02})"
