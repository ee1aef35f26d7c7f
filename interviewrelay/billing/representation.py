# ruff: noqa: N815 - camelCase as in the published API reference
"""API representations of credits, usage, payments and the administrator's summary."""

from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple

from interviewrelay.billing import balance, prices
from interviewrelay.billing.prices import CREDITS_PER_SESSION_ESTIMATE
from interviewrelay.billing.server_summary import CreditSummary as Summary
from interviewrelay.billing.usage import Usage as Used
from interviewrelay.core import clock
from interviewrelay.core.representation import (
    OTHER_ID,
    Count,
    Id,
    Millis,
    Pagination,
    Representation,
    Shape,
    Url,
    field,
)
from interviewrelay.models import CreditAccount, Organization
from interviewrelay.organizations import plans

Severity = Literal["info", "warning", "critical"]
Pool = Literal["starter", "monthly", "topup"]
Kind = Literal["grant", "reset", "purchase", "charge", "refund", "adjust", "expire"]
_STUDY: Final = "Q4 Customer Feedback"
_NOON: Final = "2025-01-07T12:30:00.000Z"
_PAID: Final = "2025-01-07T10:15:00.000Z"
_RESET: Final = "2025-02-01T00:00:00.000Z"
_TOPUP: Final = "Credit top-up: 10,000 credits (€100.00)"


def _severity(row: CreditAccount) -> str:
    return balance.build_warning(row)[0]


class LowBalanceWarning(Representation):
    shouldWarn: bool = field(lambda row: _severity(row) != "info")
    severity: Severity = field(_severity)
    message: str = field(lambda row: balance.build_warning(row)[1])


class Credits(Representation):
    starter_credits: Count = field("starter", example=600)
    monthly_credits: Count = field("monthly", example=820)
    topup_credits: Count = field("topup", example=4000)
    total_credits: Count = field(balance.total_balance, example=5420)
    monthly_credits_amount: Count = field("monthly_amount", example=1000)
    monthly_credits_reset_at: Millis = field("monthly_reset_at", example=_RESET)
    currency: Literal["eur"] = field(lambda _: prices.CURRENCY)
    last_low_balance_warning_at: Millis | None
    updated_at: Millis = field(example=_NOON)
    low_balance_warning: LowBalanceWarning = field(lambda row: row)
    needs_topup: bool = field(lambda row: _severity(row) == "critical")
    estimated_sessions_remaining: Count = field(
        lambda row: balance.total_balance(row) // CREDITS_PER_SESSION_ESTIMATE, example=54
    )


class CreditAlerts(Representation):
    warn_below: int | None = field(
        None,
        "Balance in credits below which the owners are told. null: the standard level.",
        example=400,
    )


class UsageOfCampaign(Representation):
    campaign_id: Id | None
    name: str = field(example=_STUDY)
    sessions: Count = field(example=1)
    minutes: Count = field(example=8)
    credits: Count = field(example=80)


class UsageOfDay(Representation):
    date: str = field("day", example="2025-01-07", json_schema_extra={"format": "date"})
    sessions: Count = field(example=1)
    credits: Count = field(example=80)


class Entry(Representation):
    id: Id = field(example=OTHER_ID)
    created_at: Millis = field(example=_NOON)
    credit_type: Pool = field("pool", example="monthly")
    transaction_type: Kind = field("kind", example="charge")
    amount_credits: int = field("amount", example=-80)
    balance_after_credits: Count = field("balance_after", example=5420)
    description: str = field(example=f"Interview of 8 min: {_STUDY}")
    session_id: Id | None


def _edge(value: date | datetime) -> str:
    """Format the edge of a period as it was requested: a date, or a date and time."""
    return clock.format_iso_millis(value) if isinstance(value, datetime) else value.isoformat()


def _pagination(value: Used) -> Shape:
    page = value.movements
    return {
        "total": page.total,
        "limit": page.limit,
        "offset": page.offset,
        "has_more": page.next_cursor is not None,
        "next_cursor": page.next_cursor,
        **({"total_is_capped": True} if page.capped else {}),
    }


class Usage(Representation):
    start_date: str = field(
        lambda value: _edge(value.period.first),
        "The requested start: a date, or a date and time.",
        example="2025-01-01",
    )
    end_date: str = field(lambda value: _edge(value.period.last), example="2025-01-31")
    currency: Literal["eur"] = field(lambda _: prices.CURRENCY)
    total_credits_used: Count = field("credits", example=80)
    total_sessions: Count = field("sessions", example=1)
    total_minutes: Count = field("minutes", example=8)
    by_campaign: list[UsageOfCampaign]
    by_day: list[UsageOfDay]
    transactions: list[Entry] = field("movements.items")
    pagination: Pagination = field(_pagination, example=Pagination.example(limit=10_000))


class Payment(Representation):
    id: Id = field(example=OTHER_ID)
    status: Literal["open", "paid", "expired", "failed", "mismatch"] = field("state")
    url: Url | None = field(example="https://checkout.stripe.com/c/pay/cs_test_123")
    pack: int = field("credits", example=10_000)
    credits: int = field(example=10_000)
    amount_cents: int = field("cents", example=10_000)
    currency: Literal["eur"]
    description: str = field(lambda row: prices.describe_topup(row.credits), example=_TOPUP)
    created_at: Millis = field(example=_PAID)


class Totals(Representation):
    totalOrganizations: Count = field("organizations", example=42)
    totalStarterCredits: Count = field("starter", example=25_200)
    totalMonthlyCredits: Count = field("monthly", example=318_000)
    totalTopupCredits: Count = field("topup", example=127_500)
    totalCredits: Count = field(
        lambda value: value.starter + value.monthly + value.topup, example=470_700
    )
    lowBalanceCount: Count = field("low", example=4)
    criticalBalanceCount: Count = field("critical", example=1)


class _Owned(NamedTuple):
    row: Any
    organization: Organization


class LowBalance(Representation):  # built from `_Owned`
    organizationId: Id = field("organization.id")
    organizationName: str = field("organization.name", example="Acme Labs")
    organizationSlug: str = field("organization.slug", example="acme-labs")
    starter: Count = field("row.starter")
    monthly: Count = field("row.monthly", example=20)
    topup: Count = field("row.topup", example=15)
    total: Count = field(lambda value: balance.total_balance(value.row), example=35)
    monthlyCreditsAmount: Count = field("row.monthly_amount", example=1000)
    monthlyCreditsResetAt: Millis = field("row.monthly_reset_at", example=_RESET)
    updatedAt: Millis = field("row.updated_at", example="2025-01-07T08:12:00.000Z")
    severity: Severity = field(
        lambda value: plans.get_severity(
            balance.total_balance(value.row), value.row.monthly_amount
        ),
        example="critical",
    )


class Transaction(Representation):  # built from `_Owned`
    id: Id = field("row.id", example=OTHER_ID)
    organizationId: Id = field("organization.id")
    organizationName: str = field("organization.name", example="Bright Water")
    organizationSlug: str = field("organization.slug", example="bright-water")
    amountCredits: int = field("row.amount", example=10_000)
    creditType: Pool = field("row.pool", example="topup")
    transactionType: Kind = field("row.kind", example="purchase")
    description: str = field("row.description", example=_TOPUP)
    balanceAfterCredits: Count = field("row.balance_after", example=15_200)
    paymentIntentId: str | None = field("row.payment_intent_id", example="pi_test_123")
    createdAt: Millis = field("row.created_at", example=_PAID)


class Alert(Representation):
    organizationId: Id
    severity: Severity = field(example="critical")
    message: str = field(example="Acme Labs has only 35 credits remaining")


class CreditSummary(Representation):
    summary: Totals
    lowBalanceOrganizations: list[LowBalance]
    recentTransactions: list[Transaction]
    alerts: list[Alert]


def credit_summary(value: Summary) -> Shape:
    """Credit summary for administrators, in camelCase as in the published reference."""
    low = [LowBalance.read(_Owned(*pair)) for pair in value.low_accounts]
    return {
        "summary": Totals.read(value),
        "lowBalanceOrganizations": low,
        "recentTransactions": [Transaction.read(_Owned(*pair)) for pair in value.recent],
        "alerts": [
            {
                "organizationId": row["organizationId"],
                "severity": row["severity"],
                "message": f"{row['organizationName']} has only {row['total']:,} credits remaining",
            }
            for row in low
        ],
    }
