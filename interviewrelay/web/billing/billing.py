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
    prices,
    representation,
    server_summary,
    top_ups,
    usage,
)
from interviewrelay.billing.representation import Credits, CreditSummary, Payment, Usage
from interviewrelay.core.db import pagination
from interviewrelay.core.errors import Conflict, InvalidParameter, Maintenance
from interviewrelay.core.field_types import AsWhole
from interviewrelay.dashboard import view_models
from interviewrelay.web.http.blueprints import api, pages, requires, services
from interviewrelay.web.http.requests import (
    json_response,
    read_moment,
    read_payload,
    read_window,
)
from interviewrelay.web.middleware.idempotency import call_id, calls_outside
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import CURSOR, END, LIMIT, OFFSET, START
from interviewrelay.web.ui import charts, page_helpers
from interviewrelay.web.ui.formatting import month_of, thin


class TopupIn(BaseModel):
    model_config = ConfigDict(strict=True)

    pack: Annotated[int, AsWhole] = Field(
        description="So many credits, at one euro cent each.",
        json_schema_extra={"enum": list(prices.TOPUP_PACKS)},
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
    return json_response(representation.credits(ledger.get_account(g.actor)))


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
    return json_response(representation.usage(used))


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
    return json_response(representation.payment(payment), 201)


@operation(api, "GET /admin/credits/summary", "billing:read", answers={200: CreditSummary})
def get_credit_summary() -> ResponseReturnValue:
    """Admin credit summary

    All organizations of the server, for its administrators only (403 for others): the low
    balances (at most 1,000, lowest first), the 50 newest transactions, and an alert for each
    low balance. Field names are in camelCase here.
    """
    return json_response(
        representation.credit_summary(server_summary.get_credit_summary(g.actor))
    )


@pages.get("/credits")
@requires("billing:read")
def show_credits() -> ResponseReturnValue:
    shown = _shown()
    values = {"warn_below": str(shown["credits"]["warn_below"] or "")}
    return render_template("billing/show.html", errors=[], values=values, **shown)


@pages.post("/credits/warning")
@requires("billing:write")
def set_warning() -> ResponseReturnValue:
    """An empty field removes the threshold."""
    values = page_helpers.read_typed("warn_below")
    wanted = page_helpers.parse_number(values["warn_below"])
    try:
        if isinstance(wanted, str) and wanted:
            raise page_helpers.build_problem("warn_below", SENTENCES["warn_below"])
        low_balance_alerts.set_warning_level(
            g.actor, wanted if isinstance(wanted, int) else None
        )
    except InvalidParameter as refusal:
        more = {"values": values, **_shown()}
        return page_helpers.render_again("billing/show.html", refusal, SENTENCES, **more)
    told = f"below {thin(wanted)} credits" if wanted else "at the standard level"
    return page_helpers.redirect_with_message(
        "/credits#warning", f"Saved. Owners will be alerted {told}."
    )


@pages.post("/credits/topups")
@requires("billing:write")
def begin_topup() -> ResponseReturnValue:
    """A page with the payment link: our content security policy forbids forms that lead to another
    site.
    """
    pack = page_helpers.parse_number(request.form.get("pack", ""))
    payment = top_ups.order_top_up(services(), g.actor, pack if isinstance(pack, int) else 0)
    return render_template("billing/pay.html", payment=representation.payment(payment))


def _shown() -> dict[str, Any]:
    account = g.account = ledger.get_account(g.actor)  # the side navigation shows it too
    page = ledger.list_entries(g.actor, page_helpers.read_window())
    months = {f"{first:%Y-%m}": first for first in usage.list_months()}
    month = page_helpers.read_choice("month", list(months)) or next(iter(months))
    wanted = usage.month_period(months[month])
    used = usage.get_usage(
        g.actor, wanted, pagination.Window(limit=1)
    )  # the ledger is listed below
    shape = representation.usage(used)
    spent = [charts.Amount(part["name"], part["credits"]) for part in shape["by_campaign"]]
    now = month == next(iter(months))
    by_day = daily_counts.list_credits(g.actor.org_id) if now else _by_day(used)
    return {
        "month": month,
        "months": [(key, month_of(first)) for key, first in months.items()],
        "of_month": "this month" if now else f"in {month_of(months[month])}",
        "credits": view_models.build_credits(account),
        "org_id": g.actor.org_id,
        "usage": shape,
        "forecast": credit_forecast.build_forecast(g.actor, account),
        "spent": charts.build_bars(
            "spent", "Credits by campaign", spent[:MOST_DRAWN], ("Campaign", "Credits")
        ),
        "days": charts.build_days("days", "Credits by day", "credit", by_day),
        "packs": view_models.build_packs() if services().payments.configured else [],
        "paid": request.args.get("paid") == "1",
        "entries": page.map_items(representation.entry).items,
        "pager": page_helpers.build_pager(page, "transactions"),
    }


def _by_day(used: usage.Usage) -> list[tuple[date, int]]:
    """Every day of the period, including days without interviews."""
    first, last = used.period.days or (date.min, date.min)
    known = {part.day: part.credits for part in used.by_day}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(day, known.get(day.isoformat(), 0)) for day in days]


def _as_is(value: date | datetime) -> date | datetime:
    return value
