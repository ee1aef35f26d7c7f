"""Credits in the API and on the dashboard."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from interviewrelay.billing import (
    credit_forecast,
    daily_counts,
    ledger,
    low_balance_alerts,
    representation as represent_credits,
    server_summary,
    top_ups,
    usage,
)
from interviewrelay.billing.representation import Credits, CreditSummary, Payment, Usage
from interviewrelay.core.db import pagination
from interviewrelay.core.errors import Conflict, InvalidParameter, Maintenance
from interviewrelay.core.field_types import AsWhole
from interviewrelay.dashboard import view_models as shapes
from interviewrelay.organizations import plans
from interviewrelay.web.http.blueprints import api, needs, office, pages
from interviewrelay.web.http.requests import answer, moment, payload, window
from interviewrelay.web.middleware.idempotency import call_id, calls_outside
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import CURSOR, END, LIMIT, OFFSET, START
from interviewrelay.web.ui import charts, page_helpers
from interviewrelay.web.ui.formatting import month_of, thin


class TopupIn(BaseModel):
    model_config = ConfigDict(strict=True)

    pack: Annotated[int, AsWhole] = Field(
        description="So many credits, at one euro cent each.",
        json_schema_extra={"enum": list(plans.TOPUP_PACKS)},
    )


MOST_DRAWN: Final = 10
"""Campaigns in the chart, those with most usage; the table below lists all."""
SENTENCES: Final = {
    "warn_below": "Enter a whole number of credits, at least 1, or leave the field empty.",
}


@operation(api, "GET /billing/credits", "billing:read", answers={200: Credits})
def get_credits() -> ResponseReturnValue:
    """Get credit balance

    Returns the starter, monthly, and top-up pool totals of the organization.
    """
    return answer(represent_credits.credits(ledger.account(g.actor)))


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
    wanted = usage.period(moment("start_date", _as_is), moment("end_date", _as_is))
    used = usage.of(g.actor, wanted, window(usage.MOST_MOVEMENTS))
    return answer(represent_credits.usage(used))


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
    payment = top_ups.begin(office(), g.actor, payload(TopupIn).pack, call_id())
    return answer(represent_credits.payment(payment), 201)


@operation(api, "GET /admin/credits/summary", "billing:read", answers={200: CreditSummary})
def get_credit_summary() -> ResponseReturnValue:
    """Admin credit summary

    All organizations of the server, for its administrators only (403 for others): the low
    balances (at most 1,000, lowest first), the 50 newest transactions, and an alert for each
    low balance. Field names are in camelCase here.
    """
    return answer(represent_credits.credit_summary(server_summary.credit_summary(g.actor)))


@pages.get("/credits")
@needs("billing:read")
def show_credits() -> ResponseReturnValue:
    shown = _shown()
    values = {"warn_below": str(shown["credits"]["warn_below"] or "")}
    return render_template("billing/show.html", errors=[], values=values, **shown)


@pages.post("/credits/warning")
@needs("billing:write")
def set_warning() -> ResponseReturnValue:
    """An empty field removes the threshold."""
    values = page_helpers.typed("warn_below")
    wanted = page_helpers.whole(values["warn_below"])
    try:
        if isinstance(wanted, str) and wanted:
            raise page_helpers.one("warn_below", SENTENCES["warn_below"])
        low_balance_alerts.warn_below(g.actor, wanted if isinstance(wanted, int) else None)
    except InvalidParameter as refusal:
        more = {"values": values, **_shown()}
        return page_helpers.again("billing/show.html", refusal, SENTENCES, **more)
    told = f"below {thin(wanted)} credits" if wanted else "at the standard level"
    return page_helpers.done("/credits#warning", f"Saved. Owners will be alerted {told}.")


@pages.post("/credits/topups")
@needs("billing:write")
def begin_topup() -> ResponseReturnValue:
    """A page with the payment link: our content security policy forbids forms that lead to another
    site.
    """
    pack = page_helpers.whole(request.form.get("pack", ""))
    payment = top_ups.begin(office(), g.actor, pack if isinstance(pack, int) else 0)
    return render_template("billing/pay.html", payment=represent_credits.payment(payment))


def _shown() -> dict[str, Any]:
    account = g.account = ledger.account(g.actor)  # the side navigation shows it too
    page = ledger.ledger(g.actor, page_helpers.part())
    months = {f"{first:%Y-%m}": first for first in usage.months()}
    month = page_helpers.picked("month", list(months)) or next(iter(months))
    wanted = usage.month(months[month])
    used = usage.of(g.actor, wanted, pagination.Window(limit=1))  # the ledger is listed below
    shape = represent_credits.usage(used)
    spent = [charts.Amount(part["name"], part["credits"]) for part in shape["by_campaign"]]
    now = month == next(iter(months))
    by_day = daily_counts.credits(g.actor.org_id) if now else _by_day(used)
    return {
        "month": month,
        "months": [(key, month_of(first)) for key, first in months.items()],
        "of_month": "this month" if now else f"in {month_of(months[month])}",
        "credits": shapes.credits(account),
        "org_id": g.actor.org_id,
        "usage": shape,
        "forecast": credit_forecast.of(g.actor, account),
        "spent": charts.across(
            "spent", "Credits by campaign", spent[:MOST_DRAWN], ("Campaign", "Credits")
        ),
        "days": charts.days("days", "Credits by day", "credit", by_day),
        "packs": shapes.packs() if office().payments.configured else [],
        "paid": request.args.get("paid") == "1",
        "entries": page.shaped(represent_credits.entry).items,
        "pager": page_helpers.pager(page, "transactions"),
    }


def _by_day(used: usage.Usage) -> list[tuple[date, int]]:
    """Every day of the period, including days without interviews."""
    first, last = used.period.days or (date.min, date.min)
    known = {part.day: part.credits for part in used.by_day}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(day, known.get(day.isoformat(), 0)) for day in days]


def _as_is(value: date | datetime) -> date | datetime:
    return value
