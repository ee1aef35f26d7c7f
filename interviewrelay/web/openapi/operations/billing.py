"""The operations on credits, and the two that tell of all others."""

from dataclasses import replace
from typing import Final

from interviewrelay.core.errors import Conflict, Maintenance
from interviewrelay.web.billing.billing import TopupIn
from interviewrelay.web.openapi.examples import billing as examples_credits
from interviewrelay.web.openapi.operations.operation import Operation
from interviewrelay.web.openapi.operations.parameters import CURSOR, END, LIMIT, OFFSET, START
from interviewrelay.web.openapi.schemas import billing, studies

BILLING: Final = (
    Operation(
        view="get_credits",
        method="GET",
        path="/api/billing/credits",
        tag="Billing",
        summary="Get credit balance",
        words="Returns the starter, monthly, and top-up pool totals of the organization.",
        permission="billing:read",
        answers={200: billing.Credits},
        example=examples_credits.CREDITS,
    ),
    Operation(
        view="get_usage",
        method="GET",
        path="/api/billing/usage",
        tag="Billing",
        summary="Get usage",
        words="What was used, by the day (UTC) on which interviews were charged. The sums are of "
        "the whole period. `transactions` are the movements of credits in it, newest first, up "
        "to 10,000, or a page at a time: `pagination` says how many there are, and where the next "
        "page begins.",
        permission="billing:read",
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
        answers={200: billing.Usage},
        example=examples_credits.USAGE,
    ),
    Operation(
        view="create_topup",
        method="POST",
        path="/api/billing/topups",
        tag="Billing",
        summary="Buy credits",
        words="Start a payment and pay at `url`; the credits are added once, when it is paid. A "
        "server that takes no payments answers 409 `CONFLICT`: whoever runs it can grant "
        "credits.",
        permission="billing:write",
        body=TopupIn,
        answers={201: billing.Payment},
        refusals=(Conflict, Maintenance),
        sent=examples_credits.TOPUP_SENT,
        example=examples_credits.PAYMENT,
    ),
    Operation(
        view="get_credit_summary",
        method="GET",
        path="/api/admin/credits/summary",
        tag="Billing",
        summary="Admin credit summary",
        words="All organizations of the server, for its administrators only (403 for others): "
        "the low balances (at most 1,000, lowest first), the 50 newest transactions, and an "
        "alert for each low balance. Field names are in camelCase here.",
        permission="billing:read",
        answers={200: billing.CreditSummary},
        example=examples_credits.CREDIT_SUMMARY,
    ),
)

REFERENCE: Final = (
    Operation(
        view="read_document",
        method="GET",
        path="/api/openapi.json",
        tag="Reference",
        summary="This description",
        words="As OpenAPI 3.1, for programs.",
        answers={200: studies.Document},
    ),
    Operation(
        view="read_docs",
        method="GET",
        path="/api/docs",
        tag="Reference",
        summary="This description as a page",
        answers={200: None},
        files={"text/html": "For people."},
        whole=False,
    ),
)
