"""Examples of the published reference, complete: credits and the administrator's summary."""

from typing import Final

from interviewrelay.web.openapi.examples.studies import (
    CAMPAIGN_ID,
    ORGANIZATION_ID,
    OTHER_ID,
    SESSION_ID,
    Example,
)

CREDITS: Final[Example] = {
    "starter_credits": 600,
    "monthly_credits": 820,
    "topup_credits": 4000,
    "total_credits": 5420,
    "monthly_credits_amount": 1000,
    "monthly_credits_reset_at": "2025-02-01T00:00:00.000Z",
    "currency": "eur",
    "last_low_balance_warning_at": None,
    "updated_at": "2025-01-07T12:30:00.000Z",
    "low_balance_warning": {"shouldWarn": False, "severity": "info", "message": ""},
    "needs_topup": False,
    "estimated_sessions_remaining": 54,
}
USAGE: Final[Example] = {
    "start_date": "2025-01-01",
    "end_date": "2025-01-31",
    "currency": "eur",
    "total_credits_used": 80,
    "total_sessions": 1,
    "total_minutes": 8,
    "by_campaign": [
        {
            "campaign_id": CAMPAIGN_ID,
            "name": "Q4 Customer Feedback",
            "sessions": 1,
            "minutes": 8,
            "credits": 80,
        }
    ],
    "by_day": [{"date": "2025-01-07", "sessions": 1, "credits": 80}],
    "transactions": [
        {
            "id": OTHER_ID,
            "created_at": "2025-01-07T12:30:00.000Z",
            "credit_type": "monthly",
            "transaction_type": "charge",
            "amount_credits": -80,
            "balance_after_credits": 5420,
            "description": "Interview of 8 min: Q4 Customer Feedback",
            "session_id": SESSION_ID,
        }
    ],
    "pagination": {
        "total": 1,
        "limit": 10_000,
        "offset": 0,
        "has_more": False,
        "next_cursor": None,
    },
}
TOPUP_SENT: Final[Example] = {"pack": 10000}
PAYMENT: Final[Example] = {
    "id": OTHER_ID,
    "status": "open",
    "url": "https://checkout.stripe.com/c/pay/cs_test_123",
    "pack": 10000,
    "credits": 10000,
    "amount_cents": 10000,
    "currency": "eur",
    "description": "Credit top-up: 10,000 credits (€100.00)",
    "created_at": "2025-01-07T10:15:00.000Z",
}
CREDIT_SUMMARY: Final[Example] = {
    "summary": {
        "totalOrganizations": 42,
        "totalStarterCredits": 25200,
        "totalMonthlyCredits": 318000,
        "totalTopupCredits": 127500,
        "totalCredits": 470700,
        "lowBalanceCount": 4,
        "criticalBalanceCount": 1,
    },
    "lowBalanceOrganizations": [
        {
            "organizationId": ORGANIZATION_ID,
            "organizationName": "Acme Labs",
            "organizationSlug": "acme-labs",
            "starter": 0,
            "monthly": 20,
            "topup": 15,
            "total": 35,
            "monthlyCreditsAmount": 1000,
            "monthlyCreditsResetAt": "2025-02-01T00:00:00.000Z",
            "updatedAt": "2025-01-07T08:12:00.000Z",
            "severity": "critical",
        }
    ],
    "recentTransactions": [
        {
            "id": OTHER_ID,
            "organizationId": ORGANIZATION_ID,
            "organizationName": "Bright Water",
            "organizationSlug": "bright-water",
            "amountCredits": 10000,
            "creditType": "topup",
            "transactionType": "purchase",
            "description": "Credit top-up: 10,000 credits (€100.00)",
            "balanceAfterCredits": 15200,
            "paymentIntentId": "pi_test_123",
            "createdAt": "2025-01-07T10:15:00.000Z",
        }
    ],
    "alerts": [
        {
            "organizationId": ORGANIZATION_ID,
            "severity": "critical",
            "message": "Acme Labs has only 35 credits remaining",
        }
    ],
}
