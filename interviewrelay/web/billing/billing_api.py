"""Credits in the API."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import Field

from interviewrelay.billing import (
    ledger,
    low_balance_alerts,
    prices,
    representation,
    server_summary,
    top_ups,
    usage,
)
from interviewrelay.billing.representation import (
    CreditAlerts,
    Credits,
    CreditSummary,
    Payment,
    Usage,
)
from interviewrelay.core.errors import Conflict, Maintenance
from interviewrelay.core.field_types import AsWhole, RequestBody
from interviewrelay.web.http.blueprints import api, services
from interviewrelay.web.http.requests import (
    read_moment,
    read_payload,
    read_window,
)
from interviewrelay.web.middleware.idempotency import call_id, calls_outside
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import CURSOR, END, LIMIT, OFFSET, START


class TopupIn(RequestBody):
    pack: Annotated[int, AsWhole] = Field(
        description="Number of credits. Each costs one euro cent.",
        json_schema_extra={"enum": list(prices.TOPUP_PACKS)},
    )


class CreditAlertsIn(RequestBody):
    warn_below: Annotated[int, Field(ge=1, le=low_balance_alerts.MOST), AsWhole] | None = Field(
        description="Balance in credits below which the owners are told. null: the standard level."
    )


@operation(api, "GET /billing/credits", "billing:read", answers={200: Credits})
def get_credits() -> ResponseReturnValue:
    """Get credit balance

    Returns the starter, monthly, and top-up pool totals of the organization.
    """
    return Credits.read(ledger.get_account(g.actor))


@operation(api, "GET /billing/alerts", "billing:read", answers={200: CreditAlerts})
def get_credit_alerts() -> ResponseReturnValue:
    """Get low-balance alerts

    When the owners are told that credits are low.
    """
    return CreditAlerts.read(ledger.get_account(g.actor))


@operation(
    api,
    "PATCH /billing/alerts",
    "billing:write",
    body=CreditAlertsIn,
    answers={200: CreditAlerts},
    sent={"warn_below": 400},
)
def change_credit_alerts() -> ResponseReturnValue:
    """Change low-balance alerts

    If the balance is already lower, the owners are told at once.
    """
    wanted = read_payload(CreditAlertsIn).warn_below
    return CreditAlerts.read(low_balance_alerts.set_warning_level(g.actor, wanted))


@operation(
    api,
    "GET /billing/usage",
    "billing:read",
    query=(
        replace(
            START,
            words="ISO 8601 date, or date and time (default: first day of this month).",
            example="2025-01-01",
        ),
        replace(
            END,
            words="ISO 8601 date (inclusive), or date and time (default: last day of this month).",
            example="2025-01-31",
        ),
        replace(
            LIMIT,
            schema={"type": "integer", "minimum": 1},
            words="Number of transactions (max: 100). Higher values are lowered to 100.",
            example=None,
        ),
        OFFSET,
        CURSOR,
    ),
    answers={200: Usage},
)
def get_usage() -> ResponseReturnValue:
    """Get usage

    Retrieve billing usage details, by the day (UTC) on which interviews were charged. Totals cover
    the whole period. `transactions` lists up to 10,000 transactions in the period, newest first, or
    one page if you set `limit`. `pagination` has their total number and the cursor of the next page.
    """
    wanted = usage.parse_period(
        read_moment("start_date", _as_is), read_moment("end_date", _as_is)
    )
    used = usage.get_usage(g.actor, wanted, read_window(usage.MOST_MOVEMENTS))
    return Usage.read(used)


@operation(
    api,
    "POST /billing/topups",
    "billing:write",
    body=TopupIn,
    answers={201: Payment},
    refusals=(Conflict, Maintenance),
    sent={"pack": 10000},
)
@calls_outside
def create_topup() -> ResponseReturnValue:
    """Buy credits

    Start a payment, then pay at `url`. The credits are added once the payment is complete. If the
    server accepts no payments, you get 409 `CONFLICT`. Ask the server administrator for credits.
    """
    payment = top_ups.order_top_up(services(), g.actor, read_payload(TopupIn).pack, call_id())
    return Payment.read(payment), 201


@operation(api, "GET /admin/credits/summary", "billing:read", answers={200: CreditSummary})
def get_credit_summary() -> ResponseReturnValue:
    """Admin credit summary

    Aggregate credit balances, alerts, and recent transactions of all organizations. For server
    administrators only; others get 403. Contains up to 1,000 low balances (lowest first), an alert
    for each, and the 50 newest transactions. Field names are in camelCase.
    """
    return representation.credit_summary(server_summary.get_credit_summary(g.actor))


def _as_is(value: date | datetime) -> date | datetime:
    return value
