"""Credits on the dashboard."""

from datetime import date, timedelta
from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.billing import (
    credit_forecast,
    daily_counts,
    ledger,
    low_balance_alerts,
    prices,
    top_ups,
    usage,
)
from interviewrelay.billing.representation import Entry, Payment, Usage
from interviewrelay.core.db import pagination
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.dashboard import view_models
from interviewrelay.web.http.blueprints import pages, requires, services
from interviewrelay.web.ui import charts, page_helpers
from interviewrelay.web.ui.formatting import month_of, thin

MOST_DRAWN: Final = 10
"""Campaigns in the chart, those with most usage; the table below lists all."""
SENTENCES: Final = {
    "warn_below": "Enter a whole number of credits, at least 1, or leave the field empty.",
}


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
    return render_template("billing/pay.html", payment=Payment.read(payment))


def _shown() -> dict[str, Any]:
    account = g.account = ledger.get_account(g.actor)  # the side navigation shows it too
    page = ledger.list_entries(g.actor, page_helpers.read_window())
    months = {f"{first:%Y-%m}": first for first in usage.list_months()}
    month = page_helpers.read_choice("month", list(months)) or next(iter(months))
    wanted = usage.month_period(months[month])
    used = usage.get_usage(
        g.actor, wanted, pagination.Window(limit=1)
    )  # the ledger is listed below
    shape = Usage.read(used)
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
        "packs": _packs() if services().payments.configured else [],
        "paid": request.args.get("paid") == "1",
        "entries": [Entry.read(row) for row in page.items],
        "pager": page_helpers.build_pager(page, "transactions"),
    }


def _packs() -> list[dict[str, int]]:
    """Top-ups for sale."""
    return [
        {"credits": n, "euros": prices.get_topup_cents(n) // 100} for n in prices.TOPUP_PACKS
    ]


def _by_day(used: usage.Usage) -> list[tuple[date, int]]:
    """Every day of the period, including days without interviews."""
    first, last = used.period.days or (date.min, date.min)
    known = {part.day: part.credits for part in used.by_day}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(day, known.get(day.isoformat(), 0)) for day in days]
