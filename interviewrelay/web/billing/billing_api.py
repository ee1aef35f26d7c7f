"""Credits in the API."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import Field

from interviewrelay.billing import (
    ledger,
    prices,
    representation,
    server_summary,
    top_ups,
    usage,
)
from interviewrelay.billing.representation import Credits, CreditSummary, Payment, Usage
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
        description="So many credits, at one euro cent each.",
        json_schema_extra={"enum": list(prices.TOPUP_PACKS)},
    )


@operation(api, "GET /billing/credits", "billing:read", answers={200: Credits})
def get_credits() -> ResponseReturnValue:
    """Get credit balance

    Returns the starter, monthly, and top-up pool totals of the organization.
    """
    return Credits.read(ledger.get_account(g.actor))


@operation(
    api,
    "GET /billing/usage",
    "billing:read",
    query=(
        replace(
            START,
            words="ISO 8601 date, or date and time (default: the first of this month).",
            example="2025-01-01",
        ),
        replace(
            END,
            words="ISO 8601 date, that day included, or date and time (default: the last "
            "of this month).",
            example="2025-01-31",
        ),
        replace(
            LIMIT,
            schema={"type": "integer", "minimum": 1},
            words="Number of transactions (max: 100); more is lowered to 100.",
            example=None,
        ),
        OFFSET,
        CURSOR,
    ),
    answers={200: Usage},
)
def get_usage() -> ResponseReturnValue:
    """Get usage

    What was used, by the day (UTC) on which interviews were charged. The sums are of the whole
    period. `transactions` are the movements of credits in it, newest first, up to 10,000, or a
    page at a time: `pagination` says how many there are, and where the next page begins.
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

    Start a payment and pay at `url`; the credits are added once, when it is paid. A server that
    takes no payments answers 409 `CONFLICT`: whoever runs it can grant credits.
    """
    payment = top_ups.order_top_up(services(), g.actor, read_payload(TopupIn).pack, call_id())
    return Payment.read(payment), 201


@operation(api, "GET /admin/credits/summary", "billing:read", answers={200: CreditSummary})
def get_credit_summary() -> ResponseReturnValue:
    """Admin credit summary

    All organizations of the server, for its administrators only (403 for others): the low
    balances (at most 1,000, lowest first), the 50 newest transactions, and an alert for each
    low balance. Field names are in camelCase here.
    """
    return representation.credit_summary(server_summary.get_credit_summary(g.actor))


def _as_is(value: date | datetime) -> date | datetime:
    return value
