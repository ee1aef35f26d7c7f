"""The shapes of what was used, of payments, and of the administrator's summary."""

from datetime import date, datetime

from interviewrelay.billing import balance
from interviewrelay.billing.server_summary import CreditSummary
from interviewrelay.billing.usage import Usage
from interviewrelay.core import clock
from interviewrelay.core.json_types import Shape
from interviewrelay.models import (
    CreditAccount,
    CreditEntry,
    Organization,
    Payment,
)
from interviewrelay.organizations import plans
from interviewrelay.organizations.plans import CREDITS_PER_SESSION_ESTIMATE


def usage(value: Usage) -> Shape:
    page = value.movements.shaped(entry)
    return {
        "start_date": _edge(value.period.first),
        "end_date": _edge(value.period.last),
        "currency": plans.CURRENCY,
        "total_credits_used": value.credits,
        "total_sessions": value.sessions,
        "total_minutes": value.minutes,
        "by_campaign": [
            {
                "campaign_id": part.campaign_id,
                "name": part.name,
                "sessions": part.sessions,
                "minutes": part.minutes,
                "credits": part.credits,
            }
            for part in value.by_campaign
        ],
        "by_day": [
            {"date": part.day, "sessions": part.sessions, "credits": part.credits}
            for part in value.by_day
        ],
        "transactions": page.items,
        "pagination": {
            "total": page.total,
            "limit": page.limit,
            "offset": page.offset,
            "has_more": page.next_cursor is not None,
            "next_cursor": page.next_cursor,
            **({"total_is_capped": True} if page.capped else {}),
        },
    }


def payment(row: Payment) -> Shape:
    return {
        "id": row.id,
        "status": row.state,
        "url": row.url,
        "pack": row.credits,
        "credits": row.credits,
        "amount_cents": row.cents,
        "currency": row.currency,
        "description": plans.topup_words(row.credits),
        "created_at": clock.iso_millis(row.created_at),
    }


def credit_summary(value: CreditSummary) -> Shape:
    """In camelCase, as the reference has it."""
    low = [_low(account, organization) for account, organization in value.low_accounts]
    return {
        "summary": {
            "totalOrganizations": value.organizations,
            "totalStarterCredits": value.starter,
            "totalMonthlyCredits": value.monthly,
            "totalTopupCredits": value.topup,
            "totalCredits": value.starter + value.monthly + value.topup,
            "lowBalanceCount": value.low,
            "criticalBalanceCount": value.critical,
        },
        "lowBalanceOrganizations": low,
        "recentTransactions": [
            _transaction(entry, organization) for entry, organization in value.recent
        ],
        "alerts": [
            {
                "organizationId": row["organizationId"],
                "severity": row["severity"],
                "message": f"{row['organizationName']} has only {row['total']:,} credits remaining",
            }
            for row in low
        ],
    }


def _low(account: CreditAccount, organization: Organization) -> Shape:
    total = balance.balance(account)
    return {
        "organizationId": organization.id,
        "organizationName": organization.name,
        "organizationSlug": organization.slug,
        "starter": account.starter,
        "monthly": account.monthly,
        "topup": account.topup,
        "total": total,
        "monthlyCreditsAmount": account.monthly_amount,
        "monthlyCreditsResetAt": clock.iso_millis(account.monthly_reset_at),
        "updatedAt": clock.iso_millis(account.updated_at),
        "severity": plans.severity(total, account.monthly_amount),
    }


def _transaction(entry: CreditEntry, organization: Organization) -> Shape:
    return {
        "id": entry.id,
        "organizationId": organization.id,
        "organizationName": organization.name,
        "organizationSlug": organization.slug,
        "amountCredits": entry.amount,
        "creditType": entry.pool,
        "transactionType": entry.kind,
        "description": entry.description,
        "balanceAfterCredits": entry.balance_after,
        "paymentIntentId": entry.payment_intent_id,
        "createdAt": clock.iso_millis(entry.created_at),
    }


def _edge(value: date | datetime) -> str:
    """As it was asked for: a day, or a moment."""
    return clock.iso_millis(value) if isinstance(value, datetime) else value.isoformat()


def entry(row: CreditEntry) -> Shape:
    return {
        "id": row.id,
        "created_at": clock.iso_millis(row.created_at),
        "credit_type": row.pool,
        "transaction_type": row.kind,
        "amount_credits": row.amount,
        "balance_after_credits": row.balance_after,
        "description": row.description,
        "session_id": row.session_id,
    }


def credits(row: CreditAccount) -> Shape:
    total = balance.balance(row)
    severity, message = balance.warning(row)
    warned = row.last_low_balance_warning_at
    return {
        "starter_credits": row.starter,
        "monthly_credits": row.monthly,
        "topup_credits": row.topup,
        "total_credits": total,
        "monthly_credits_amount": row.monthly_amount,
        "monthly_credits_reset_at": clock.iso_millis(row.monthly_reset_at),
        "currency": "eur",
        "last_low_balance_warning_at": clock.iso_millis(warned) if warned else None,
        "updated_at": clock.iso_millis(row.updated_at),
        "low_balance_warning": {
            "shouldWarn": severity != "info",
            "severity": severity,
            "message": message,
        },
        "needs_topup": severity == "critical",
        "estimated_sessions_remaining": total // CREDITS_PER_SESSION_ESTIMATE,
    }
