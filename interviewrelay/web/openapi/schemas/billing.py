# ruff: noqa: N815 - camelCase where the reference has it
"""The answers of the API as schemas: credits, what they were used for, and the failures of all."""

from typing import Literal

from pydantic import Field

from interviewrelay.web.openapi.schemas.studies import (
    Answer,
    Count,
    Fault,
    Id,
    Pagination,
    Time,
    Url,
)

Severity = Literal["info", "warning", "critical"]
Pool = Literal["starter", "monthly", "topup"]
Kind = Literal["grant", "reset", "purchase", "charge", "refund", "adjust", "expire"]


class LowBalanceWarning(Answer):
    shouldWarn: bool
    severity: Severity
    message: str


class Credits(Answer):
    starter_credits: Count
    monthly_credits: Count
    topup_credits: Count
    total_credits: Count
    monthly_credits_amount: Count
    monthly_credits_reset_at: Time
    currency: Literal["eur"]
    last_low_balance_warning_at: Time | None
    updated_at: Time
    low_balance_warning: LowBalanceWarning
    needs_topup: bool
    estimated_sessions_remaining: Count


class UsageOfCampaign(Answer):
    campaign_id: Id | None
    name: str
    sessions: Count
    minutes: Count
    credits: Count


class UsageOfDay(Answer):
    date: str = Field(json_schema_extra={"format": "date"})
    sessions: Count
    credits: Count


class Entry(Answer):
    id: Id
    created_at: Time
    credit_type: Pool
    transaction_type: Kind
    amount_credits: int
    balance_after_credits: Count
    description: str
    session_id: Id | None


class Usage(Answer):
    start_date: str = Field(description="As it was asked for: a date, or a date and time.")
    end_date: str
    currency: Literal["eur"]
    total_credits_used: Count
    total_sessions: Count
    total_minutes: Count
    by_campaign: list[UsageOfCampaign]
    by_day: list[UsageOfDay]
    transactions: list[Entry]
    pagination: Pagination


class Payment(Answer):
    id: Id
    status: Literal["open", "paid", "expired", "failed", "mismatch"]
    url: Url | None
    pack: int
    credits: int
    amount_cents: int
    currency: Literal["eur"]
    description: str
    created_at: Time


class Totals(Answer):
    totalOrganizations: Count
    totalStarterCredits: Count
    totalMonthlyCredits: Count
    totalTopupCredits: Count
    totalCredits: Count
    lowBalanceCount: Count
    criticalBalanceCount: Count


class LowBalance(Answer):
    organizationId: Id
    organizationName: str
    organizationSlug: str
    starter: Count
    monthly: Count
    topup: Count
    total: Count
    monthlyCreditsAmount: Count
    monthlyCreditsResetAt: Time
    updatedAt: Time
    severity: Severity


class Transaction(Answer):
    id: Id
    organizationId: Id
    organizationName: str
    organizationSlug: str
    amountCredits: int
    creditType: Pool
    transactionType: Kind
    description: str
    balanceAfterCredits: Count
    paymentIntentId: str | None
    createdAt: Time


class Alert(Answer):
    organizationId: Id
    severity: Severity
    message: str


class CreditSummary(Answer):
    summary: Totals
    lowBalanceOrganizations: list[LowBalance]
    recentTransactions: list[Transaction]
    alerts: list[Alert]


class Details(Answer):
    """Of an error; which of these there are depends on its code."""

    field: str = Field(default="", description="The field or parameter that is wrong.")
    expected: str = Field(default="", description="What it should be, in a few words.")
    errors: list[Fault] = Field(default=[], description="All of them, when several are wrong.")


class ErrorBody(Answer):
    code: str
    message: str
    details: Details = Field(
        description="Empty where there is nothing to add.",
        json_schema_extra={"additionalProperties": True},
    )
    request_id: str = Field(description="Also in the header X-Request-Id.")


class Error(Answer):
    error: ErrorBody
